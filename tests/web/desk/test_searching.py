"""The search of the queue in a browser: what it searches, its hits, and where to look when it finds nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import html

from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide
from web.conftest import Desk, kenya
from web.desk.conftest import Seat
from web.test_browser import shoot, violations, watch


def search(page: Any, words: str) -> None:
    """Search the queue for words, by the key."""
    page.keyboard.press("/")
    page.locator("#q").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")


def test_hits_of_the_queue_are_marked(desk: Desk, add_candidate: Any) -> None:
    """Whole words in the line, whatever their case; what only the article has, in an excerpt of it; nothing else."""
    add_candidate()
    client = desk.as_(UserRole.VIEWER)

    def marks(query: str) -> list[str]:
        return list(
            html.fromstring(client.get(f"/queue?{query}").text).xpath("//li[@id='line-1']//mark[@class='hit']/text()")
        )

    assert marks("q=KONZA") == ["Konza"]
    assert marks("q=konza+residents") == ["Konza", "Konza", "Residents"]
    assert marks("q=%22data+centre%22+-zambia") == ["data centre", "data centre"]
    assert marks("view=all") == []


def test_hits_are_marked_and_a_typing_error_is_corrected(seat: Seat, add_candidate: Any) -> None:
    """The box says what it searches; the line shows the words, also those that only the article has."""
    add_candidate()
    page = seat("/queue")
    complaints = watch(page)
    assert page.get_attribute("#q", "placeholder") == "Search today’s queue"
    search(page, "konza residants")
    assert page.locator(".empty").inner_text().count("residants") == 1
    shoot(page, "search-meant")
    assert violations(page) == []
    page.locator("#meant a").click()
    page.locator(".tally").wait_for()
    assert page.locator("#line-1 h3 mark, #line-1 .original mark").all_inner_texts() == ["Konza"]
    assert page.locator("#line-1 .excerpt mark").all_inner_texts() == ["Konza", "Residents"]
    assert "in title, text, quotes or names, among today’s queue" in page.inner_text(".tally")
    shoot(page, "search-hits")
    assert violations(page) == []
    assert complaints == []


def test_a_wider_scope_is_offered(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """What is decided is found under all candidates, by one click."""
    add_candidate()
    add_candidate(facts=replace(kenya(), title="Port of Lamu"), title="Port of Lamu is let")
    decide(desk.database, Verdict(2, Judgement.REJECT, "bo"), desk.now)
    page = seat("/queue")
    search(page, "lamu")
    assert page.inner_text("#wider a") == "all candidates (1)"
    shoot(page, "search-wider")
    page.locator("#wider a").click()
    page.locator("#line-2").wait_for()
    assert page.locator("#line-2 mark").first.inner_text() == "Lamu"
    assert violations(page) == []
