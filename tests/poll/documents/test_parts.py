"""Indexes, declarations, changes and documents beyond the limits: what can be read is read, the rest is told."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from offing.model.sources.feed import NotAFeed
from offing.poll import join_parts
from offing.poll.documents.document import LARGEST
from offing.poll.documents.entries import MOST_ENTRIES, MOST_LOOKED_AT
from poll.feeds import URL, atom, item, json_feed, page, parse, refuse, rss, sitemap
from suite import some


def test_a_sitemap_index_names_its_likeliest_parts() -> None:
    """Those that say news go first, then those that changed last; three at most, never the index itself."""
    days = {"posts": "2026-02-01", "old": "2019-01-01", "pages": "2026-02-20", "news-map": "2020-01-01", "more": ""}
    maps = "".join(
        f"<sitemap><loc>https://news.example/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in days.items()
    )
    itself = f"<sitemap><loc>{URL}</loc><lastmod>2026-03-01</lastmod></sitemap><sitemap><loc>x:y</loc></sitemap>"
    feed = parse(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{itself}{maps}</sitemapindex>')
    assert feed.parts == tuple(f"https://news.example/{name}.xml" for name in ("news-map", "pages", "posts"))


def test_the_parts_of_an_index_are_joined() -> None:
    """Entries of all parts, each once; what could not be had is told with its address."""
    index = parse("<sitemapindex><sitemap><loc>https://news.example/a.xml</loc></sitemap></sitemapindex>")
    one, two = (parse(sitemap(page(f"https://news.example/{n}"), page("https://news.example/0"))) for n in (1, 2))
    read = [("a", one), ("b", two), ("c", NotAFeed("the answer is empty")), ("d", "no answer"), ("e", index)]
    joined = join_parts(index, read)
    assert [entry.url[-1] for entry in joined.entries] == ["1", "0", "2"]
    assert joined.problems[:2] == ("c: the answer is empty", "d: no answer")
    assert joined.problems[2].startswith("e: it is an index of other sitemaps")
    assert (joined.title, joined.parts, joined.whole) == ("News", (), False)


@pytest.mark.parametrize(
    ("content_type", "declared", "encoding", "words"),
    [
        ("", "utf-8", "utf-16-le", "its XML declaration says that it is utf-8, but it is utf-16-le"),
        ("text/xml; charset=gbk", "utf-8", "gbk", "its XML declaration says that it is utf-8, but it is gb18030"),
        (
            "text/xml; charset=x-klingon",
            "utf-8",
            "utf-8",
            "its header names an encoding that there is not ('x-klingon')",
        ),
        ("text/xml; charset='idna'", "utf-8", "utf-8", "its header names an encoding that there is not ('idna')"),
        ("text/xml; charset=utf-8", "big5", "big5", "its header says that it is utf-8, but it is big5hkscs"),
        ("", "gb2312", "gb18030", ""),
        ("text/xml", "utf-16", "utf-16", ""),
        ("text/xml; charset=UTF8", "UTF-8", "utf-8-sig", ""),
        ("text/xml", "windows-1251", "windows-1251", ""),
    ],
)
def test_encodings_that_are_declared_wrongly_are_reported(
    content_type: str, declared: str, encoding: str, words: str
) -> None:
    """The letters are right either way; a problem is reported where header or declaration say something else."""
    title = "Договор" if "1251" in encoding else "智慧城市"
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    feed = parse(rss(item(title=title), head=head).encode(encoding), content_type)
    assert feed.entries[0].title == title
    assert " ".join(feed.problems).startswith(words)
    assert bool(feed.problems) == bool(words)


def test_ascii_may_be_declared_as_anything() -> None:
    """All encodings have it in common, and publishers rarely correct their templates."""
    assert (
        parse(rss(item(), head='<?xml version="1.0" encoding="iso-8859-1"?>'), "text/xml; charset=utf-8").problems == ()
    )


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("<p>a</p><!/div>", True),
        ("<!h<!h<!h<", True),
        ("<![if IE]>x<![endif]>", True),
        ("<!-- <!x> --><p>a</p>", False),
        ("<!doctype html><p>a</p>", False),
        ("5 <! 6", True),
    ],
)
def test_markup_that_is_none_is_reported(text: str, broken: bool) -> None:
    """The entry is kept, with what could be read of its text."""
    feed = parse(rss(item(1, description=f"<![CDATA[{text}]]>"), item(2)))
    assert len(feed.entries) == 2
    assert any("markup that is none" in problem for problem in feed.problems) == broken


@pytest.mark.parametrize(
    ("language", "zone", "hour"), [("zh-cn", None, 1), ("zh", "Europe/Paris", 8), ("en", None, 15)]
)
def test_chinese_feeds_mean_their_own_time(language: str, zone: str | None, hour: int) -> None:
    """CST is China Standard Time in a feed in Chinese, unless its zone is known to be another."""
    date = "Tue, 05 Mar 2024 09:30:00" + ("" if zone else " CST")
    feed = parse(rss(item(pubDate=date), channel=f"<language>{language}</language>"), zone=zone)
    assert feed.entries[0].published == datetime(2024, 3, 5, hour, 30, tzinfo=UTC)


def test_the_last_change_of_an_entry_is_kept() -> None:
    """Of each form, where it is another time than the publication; alone it stands in for it."""
    dates = "<published>2024-03-05T09:30:00Z</published><updated>2024-03-06T09:30:00Z</updated>"
    changed = [
        parse(atom(f"<entry><id>1</id><link href='/1'/>{dates}</entry>")),
        parse(
            json_feed({"url": "/1", "date_published": "2024-03-05T09:30:00Z", "date_modified": "2024-03-06T09:30:00Z"})
        ),
        parse(
            sitemap(
                page("/1", date="2024-03-05T09:30:00Z").replace(
                    "</url>", "<lastmod>2024-03-06T09:30:00Z</lastmod></url>"
                )
            )
        ),
        parse(
            rss(item(pubDate="Tue, 05 Mar 2024 09:30:00 GMT", **{"a10:updated": "2024-03-06T09:30:00Z"})).replace(
                "<rss", '<rss xmlns:a10="http://www.w3.org/2005/Atom"'
            )
        ),
    ]
    for feed in changed:
        entry = feed.entries[0]
        assert (entry.published, entry.updated) == (
            datetime(2024, 3, 5, 9, 30, tzinfo=UTC),
            datetime(2024, 3, 6, 9, 30, tzinfo=UTC),
        )
    alone = parse(json_feed({"url": "/1", "date_modified": "2024-03-06T09:30:00Z"})).entries[0]
    assert (alone.published, alone.updated) == (datetime(2024, 3, 6, 9, 30, tzinfo=UTC), None)


def test_of_a_document_beyond_the_limit_the_beginning_is_read() -> None:
    """RSS, JSON Feed and packed sitemaps give their whole entries before the cut, and are not taken for whole."""
    long = "x" * 3000
    many = [item(number, description=long) for number in range(3600)]
    objects = json_feed(*({"id": str(number), "url": f"/{number}", "content_text": long} for number in range(3600)))
    packed = gzip.compress(
        sitemap(*(page(f"https://news.example/{number}{long[:1900]}") for number in range(6000))).encode()
    )
    for document in some((packed, rss(*many).encode(), objects.encode())):
        feed = parse(document[:LARGEST])
        assert len(feed.entries) == MOST_ENTRIES
        assert not feed.whole
        assert any("longer than 10 MB" in problem for problem in feed.problems)


def test_a_json_document_cut_before_its_first_item_is_no_feed() -> None:
    """Nothing can be read of it."""
    assert "cannot be read" in refuse(('{"items": [' + " " * LARGEST)[:LARGEST]).reason
    assert "cannot be read" in refuse(('{"title": "' + "x" * LARGEST)[:LARGEST]).reason


def test_of_far_too_many_entries_both_ends_are_looked_at() -> None:
    """The newest are taken whichever end they stand at; the number told is that of the document."""
    total = 2 * MOST_LOOKED_AT + 500
    last_first = rss(*(item(number, pubDate=f"{2000 + number // 300}-01-01") for number in range(total)))
    feed = parse(last_first)
    assert feed.entries[0].published == datetime(2021, 1, 1, tzinfo=UTC)
    assert feed.problems == (f"the document has {total:,} entries; the newest 2,000 were taken",)
    dated = parse(
        sitemap(
            *(page(f"https://news.example/{number}", date=f"{2000 + number // 300}-01-01") for number in range(total))
        )
    )
    assert max(entry.published for entry in dated.entries if entry.published) == datetime(2021, 1, 1, tzinfo=UTC)
    undated = parse(sitemap(*(page(f"https://news.example/{number}", date="") for number in range(total))))
    assert len(undated.entries) == MOST_ENTRIES
