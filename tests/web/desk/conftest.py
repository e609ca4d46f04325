"""Browsers of analysts who are logged in at the same desk, and a service that translates for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from offing.model.operation.user import UserRole
from services.translation.libre_server import Libre, libre_server

Seat = Callable[..., Page]


@pytest.fixture
def seat(browser: Browser, desk: Any) -> Iterator[Seat]:
    """Opens a page in a browser of its own; each call is another person, analyst-1 first."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, role: UserRole = UserRole.ANALYST, **settings: Any) -> Page:
        client = desk.as_(role)
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 850}, **settings}))
        contexts[-1].set_default_timeout(10_000)
        contexts[-1].add_cookies([{"name": "offing", "value": client.cookies["offing"], "url": desk.url}])
        page = contexts[-1].new_page()
        page.goto(desk.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def libre() -> Iterator[Libre]:
    """A service in the format of LibreTranslate."""
    with libre_server() as found:
        yield found
