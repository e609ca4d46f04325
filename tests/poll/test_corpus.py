"""Documents that other projects collected because they broke readers; see the shared data."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from offing.model.feed import FeedForm, NotAFeed, ParsedFeed
from offing.poll import parse_feed
from poll.feeds import NOW, URL
from shared_data import shared


def documents(folder: str) -> list[Path]:
    """All documents of one collection."""
    return sorted(path for path in shared(f"feeds/{folder}").rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["feedparser", "miniflux", "reader"])
def test_no_document_raises_or_hangs(folder: str) -> None:
    """Each document ends as a feed or a reason within ten seconds, and what it gives is clean."""
    slowest = 0.0
    found = documents(folder)
    for path in found:
        start = time.perf_counter()
        feed = parse_feed(path.read_bytes(), "", URL, NOW, None)
        slowest = max(slowest, time.perf_counter() - start)
        assert isinstance(feed, ParsedFeed | NotAFeed)
        for entry in getattr(feed, "entries", ()):
            assert entry.url.lower().startswith(("http://", "https://")), path
            assert "\x00" not in entry.title + entry.summary + (entry.guid or "")
    assert found
    assert slowest < 10


def test_well_formed_documents_are_read_without_complaint() -> None:
    """The well-formed Atom and RSS are feeds, each of its form."""
    for version, form in (("atom10", FeedForm.ATOM), ("rss", FeedForm.RSS)):
        for path in shared(f"feeds/feedparser/wellformed/{version}").glob("*.xml"):
            feed = parse_feed(path.read_bytes(), "", URL, NOW, None)
            assert isinstance(feed, ParsedFeed), path
            assert feed.form is form, path
            assert not any("well-formed" in problem for problem in feed.problems), path


def test_large_real_feeds_give_all_their_entries() -> None:
    """The large documents of miniflux, real feeds, give an entry for each item."""
    for name, tag in (("large_rss.xml", b"<item>"), ("large_atom.xml", b"<entry>")):
        body = shared(f"feeds/miniflux/parser/{name}").read_bytes()
        feed = parse_feed(body, "", URL, NOW, None)
        assert isinstance(feed, ParsedFeed)
        assert len(feed.entries) == body.count(tag) > 0
        assert all(entry.published and entry.title for entry in feed.entries)


@pytest.mark.parametrize(
    ("name", "words"),
    [("encoding_ISO-8859-1.xml", "ü"), ("encoding_WINDOWS-1251.xml", "ы"), ("no_encoding_ISO-8859-1.xml", "é")],
)
def test_real_encodings_are_read(name: str, words: str) -> None:
    """Western and Cyrillic feeds of miniflux, declared and not, have the right letters."""
    feed = parse_feed(shared(f"feeds/miniflux/parser/{name}").read_bytes(), "", URL, NOW, None)
    assert isinstance(feed, ParsedFeed)
    assert words in "".join(entry.title + entry.summary for entry in feed.entries)
