"""How well cut pages are told from whole ones: floors that may rise, not fall. Figures in docs/extraction.md."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator

import pytest

from extract.cuts import Cutter, Page
from extract.pages import NOW, RULES, stored
from extract.parts.test_quality import GOLD, newsroom_pages
from offing.extract import extract_article
from offing.model.sources.article import Completeness, ExtractedArticle
from offing.model.text.charset import decode
from shared_data import shared

# Real pages that were closed when they were stored, found by looking at every page that was said to be cut.
NOT_WHOLE = ("wsj.com/articles", "japanese_article ")
EVERY = 3  # pages are cut; all are looked at whole


def real_pages() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and address of the real pages."""
    folder = shared("html")
    truth = json.loads((folder / "scrapinghub/ground-truth.json").read_text("utf-8"))
    for name, gold in truth.items():
        body = gzip.decompress((folder / f"scrapinghub/{name}.html.gz").read_bytes())
        yield name, body, gold.get("url") or "https://x.example/a"
    for path in sorted((folder / "newspaper4k").glob("*.txt")):
        yield path.stem, path.with_suffix(".html").read_bytes(), "https://x.example/a"


def drawn(markup: str | bytes, url: str) -> ExtractedArticle | None:
    """The article on a page, if there is one."""
    found = extract_article(
        stored(markup, url, "" if isinstance(markup, bytes) else "text/html; charset=utf-8"), NOW, RULES
    )
    return found if isinstance(found, ExtractedArticle) else None


def judge(pages: Iterator[Page]) -> tuple[Counter[str], Counter[str], list[tuple[str, str, str]]]:
    """How many pages were cut in each way, how many of them are told, and the ends of those that are not."""
    cutter, cut, told, missed = Cutter(), Counter(), Counter(), []
    for page in pages:
        for kind, markup in cutter.cuts(page):
            found = drawn(markup, page.url)
            if found is None or len(found.paragraphs) >= len(page.paragraphs):
                continue  # the cut took no text away, or all of it: another method found the whole
            cut[kind] += 1
            told[kind] += found.completeness is not Completeness.COMPLETE
            if found.completeness is Completeness.COMPLETE:
                missed.append((kind, page.url, found.paragraphs[-1][-80:]))
    return cut, told, missed


def newsroom() -> Iterator[Page]:
    """The gold articles in the templates of the sample newsroom, in seven languages."""
    for template in ("_semantic", "_divs"):
        for entry, markup in newsroom_pages(template):
            found = drawn(markup, entry["url"])
            if found is not None:
                yield Page(markup, entry["url"], found.paragraphs, found.language)


@pytest.mark.slow
def test_cut_pages_of_the_newsroom_are_reported() -> None:
    """Seven languages, seven ways to cut: at least 97 % are told (measured: 99 %), no whole page is said to be cut."""
    whole = list(newsroom())
    assert all(drawn(page.markup, page.url).completeness is Completeness.COMPLETE for page in whole)
    cut, told, missed = judge(iter(whole))
    assert cut.total() > 4 * len(GOLD)
    assert told.total() >= 0.97 * cut.total(), missed[:20]
    assert all(told[kind] >= 0.95 * cut[kind] for kind in cut), (cut, told)


@pytest.mark.slow
def test_cut_real_pages_are_reported() -> None:
    """Real pages: at least 93 % of cuts are told (measured: 97 %), at most 3 % of whole ones said to be cut (1.5 %)."""
    whole, alarms, looked_at = [], [], 0
    for number, (name, body, url) in enumerate(real_pages()):
        found = drawn(body, url)
        if found is None or any(part in f"{url} {name} " for part in NOT_WHOLE):
            continue
        looked_at += 1
        if found.completeness is not Completeness.COMPLETE:
            alarms.append((name, found.completeness_sign))
        elif number % EVERY == 0:
            whole.append(Page(decode(body, "").text, url, found.paragraphs, found.language))
    assert len(alarms) <= 0.03 * looked_at, alarms
    cut, told, missed = judge(iter(whole))
    assert cut.total() >= 250
    assert told.total() >= 0.93 * cut.total(), missed
    assert all(told[kind] >= 0.88 * cut[kind] for kind in cut), (cut, told, missed)
