"""Decisions over the network: by form and by script, with what cannot be taken said in words."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from offing.model.operation.user import UserRole
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Ref
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.codec import to_plain
from offing.services.review.decisions import decide, show
from offing.store import tables
from web.conftest import NOW, kenya

JSON = {"Accept": "application/json"}


@pytest.fixture
def ana(desk: Any) -> Any:
    """A client of an analyst that sends forms with their token."""
    client = desk.as_(UserRole.ANALYST)
    token = re.search(r'name="csrf" content="([^"]+)"', client.get("/keys").text)[1]  # type: ignore[index]

    def send(path: str, script: bool = False, **fields: str) -> httpx2.Response:
        data = {"csrf": token, **{name.replace("__", "."): value for name, value in fields.items()}}
        return client.post(path, data=data, headers={**desk.same, **(JSON if script else {})})

    send.get = client.get  # type: ignore[attr-defined]
    return send


def last(desk: Any, number: int = 1) -> Any:
    """The last decision on a candidate."""
    return show(desk.database, number).decisions[-1]


def test_a_form_leads_to_the_next_candidate(desk: Any, add_candidate: Any, ana: Any) -> None:
    """By form a redirect, by script the address in JSON; at the end of the way the queue."""
    for _ in range(2):
        add_candidate()
    answer = ana("/candidate/1/decide", judgement="accept", version="1", reason="clear")
    assert (answer.status_code, answer.headers["location"]) == (303, "/candidate/2")
    assert last(desk).reason == "clear"
    answer = ana("/candidate/2/decide", script=True, judgement="reject:vague", version="1", reason="only talk")
    assert answer.json() == {"candidate": 2, "said": "rejected", "next": "/queue"}
    assert last(desk, 2).reason == "vague: only talk"


def test_the_way_is_kept(desk: Any, add_candidate: Any, ana: Any) -> None:
    """Who works through a filter goes on in it."""
    for _ in range(2):
        add_candidate()
    answer = ana("/candidate/1/decide", **{"in": "country=KEN"}, judgement="defer:week")
    assert answer.headers["location"] == "/candidate/2?in=view%3Dwaiting%26country%3DKEN"
    assert last(desk).until.date().isoformat() == "2026-03-11"
    assert "/queue?view=waiting&amp;country=KEN" in ana.get("/candidate/2?in=country%3DKEN").text
    assert ana.get("/candidate/2?in=nonsense%3D1").status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"judgement": "applaud"}, "is no decision"),
        ({"judgement": "reject:because"}, "is not a reason"),
        ({"judgement": "defer", "until": "soon"}, "is not a day"),
        ({"judgement": "defer", "until": "2020-01-01"}, "in the past"),
        ({"judgement": "duplicate"}, "of which candidate"),
        ({"judgement": "duplicate:1"}, "of itself"),
        ({"judgement": "update", "of": ""}, "update of what"),
        ({"judgement": "update:nonsense:1"}, "update of what"),
        ({"judgement": "accept", "edit__countries": "Atlantis"}, "not a country"),
        ({"judgement": "accept", "edit__places": "Konza", "proof__places": "9:9:9"}, "is not in any article"),
    ],
)
def test_what_cannot_be_taken_is_said(
    desk: Any, add_candidate: Any, ana: Any, fields: dict[str, str], said: str
) -> None:
    """The page again with the reason and what was typed, or the reason in JSON; nothing is decided."""
    add_candidate()
    answer = ana("/candidate/1/decide", **fields)
    assert answer.status_code == 422
    alert = re.search(r'role="alert"[^>]*>(.*?)</section>', answer.text, re.DOTALL)
    assert alert
    assert said in alert[1]
    if "edit__countries" in fields:
        assert ">Atlantis</textarea>" in answer.text
    assert said in ana("/candidate/1/decide", script=True, **fields).json()["error"]
    assert show(desk.database, 1).decisions == ()


def test_who_comes_second_is_reported_what_the_first_did(desk: Any, add_candidate: Any, ana: Any) -> None:
    """409 with both: the other's decision, and what was typed here."""
    add_candidate()
    ana("/candidate/1/decide", judgement="accept", edit__status="agreed")
    answer = ana("/candidate/1/decide", script=True, judgement="reject:vague", version="1")
    assert answer.status_code == 409
    (theirs,) = answer.json()["theirs"]
    assert theirs["done"] == "accepted"
    assert theirs["changes"] == [["status", "signed", "agreed"]]
    answer = ana("/candidate/1/decide", judgement="accept", version="1", edit__status="completed")
    assert answer.status_code == 409
    assert "Not decided" in answer.text
    assert "accepted" in answer.text


def test_undo_goes_back_one_by_one(desk: Any, add_candidate: Any, ana: Any) -> None:
    """The last item first; with nothing left it says so."""
    for _ in range(2):
        add_candidate()
    ana("/candidate/1/decide", judgement="accept")
    ana("/candidate/2/decide", judgement="accept")
    assert ana("/undo").headers["location"] == "/candidate/2"
    told = ana("/undo", script=True).json()
    assert (told["candidates"], told["next"]) == ([1], "/candidate/1")
    assert ana("/undo", script=True).status_code == 409
    assert "no decision" in ana("/undo").text


def test_many_at_once(desk: Any, add_candidate: Any, ana: Any) -> None:
    """A look first, for what is ticked or a whole filter; what changed meanwhile is left out and told."""
    for _ in range(3):
        add_candidate()
    shown = ana("/bulk/preview", judgement="reject:vague", id="2", reason="talk").text
    assert "1 candidate?" in re.sub(r"\s+", " ", shown)
    assert 'name="items" value="2:1"' in shown
    whole = ana("/bulk/preview", judgement="reject:vague", scope="filter", **{"in": "country=KEN"}).text
    items = re.search(r'name="items" value="([^"]+)"', whole)[1]  # type: ignore[index]
    assert items == "1:1,2:1,3:1"
    assert "Nothing was chosen" in ana("/bulk/preview", judgement="accept").text
    assert ana("/bulk/preview", judgement="applaud", id="1").status_code == 422
    assert ana("/bulk", judgement="reject:vague", items="x").status_code == 422
    assert ana("/bulk", judgement="laugh", items="1:1").status_code == 422
    ana("/candidate/2/decide", judgement="accept")
    answer = ana("/bulk", judgement="reject:vague", items=items, token="batch-1", **{"in": "country=KEN"})
    assert "2 decided" in answer.text
    assert "1 were skipped" in answer.text
    assert show(desk.database, 2).candidate.state == "accepted"
    assert "2 candidates rejected" in ana.get("/queue").text
    told = ana("/undo", script=True).json()
    assert (told["candidates"], told["next"]) == ([1, 3], "/queue")


def test_filters_are_kept_by_name(desk: Any, add_candidate: Any, ana: Any) -> None:
    """Saved, shown, forgotten; an empty name keeps nothing."""
    add_candidate()
    answer = ana("/queue/saved", name="Kenya's own", **{"in": "country=KEN"})
    assert answer.headers["location"] == "/queue?view=waiting&country=KEN"
    assert "Kenya&#39;s own" in ana.get("/queue").text
    ana("/queue/saved", name=" ", **{"in": "country=UGA"})
    ana("/queue/saved", forget="Kenya's own")
    ana("/queue/saved", forget="Kenya's own")
    assert "Kenya&#39;s own" not in ana.get("/queue").text


def test_an_update_is_accepted_into_what_is_known(desk: Any, add_candidate: Any, ana: Any) -> None:
    """The known candidate beside, field by field with reasons; accepted into it, or as a record of its own."""
    add_candidate()
    add_candidate(kind=CandidateKind.UPDATE)
    other = {"source": "aid", "key": "7", "facts": to_plain(kenya()), "description": "An older <b>loan</b>"}
    pair = {"candidate_id": 2, "relation": Relation.SAME, "score": 0.91, "reasons": ["same firm"], "at": NOW}
    with desk.database.write() as conn:
        conn.execute(tables.candidate.update().where(tables.candidate.c.id == 2).values(update_of="candidate:1"))
        conn.execute(tables.known_project.insert().values(**other, year=2019, digest="x", imported_at=NOW))
        for target in ("known:aid:7", "project:off-2026-000099"):
            conn.execute(tables.pair.insert().values(**pair, target=target))
    shown = ana.get("/candidate/2").text
    assert "Update of" in shown
    assert "same firm" in shown
    assert "An older &lt;b&gt;loan" in shown
    assert 'value="update:candidate:1"' in shown
    assert 'value="update:known:aid:7"' in shown
    assert "off-2026-000099" not in shown, "a record that is gone is not offered"
    assert shown.count('<td class="how">=</td>') >= 5
    ana("/candidate/2/decide", judgement="update:known:aid:7", version="1")
    assert last(desk, 2).into == Ref.known("aid", "7")
    ana("/undo")
    ana("/candidate/2/decide", judgement="alone")
    assert last(desk, 2).into is None


def test_lists_and_the_same(desk: Any, add_candidate: Any, ana: Any) -> None:
    """Type-ahead and the picker answer in JSON; a viewer may not decide."""
    add_candidate()
    add_candidate()
    assert ana.get("/lists/firms?q=hua").json()[0] == {"value": "Huawei", "hint": ""}
    assert [each["judgement"] for each in ana.get("/candidate/1/alike").json()] == ["duplicate:2"]
    assert ana.get("/candidate/9/alike").status_code == 404
    viewer = desk.as_(UserRole.VIEWER)
    assert "data-decide" not in viewer.get("/candidate/1").text
    token = re.search(r'name="csrf" content="([^"]+)"', viewer.get("/keys").text)[1]  # type: ignore[index]
    for path in ("/candidate/1/decide", "/undo", "/bulk", "/bulk/preview"):
        assert viewer.post(path, data={"csrf": token, "judgement": "accept"}, headers=desk.same).status_code == 403


def test_a_corrected_firm_is_called_as_it_was_typed(desk: Any, add_candidate: Any, ana: Any) -> None:
    """The filter names it in the queue as a person wrote it, or as the lexicon has it; not in small letters."""
    add_candidate()
    answer = ana("/candidate/1/decide", judgement="defer:week", edit__firms="CITCC; Huawei", because__firms="a sign")
    assert answer.status_code == 303
    text = ana.get("/queue?view=all").text
    assert "<bdi>CITCC</bdi>" in text
    assert "<bdi>citcc</bdi>" not in text


def test_undo_goes_on_past_what_others_decided_on_since(desk: Any, add_candidate: Any) -> None:
    """It says who stands in the way, and one button takes back what was done before; a script is told how to ask."""
    first, second = add_candidate(), add_candidate()
    client = desk.as_(UserRole.ANALYST)
    decide(desk.database, Verdict(first, Judgement.REJECT, "analyst-1", "sport"), desk.now)
    decide(desk.database, Verdict(second, Judgement.DEFER, "analyst-1"), desk.now)
    decide(desk.database, Verdict(second, Judgement.ACCEPT, "ben"), desk.now)
    csrf = client.get("/session").json()["csrf"]
    refused = client.post("/undo", data={"csrf": csrf}, headers=desk.same)
    assert refused.status_code == 409
    assert "accept by ben" in refused.text
    fields = dict(re.findall(r'name="(csrf|before)" value="([^"]*)"', refused.text))
    json = client.post("/undo", headers={**desk.same, "X-CSRF-Token": csrf, "Accept": "application/json"})
    assert json.json()["before"] == int(fields["before"])
    assert client.post("/undo", data=fields, headers=desk.same).headers["location"] == f"/candidate/{first}"
    assert show(desk.database, first).candidate.state is CandidateState.OPEN
    assert show(desk.database, second).candidate.state is CandidateState.ACCEPTED
