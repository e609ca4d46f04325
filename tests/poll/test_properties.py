"""Whatever an outlet calls its stories, they come back as they were written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offing.model.sources.feed import ParsedFeed
from offing.model.text.text import clean_text
from offing.poll import parse_feed
from poll.feeds import NOW, URL, atom, item, json_feed, page, parse, parse_any, rss, sitemap

# Titles as people write them: any script, no markup. Latin-1 letters alone are left to feedparser, which takes
# a run of them that happens to be UTF-8 for text that was encoded twice.
LETTERS = st.characters(
    categories=("L", "Nd", "Zs", "Po", "Pd", "So", "Mn"), exclude_characters="&<>\\", min_codepoint=0x100
)
ASCII = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="&<>\\")
TITLES = st.text(LETTERS | ASCII, min_size=1, max_size=60).map(clean_text).filter(lambda text: len(text) > 1)
PATHS = st.text(st.sampled_from("abcXYZ0189-_."), min_size=1, max_size=20).filter(lambda path: path.strip("."))
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2026, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis wants its bounds without a zone
ITEMS = st.lists(
    st.tuples(TITLES, PATHS, MOMENTS.map(lambda moment: moment.replace(microsecond=0))),
    unique_by=lambda item: item[1],
    max_size=6,
)


def expected(items: list[tuple[str, str, datetime]]) -> list[tuple[str, str, datetime]]:
    """Title, address and moment of each item."""
    return [(title, f"https://news.example/s/{path}", moment) for title, path, moment in items]


@settings(deadline=None)
@given(ITEMS)
def test_rss_comes_back(items: list[tuple[str, str, datetime]]) -> None:
    """RSS made from any titles, links and dates gives these titles, links and dates."""
    parts = (
        f"<item><title>{escape(title)}</title><link>https://news.example/s/{path}</link><guid>{path}</guid>"
        f"<pubDate>{format_datetime(moment)}</pubDate></item>"
        for title, path, moment in items
    )
    feed = parse(rss(*parts))
    assert [(entry.title, entry.url, entry.published) for entry in feed.entries] == expected(items)
    assert feed.problems == ()


@settings(deadline=None)
@given(ITEMS)
def test_atom_comes_back(items: list[tuple[str, str, datetime]]) -> None:
    """Atom made from any titles, links and dates gives these titles, links and dates."""
    parts = (
        f"<entry><title>{escape(title)}</title><link href={quoteattr(f'https://news.example/s/{path}')}/>"
        f"<id>tag:{path}</id><updated>{moment.isoformat()}</updated></entry>"
        for title, path, moment in items
    )
    feed = parse(atom(*parts))
    assert [(entry.title, entry.url, entry.published) for entry in feed.entries] == expected(items)


@settings(deadline=None)
@given(ITEMS)
def test_json_feed_comes_back(items: list[tuple[str, str, datetime]]) -> None:
    """A JSON Feed made from any titles, links and dates gives these titles, links and dates."""
    parts = ({"id": p, "url": f"/s/{p}", "title": t, "date_published": m.isoformat()} for t, p, m in items)
    feed = parse(json_feed(*parts))
    assert [(entry.title, entry.url, entry.published) for entry in feed.entries] == expected(items)


@settings(deadline=None)
@given(ITEMS)
def test_polling_twice_gives_the_same_keys(items: list[tuple[str, str, datetime]]) -> None:
    """A later document with other titles and dates, in another order, has the same keys for the same guids."""
    first = parse(json_feed(*({"id": path, "url": f"/{path}", "title": title} for title, path, _ in items)))
    later = parse(json_feed(*({"id": path, "url": f"/{path}"} for _, path, _ in reversed(items))))
    assert [entry.key for entry in first.entries] == [entry.key for entry in reversed(later.entries)]
    assert len({entry.key for entry in first.entries}) == len(items)


@example(b"<:", "<urlset>")
@settings(deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "<rss>", "<feed>", "{", "<urlset>", "<html ", "<rss><channel><item>", "\x1f\x8b"]),
)
def test_any_bytes_are_a_feed_or_none(body: bytes, start: str) -> None:
    """No document raises."""
    parse_feed(start.encode("latin-1") + body, "text/xml", URL, NOW, None)


NAMES = ["id", "url", "title", "authors"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(JSON, max_size=5))
def test_any_json_items_are_entries_or_reported(items: list[object]) -> None:
    """Items of any shape give an entry, or a problem each."""
    feed = parse_any(json.dumps({"items": items}))
    assert len(getattr(feed, "entries", ())) <= len(items)


@pytest.mark.parametrize(
    "document",
    [
        rss(item(1), item(2), item(3)),
        atom(*(f"<entry><id>{n}</id><title>Title {n}</title><link href='/{n}'/></entry>" for n in range(3))),
        sitemap(*(page(f"https://news.example/{n}", f"Title {n}") for n in range(3))),
        json_feed(*({"id": str(n), "url": f"/{n}", "title": f"Title {n}"} for n in range(3))),
    ],
    ids=["rss", "atom", "sitemap", "json"],
)
def test_a_document_cut_anywhere_gives_whole_entries_only(document: str) -> None:
    """At whatever byte an answer breaks off: no entry is half, and a document that lacks one is not taken for whole."""
    body = document.encode()
    all_of_it = parse(body).entries
    for cut in range(0, len(body), 3):
        feed = parse_any(body[:cut])
        if isinstance(feed, ParsedFeed):
            kept = len(feed.entries)
            assert feed.entries == all_of_it[:kept], cut
            assert not feed.whole or kept == len(all_of_it), cut
