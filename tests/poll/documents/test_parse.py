"""Feeds of every format give their entries; what is broken costs itself only."""

from __future__ import annotations

import gzip
import pickle
from datetime import UTC, datetime

import feedparser
import pytest

from offing.model.sources.feed import FeedForm
from offing.poll import parse_feed
from poll.feeds import atom, item, json_feed, page, parse, refuse, rss, sitemap

NINE = datetime(2024, 3, 5, 1, 30, tzinfo=UTC)


def test_rss_gives_all_fields() -> None:
    """Title, link, guid, date, summary, author and language of an RSS item, cleaned."""
    channel = "<title>News &amp;amp; more</title><language>pt-BR</language><ttl>30</ttl>"
    text = item(title="&lt;b&gt;Huawei&lt;/b&gt; &amp;amp; ZTE", description="&lt;p&gt;one&lt;/p&gt;two", author="ana")
    feed = parse(rss(text, channel=channel))
    (entry,) = feed.entries
    assert (feed.form, feed.title, feed.ttl_minutes, feed.language) == (FeedForm.RSS, "News & more", 30, "pt")
    assert (entry.title, entry.summary, entry.author) == ("Huawei & ZTE", "one two", "ana")
    assert (entry.url, entry.guid, entry.language) == ("https://news.example/1", "id-1", "pt")
    assert (entry.published, entry.published_raw) == (NINE, "Tue, 05 Mar 2024 09:30:00 +0800")
    assert (feed.problems, feed.whole) == ((), True)


def test_atom_gives_all_fields() -> None:
    """Atom: the alternate link against xml:base, `updated` where nothing is published, XHTML content as text."""
    entry = (
        '<entry xml:lang="fr"><title type="html">A&amp;lt;b</title><id>tag:x,2024:1</id>'
        '<link rel="enclosure" href="https://news.example/a.mp3"/><link href="story"/>'
        "<updated>2024-03-05T09:30:00+08:00</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry>'
    )
    feed = parse(atom(entry, attributes='xml:base="https://other.example/x/"'))
    (found,) = feed.entries
    assert (feed.form, found.url, found.language) == (FeedForm.ATOM, "https://other.example/x/story", "fr")
    assert (found.title, found.summary, found.published) == ("A<b", "Text", NINE)


@pytest.mark.parametrize("version", ["0.91", "0.92", "1.0"])
def test_old_rss_is_read(version: str) -> None:
    """RSS 0.9x, and RSS 1.0 with its items beside the channel."""
    if version == "1.0":
        text = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title></channel>'
            '<item rdf:about="https://news.example/1"><title>T</title><link>https://news.example/1</link>'
            "<dc:date>2024-03-05T09:30:00+08:00</dc:date></item></rdf:RDF>"
        )
    else:
        text = rss(item()).replace('"2.0"', f'"{version}"')
    (entry,) = parse(text).entries
    assert (entry.url, entry.published) == ("https://news.example/1", NINE)


def test_json_feed_gives_all_fields() -> None:
    """JSON Feed 1.1 with its fallbacks: external_url, content for summary, authors, numbers as ids."""
    first = {
        "id": 7,
        "url": "/7",
        "title": "T",
        "content_html": "<p>Text</p>",
        "language": "es-MX",
        "date_published": "2024-03-05T09:30:00+08:00",
        "authors": [{"url": "x"}, {"name": "Ana"}],
    }
    second = {"id": "https://news.example/8", "author": {"name": "Ben"}}
    third = {"id": "x", "external_url": "https://other.example/9", "summary": "S", "authors": ["Cleo"]}
    feed = parse(json_feed(first, second, third, language="en"), "text/plain")
    assert (feed.form, feed.title, feed.language) == (FeedForm.JSON, "News", "en")
    assert [entry.url for entry in feed.entries] == [
        *("https://news.example/7", "https://news.example/8", "https://other.example/9"),
    ]
    assert [entry.author for entry in feed.entries] == ["Ana", "Ben", "Cleo"]
    assert [entry.language for entry in feed.entries] == ["es", "en", "en"]
    assert (feed.entries[0].guid, feed.entries[0].published, feed.entries[0].summary) == ("7", NINE, "Text")


def test_odd_json_items_cost_themselves_only() -> None:
    """Items of wrong types are reported by number; the good one survives."""
    good = {"id": True, "url": "https://news.example/1", "title": None, "authors": 5, "date_published": {}}
    feed = parse(json_feed(None, 3, "x", [], {}, {"url": "javascript:alert(1)"}, good))
    assert [entry.url for entry in feed.entries] == ["https://news.example/1"]
    assert feed.entries[0].guid is None
    assert [problem.split()[:2] for problem in feed.problems] == [
        *(["item", "1"], ["item", "2"], ["item", "3"], ["item", "4"], ["entry", "1"], ["entry", "2"]),
    ]


def test_controls_in_json_are_taken_out_and_told() -> None:
    """JSON can hold what no text is: NUL, escapes, half of a pair."""
    feed = parse('{"items": [{"url": "/1", "title": "a\\u0000b\\ud800\\u001b[2J\\nc"}]}')
    assert [entry.title for entry in feed.entries] == ["ab\ufffd[2J c"]
    assert "its title holds characters that are no text" in feed.problems[0]


def test_a_news_sitemap_gives_pages() -> None:
    """Location, title, publication date and language of each page; the publication's name as title."""
    feed = parse(sitemap(page("https://news.example/a?b=1&c=2", "A & B"), "<url><lastmod>2024-03-05</lastmod></url>"))
    (entry,) = feed.entries
    assert (feed.form, feed.title) == (FeedForm.SITEMAP, "News")
    assert (entry.url, entry.title, entry.language) == ("https://news.example/a?b=1&c=2", "A & B", "fr")
    assert entry.published == NINE
    assert feed.problems == ("entry 2 has no link",)


def test_a_plain_sitemap_may_be_packed() -> None:
    """A gzip file is known by its first bytes, whatever the content type; lastmod stands in as date."""
    text = sitemap("<url><loc>https://news.example/1</loc><lastmod>2024-03-05</lastmod></url>")
    (entry,) = parse(gzip.compress(text.encode()), "text/html").entries
    assert entry.published == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_sitemap_index_says_what_to_add() -> None:
    """An index announces nothing, and names the sitemap that likely holds the news."""
    maps = "".join(f"<sitemap><loc>https://news.example/{name}.xml</loc></sitemap>" for name in ("pages", "news-1"))
    feed = parse(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>')
    assert (feed.entries, feed.whole) == ((), False)
    assert "(2 named, such as https://news.example/news-1.xml)" in feed.problems[0]
    assert "(0 named)" in parse("<sitemapindex></sitemapindex>").problems[0]


def test_a_broken_sitemap_gives_what_can_be_read() -> None:
    """A sitemap that is cut gives its whole pages and is not taken for whole."""
    feed = parse(sitemap(page("https://news.example/1"), page("https://news.example/2"))[:-40])
    assert [entry.url for entry in feed.entries] == ["https://news.example/1"]
    assert not feed.whole
    assert feed.problems == ("the document is cut off; whole pages before the cut were taken",)
    faulty = parse(sitemap(page("https://news.example/1")).replace("<news:name>", "<news:name>&nbsp;"))
    assert (len(faulty.entries), faulty.whole, "not well-formed" in faulty.problems[0]) == (1, False, True)
    assert parse("<urlset ").entries == parse("<urlset><a><b").entries == ()


def test_of_one_page_of_a_sitemap_only_the_beginning_is_read() -> None:
    """A page with hundreds of images is known by its first elements."""
    feed = parse(
        sitemap("<url><loc>https://news.example/1</loc>" + "<image>x</image>" * 500 + "<title>late</title></url>")
    )
    assert [(entry.url, entry.title) for entry in feed.entries] == [("https://news.example/1", "")]


def test_the_feeds_zone_is_used() -> None:
    """A date without a zone is meant in the zone of the feed."""
    (entry,) = parse(rss(item(pubDate="2024-03-05 09:30:00")), zone="Asia/Shanghai").entries
    assert entry.published == NINE


def test_an_unreadable_date_is_none_with_its_words() -> None:
    """What cannot be read is kept as it was written."""
    (entry,) = parse(rss(item(pubDate="last Tuesday"))).entries
    assert (entry.published, entry.published_raw) == (None, "last Tuesday")


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "application/json", "image/png; charset=zlib_codec", "x" * 500]
)
def test_content_types_may_be_wrong(content_type: str) -> None:
    """The document says what it is."""
    assert len(parse(rss(item()), content_type).entries) == 1


def test_a_cut_feed_gives_its_whole_entries() -> None:
    """Where the end is missing, the entry that was cut is left out, since its link may be cut too."""
    text = rss(item(1), item(2), item(3))
    feed = parse(text[: text.index("https://news.example/3") + 15])
    assert [entry.guid for entry in feed.entries] == ["id-1", "id-2"]
    assert not feed.whole
    assert "cut off" in feed.problems[0]


def test_a_feed_cut_in_its_first_entry_gives_none() -> None:
    """Half an entry is no entry."""
    feed = parse('<rss version="2.0"><channel><title>News</title><item><title>T</title><link>https://news.exa')
    assert (feed.entries, feed.whole, feed.title) == ((), False, "News")
    assert parse("<feed><title>N").entries == ()


@pytest.mark.parametrize("offset", range(0, 700, 1))
def test_a_feed_may_end_anywhere(offset: int) -> None:
    """Cut at any byte, an RSS feed raises nothing and gives no half entry."""
    body = rss(item(1), item(2, title="中文 &amp; &#x4e2d;"), item(3)).encode()[:offset]
    found = parse_feed(body, "", "https://news.example/feed.xml", NINE)
    assert {entry.url for entry in getattr(found, "entries", ())} <= {f"https://news.example/{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize(
    "document", [atom("<entry><id>1</id><link href='/1'/></entry>"), json_feed({"url": "/1"}), sitemap(page("/1"))]
)
def test_other_formats_may_end_anywhere(document: str) -> None:
    """Cut at any byte, no format raises."""
    body = document.encode()
    for offset in range(len(body) + 1):
        parse_feed(body[:offset], "", "https://news.example/feed.xml", NINE)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("<br />\nWarning: mysql\n" + rss(item()), "text before the feed"),
        (rss(item()) + "<html><body>ad</body></html>", "text behind the end"),
        (rss(item(title="AT&T <br> x")), "not well-formed"),
        (rss(item(title="caf&eacute;")), "not well-formed"),
        (rss(item(**{"x:y": "z"})), "not well-formed"),
        (rss(item(title="a&#xD800;b&#0;c")), "characters that XML does not allow"),
        (rss(item(title="a\x00b\x08c")), "characters that XML does not allow"),
        (rss(item(title="Café")).encode("latin-1"), "encoding is not as declared"),
    ],
)
def test_a_faulty_feed_is_read_and_said_to_be_faulty(document: str | bytes, problem: str) -> None:
    """The entry survives, and the fault is told."""
    feed = parse(document)
    assert [entry.url for entry in feed.entries] == ["https://news.example/1"]
    assert problem in feed.problems[0]
    assert feed.whole


def test_a_comment_that_names_a_feed_is_none() -> None:
    """Tags in comments and CDATA sections are no tags."""
    hidden = "<![CDATA[</rss></item><item>]]>"
    feed = parse("<!-- <html> <rss> -->" + rss(item(1, description=hidden), item(2)))
    assert (len(feed.entries), feed.problems) == (2, ())


def test_a_document_that_feedparser_cannot_read_is_read_by_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reader raises, each item is read alone, and only the bad one is lost."""
    real = feedparser.parse

    def raising(body, **options):
        text = body.read()
        if b"poison" in text:
            raise AssertionError("escapes from parse(), as in feedparser #378")
        body.seek(0)
        return real(body, **options)

    monkeypatch.setattr(feedparser, "parse", raising)
    feed = parse(rss(item(1), item(2, title="poison"), item(3)))
    assert [entry.guid for entry in feed.entries] == ["id-1", "id-3"]
    assert feed.problems == ("entry 2 cannot be read",)
    assert "no reader can make sense" in refuse(rss(item(1, title="poison"))).reason
    assert "no reader can make sense" in refuse(rss(channel="<title>poison</title>")).reason
    assert "no reader can make sense" in refuse(rss("<item>poison<item>")).reason
    nested = parse(rss("<item><item><title>poison</title></item></item>", item(2)))
    assert [entry.guid for entry in nested.entries] == ["id-2"]


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>90</ttl>", 90),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>dayly</sy:updatePeriod>", 1440),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0.1</sy:updateFrequency>", 600),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
    ],
)
def test_how_long_a_feed_stays_as_it_is(channel: str, minutes: int | None) -> None:
    """`ttl` and the syndication module, with the odd values that they have been seen to hold."""
    text = rss(item(), channel=channel).replace(
        "<rss ", '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    )
    assert parse(text).ttl_minutes == minutes


def test_the_page_is_preferred_among_links() -> None:
    """FeedBurner's original link comes first; a guid that is an address stands in for a missing link."""
    burner = item(link="https://feeds.example/~r/1").replace(
        "<link>",
        '<fb:origLink xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">https://news.example/o</fb:origLink><link>',
    )
    guid = item(2, link="").replace("<guid>id-2", '<guid isPermaLink="false">https://news.example/g')
    enclosure = item(3, link="").replace(
        "</item>", '<enclosure url="https://news.example/a.mp3" type="audio/mpeg"/></item>'
    )
    feed = parse(rss(burner, guid, enclosure))
    assert [entry.url for entry in feed.entries] == ["https://news.example/o", "https://news.example/g"]
    assert feed.problems == ("entry 3 ('Title 3') has no link",)


def test_content_stands_in_for_a_missing_summary() -> None:
    """Feeds that carry only the full text have a summary too."""
    text = item(description="").replace(
        "</item>",
        '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;All&lt;/p&gt;</c:encoded></item>',
    )
    assert parse(rss(text)).entries[0].summary == "All"


def test_the_stage_and_its_values_travel_between_processes() -> None:
    """Workers receive the function and send its value back."""
    assert pickle.loads(pickle.dumps(parse_feed)) is parse_feed
    feed = parse(rss(item()))
    assert pickle.loads(pickle.dumps(feed)) == feed
