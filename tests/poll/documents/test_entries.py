"""Entries: good ones are kept, each once, within limits, known again by their keys."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.entry import AnnouncedEntry
from offing.poll.documents.entries import MOST_ENTRIES, language_code, usable_link
from offing.poll.documents.entry_keys import guid_of, key_by_guid, key_by_link, key_by_title
from offing.urls import url_key
from poll.feeds import item, parse, rss

BASE = "https://news.example/a/feed.xml"


def keys(*items: str) -> list[str]:
    """The keys of the entries of an RSS document."""
    return [entry.key for entry in parse(rss(*items)).entries]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("story", "https://news.example/a/story"),
        (" /story\n", "https://news.example/story"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTP://news.example/x", "HTTP://news.example/x"),
        ("https://news.example/中文?q=ü", "https://news.example/中文?q=ü"),
    ],
)
def test_links_become_absolute(link: str, url: str) -> None:
    """Links are resolved against the feed's address."""
    assert usable_link(link, BASE) == url


@pytest.mark.parametrize(
    "link",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            "ftp://news.example/",
        ),
        *("file:///etc/passwd", "http://", "http:///x", "http://[", "https://a b.example/", "http://h.example\\@evil/"),
        *(
            "http://user:pass@news.example/",
            "http://news.example:0/",
            "http://news.example:99999999/",
            "feed.xml",
            "#top",
        ),
        "https://news.example/" + "x" * 2048,
    ],
)
def test_what_is_no_page_is_no_link(link: str) -> None:
    """Scripts, files, other schemes, odd hosts, passwords, too long links and the feed itself are refused."""
    assert usable_link(link, BASE) is None


def test_entries_without_a_page_are_reported_and_the_others_kept() -> None:
    """A bad link costs its own entry, with a sentence that names it."""
    feed = parse(rss(item(1, link="javascript:alert(1)"), item(2), item(3, link="", guid="")))
    assert [entry.guid for entry in feed.entries] == ["id-2"]
    assert feed.problems[0].startswith("entry 1 ('Title 1') has no usable link: 'javascript:alert(1)'")
    assert feed.problems[1] == "entry 3 ('Title 3') has no link"


def test_many_problems_are_summed_up() -> None:
    """A feed of nothing but bad entries does not fill the screen."""
    feed = parse(rss(*(item(number, link="x:y") for number in range(100))))
    assert len(feed.problems) == 21
    assert feed.problems[-1] == "and 80 more problems of this kind"


def test_a_repeat_has_the_same_key() -> None:
    """Title, link and date may change: the guid makes the entry, whatever its scheme and spaces."""
    first = keys(item(guid="http://news.example/?p=1"))
    assert (
        keys(item(guid=" https://news.example/?p=1 ", title="new", link="https://news.example/new?utm_source=x"))
        == first
    )


def test_without_a_guid_the_link_makes_the_entry() -> None:
    """Tracking parameters and the last slash do not make another entry."""
    plain, tracked = (
        item(guid="", link="https://news.example/1"),
        item(guid="", link="http://news.example/1/?utm_source=x"),
    )
    assert keys(plain) == keys(tracked) != keys(item(2, guid=""))


def test_a_single_entry_without_a_guid_is_known_by_its_link() -> None:
    """An entry alone in its document has the key that it has among others."""
    alone = parse(rss(item(1, guid=""))).entries
    assert alone[0].key in {entry.key for entry in parse(rss(item(1, guid=""), item(2, guid=""))).entries}


def test_a_guid_that_repeats_in_one_document_says_nothing() -> None:
    """Three entries with one guid are three; so are three with one guid and one link but other titles."""
    assert len(set(keys(*(item(number, guid="same") for number in range(3))))) == 3
    shared = [item(number, guid="same", link="https://news.example/live") for number in range(3)]
    assert len(set(keys(*shared))) == 3
    assert len(keys(*(item(1, guid="", title="", link="https://news.example/live") for _ in range(3)))) == 1


def test_the_same_entry_twice_is_one() -> None:
    """A document that repeats an item whole gives it once."""
    assert len(keys(item(1, guid=""), item(1, guid=""), item(2))) == 2


def test_pages_are_known_over_feeds() -> None:
    """`url_key` is the page's, whatever feed announces it."""
    (entry,) = parse(rss(item())).entries
    assert entry.url_key == url_key("http://news.example/1/")


def test_keys_of_different_kinds_never_meet() -> None:
    """A guid that spells another entry's link is another key."""
    assert len({key_by_guid("x"), key_by_link("x"), key_by_title("x", None), key_by_title("x", datetime.now(UTC))}) == 4
    assert guid_of(" HTTPS://a ") == "a"


@given(st.text(), st.text())
def test_guids_are_the_same_or_not(one: str, other: str) -> None:
    """Keys are equal exactly where the compared guids are."""
    same = guid_of(one).encode("utf-8", "replace") == guid_of(other).encode("utf-8", "replace")
    assert (key_by_guid(one) == key_by_guid(other)) == same


def test_long_strings_are_cut_and_said_to_be() -> None:
    """Title, summary, guid and author have limits; what is absurdly long is reported."""
    long = item(title="T" * 9000, description="S" * 900_000, guid="g" * 200_000, author="a" * 9000)
    feed = parse(rss(long, item(2)))
    entry = feed.entries[0]
    assert (len(entry.title), len(entry.summary), len(entry.guid or ""), len(entry.author or "")) == (
        1024,
        20480,
        2048,
        512,
    )
    assert [problem.rsplit(": ", 1)[1] for problem in feed.problems] == [
        *("its title was cut", "its summary was cut", "its guid was cut"),
    ]


def test_two_huge_guids_that_begin_alike_are_two_entries() -> None:
    """The whole guid makes the key, not the part that is stored."""
    assert len(set(keys(item(1, guid="g" * 5000 + "1"), item(2, guid="g" * 5000 + "2")))) == 2


def test_of_too_many_entries_the_newest_are_taken() -> None:
    """The limit keeps the newest where all are dated, and says how many there were."""
    days = [
        f"{2000 + number // 300}-01-01T{number // 60 % 5:02}:{number % 60:02}:00Z"
        for number in range(MOST_ENTRIES + 100)
    ]
    feed = parse(rss(*(item(number, pubDate=day) for number, day in enumerate(days))))
    assert len(feed.entries) == MOST_ENTRIES
    assert min(entry.published for entry in feed.entries if entry.published) == datetime(2000, 1, 1, 1, 40, tzinfo=UTC)
    assert feed.problems == ("the document has 2,100 entries; the newest 2,000 were taken",)
    undated = parse(rss(*(item(number, pubDate="") for number in range(MOST_ENTRIES + 1))))
    assert undated.entries[-1].guid == f"id-{MOST_ENTRIES - 1}"


@pytest.mark.parametrize(
    ("tag", "code"), [("pt-BR", "pt"), ("ZH_cn", "zh"), ("en", "en"), ("eng", None), ("", None), ("日本", None)]
)
def test_language_tags_give_their_code(tag: str, code: str | None) -> None:
    """ISO 639-1 or nothing."""
    assert language_code(tag) == code


def test_strings_of_entries_are_plain_text() -> None:
    """No markup, control or direction mark is left in any string."""
    odd = "&lt;script&gt;alert(1)&lt;/script&gt;a\u202eb\u200b &lt;b&gt;c"
    entry: AnnouncedEntry = parse(rss(item(title=odd, description=odd, author=odd, guid="g\u202e1"))).entries[0]
    assert (entry.title, entry.summary, entry.author, entry.guid) == ("ab c", "ab c", "ab c", "g1")
