"""What was just decided stands on the next page, by name and verdict, with the way back, for ten seconds."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from web.desk.conftest import Seat
from web.test_browser import shoot
from web.test_morning import at, fill, ready
from web.test_one_keystroke import decided


@pytest.fixture
def page(seat: Seat, add_candidate: Any) -> Page:
    """A page at the first of four candidates, whose clock the test moves."""
    fill(add_candidate, 4)
    made = seat("/queue")
    made.clock.install()
    made.goto(made.url.replace("/queue", "/candidate/1"))
    at(made, 1)
    return made


def test_it_names_what_was_decided_and_how(page: Page, desk: Any) -> None:
    """The verdict with its reason, and the candidate as its page called it."""
    strip = page.locator(".last")
    expect(strip).not_to_be_visible()
    name = page.locator("h1").inner_text()
    page.keyboard.press("r")
    page.keyboard.press("p")
    at(page, 2)
    expect(strip).to_be_visible()
    assert strip.locator("[data-last]").inner_text() == f"Candidate 1 rejected (no project): {name}"
    shoot(page, "just-decided")
    while decided(desk) != [1]:
        page.wait_for_timeout(20)
    page.reload()
    assert strip.locator("[data-last]").inner_text() == f"Candidate 1 rejected (no project): {name}"


def test_it_fades_after_ten_seconds_and_undo_stays(page: Page, desk: Any) -> None:
    """On later pages, too, it stands only for the rest of its time; the key takes back all the same."""
    strip = page.locator(".last")
    page.keyboard.press("a")
    at(page, 2)
    page.clock.fast_forward(6_000)
    page.keyboard.press("j")
    at(page, 3)
    expect(strip).to_be_visible()
    page.clock.fast_forward(4_500)
    expect(strip).not_to_be_visible()
    page.keyboard.press("j")
    at(page, 4)
    expect(strip).not_to_be_visible()
    page.keyboard.press("u")
    at(page, 1)
    assert decided(desk) == []
    expect(strip).not_to_be_visible()


def test_its_button_takes_back(page: Page, desk: Any) -> None:
    """By the pointer, while it is there."""
    page.keyboard.press("a")
    at(page, 2)
    ready(page)
    page.locator(".last button").click()
    at(page, 1)
    assert decided(desk) == []


@pytest.mark.parametrize("height", [420, 560, 640, 850])
def test_it_covers_no_button(page: Page, height: int) -> None:
    """Whether the bar is at the foot of the screen or higher up, all of it can be reached."""
    page.set_viewport_size({"width": 1024, "height": height})
    page.keyboard.press("a")
    at(page, 2)
    strip, bar = page.locator(".last").bounding_box(), page.locator(".bar").bounding_box()
    assert strip
    assert bar
    assert strip["y"] + strip["height"] <= bar["y"]
