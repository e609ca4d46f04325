"""What is no feed is told apart, in a sentence that helps; it is never "no news"."""

from __future__ import annotations

import gzip
import time

import pytest

from offing.poll.documents.document import LARGEST
from poll.feeds import NOW, item, json_feed, parse, parse_any, refuse, rss


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "the answer is empty"),
        (" \r\n\t" * 1000, "the answer is empty"),
        ("\ufeff", "the answer is empty"),
        ("hello", "it begins with 'hello'"),
        ("\x00\x01\x02garbage", "it begins with"),
        ("<?xml version='1.0'?><note>hi</note>", "it begins with '<note>hi</note>'"),
        ("<!DOCTYPE html><html><body>News</body></html>", "the answer is an HTML page, not a feed"),
        ("<html><title>Just a moment...</title></html>", "bot challenge"),
        ("<html><body><form><input type='password'></form></body></html>", "log-in page"),
        ("<html><h1>Access Denied</h1></html>", "blocks us"),
        ("<html><title>Page not found</title></html>", "nothing at this address"),
        ("{", "looks like JSON, but cannot be read"),
        ("[" * 200_000, "looks like JSON, but cannot be read"),
        ("[1, 2]", "JSON, but no JSON Feed"),
        ('{"error": "quota"}', "JSON, but no JSON Feed"),
        ('{"items": {}}', "JSON, but no JSON Feed"),
        ('{"items": [], "n": NaN}', ""),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(document: str, reason: str) -> None:
    """Each kind of answer that is no feed has its own sentence."""
    if reason:
        assert reason in refuse(document).reason
    else:
        assert parse(document).entries == ()


@pytest.mark.parametrize("document", ["null", '"text"', "3"])
def test_bare_json_is_known_by_its_content_type(document: str) -> None:
    """A JSON value that is no object is no feed."""
    assert "no JSON Feed" in refuse(document, "application/json; charset=utf-8").reason


def test_a_number_of_thousands_of_digits_is_no_crash() -> None:
    """Python refuses to convert such numbers; here they are text."""
    assert parse(json_feed({"url": "/1"}).replace('"/1"', '"/1", "n": ' + "9" * 6000)).entries[0].url.endswith("/1")


def test_a_page_that_advertises_a_feed_gives_its_address() -> None:
    """The first feed in the page's head is suggested, resolved against the page."""
    page = (
        '<html><head><link rel="stylesheet" href="/x.css"><link rel="alternate" type="text/html" href="/fr">'
        '<link rel="alternate" type="application/rss+xml" href="http://[bad"><link rel="alternate" '
        'type="application/rss+xml" href="https://news.example/feed.xml"><link rel="Alternate" '
        'type="application/atom+xml" href="/atom.xml"></head></html>'
    )
    assert refuse(page).suggestion == "https://news.example/atom.xml"
    assert refuse("<html><p>none</p></html>").suggestion is None
    assert refuse("<html ").suggestion is None


def test_a_page_that_embeds_a_feeds_words_is_a_page() -> None:
    """HTML that comes before a feed's tags makes the document a page."""
    assert "HTML page" in refuse(f"<html><body><pre>{rss(item())}</pre></body></html>").reason


def test_limits_are_checked_before_reading() -> None:
    """Nothing is read beyond the limit, packed or unpacked; broken packing is refused."""
    assert refuse(b" " * (LARGEST + 1)).reason == "the answer is empty"
    assert refuse(gzip.compress(b" " * (LARGEST + 1))).reason == "the answer is empty"
    assert "broken gzip" in refuse(b"\x1f\x8bnot gzip").reason


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            rss(item()).replace("<channel", "<channel " + " ".join(f'a{n}="x y"' for n in range(20_000))),
            "200 attributes",
        ),
        (
            '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item(title="&a;"), head=""),
            "external entities",
        ),
        ('<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://x/">%p;]>' + rss(item(), head=""), "external entities"),
        (
            '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + rss(item(title="&b;"), head=""),
            "entities made of entities",
        ),
    ],
)
def test_attacks_on_readers_are_refused(document: str, reason: str) -> None:
    """What makes readers slow, big or talkative never reaches them."""
    assert reason in refuse(document).reason


def test_names_for_single_characters_are_no_attack() -> None:
    """Old feeds declare &nbsp; and the DTD of Netscape; the DTD is not fetched."""
    head = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/'
        'rss-0.91.dtd" [<!ENTITY nbsp "&#160;">]>'
    )
    assert parse(rss(item(), head=head)).entries[0].title == "Title 1"


@pytest.mark.parametrize(
    "bomb",
    [
        "<",
        "<!--",
        "<![CDATA[",
        "<item>",
        "</item>",
        "<rss>",
        "&",
        "&#",
        "<a ",
        "<?x ",
        "{",
        "<!DOCTYPE ",
        "<!ENTITY a ",
        "<div>",
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_no_document_hangs_the_reader(bomb: str, inside: bool) -> None:
    """100 KB of one mark, alone or inside an entry, end within seconds."""
    many = bomb * (100_000 // len(bomb))
    start = time.process_time()
    parse_any(rss(item(1, description=many), item(2)) if inside else many)
    assert time.process_time() - start < 10
    assert NOW.tzinfo
