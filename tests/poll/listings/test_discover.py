"""Where a site may have feeds: clues from its page, robots.txt, sitemap indexes and the usual places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.poll.listings.discover import (
    FEED_PATHS,
    MOST_LINKS,
    MOST_SITEMAPS,
    NEWS_PATHS,
    Clue,
    ClueKind,
    index_clues,
    page_clues,
    robots_clues,
    usual_clues,
)
from poll.feeds import sitemap

URL = "https://ministry.example/news/"


def clues(head: str = "", body: str = "") -> list[tuple[str, ClueKind]]:
    """The clues of a page."""
    page = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return [(clue.url, clue.kind) for clue in page_clues(page, "text/html", URL)]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("rel=alternate type=application/rss+xml href=/feed", "https://ministry.example/feed"),
        ("rel='ALTERNATE home' type=' application/atom+xml; charset=utf-8' href=atom", "https://ministry.example/news/atom"),
        ("rel=feed type=application/feed+json href='https://cdn.example/f.json#x'", "https://cdn.example/f.json"),
        ("rel=alternate type=text/rss href='/?feed=rss2&b=1&a=2&utm_source=x'", "https://ministry.example/?feed=rss2&b=1&a=2&utm_source=x"),
        ("rel=alternate hreflang=fr href=/fr", None),
        ("rel=alternate type=application/rss+xml", None),
        ("rel=alternate type=application/rss+xml href='javascript:x'", None),
        ("rel=alternate type=application/rss+xml href='http://[x'", None),
        ("rel=alternate type=application/rss+xml href='#'", None),
        ("rel=stylesheet type=application/rss+xml href=/feed", None),
    ],
)  # fmt: skip
def test_feeds_that_the_head_names(link: str, url: str | None) -> None:
    """Alternates of a feed's type, byte for byte; other alternates, broken addresses and the page itself are none."""
    assert clues(f"<link {link}>") == ([(url, ClueKind.HEAD)] if url else [])


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/rss/africa.xml>Africa</a>",
        "<a href=/newsroom/rss>All</a>",
        "<a href=/index.rdf>All</a>",
        "<a href=/feeds/2/x>All</a>",
        "<a href='/?feed=rss2'>All</a>",
        "<a href='/news?format=rss'>All</a>",
        "<a href='https://feeds.example.org/x'>All</a>",
        "<a href=/x>RSS</a>",
        "<a href=/x>[ RSS 2.0 ]</a>",
        "<a href=/x type=application/rss+xml>All</a>",
        "<a href='feed:https://a.example/x.xml'>All</a><a href='/rss'>",
        "<a href='feed://a.example/atom'>All</a>",
    ],
)
def test_links_that_look_like_feeds(link: str) -> None:
    """By path, parameter, host, wording or type."""
    assert [kind for _, kind in clues(body=link)] == [ClueKind.LINK]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/feedback>Feedback</a>",
        "<a href=/atomic-energy>Energy</a>",
        "<a href=/breastfeeding>Health</a>",
        "<a href=/rssb-pension>RSSB pension</a>",
        "<a href='mailto:rss@a.example'>RSS</a>",
        "<a href='#rss'>x</a>",
        "<a>RSS</a>",
    ],
)
def test_links_that_do_not(link: str) -> None:
    """Words that only begin alike, mail and places on the page are no clues."""
    assert clues(body=link) == []


def test_clues_are_in_order() -> None:
    """The head first, then links of the same site, then others, feeds of comments last; each once, not too many."""
    named = "<link rel=alternate type=application/rss+xml href={}>"
    links = "".join(f"<a href=/rss/{number}>x</a>" for number in range(20))
    found = clues(
        named.format("/comments/feed") + named.format("/feed"),
        f"<a href='https://other.test/rss'>x</a><a href=/feed>again</a>{links}",
    )
    urls = [url for url, _ in found]
    assert urls[0] == "https://ministry.example/feed"
    assert urls[-1] == "https://ministry.example/comments/feed"
    assert urls[1] == "https://ministry.example/rss/0"
    assert "https://other.test/rss" not in urls
    assert len(urls) == MOST_LINKS + 1
    assert page_clues(b"", "", URL) == ()


def test_sitemaps_that_robots_name() -> None:
    """Those of news first; lines are read whatever their case; broken addresses are left out."""
    robots = "User-agent: *\nSitemap: https://a.example/map.xml\n sitemap : /news.xml\n"
    robots += "SITEMAP: http://[x\nsitemap:\nNo-sitemap: /x\n"
    assert [clue.url for clue in robots_clues(robots, "https://a.example/robots.txt")] == [
        "https://a.example/news.xml", "https://a.example/map.xml",
    ]  # fmt: skip


def test_sitemaps_that_an_index_names() -> None:
    """Those of news first, then the latest; not more than some; other documents name none."""
    parts = [
        ("/old.xml", "2019-01-01"),
        ("/new.xml", "2024-01-01"),
        ("/x.xml", ""),
        ("/news-1.xml", "2020-01-01"),
        ("", ""),
    ]
    body = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>" for loc, day in parts)
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}<sitemap/></sitemapindex>'
    found = index_clues(index.encode(), "", "https://a.example/sitemap.xml")
    assert [clue.url for clue in found] == [f"https://a.example/{name}.xml" for name in ("news-1", "new", "old")]
    assert len(found) == MOST_SITEMAPS
    assert index_clues(sitemap().encode(), "", URL) == ()
    assert index_clues(b"<html>", "", URL) == ()
    assert index_clues(b"<rss></rss>", "", URL) == ()


def test_usual_places() -> None:
    """At the top of the site, and below a section; a page is no section."""
    assert usual_clues("https://a.example/press/?x=1", FEED_PATHS)[:2] == (
        Clue("https://a.example/press/feed", ClueKind.PATH), Clue("https://a.example/feed", ClueKind.PATH),
    )  # fmt: skip
    assert usual_clues("https://a.example/press.html", FEED_PATHS)[0].url == "https://a.example/feed"
    assert usual_clues("https://a.example/feed", ("/feed",))[0].url == "https://a.example/feed/feed"
    assert len(usual_clues("https://a.example/news", NEWS_PATHS)) == len(NEWS_PATHS)


@given(st.binary(max_size=200), st.text(max_size=60))
def test_no_document_raises(content: bytes, text: str) -> None:
    """Any bytes give clues or none."""
    page_clues(b"<a href='" + content + b"'>RSS</a>" + text.encode("utf-8", "replace"), "", URL)
    robots_clues(f"Sitemap: {text}", URL)
    index_clues(b"<sitemapindex><sitemap><loc>" + content + b"</loc></sitemap>", "", URL)
