"""Forms that are sent twice: by a double click, a slow server, a browser that tries again. Each acts once."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from offing.model.operation.user import UserRole
from offing.model.reading.mention import MentionKind
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.agreement import agreement_of
from offing.services.review.decisions import decide, show
from offing.store.candidates.mute import mutes

Press = Callable[..., httpx2.Response]
Form = dict[str, str]


def hidden_in(text: str, action: str) -> Form:
    """The hidden fields of the form of a page that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', text, re.DOTALL)
    assert form, action
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form[0]))


@pytest.fixture
def ana(desk: Any) -> httpx2.Client:
    """A client of an analyst, named analyst-1."""
    client: httpx2.Client = desk.as_(UserRole.ANALYST)
    return client


@pytest.fixture
def press(desk: Any, ana: httpx2.Client) -> Press:
    """Sends the fields of a form, with the button that was pressed."""

    def send(action: str, form: Form, **pressed: str) -> httpx2.Response:
        return ana.post(action, data={**form, **pressed}, headers=desk.same)

    return send


def opened(ana: httpx2.Client, number: int) -> Form:
    """The form with which a candidate is decided on, as its page has it."""
    return hidden_in(ana.get(f"/candidate/{number}").text, f"/candidate/{number}/decide")


def test_a_form_that_is_sent_twice_decides_once(
    ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any
) -> None:
    """Both answers lead to the next candidate, which stays open."""
    first, second = add_candidate(), add_candidate()
    form = opened(ana, first)
    for _ in range(2):
        answer = press(f"/candidate/{first}/decide", form, judgement="reject:vague", reason="talk")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/candidate/{second}")
    assert len(show(desk.database, first).decisions) == 1
    assert show(desk.database, second).candidate.state is CandidateState.OPEN


def test_the_same_verdict_from_another_page_is_no_conflict(
    ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any
) -> None:
    """Two tabs of one person that say the same decide once; what says something else is a conflict."""
    number = add_candidate()
    tabs = [opened(ana, number) for _ in range(3)]
    edit = {"edit.status": "agreed"}
    answers = [press(f"/candidate/{number}/decide", tab, judgement="accept", **edit) for tab in tabs[:2]]
    assert [answer.status_code for answer in answers] == [303, 303]
    other = {"judgement": "accept", "edit.status": "completed"}
    assert press(f"/candidate/{number}/decide", tabs[2], **other).status_code == 409
    assert press(f"/candidate/{number}/decide", tabs[2], judgement="accept", reason="late").status_code == 409
    assert len(show(desk.database, number).decisions) == 1


def test_another_person_with_the_same_verdict_is_reported(ana: httpx2.Client, desk: Any, add_candidate: Any) -> None:
    """Two people who say the same are two people."""
    number, ben = add_candidate(), desk.as_(UserRole.ANALYST)
    forms = [opened(client, number) for client in (ana, ben)]
    answers = [
        client.post(f"/candidate/{number}/decide", data={**form, "judgement": "accept"}, headers=desk.same)
        for client, form in zip((ana, ben), forms, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "analyst-1" in answers[1].text


def test_the_mark_of_one_page_never_decides_another(
    ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any
) -> None:
    """A form that was made for the candidate before is refused, whatever else it says."""
    first, second = add_candidate(), add_candidate()
    form = opened(ana, first)
    answer = press(f"/candidate/{second}/decide", form, judgement="accept")
    assert (answer.status_code, f"made for candidate {first}" in answer.text) == (409, True)
    assert show(desk.database, second).decisions == ()


def test_one_form_makes_one_decision(ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any) -> None:
    """Another button of a form that has decided says so; after an undo it decides nothing, and says that too."""
    number = add_candidate()
    form = opened(ana, number)
    press(f"/candidate/{number}/decide", form, judgement="accept")
    other = press(f"/candidate/{number}/decide", form, judgement="reject:vague")
    assert (other.status_code, "decided on candidate 1 already" in other.text) == (409, True)
    press("/undo", hidden_in(ana.get("/queue").text, "/undo"))
    again = press(f"/candidate/{number}/decide", form, judgement="accept")
    assert (again.status_code, "since undone" in again.text) == (409, True)
    assert show(desk.database, number).candidate.state is CandidateState.OPEN
    assert press(f"/candidate/{number}/decide", opened(ana, number), judgement="accept").status_code == 303


def test_undo_sent_twice_takes_back_one(ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any) -> None:
    """The same page is answered the same; the next page takes back what was before."""
    first, second = add_candidate(), add_candidate()
    for number in (first, second):
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "analyst-1"), desk.now)
    form = hidden_in(ana.get("/queue").text, "/undo")
    for _ in range(2):
        assert press("/undo", form).headers["location"] == f"/candidate/{second}"
    assert show(desk.database, first).candidate.state is CandidateState.ACCEPTED
    assert press("/undo", hidden_in(ana.get("/queue").text, "/undo")).headers["location"] == f"/candidate/{first}"


def test_undo_sent_at_once_takes_back_one(desk: Any, ana: httpx2.Client, press: Press, add_candidate: Any) -> None:
    """Six of the same form at the same moment."""
    ids = [add_candidate() for _ in range(6)]
    for number in ids:
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "analyst-1"), desk.now)
    form = hidden_in(ana.get("/queue").text, "/undo")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: press("/undo", form), ids))
    assert {answer.headers["location"] for answer in answers} == {f"/candidate/{ids[-1]}"}
    assert [show(desk.database, number).candidate.state for number in ids].count(CandidateState.OPEN) == 1


def test_a_batch_sent_twice_is_one(ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any) -> None:
    """Both answers lead back to the queue, and nothing is said to be left out."""
    ids = [str(add_candidate()) for _ in range(3)]
    look = ana.post(
        "/bulk/preview",
        data={**hidden_in(ana.get("/queue").text, "/bulk/preview"), "judgement": "defer:week", "id": ids},
        headers=desk.same,
    )
    form = hidden_in(look.text, "/bulk")
    assert [press("/bulk", form).status_code for _ in range(2)] == [303, 303]
    assert [len(show(desk.database, int(number)).decisions) for number in ids] == [1, 1, 1]


@pytest.fixture
def read_twice(desk: Any, add_candidate: Any) -> tuple[int, int]:
    """Two candidates: one that analyst-1 rejected, one that another accepted and that is to be read a second time."""
    place = desk.server.config.app.state.place
    desk.server.config.app.state.place = replace(place, second_reading=1.0)
    own, other = add_candidate(), add_candidate()
    decide(desk.database, Verdict(own, Judgement.REJECT, "analyst-1"), desk.now)
    decide(desk.database, Verdict(other, Judgement.ACCEPT, "cy"), desk.now)
    return own, other


def test_a_second_reading_sent_twice_is_one(
    read_twice: tuple[int, int], ana: httpx2.Client, press: Press, desk: Any
) -> None:
    """The same person's same reading is no conflict; another one of the same form is."""
    _, other = read_twice
    form = opened(ana, other)
    answers = [press(f"/candidate/{other}/decide", form, judgement="accept") for _ in range(2)]
    assert [(each.status_code, each.headers["location"]) for each in answers] == [(303, "/second")] * 2
    again = press(f"/candidate/{other}/decide", form, judgement="reject:vague")
    assert (again.status_code, "a second time already" in again.text) == (409, True)
    assert agreement_of(desk.database).pairs == 1


def test_a_second_reading_is_taken_back_once(
    read_twice: tuple[int, int], ana: httpx2.Client, press: Press, desk: Any
) -> None:
    """The same undo sent again leaves what the person decided before."""
    own, other = read_twice
    press(f"/candidate/{other}/decide", opened(ana, other), judgement="accept")
    form = hidden_in(ana.get("/queue").text, "/undo")
    assert [press("/undo", form).headers["location"] for _ in range(2)] == [f"/candidate/{other}"] * 2
    assert show(desk.database, own).candidate.state is CandidateState.REJECTED
    assert agreement_of(desk.database).pairs == 0


def test_a_button_beside_a_decision_takes_it_back_once(
    ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any
) -> None:
    """In the history the second press is told that it does not stand any more."""
    number = add_candidate()
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "analyst-1"), desk.now)
    form = hidden_in(ana.get("/decisions").text, "/decisions/undo")
    assert [press("/decisions/undo", form).status_code for _ in range(2)] == [303, 409]
    assert [made.judgement for made in show(desk.database, number).decisions] == ["accept", "undo"]


def test_a_mute_is_laid_and_lifted_once(ana: httpx2.Client, press: Press, desk: Any, add_candidate: Any) -> None:
    """The same rule by the same person is one; lifted twice it says that it was lifted already."""
    add_candidate(mentions=((MentionKind.FIRM, "Huawei", "huawei", "Huawei"),))
    form = hidden_in(ana.get("/mute?candidate=1&kind=firm&key=huawei").text, "/mute")
    assert [press("/mute", form).status_code for _ in range(2)] == [303, 303]
    with desk.database.read() as conn:
        (laid,) = mutes(conn)
    lift = {"csrf": form["csrf"]}
    assert [press(f"/mutes/{laid.id}/undo", lift).status_code for _ in range(2)] == [200, 409]
