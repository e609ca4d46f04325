"""What stands on the first screen of a telephone, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.services.accounts.sessions import log_in_by_link, make_link
from offing.services.accounts.users import add_user
from web.test_browser import fill_queue, shoot

SIZE = {"width": 390, "height": 844}


def opened(browser: Browser, desk: Any, size: dict[str, int], *, scripts: bool = True) -> Page:
    """A page of a browser of some size, logged in."""
    add_user(desk.database, "ana", UserRole.CURATOR, None, Stamp(desk.now))
    token = log_in_by_link(desk.database, make_link(desk.database, "ana", Stamp(desk.now)), desk.now)
    context = browser.new_context(viewport=size, java_script_enabled=scripts)
    context.add_cookies([{"name": "offing", "value": str(token), "url": desk.url}])
    return context.new_page()


def is_on_screen(place: Locator) -> bool:
    """Whether the whole of an element stands on the screen as it is now."""
    box = place.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= SIZE["height"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_line_and_the_bar_are_on_the_first_screen(
    browser: Browser, desk: Any, add_candidate: Any, feeds: None, scripts: bool
) -> None:
    """The queue begins with its best candidate; on a candidate the bar stays, small, wherever one has scrolled to."""
    fill_queue(add_candidate)
    page = opened(browser, desk, SIZE, scripts=scripts)
    page.goto(f"{desk.url}/queue")
    shoot(page, f"telephone-queue-{scripts}")
    assert is_on_screen(page.locator(".line").first)
    assert page.locator(".line .score .number").first.is_visible()
    page.goto(f"{desk.url}/candidate/1")
    bar = page.locator("#decision")
    for share in (0, 0.5, 1):
        page.mouse.wheel(0, share * 10_000)
        page.wait_for_timeout(50)
        assert is_on_screen(bar), share
        assert bar.bounding_box()["height"] < SIZE["height"] / 5
        assert is_on_screen(bar.locator("button[value=accept]"))
    shoot(page, f"telephone-candidate-{scripts}")
    bar.locator("summary").first.click()
    assert is_on_screen(bar.locator(".menu-body").first)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZE["width"] if scripts else True
