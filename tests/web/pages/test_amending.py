"""Records are corrected, split, merged and withdrawn on their page: shown first, done by those who may."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx2
import pytest

from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Statement
from offing.services.records.projects import look, merge
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from web.conftest import NOW, AddCandidate, Desk, kenya
from web.test_sent_twice import hidden_in

AUDIT = "https://audit.example/report.pdf"


@pytest.fixture
def recorded(desk: Desk, add_candidate: AddCandidate) -> list[str]:
    """A record of candidates 1 and 2, one of candidate 3."""
    for title in ("One", "Two", "Three"):
        number = add_candidate(facts=replace(kenya(), title=title))
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana", alone=True), NOW)
    first, second, third = (each.project_id for each in promote_accepted(desk.database, NOW))
    merge(desk.database, second, first, Statement("cy", NOW))
    return [first, third]


@pytest.fixture
def dora(desk: Desk) -> httpx2.Client:
    """One of the dataset team."""
    client = desk.as_(UserRole.DATASET)
    client.headers.update(desk.same)
    return client


def _confirm(client: httpx2.Client, shown: httpx2.Response) -> httpx2.Response:
    """Press the button of a preview."""
    form = re.search(r'<form class="row" method="post" action="([^"]+/changes)".*?</form>', shown.text, re.DOTALL)
    assert form, shown.text[:400]
    fields = {name: unescape(value) for name, value in hidden_in(form[0], form[1]).items()}
    return client.post(form[1], data=fields)


def test_a_correction_is_shown_then_done_and_stands_on_the_page(
    desk: Desk, recorded: list[str], dora: httpx2.Client
) -> None:
    """Nothing changes before the second button; then the value has who, why and source, and its place in history."""
    asked = {
        "what": "correct",
        "field": "places",
        "operation": "add",
        "value": "<b>Kaya</b>",
        "reason": "by the audit",
        "source": AUDIT,
    }
    shown = dora.get(f"/projects/{recorded[0]}/change", params=asked)
    assert "Preview: places: &lt;b&gt;Kaya&lt;/b&gt; added" in shown.text
    assert "<b>Kaya</b>" not in look(desk.database, recorded[0]).record.facts.places
    assert _confirm(dora, shown).status_code == 303
    assert "<b>Kaya</b>" in look(desk.database, recorded[0]).record.facts.places
    text = desk.as_(UserRole.VIEWER).get(f"/projects/{recorded[0]}").text
    assert "Set by hand" in text
    assert f'<a href="{AUDIT}"' in text
    assert "places: &lt;b&gt;Kaya&lt;/b&gt; added" in text
    assert f"{recorded[0]}/change" not in text, "a viewer has no form"


def test_split_merge_withdraw_and_take_back(desk: Desk, recorded: list[str], dora: httpx2.Client) -> None:
    """Each by its form; the history has a button for each that can be taken back."""
    first, other = recorded
    page = f"/projects/{first}/change"
    _confirm(dora, dora.get(page, params={"what": "split", "candidates": 2, "reason": "phase two"}))
    assert look(desk.database, first).record.candidate_ids == (1,)
    _confirm(dora, dora.get(page, params={"what": "merge", "into": other, "reason": "one after all"}))
    assert look(desk.database, first).record.redirects_to == other
    page = f"/projects/{other}/change"
    _confirm(dora, dora.get(page, params={"what": "withdraw", "reason": "no project"}))
    text = dora.get(f"/projects/{other}").text
    assert "withdrawn: <bdi>no project</bdi>" in text
    number = re.search(r'name="number" value="(\d+)"', text)
    assert number
    _confirm(dora, dora.get(page, params={"what": "undo", "number": number[1], "reason": "it is one"}))
    assert look(desk.database, other).record.withdrawn is None


def test_what_is_refused_says_why_on_the_page(desk: Desk, recorded: list[str], dora: httpx2.Client) -> None:
    """And changes nothing; who only judges candidates has no part in it."""
    for params, problem in (
        ({"what": "withdraw"}, "Say why: a change of a record needs a reason."),
        ({"what": "split", "reason": "x"}, "Choose at least one candidate that leaves."),
        (
            {"what": "correct", "field": "sector", "operation": "add", "value": "energy", "reason": "x"},
            "Sector holds one",
        ),
        ({"what": "merge", "into": "off-1", "reason": "x"}, "There is no project off-1"),
    ):
        answer = dora.get(f"/projects/{recorded[0]}/change", params=params)
        assert (answer.status_code, problem in answer.text) == (409, True), answer.text[:2000]
    assert desk.as_(UserRole.ANALYST).get(f"/projects/{recorded[0]}/change?what=withdraw&reason=x").status_code == 403
    assert look(desk.database, recorded[0]).record.withdrawn is None
