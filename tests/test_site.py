"""The web pages of docs/: built strictly, without network, and loading nothing from another host."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
MKDOCS = ROOT / ".venv/site/bin/mkdocs"
NOWHERE = "http://127.0.0.1:9"  # as a proxy: whatever asks the network fails
_LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc=\"(?:https?:)?//|@import|url\((?:https?:)?//"
)
_LINKED = re.compile(r"<link\b[^>]*\srel=\"(?:stylesheet|preload|preconnect|icon)\"[^>]*\shref=\"(?:https?:)?//")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built pages."""
    if not MKDOCS.exists():
        pytest.skip("`make site` was not run here")
    folder = tmp_path_factory.mktemp("site")
    env = os.environ | dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NOWHERE)
    command = [MKDOCS, "build", "--strict", "-d", folder]
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address of the pages."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a browser."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.slow
def test_pages_name_no_other_host_to_load_from(site: Path) -> None:
    """No page or style sheet loads a script, picture, font or style from another host."""
    files = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(files) > 60
    texts = {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in files}
    assert [name for name, text in texts.items() if _LOADED.search(text) or _LINKED.search(text)] == []


@pytest.mark.slow
def test_a_browser_asks_nobody_else(served: str, page: Page) -> None:
    """Pages with diagrams, pictures and the search are drawn by what the site itself has."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "architecture.html", "reference/database.html"):
        page.goto(f"{served}/{name}")
    page.wait_for_selector("div.mermaid")  # what a diagram's source becomes once it is drawn
    page.fill("[data-md-component=search-query]", "quarantine")
    page.wait_for_selector(".md-search-result__item")
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((served, "blob:", "data:"))] == []
