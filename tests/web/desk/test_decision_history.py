"""The history of decisions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from offing.model.operation.user import UserRole
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide, show, undo
from offing.services.review.history import history_page
from offing.store.candidates.history import HistoryFilter
from web.conftest import NOW, AddCandidate, Desk


@pytest.fixture
def decided(desk: Desk, add_candidate: AddCandidate) -> Desk:
    """Three candidates: one accepted, one rejected, one rejected and taken back."""
    for _ in range(3):
        add_candidate()
    decide(desk.database, Verdict(1, Judgement.ACCEPT, "ana", edits={"status": "completed"}), NOW)
    decide(desk.database, Verdict(2, Judgement.REJECT, "<b>bo</b>", "vague"), NOW + timedelta(seconds=9))
    decide(desk.database, Verdict(3, Judgement.REJECT, "ana"), NOW + timedelta(seconds=19))
    undo(desk.database, "ana", NOW + timedelta(seconds=29))
    return desk


def test_history_is_paged_and_narrowed(decided: Desk) -> None:
    """Newest first; by person, kind and candidate; only the last that stands can be taken back."""
    whole = history_page(decided.database, HistoryFilter())
    told = [(each.decision.judgement, each.undone, each.undoable) for each in whole.decisions]
    assert told == [("undo", False, False), ("reject", True, False), ("reject", False, True), ("accept", False, True)]
    assert whole.people == ("<b>bo</b>", "ana")
    first = history_page(decided.database, HistoryFilter(by="ana"), 2)
    assert [each.decision.judgement for each in first.decisions] == ["undo", "reject"]
    assert first.next is not None
    rest = history_page(decided.database, first.next, 2)
    assert ([each.decision.judgement for each in rest.decisions], rest.next) == (["accept"], None)
    assert len(history_page(decided.database, HistoryFilter(judgement=Judgement.REJECT)).decisions) == 2
    assert len(history_page(decided.database, HistoryFilter(candidate_id=3)).decisions) == 2


def test_the_page_takes_a_decision_back(decided: Desk) -> None:
    """A button takes back the last decision on a candidate, and nothing that was typed by others is markup."""
    client = decided.as_(UserRole.ANALYST)
    text = client.get("/decisions").text
    assert "&lt;b&gt;bo" in text
    csrf = re.search(r'name="csrf" value="([^"]+)"', text)
    assert csrf
    assert 'name="decision_id" value="2"' in text
    form = {"csrf": csrf[1], "candidate_id": "2", "decision_id": "2", "query": "by=ana"}
    answer = client.post("/decisions/undo", data=form, headers=decided.same)
    assert (answer.status_code, answer.headers["location"]) == (303, "/decisions?by=ana")
    assert show(decided.database, 2).candidate.state is CandidateState.OPEN
    decide(decided.database, Verdict(2, Judgement.ACCEPT, "cem"), NOW + timedelta(seconds=39))
    stale = client.post("/decisions/undo", data=form, headers=decided.same)
    assert (stale.status_code, "Decision 2 on candidate 2 does not stand any more" in stale.text) == (409, True)
    assert show(decided.database, 2).candidate.state is CandidateState.ACCEPTED


def test_a_decided_candidate_is_taken_back_on_its_page(decided: Desk) -> None:
    """Its own page has the button and stays; the corrections stand in the form again; the history told old and new."""
    client = decided.as_(UserRole.ANALYST)
    assert "status: <s><bdi>signed</bdi></s> → <bdi>completed</bdi>" in client.get("/decisions").text
    assert 'name="scope"' not in client.get("/queue?view=decided").text
    page = client.get("/candidate/1").text
    assert 'formaction="/decisions/undo"' in page
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf
    form = {"csrf": csrf[1], "in": "view=all", "candidate_id": "1", "decision_id": "1", "to": "candidate"}
    answer = client.post("/decisions/undo", data=form, headers=decided.same)
    assert answer.headers["location"] == "/candidate/1?in=view%3Dall"
    page = client.get("/candidate/1").text
    assert '<option value="completed" selected>' in page
    assert 'id="again"' in page
    assert 'id="again"' not in decided.as_(UserRole.ANALYST).get("/candidate/1").text


def test_who_only_reads_takes_nothing_back(decided: Desk) -> None:
    """A viewer sees the history without buttons."""
    assert "Undo</button>" not in decided.as_(UserRole.VIEWER).get("/decisions").text


def test_an_empty_history_says_where_decisions_are_made(desk: Desk) -> None:
    """The way to the queue is shown."""
    assert "where they are made" in desk.as_(UserRole.VIEWER).get("/decisions?by=nobody").text
