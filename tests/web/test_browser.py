"""A real browser opens the pages; nothing is blocked, nothing runs that should not."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.project import (
    ProjectFacts,
)
from offing.model.reading.evidence import FieldName
from offing.services.accounts.users import add_user

PASSWORD = "harbour light at noon"
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"


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


def enter(page: Page, url: str, name: str = "ana") -> None:
    """Log in with the keyboard alone."""
    page.goto(f"{url}/candidate/1")
    shoot(page, "login")
    page.locator("input[name=name]:focus").wait_for()  # the field takes the focus by itself, a moment after loading
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidate/1")


AXE = Path(str(files("axe_playwright_python"))) / "axe.min.js"
BAR = "(place) => document.querySelectorAll('main > .bar').forEach((bar) => (bar.style.position = place))"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA; it runs past the policy of the page, which allows no foreign script.

    The bar stands at its place in the page meanwhile: what it half covers on a telephone comes out as one scrolls.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(BAR, "static")
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", RULES)
    page.evaluate(BAR, "")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


@pytest.mark.slow
@pytest.mark.parametrize("look", [("light", 1280), ("dark", 820), ("light", 400)])
def test_every_page_can_be_read_by_everybody(
    browser: Browser, desk: Any, add_candidate: Any, feeds: None, look: tuple[Any, int]
) -> None:
    """No complaint, no sideways scrolling, nothing for axe to find: light and dark, wide, tablet and telephone."""
    scheme, width = look
    fill_queue(add_candidate)
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850}).new_page()
    complaints = watch(page)
    enter(page, desk.url)
    for path in ("/candidate/3", "/queue", "/candidate/4", "/keys", "/queue?q=nothing"):
        page.goto(desk.url + path)
        shoot(page, f"{path.strip('/').replace('/', '-')}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert path == "/candidate/4" or violations(page) == [], path
    page.goto(f"{desk.url}/candidate/1")
    for keys in (("f", "e"), ("Escape", "g", "r"), ("Escape", "?")):
        for key in keys:
            page.keyboard.press(key)
        assert violations(page) == [], keys
    page.goto(f"{desk.url}/queue")
    assert page.locator("h3", has_text="<script>").count() == 1
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    assert violations(page) == []
    page.goto(f"{desk.url}/queue")
    assert page.url.endswith("/login?next=%2Fqueue")
    assert complaints == []
    page.context.close()


PAGES = ("queue", "candidate/1", "keys", "dashboard", "decisions", "projects", "sources", "add", "account", "mutes")
SMALL = """(least) => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
  && [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  && parseFloat(getComputedStyle(each).fontSize) < least).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_text_is_small_or_faint_and_wide_screens_are_filled(
    browser: Browser, desk: Any, add_candidate: Any, feeds: None, scheme: Any
) -> None:
    """At least 13 px and a contrast of 4.5:1 on every page; the content reaches both edges of 1,920 px."""
    fill_queue(add_candidate)
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    page = browser.new_context(color_scheme=scheme, viewport={"width": 1920, "height": 1000}).new_page()
    enter(page, desk.url)
    for path in PAGES:
        page.goto(f"{desk.url}/{path}")
        assert page.evaluate(SMALL, 13) == [], path
        assert violations(page) == [], path
        assert page.locator("main").evaluate("(each) => each.clientWidth") > 1880, path
    page.evaluate("document.querySelector('h1').style.fontSize = '12px'")
    assert len(page.evaluate(SMALL, 13)) == 1
    page.context.close()


def test_queue_and_candidate_are_whole(browser: Browser, desk: Any, add_candidate: Any, feeds: None) -> None:
    """The two pages of the morning, by one look each: no complaint of the browser, nothing for axe to find."""
    fill_queue(add_candidate)
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    page = browser.new_context(viewport={"width": 1280, "height": 850}).new_page()
    complaints = watch(page)
    enter(page, desk.url)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.goto(f"{desk.url}/queue")
    assert violations(page) == []
    assert complaints == []
    page.context.close()


def test_without_scripts_everything_is_a_form(browser: Browser, desk: Any, add_candidate: Any, feeds: None) -> None:
    """Read, follow a quote, correct with a reason, decide, undo, decide on several: each by a page of its own."""
    fill_queue(add_candidate)
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{desk.url}/candidate/1")
    page.fill("[name=name]", "ana")
    page.fill("[name=password]", PASSWORD)
    page.click("text=Log in >> nth=-1")
    page.click(".quotes a >> nth=0")
    assert "#q" in page.url
    page.press("[name=reason]", "Enter")
    assert "nothing was chosen" in page.inner_text("[role=alert]").lower()
    page.click("#field-countries summary")
    page.fill("[name='edit.countries']", "KEN; UGA")
    page.locator(".bar button[value=accept]").click()
    assert "has no proof yet" in page.inner_text("[role=alert]")
    assert page.input_value("[name='edit.countries']") == "KEN; UGA"
    page.fill("[name='because.countries']", "the minister of Uganda signs too")
    page.locator(".bar button[value=accept]").click()
    assert page.url.endswith("/candidate/2")
    assert "Candidate 1 accepted: Huawei" in page.inner_text(".last")
    page.click(".bar .menu summary >> nth=0")
    page.click("text=Not a project")
    page.locator(".last button").click()
    assert page.url.endswith("/candidate/2")
    page.goto(f"{desk.url}/queue")
    for box in page.locator("[data-line] input").all()[:2]:
        box.check()
    page.locator(".bar button[value=accept]").click()
    page.get_by_role("button", name="Confirm").click()
    assert "2 candidates accepted" in page.inner_text(".last")
    page.locator(".last button").click()
    expect(page.locator("[data-line]")).to_have_count(3)
    page.context.close()
