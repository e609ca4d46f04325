"""What *Same as* offers on the page of a candidate, and what it says when it finds nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from offing.model.operation.user import UserRole
from offing.model.pairs.matching import Relation
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide
from offing.store import tables
from web.test_telephone import opened

SCORES = (0.91, 0.52, 0.31, 0.28, 0.17, 0.12)


@pytest.fixture
def near(desk: Any, add_candidate: Any) -> int:
    """A candidate with six earlier ones near it, of which matching calls three other projects; its id."""
    others = [add_candidate(title=f"Account {number}", facts=None) for number in range(len(SCORES))]
    mine = int(add_candidate(title="News of Konza"))
    relations = (Relation.SAME, Relation.LINKED, Relation.LINKED, Relation.NEW, Relation.NEW, Relation.NEW)
    rows = [
        {"target": f"candidate:{other}", "relation": relation, "score": score}
        for other, relation, score in zip(others, relations, SCORES, strict=True)
    ]
    with desk.database.write() as conn:
        for row in rows:
            conn.execute(sa.insert(tables.pair).values(**row, candidate_id=mine, reasons=[], at=desk.now))
    return mine


def offers(text: str) -> list[tuple[str, str]]:
    """The number and the hint of each known project that the picker offers."""
    return re.findall(r'value="update:candidate:(\d+)".*?<span class="hint">(.*?)</span>', text)


def test_the_nearest_are_offered_with_verdict_and_number(desk: Any, near: int) -> None:
    """The best five by score, also those that matching holds for others; none that a second reader must not see."""
    client = desk.as_(UserRole.ANALYST)
    assert offers(client.get(f"/candidate/{near}").text) == [
        ("1", "the same project, 0.91"),
        ("2", "another phase or part of it, 0.52"),
        ("3", "another phase or part of it, 0.31"),
        ("4", "another project, 0.28"),
        ("5", "another project, 0.17"),
    ]
    decide(desk.database, Verdict(1, Judgement.REJECT, "cy"), desk.now)
    state = desk.server.config.app.state
    state.place = replace(state.place, second_reading=1.0)
    assert "1" not in dict(offers(client.get(f"/candidate/{near}").text))


def test_a_candidate_near_nothing_says_so(desk: Any, add_candidate: Any) -> None:
    """In place of the offers."""
    text = desk.as_(UserRole.ANALYST).get(f"/candidate/{add_candidate()}").text
    assert "No similar known project." in text


def test_the_search_says_that_it_found_nothing(browser: Browser, desk: Any, near: int) -> None:
    """With the words that were sought, and what to try; what is found replaces it, and a lost network is told apart."""
    page = opened(browser, desk, {"width": 1280, "height": 850})
    page.goto(f"{desk.url}/candidate/{near}")
    page.keyboard.press("s")
    hits = page.locator("[data-hits]")
    expect(hits.locator("button").first).to_be_visible()
    page.locator("[data-search]").fill("zeppelin")
    expect(hits).to_have_text(re.compile("Nothing is found for “zeppelin”"))
    page.locator("[data-search]").fill("Konza")
    expect(hits.locator("button").first).to_be_visible()
    page.context.set_offline(True)
    page.locator("[data-search]").fill("Kenya")
    expect(hits).to_have_text(re.compile("The search could not be made"))
