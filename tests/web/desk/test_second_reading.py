"""Second readings in the browser, blind; and the form with which a candidate is taken over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.promote import promote_accepted
from offing.services.review.agreement import agreement_of
from offing.services.review.decisions import decide
from offing.store.tables import entry
from offing.urls import url_key


@pytest.fixture
def all_twice(desk: Any) -> None:
    """Every decided candidate is drawn for a second reader."""
    desk.server.config.app.state.place = replace(desk.server.config.app.state.place, second_reading=1.0)


def send(desk: Any, client: httpx2.Client, path: str, judgement: str) -> httpx2.Response:
    """Open a candidate and press a button of its form."""
    text = client.get(path).text
    fields = dict(re.findall(r'name="(csrf|version|token)" value="([^"]*)"', text))
    return client.post(f"{path}/decide", data={**fields, "judgement": judgement}, headers=desk.same)


@pytest.mark.usefixtures("all_twice")
def test_the_second_reader_judges_without_seeing(desk: Any, add_candidate: Any) -> None:
    """The page is that of an open candidate; the answer goes beside the decision; then both are shown."""
    number = add_candidate()
    edits = {"status": "completed"}
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cy", "seen elsewhere", edits), desk.now)
    client, viewer = desk.as_(UserRole.ANALYST), desk.as_(UserRole.VIEWER)
    assert f"/candidate/{number}" in client.get("/second").text
    blind = client.get(f"/candidate/{number}").text
    assert "Second reading." in blind
    assert not re.search(r"seen elsewhere|<bdi>cy</bdi>|accepted", blind)
    assert "seen elsewhere" not in client.get(f"/api/v1/candidates/{number}").text
    day = desk.now.date().isoformat()
    for page in ("/decisions", f"/digest/{day}"):
        assert "seen elsewhere" not in client.get(page).text
        assert "seen elsewhere" in viewer.get(page).text
    assert client.get(f"/api/v1/candidates/{2**70}").status_code == 422
    assert "seen elsewhere" in viewer.get(f"/candidate/{number}").text
    refused = send(desk, client, f"/candidate/{number}", "defer:week")
    assert (refused.status_code, "second reading ends with" in refused.text) == (422, True)
    assert send(desk, client, f"/candidate/{number}", "accept").headers["location"] == "/second"
    assert "seen elsewhere" in client.get(f"/candidate/{number}").text
    assert "Nothing waits for you" in client.get("/second").text
    found = agreement_of(desk.database)
    assert (found.pairs, found.equal, found.differing) == (1, 1, (number,))
    people = desk.as_(UserRole.OPS).get("/people").text
    assert "<strong>1</strong> of 1 got the same verdict" in people
    assert "second reading</strong>" in people
    assert "second reading</strong>" not in desk.as_(UserRole.OPS).get("/people?action=log-in").text


@pytest.mark.usefixtures("all_twice")
def test_who_was_overtaken_has_not_read_a_second_time(desk: Any, add_candidate: Any) -> None:
    """A page that was open before the decision is a conflict, not a blind reading."""
    number = add_candidate()
    client = desk.as_(UserRole.ANALYST)
    text = client.get(f"/candidate/{number}").text
    fields = dict(re.findall(r'name="(csrf|version|token)" value="([^"]*)"', text))
    decide(desk.database, Verdict(number, Judgement.REJECT, "cy", "sport"), desk.now)
    answer = client.post(f"/candidate/{number}/decide", data={**fields, "judgement": "accept"}, headers=desk.same)
    assert answer.status_code == 409
    assert agreement_of(desk.database).pairs == 0


@pytest.mark.usefixtures("all_twice")
def test_no_list_tells_a_second_reader_what_was_decided(desk: Any, add_candidate: Any) -> None:
    """Queue, its JSON and feed, doubles and batches show the candidate as it was; others see all."""
    number, other = add_candidate(), add_candidate()
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cy", "seen elsewhere", {"status": "completed"}), desk.now)
    client, viewer = desk.as_(UserRole.ANALYST), desk.as_(UserRole.VIEWER)
    said = re.compile(r"accepted|completed|seen elsewhere|\bcy\b")
    for path in ("/api/v1/queue?view=all", f"/candidate/{other}/alike?q=Konza", "/queue.atom?view=decided"):
        assert not said.search(client.get(path).text)
    assert '<span class="state accepted">' not in client.get("/queue?view=decided").text
    assert '<span class="state accepted">' in viewer.get("/queue?view=decided").text
    assert said.search(viewer.get("/api/v1/queue?view=all").text)
    fields = dict(re.findall(r'name="(csrf)" value="([^"]*)"', client.get("/queue").text))
    ticked = {**fields, "judgement": "defer:week", "id": [str(number), str(other)]}
    looked = client.post("/bulk/preview", data=ticked, headers=desk.same).text
    done = client.post("/bulk", data={**fields, "judgement": "defer:week", "items": f"{number}:2"}, headers=desk.same)
    for text in (looked, done.text):
        assert f"candidate {number} waits for your second reading" in text.casefold()
        assert not said.search(text)


@pytest.mark.usefixtures("all_twice")
def test_no_filter_search_or_count_tells_a_second_reader(desk: Any, add_candidate: Any) -> None:
    """By nothing that the first reader said is a candidate found, whose record is not shown either; others see both."""
    number, other = add_candidate(url="https://ledger.example/first"), add_candidate()
    edits = {"countries": "UGA", "title": "Zebra works"}
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cy", "seen elsewhere", edits), desk.now)
    decide(desk.database, Verdict(other, Judgement.REJECT, "analyst-1"), desk.now)
    promote_accepted(desk.database, desk.now)
    client, viewer = desk.as_(UserRole.ANALYST), desk.as_(UserRole.VIEWER)
    assert client.get("/session").json()["name"] == "analyst-1"
    (record,) = (each["id"] for each in viewer.get("/api/v1/projects").json()["items"])
    for path in (
        "view=decided&country=UGA",
        "view=all&q=zebra",
        "view=decided&q=konza",
    ):
        told, seen = (each.get(f"/api/v1/queue?{path}").json()["total"] for each in (client, viewer))
        assert (told, seen) == ((1, 2) if "konza" in path else (0, 1)), path
    for path in (
        "/queue?view=decided",
        "/queue?view=all",
        "/projects",
        "/api/v1/projects",
        f"/candidate/{other}/alike",
    ):
        assert not re.search("Uganda|UGA|Zebra", client.get(path).text), path
    assert (client.get(f"/projects/{record}").status_code, viewer.get(f"/projects/{record}").status_code) == (403, 200)
    assert client.get(f"/api/v1/projects/{record}").status_code == 404
    assert "Uganda" in viewer.get("/queue?view=decided").text
    with desk.database.write() as conn:
        here = sa.update(entry).where(entry.c.id == 1)
        conn.execute(here.values(url_key=url_key("https://ledger.example/first")))
    fields = dict(re.findall(r'name="(csrf)" value="([^"]*)"', client.get("/add").text))
    known = client.post("/add/addresses", data={**fields, "urls": "https://ledger.example/first"}, headers=desk.same)
    assert f"candidate {number}" in known.text
    assert "accepted" not in known.text


@pytest.mark.usefixtures("all_twice")
def test_undo_takes_a_second_reading_back(desk: Any, add_candidate: Any) -> None:
    """The page says what was read last; undo leads to the candidate, blind again."""
    number = add_candidate()
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cy", "seen elsewhere"), desk.now)
    client = desk.as_(UserRole.ANALYST)
    send(desk, client, f"/candidate/{number}", "accept")
    text = client.get("/queue").text
    assert f"Candidate {number} read a second time: accept" in text
    fields = dict(re.findall(r'name="(csrf)" value="([^"]*)"', text))
    answer = client.post("/undo", data=fields, headers=desk.same)
    assert answer.headers["location"] == f"/candidate/{number}"
    again = client.get(f"/candidate/{number}").text
    assert "Second reading." in again
    assert "seen elsewhere" not in again


@pytest.mark.usefixtures("all_twice")
@pytest.mark.parametrize("version", [{}, {"version": "1"}, {"version": "x"}])
def test_a_form_without_the_current_version_tells_nothing(
    desk: Any, add_candidate: Any, version: dict[str, str]
) -> None:
    """A second reader is refused before anything compares it with the decision."""
    number = add_candidate()
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cyrus", "seen elsewhere"), desk.now)
    client = desk.as_(UserRole.ANALYST)
    fields = dict(re.findall(r'name="(csrf)" value="([^"]*)"', client.get(f"/candidate/{number}").text))
    sent = {**fields, **version, "judgement": "accept"}
    for headers in (desk.same, {**desk.same, "Accept": "application/json"}):
        answer = client.post(f"/candidate/{number}/decide", data=sent, headers=headers)
        assert (answer.status_code, "changed since you opened it" in answer.text) == (409, True)
        assert not re.search("cyrus|accepted|seen elsewhere", answer.text)
    assert agreement_of(desk.database).pairs == 0


@pytest.mark.parametrize("path", ["/bulk/preview", "/mute", "/queue/saved"])
def test_a_form_of_too_many_fields_is_refused(desk: Any, path: str) -> None:
    """Whether its page reads the form itself or not, and with the token in a header too."""
    client = desk.as_(UserRole.ANALYST)
    csrf = client.get("/session", headers={"Accept": "application/json"}).json()["csrf"]
    sent = {"csrf": csrf, "id": ["1"] * 600}
    for headers in (desk.same, {**desk.same, "X-CSRF-Token": csrf}):
        answer = client.post(path, data=sent, headers=headers)
        assert (answer.status_code, "Too many fields" in answer.text) == (400, True)
    assert client.post("/bulk/preview", data={**sent, "id": ["1"] * 500}, headers=desk.same).status_code != 400


def test_taking_over_needs_no_script(desk: Any, add_candidate: Any) -> None:
    """The page says who looks; a decision is refused until its button was pressed."""
    number = add_candidate()
    ana, bo = desk.as_(UserRole.ANALYST), desk.as_(UserRole.ANALYST)
    csrf = ana.get("/session", headers={"Accept": "application/json"}).json()["csrf"]
    ana.post(f"/candidate/{number}/lease", headers={**desk.same, "X-CSRF-Token": csrf})
    assert "is looking at this" not in ana.get(f"/candidate/{number}").text
    assert "is looking" not in ana.get("/queue?view=all").text
    assert "<bdi>analyst-1</bdi> has it open" in bo.get("/queue?view=all").text
    page = bo.get(f"/candidate/{number}").text
    assert "analyst-1 is looking at this since 07:30 UTC." in page
    refused = send(desk, bo, f"/candidate/{number}", "accept")
    assert (refused.status_code, "analyst-1 is looking" in refused.text) == (409, True)
    fields = dict(re.findall(r'name="(csrf|over)" value="([^"]*)"', page))
    taken = bo.post(f"/candidate/{number}/lease", data=fields, headers=desk.same)
    assert (taken.status_code, taken.headers["location"]) == (303, f"/candidate/{number}")
    assert send(desk, bo, f"/candidate/{number}", "accept").status_code == 303


@pytest.mark.parametrize("of", ["candidate:" + "9" * 5000, "9" * 5000, f"candidate:{2**70}", "candidate:x"])
def test_an_update_of_no_possible_candidate_is_refused(desk: Any, add_candidate: Any, of: str) -> None:
    """A number that no row can have is a sentence, no fault."""
    number, client = add_candidate(), desk.as_(UserRole.ANALYST)
    fields = dict(re.findall(r'name="(csrf|version)" value="([^"]*)"', client.get(f"/candidate/{number}").text))
    sent = {**fields, "judgement": "update", "of": of}
    answer = client.post(f"/candidate/{number}/decide", data=sent, headers=desk.same)
    assert (answer.status_code, "an update of what?" in answer.text.casefold()) == (422, True)
