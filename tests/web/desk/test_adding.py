"""The page on which a person adds what was found elsewhere."""

from __future__ import annotations

import re

import httpx2
import pytest

from offing.model.operation.user import UserRole
from web.conftest import Desk


@pytest.fixture
def analyst(desk: Desk) -> httpx2.Client:
    """A client of an analyst."""
    return desk.as_(UserRole.ANALYST)


def _send(desk: Desk, client: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/add").text)
    assert csrf
    return client.post(path, data={"csrf": csrf[1], **fields}, headers=desk.same)


def test_addresses_are_told_what_became_of_them(desk: Desk, analyst: httpx2.Client) -> None:
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


def test_who_only_reads_adds_nothing(desk: Desk) -> None:
    """The page is for those who decide."""
    assert desk.as_(UserRole.VIEWER).get("/add").status_code == 403
