"""A second pair of hands: what somebody else has open is shown with their name, and skipped."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from offing.services.review.leases import looking, release
from web.desk.conftest import Seat
from web.desk.test_fast_hands import keep_in
from web.test_browser import watch
from web.test_morning import at, fill, sent
from web.test_one_keystroke import decided


def holds(page: Page, desk: Any, number: int) -> None:
    """Wait until the page of a candidate has its lease."""
    while number not in looking(desk.database, [number], desk.now):
        page.wait_for_timeout(20)


def test_next_skips_what_another_has_open(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """The queue names who has it open; the link, the key and the way on after a decision go past it."""
    fill(add_candidate, 4)
    ana = seat("/candidate/2")
    holds(ana, desk, 2)
    bo = seat("/queue")
    assert "analyst-1 has it open" in bo.locator('[data-line="2"]').inner_text()
    bo.goto(f"{desk.url}/candidate/1")
    assert (bo.locator('a[rel="next"]').get_attribute("href") or "").endswith("/candidate/3")
    bo.keyboard.press("j")
    at(bo, 3)
    bo.goto(f"{desk.url}/candidate/1")
    bo.keyboard.press("a")
    at(bo, 3)
    sent(bo)
    assert decided(desk) == [1]


@pytest.mark.parametrize("key", ["a", "j"])
def test_what_was_taken_since_the_page_came_is_skipped(seat: Seat, desk: Any, add_candidate: Any, key: str) -> None:
    """The next page was fetched ahead while it was free; it is not shown once somebody else has it open."""
    fill(add_candidate, 4)
    bo = seat("/candidate/1")
    complaints = watch(bo)
    bo.wait_for_timeout(300)  # the next page is fetched ahead
    ana = seat("/candidate/2")
    holds(ana, desk, 2)
    bo.keyboard.press(key)
    at(bo, 3)
    expect(bo.locator("#said")).to_have_text("analyst-2 has candidate 2 open. Going on to the next")
    assert bo.locator('[data-notice="lease"]').count() == 0
    sent(bo)
    assert decided(desk) == ([1] if key == "a" else [])
    assert complaints == []


def test_where_others_have_all_open_the_way_leads_to_the_queue(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Nothing is left to go on to; once one is given back, it is next."""
    fill(add_candidate, 2)
    bo = seat("/candidate/1")
    bo.wait_for_timeout(300)
    ana = seat("/candidate/2")
    holds(ana, desk, 2)
    bo.keyboard.press("a")
    bo.locator("form[data-queue]").wait_for()
    bo.goto(f"{desk.url}/queue/start")
    assert "Nothing is free here" in bo.inner_text("[role=alert]")
    ana.goto("about:blank")
    release(desk.database, 2, "analyst-2")
    bo.goto(f"{desk.url}/queue/start")
    at(bo, 2)


def test_start_leads_to_the_best_that_is_free(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """By its link, by Enter without a cursor, in the filter that is open; without scripts it is a link as well."""
    fill(add_candidate, 3)
    ana = seat("/candidate/1")
    holds(ana, desk, 1)
    bo = seat("/queue?view=waiting&country=KEN")
    bo.keyboard.press("Enter")
    at(bo, 2)
    assert bo.url.endswith("?in=view%3Dwaiting%26country%3DKEN")
    plain = desk.clients[1].get("/queue/start?view=waiting")
    assert (plain.status_code, plain.headers["location"]) == (303, "/candidate/2?in=view%3Dwaiting")


def test_a_late_answer_leads_on_from_a_page_that_nobody_has_begun(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """On a slow network the page is shown at once, and left as soon as it is known that somebody else has it open."""
    fill(add_candidate, 4)
    bo = seat("/candidate/1")
    bo.wait_for_timeout(300)
    holds(seat("/candidate/2"), desk, 2)
    late: list[Route] = []
    bo.route("**/candidate/2/lease", keep_in(late))
    bo.keyboard.press("a")
    at(bo, 2)
    for route in late:
        route.continue_()
    at(bo, 3)
    sent(bo)
    assert (decided(desk), bo.url) == ([1], f"{desk.url}/candidate/3")
