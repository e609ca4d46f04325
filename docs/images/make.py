"""Takes the pictures of the review app that stand in docs/: the demo runs on this machine, a browser looks at it.

make screenshots
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from offing.model.reading.evidence import FieldName
from offing.model.review.second_reader import Opinion, StoredOpinion
from offing.model.values.vocabulary import Status
from offing.services.review.decisions import show
from offing.store.candidates.second_reader import keep_opinion
from offing.store.database.engine import open_database
from offing.store.stories.telling import tellings_in

HERE = Path(__file__).parent
WIDE, TABLET = {"width": 1280, "height": 860}, {"width": 820, "height": 1100}
ACCEPTED = 14  # candidates that are accepted first, so that there are projects to show
LINK = re.compile(r"http://\S+/login/link\?key=\S+")
PAGES = {
    "queue": "/queue",
    "sources": "/sources",
    "projects": "/projects",
    "decisions": "/decisions",
    "dashboard": "/dashboard",
    "add": "/add",
    "mutes": "/mutes",
}


@contextmanager
def demo() -> Iterator[tuple[str, Path]]:
    """The running demo: the link that logs in once, and its site."""
    offing = Path(sys.executable).parent / "offing"
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [offing, "demo"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            assert process.stdout is not None
            found = next(match for line in process.stdout if (match := LINK.search(line)))
            yield found[0], Path(folder) / "demo-site"
        finally:
            process.terminate()
            process.wait(30)


def offing(site: Path, *words: str) -> str:
    """One command in a site."""
    done = subprocess.run(
        [Path(sys.executable).parent / "offing", *words], cwd=site, capture_output=True, text=True, check=True
    )
    return done.stdout


def work(site: Path) -> list[str]:
    """A morning's work: the best candidates accepted, one rejected; the ids that stand in the queue then."""
    ids = [line.partition("\t")[0] for line in offing(site, "queue", "list").splitlines()]
    for number in ids[:ACCEPTED]:
        offing(site, "decide", number, "accept", "--as", "ana")
    offing(site, "decide", ids[ACCEPTED], "reject", "--reason", "vague", "--as", "bo")
    offing(site, "promote")
    return ids[ACCEPTED + 1 :]


def opine(site: Path, waiting: list[str]) -> int:
    """Let a second reader say something else of one candidate's status, made up, as no model is at hand; its id."""
    database = open_database(f"sqlite:///{site / 'offing.db'}")
    items = (show(database, int(number)) for number in waiting)
    item = next(each for each in items if each.facts.status and each.candidate.articles[0].language == "en")
    facts, proofs = item.candidate.facts, item.candidate.evidence
    proof = next(each for each in proofs if each.field is FieldName.STATUS)
    other = Status.APPROVED if facts.status is not Status.APPROVED else Status.SIGNED
    said = Opinion(replace(facts, status=other), (replace(proof, value=other), *proofs))
    with database.write() as conn:
        telling = tellings_in(conn, [proof.article_id])
        keep_opinion(
            conn, StoredOpinion(min(telling), proof.article_id, "a-model", said, finds_none=False, at=datetime.now(UTC))
        )
    database.close()
    return item.candidate.id


def shoot(page: Page, name: str) -> None:
    """One picture, small enough for a repository."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=72)
    print(name)


def visit(browser: Browser, link: str, waiting: list[str], doubted: int) -> None:
    """Look at every page, then at some in the dark and on a tablet."""
    base = link.partition("/login")[0]
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_url("**/queue*")
    for name, path in PAGES.items():
        page.goto(base + path)
        shoot(page, name)
    page.goto(f"{base}/candidate/{waiting[0]}")
    page.keyboard.press("f")
    shoot(page, "candidate")
    page.keyboard.press("?")
    shoot(page, "keys")
    page.goto(base + "/projects")
    page.locator("table.listing a").first.click()
    shoot(page, "project")
    page.goto(base + "/dashboard")
    page.get_by_role("link", name="Today's digest").click()
    shoot(page, "digest")
    page.emulate_media(color_scheme="dark")
    page.goto(f"{base}/candidate/{waiting[1]}")
    shoot(page, "candidate-dark")
    page.set_viewport_size(TABLET)
    page.emulate_media(color_scheme="light")
    shoot(page, "candidate-tablet")
    page.set_viewport_size(WIDE)
    page.goto(f"{base}/candidate/{doubted}")
    page.locator("#field-status").scroll_into_view_if_needed()
    shoot(page, "second-reader")
    context.close()


def main() -> None:
    """Take all pictures."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with demo() as (link, site), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        waiting = work(site)
        visit(browser, link, waiting, opine(site, waiting))
        browser.close()


if __name__ == "__main__":
    main()
