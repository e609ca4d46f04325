"""The negative memory in the browser."""

from __future__ import annotations

import re

import httpx2
import pytest
import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.reading.mention import MentionKind
from offing.services.review.decisions import show
from offing.store import tables
from web.conftest import AddCandidate, Desk

ASKED = {"candidate": "1", "kind": "firm", "key": "huawei"}


@pytest.fixture
def named(desk: Desk, add_candidate: AddCandidate) -> Desk:
    """Two candidates whose articles name a firm."""
    for _ in range(2):
        add_candidate()
    row = {"kind": MentionKind.FIRM, "start": 85, "end": 91, "surface": "Huawei", "key": "huawei", "name": "Huawei"}
    with desk.database.write() as conn:
        for number in (1, 2):
            conn.execute(sa.insert(tables.mention).values(**row, weight=1.0, article_id=number))
    return desk


def _csrf(client: httpx2.Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def test_a_firm_is_muted_in_two_steps_and_taken_back(named: Desk) -> None:
    """Each scope shows what it would change; the chosen one is laid down, listed with its owner, and taken back."""
    client = named.as_(UserRole.ANALYST)
    text = client.get("/mute", params=ASKED).text
    assert "As “huawei”, in ledger.example" in text
    assert text.count("At least 2 waiting candidates change") == 3
    assert show(named.database, 1).facts.firms
    form = {
        **ASKED,
        "csrf": _csrf(client, "/queue"),
        "alias": "Huawei",
        "source": "ledger.example",
        "reason": "<b>a shop",
    }
    answer = client.post("/mute", data=form, headers=named.same)
    assert (answer.status_code, answer.headers["location"]) == (303, "/candidate/1")
    assert show(named.database, 1).facts.firms == ()
    listed = client.get("/mutes").text
    assert "&lt;b&gt;a shop" in listed
    form = {"csrf": _csrf(client, "/mutes")}
    assert "was lifted" in client.post("/mutes/1/undo", data=form, headers=named.same).text
    assert client.post("/mutes/1/undo", data=form, headers=named.same).status_code == 409
    assert client.post(f"/mutes/{2**70}/undo", data=form, headers=named.same).status_code == 422


def test_what_no_article_names_cannot_be_muted(named: Desk) -> None:
    """A candidate or a name that is not there is told; who only reads may not."""
    client = named.as_(UserRole.ANALYST)
    assert client.get("/mute", params={**ASKED, "key": "zte"}).status_code == 404
    assert client.get("/mute", params={**ASKED, "candidate": "9"}).status_code == 404
    assert named.as_(UserRole.VIEWER).get("/mute", params=ASKED).status_code == 403
    assert "Nothing is muted" in named.as_(UserRole.VIEWER).get("/mutes").text
