"""Documents that other projects collected because they broke readers; see the shared data."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.poll import parse_feed
from poll.expectations import expectations, reader_entries
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
        start = time.process_time()
        feed = parse_feed(path.read_bytes(), "", URL, NOW, None)
        slowest = max(slowest, time.process_time() - start)
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


# Where offing gives something else than feedparser's documents expect, and why.
DIFFERENT = {
    "encoding": {
        "illformed/chardet/windows1255.xml": "Hebrew is none of the scripts that are guessed where nothing is declared",
    },
    "id": {
        "wellformed/base/http_entry_id_base_content_location.xml": "an id is an id, and never resolved to an address",
        "wellformed/base/http_entry_id_base_docuri.xml": "an id is an id, and never resolved to an address",
    },
    "link": {
        "wellformed/base/http_item_link_base_content_location.xml": "links are relative to the address that answered",
        "wellformed/base/http_item_link_base_docuri.xml": "the test gives the document another address",
        "wellformed/rss/item_guid_isPermaLink_map_link.xml": "the test gives the entry a link, which goes first",
        "wellformed/rss/item_guid_map_link.xml": "the test gives the entry a link, which goes first",
    },
    "summary": {
        "encoding/bozo_linenoise.xml": "of line noise any reading is a guess, and is reported as one",
    },
    "title": {
        "wellformed/sanitize/xml_malicious_comment.xml": "a comment without an end hides all behind it, as in browsers",
    },
    "language": {
        "wellformed/lang/http_content_language.xml": "languages are told by the text, and never by a header",
    },
}


def test_documents_of_feedparser_say_what_they_expect() -> None:
    """What is kept (titles, texts, links, ids, dates, languages, encodings) is as expected, or differs for a reason."""
    root = shared("feeds/feedparser")
    compared = [each for path in documents("feedparser") for each in expectations(path)]
    wrong = {(each.what.rsplit(".", 1)[-1], str(each.path.relative_to(root))) for each in compared if not each.holds}
    assert len(compared) > 1100
    assert wrong == {(what, name) for what, names in DIFFERENT.items() for name in names}


@pytest.mark.parametrize("name", ["full.atom", "full.rss", "full.json", "10.json"])
def test_documents_of_reader_say_what_they_expect(name: str) -> None:
    """Each entry that has a link has the id, title, text, link and dates that reader expects of it."""
    wanted = [entry for entry in reader_entries(shared(f"feeds/reader/{name}.py")) if _has_page(entry)]
    feed = parse_feed(shared(f"feeds/reader/{name}").read_bytes(), "", URL, NOW, None)
    assert isinstance(feed, ParsedFeed)
    found = {entry.guid: entry for entry in feed.entries}
    assert found.keys() == {entry["id"] for entry in wanted}
    for entry in wanted:
        ours = found[entry["id"]]
        # The one date that is there stands for the other; a text that is there stands for a missing summary.
        dates = (entry.get("published") or entry.get("updated"), entry.get("updated") or entry.get("published"))
        assert (ours.url, ours.title, ours.published) == (entry["link"], entry.get("title", ""), dates[0])
        assert (ours.updated or ours.published) == dates[1]
        assert ours.summary == entry.get("summary", ours.summary)


def _has_page(entry: dict[str, object]) -> bool:
    return str(entry.get("link")).startswith("http")
