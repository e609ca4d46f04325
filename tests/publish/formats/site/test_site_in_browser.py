"""The site as readers have it: Chromium opens it from a disk, under its own policy."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from publish.formats.site.pages import HOSTILE, body, everything, project_id, write_site
from web.test_browser import AXE, RULES, shoot, watch

pytestmark = pytest.mark.slow
MANY = 130
PAGES = (
    *("index.html", "projects.html", "parties.html", "methods.html", "codebook.html", "downloads.html"),
    *(f"projects/{project_id(number)}.html" for number in (1, 2, 4, 5)),
    "lists/country-ken.html",
)
DARK = ("index.html", "projects.html", f"projects/{project_id(1)}.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on a disk, of more projects than a page of the list has."""
    more = (body(number, countries="UGA", sector="energy") for number in range(6, MANY + 1))
    return write_site(tmp_path_factory.mktemp("site"), [*everything(), *more])


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA; it would load the styles once more, which the policy of the page forbids."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags, preload: false})", RULES)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def address(site: Path, name: str) -> str:
    """The address of a page on the disk."""
    return f"file://{site / name}"


@pytest.mark.parametrize("look", [("dark", 1280, DARK), ("light", 390, PAGES)], ids=["dark", "telephone"])
def test_every_page_can_be_read_by_everybody(
    browser: Browser, site: Path, look: tuple[Any, int, tuple[str, ...]]
) -> None:
    """Its styles come, nothing is refused or complained of, nothing runs, axe finds nothing, no sideways scrolling."""
    scheme, width, names = look
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850}).new_page()
    complaints, faults = watch(page), []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in names:
        page.goto(address(site, name))
        shoot(page, f"site-{name.replace('/', '-')}-{scheme}-{width}")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "styles are refused"
        faults += [f"{name}: {each}" for each in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{name}: {wide} wide"] if wide > width else []
    assert faults == []
    assert complaints == []
    assert all(each.startswith(f"file://{site}/") for each in asked)


def test_the_policy_refuses_what_the_site_does_not_have(browser: Browser, site: Path) -> None:
    """It is in force on a disk: neither a script in the page nor a picture from elsewhere comes."""
    page = browser.new_page()
    page.goto(address(site, "index.html"))
    refused = page.evaluate(
        """() => new Promise((done) => {
            const refused = [], script = document.createElement("script"), image = new Image();
            document.addEventListener("securitypolicyviolation", (each) => {
                refused.push(each.effectiveDirective);
                if (refused.length === 2) done(refused.sort());
            });
            script.text = "window.ran = true";
            image.src = "https://elsewhere.example/a.png";
            document.body.append(script, image);
        })"""
    )
    assert refused == ["img-src", "script-src-elem"]
    assert page.evaluate("window.ran") is None


def test_search_and_filters(browser: Browser, site: Path) -> None:
    """By words in any script, by country and party, together; the address remembers; the keyboard is enough."""
    page = browser.new_page()
    complaints = watch(page)
    page.goto(address(site, "projects.html"))
    rows, found = page.locator("#rows tr"), page.locator("#found")
    words = page.get_by_label("Words in the title")
    expect(rows).to_have_count(100)
    words.fill("华为 CENTRE 13")
    expect(found).to_have_text("3 projects found.")
    words.fill("SCRIPT alert")
    expect(found).to_have_text("1 project found.")
    assert page.inner_text("#rows th") == HOSTILE
    page.get_by_role("button", name="Clear all").press("Enter")
    expect(rows).to_have_count(100)
    page.get_by_label("Country").select_option("UGA")
    expect(found).to_have_text("126 projects found; the latest 100 are shown.")
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(126)
    page.get_by_label("Sector").select_option("data-centre-cloud")
    page.get_by_label("Party", exact=True).fill("huawei")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile("#country=UGA&sector=data-centre-cloud&party=huawei$"))
    page.reload()
    expect(rows).to_have_count(1)
    assert page.input_value("#party") == "huawei"
    page.locator("#rows a").click()
    assert page.inner_text("h1") == "Data centre 1"
    assert complaints == []


def test_any_server_serves_it(browser: Browser, site: Path) -> None:
    """In a folder of its own, as files and nothing else; the search runs there, too."""
    handler = partial(Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        complaints = watch(page)
        page.goto(f"http://127.0.0.1:{server.server_port}/{site.name}/projects.html#sector=energy")
        expect(page.locator("#found")).to_have_text("125 projects found; the latest 100 are shown.")
        page.locator("#rows a").first.click()
        expect(page.locator("h1")).to_contain_text("Data centre")
        server.shutdown()
    assert complaints == []


def test_without_javascript_the_lists_lead_to_every_project(browser: Browser, site: Path) -> None:
    """Pages of the list, and the lists by country; no form that does nothing."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(site, "projects.html"))
    assert page.locator("#filters").is_hidden()
    assert "need JavaScript" in page.inner_text("noscript")
    page.get_by_role("link", name="Next page").click()
    assert page.locator("tbody tr").count() == MANY - 2 - 100
    page.goto(address(site, "index.html"))
    page.locator("#countries").get_by_role("link", name="Kenya").click()
    assert page.inner_text("h1") == "Projects in Kenya"


def test_it_is_printed_as_a_document(browser: Browser, site: Path) -> None:
    """Black on white, without menus, addresses of sources in full; in print a dark screen is light, too."""
    page = browser.new_context(color_scheme="dark").new_page()
    page.goto(address(site, f"projects/{project_id(1)}.html"))
    page.emulate_media(media="print")
    assert page.locator(".masthead nav").is_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    after = "getComputedStyle(document.querySelector('.sources cite a'), '::after').content"
    assert page.evaluate(after) == '" <https://en.example/1>"'
    assert page.pdf(format="A4").startswith(b"%PDF")
