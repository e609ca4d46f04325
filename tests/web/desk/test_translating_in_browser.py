"""Translations in a real browser: asked for by key, marked, never quoted; what goes wrong is said in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page

from offing.store import tables
from offing.store.candidates.decision import decisions_of
from services.translation.libre_server import Libre
from web.desk.conftest import Seat
from web.desk.test_translating import FIRST, QUOTES, SECOND, TITLE, translate_by
from web.test_browser import shoot, violations, watch

MARK = "machine translation, libretranslate, 4 Mar 2026"
LATE = timedelta(milliseconds=300)
NOBODY = "http://127.0.0.1:9"  # the port of discard, at which nothing listens
WRONG = {
    "late": "Not translated: the service did not answer in time.",
    "wrong": "Not translated: the service sent something other than a translation.",
    "refused": "Not translated: the service does not accept the key.",
    "absent": "Not translated: the service cannot be reached.",
}


@pytest.fixture
def page(seat: Seat, desk: Any, libre: Libre, add_candidate: Any) -> Page:
    """An analyst before a Chinese candidate, where a service translates."""
    translate_by(desk, libre.url)
    add_candidate(title=TITLE, paragraphs=(FIRST, SECOND), language="zh", quotes=QUOTES)
    opened = seat("/candidate/1")
    opened.locator("main[data-ready]").wait_for(state="attached")
    return opened


def translate(page: Page) -> None:
    """Ask for the translation by its key, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.keyboard.press("t")
    page.locator("main[data-ready]").wait_for(state="attached")


def words(place: Locator) -> list[str]:
    """The texts of some elements, blanks joined."""
    return [" ".join(each.split()) for each in place.all_inner_texts()]


def select(page: Page, place: str) -> None:
    """Select all of an element as a script could, also what the pointer cannot."""
    page.evaluate("(at) => getSelection().selectAllChildren(document.querySelector(at))", place)


def test_the_translation_stands_beside_the_article_and_below_its_quotes(page: Page, desk: Any) -> None:
    """Each text has its own, marked with what made it and when; the original stays, and nothing is proved by it."""
    complaints = watch(page)
    translate(page)
    assert words(page.locator("#article-1 .translation")) == [f"en[{text}] {MARK}" for text in (TITLE, FIRST, SECOND)]
    assert words(page.locator("#field-status .translation")) == [f"en[{QUOTES[0][2]}] {MARK}"]
    assert page.locator("#article-1 [data-start]").all_inner_texts() == [TITLE, FIRST, SECOND]
    shoot(page, "translation")
    assert violations(page) == []
    assert complaints == []
    with desk.database.read() as conn:
        assert conn.execute(sa.select(tables.evidence.c.quote)).scalars().all() == [QUOTES[0][2]]


def test_a_translation_is_never_evidence(page: Page, desk: Any) -> None:
    """It holds nothing to press, cannot be selected with the pointer, and is not quoted when it is selected."""
    translate(page)
    own = page.locator(".translation")
    assert own.locator("button, a, input, mark").count() == 0
    own.nth(1).click(click_count=3)
    assert page.evaluate("String(getSelection())") == ""
    page.locator("#field-status").click()
    select(page, "#article-1 .translation")
    page.keyboard.press("c")
    page.get_by_text("Select the words in the article first").wait_for(state="attached")
    assert page.locator("[name='proof.status']").count() == 0
    select(page, "#article-1 p[data-start]")
    page.keyboard.press("c")
    assert page.locator("[name='proof.status']").count() == 1
    page.locator("[name='edit.status']").select_option("approved")
    page.keyboard.press("Escape")
    page.locator("button[value=accept]").click()
    page.wait_for_function("() => JSON.parse(localStorage.getItem('offing:outbox') ?? '[]').length === 0")
    with desk.database.read() as conn:
        (made,) = decisions_of(conn, [1])[1]
    assert [proof.text for proof in made.proofs] == [FIRST]


@pytest.mark.parametrize("fault", WRONG)
def test_what_goes_wrong_is_said_in_plain_words(page: Page, desk: Any, libre: Libre, fault: str) -> None:
    """Beside the button, with nothing of the service's own words; the candidate can be decided all the same."""
    if fault == "late":
        translate_by(desk, libre.url, limit=LATE)
        libre.sends(b"{}", waits=True)
    elif fault == "absent":
        translate_by(desk, NOBODY)
    else:
        libre.sends(b"<html>sorry</html>", 200 if fault == "wrong" else 403)
    translate(page)
    alert = page.locator("#article-1 .translate [role=alert]")
    assert alert.inner_text() == WRONG[fault]
    shoot(page, f"translation-{fault}")
    assert violations(page) == []
    assert page.locator(".translation").count() == 0
    page.locator("button[value=accept]").click()
    page.wait_for_function("() => JSON.parse(localStorage.getItem('offing:outbox') ?? '[]').length === 0")
    with desk.database.read() as conn:
        assert conn.execute(sa.select(tables.candidate.c.state)).scalar_one() == "accepted"
