"""A real browser opens the pages; nothing is blocked, nothing runs that should not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from offing.model.activity import Stamp
from offing.model.evidence import FieldName
from offing.model.project import ProjectFacts
from offing.model.user import UserRole
from offing.steps.users import add_user

PASSWORD = "harbour light at noon"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def browser(socket_enabled: None) -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


def shoot(page: Page, name: str) -> None:
    """Keep a picture where the environment asks for it."""
    folder = os.environ.get("OFFING_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def failures(request: Request) -> list[str]:
    """What failed, except what the browser gave up itself because it went on to the next page."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}: {request.failure}"]


def watch(page: Page) -> list[str]:
    """All that a page complains about."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.extend(failures(request)))

    def dialog(found: Any) -> None:
        complaints.append(f"dialog: {found.message}")
        found.dismiss()

    page.on("dialog", dialog)
    return complaints


def fill_queue(add_candidate: Any) -> int:
    """A queue of some variety; the id of its best candidate."""
    best = add_candidate(score=0.96)
    add_candidate(
        title="Le Sénégal inaugure un centre de données",
        outlet="Dakar Matin",
        language="fr",
        score=0.88,
        facts=ProjectFacts(title="Centre de données de Diamniadio", countries=("SEN", "MLI")),
        quotes=(),
    )
    add_candidate(
        title="وقعت إثيوبيا عقدا مع هواوي",
        paragraphs=("وقعت إثيوبيا عقدا مع هواوي لبناء شبكة.",),
        outlet="أخبار",
        language="ar",
        score=0.81,
        facts=ProjectFacts(title="وقعت إثيوبيا عقدا مع هواوي", countries=("ETH",)),
        quotes=((FieldName.FIRMS, "Huawei", "عقدا مع هواوي"),),
    )
    add_candidate(title=XSS, outlet=XSS, score=0.7, facts=ProjectFacts(title=XSS), quotes=(), reason=XSS)
    return int(best)


def enter(page: Page, url: str) -> None:
    """Log in with the keyboard alone."""
    page.goto(f"{url}/candidates/1")
    shoot(page, "login")
    page.locator("input[name=name]:focus").wait_for()  # the field takes the focus by itself, a moment after loading
    page.keyboard.type("ana")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/1")


@pytest.mark.parametrize("look", [("light", 1280), ("dark", 1280), ("light", 400)])
def test_a_morning_in_the_browser(
    browser: Browser, desk: Any, add_candidate: Any, feeds: None, look: tuple[Any, int]
) -> None:
    """Log in, read queue and candidate, follow a quote to its mark, log out: no complaint, no sideways scrolling."""
    scheme, width = look
    fill_queue(add_candidate)
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850}).new_page()
    complaints = watch(page)
    enter(page, desk.url)
    page.locator(".quotes a").nth(1).click()
    page.wait_for_url("**/candidates/1#q*")
    shoot(page, f"target-{scheme}-{width}")
    assert page.locator("mark:has(:target)").count() == 1
    assert page.locator("mark").count() >= 5
    for path in ("/candidates/1", "/candidates/3", "/queue", "/candidates/4", "/sources", "/login"):
        page.goto(desk.url + path)
        shoot(page, f"{path.strip('/').replace('/', '-')}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
    assert page.locator("h2", has_text="<script>").count() == 1
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.goto(f"{desk.url}/queue")
    assert page.url.endswith("/login?next=%2Fqueue")
    assert complaints == []
