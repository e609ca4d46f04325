"""The page on which a person adds what was found elsewhere."""

from __future__ import annotations

import re

import httpx2
import pytest

from offing.model.operation.user import UserRole
from offing.model.sources.entry import PASTED_HOST
from web.conftest import AddCandidate, Desk


@pytest.fixture
def analyst(desk: Desk) -> httpx2.Client:
    """A client of an analyst."""
    return desk.as_(UserRole.ANALYST)


def _send(desk: Desk, client: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/add").text)
    assert csrf
    return client.post(path, data={"csrf": csrf[1], **fields}, headers=desk.same)


def test_addresses_are_reported_what_became_of_them(desk: Desk, analyst: httpx2.Client) -> None:
    """What cannot be used stays in the box; the rest is listed with how far it has come."""
    answer = _send(desk, analyst, "/add/addresses", urls="https://a.example/1\nfile:///etc/passwd\n")
    assert answer.status_code == 422
    assert re.search(r"<textarea[^>]*>file:///etc/passwd</textarea>", answer.text)
    assert "its page waits to be fetched" in analyst.get("/add").text
    assert "its page waits" not in desk.as_(UserRole.ANALYST).get("/add").text


def test_a_pasted_text_is_listed(desk: Desk, analyst: httpx2.Client) -> None:
    """A pasted text shows in its adder's list, escaped; the same one again is known."""
    fields = {"title": "<b>Kenya</b> signs", "text": "Huawei signed.\n\nMore.", "day": "2026-03-02"}
    assert _send(desk, analyst, "/add/text", **fields).status_code == 303
    assert "&lt;b&gt;Kenya" in analyst.get("/add").text
    assert "its page waits to be read" in _send(desk, analyst, "/add/text", **fields).text


@pytest.mark.parametrize("fields", [{"title": "", "text": "typed"}, {"title": "x", "text": "typed", "day": "soon"}])
def test_what_was_typed_is_not_lost(desk: Desk, analyst: httpx2.Client, fields: dict[str, str]) -> None:
    """A form that cannot be used comes back as it was, with the reason."""
    answer = _send(desk, analyst, "/add/text", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ">typed</textarea>" in answer.text


@pytest.mark.parametrize(("day", "side"), [("2016-03-01", "past"), ("2036-03-08", "future")])
def test_a_day_far_away_is_refused(desk: Desk, analyst: httpx2.Client, day: str, side: str) -> None:
    """The sentence says what and why; everything typed, the day too, is still there."""
    fields = {"title": "Kenya signs", "text": "typed", "outlet": "Ledger", "url": "https://a.example/1"}
    answer = _send(desk, analyst, "/add/text", **fields, day=day)
    assert answer.status_code == 422
    assert f"The day {day} is more than 10 years in the {side}, which is mostly a slip" in answer.text
    for kept in ("Kenya signs", "Ledger", "https://a.example/1", day):
        assert f'value="{kept}"' in answer.text
    assert ">typed</textarea>" in answer.text
    assert _send(desk, analyst, "/add/text", **fields, day="2016-03-08").status_code == 303


def test_a_pasted_text_without_address_has_no_dead_link(
    desk: Desk, analyst: httpx2.Client, add_candidate: AddCandidate
) -> None:
    """Neither in the list of what was added nor on its candidate; one with an address keeps its links."""
    fields = {"title": "Kenya signs", "text": "Huawei signed."}
    _send(desk, analyst, "/add/text", **fields)
    again = _send(desk, analyst, "/add/text", **fields).text
    assert "pasted text</bdi>" in again
    pasted, elsewhere = add_candidate(url=f"https://{PASTED_HOST}/{'a' * 32}"), add_candidate()
    texts = [again, analyst.get(f"/candidate/{pasted}").text, analyst.get("/queue").text]
    assert not any(PASTED_HOST in text or 'data-do="source"' in text or "Open the source" in text for text in texts)
    assert "pasted text, no address" in texts[1]
    other = analyst.get(f"/candidate/{elsewhere}").text
    assert 'data-do="source"' in other
    assert "Open the source" in other


def test_who_only_reads_adds_nothing(desk: Desk) -> None:
    """The page is for those who decide."""
    assert desk.as_(UserRole.VIEWER).get("/add").status_code == 403
