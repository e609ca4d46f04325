"""OPML: real lists come in, however broken; what offing writes comes back as it was."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import DEFAULT_GROUP, FeedKind, FeedSpec
from offing.model.text.text import clean_text
from offing.model.values.vocabulary import SourceKind
from offing.poll import write_opml
from offing.poll.listings.opml import read_opml as read_list
from offing.urls import feed_key
from shared_data import shared

SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?", fullmatch=True)
SPECS = st.builds(
    FeedSpec,
    url=st.text(string.ascii_lowercase, min_size=1, max_size=12).map(
        lambda path: f"https://news.example/{path}?a=1&b=2"
    ),
    title=st.text(max_size=40).map(clean_text).filter(lambda text: not set("&<") & set(text)),
    groups=st.lists(SLUGS, min_size=1, max_size=3, unique=True).map(tuple),
    country=st.sampled_from([None, "KEN", "CHN"]),
    language=st.sampled_from([None, "en", "zh"]),
    publisher=st.sampled_from(list(SourceKind)),
    timezone=st.sampled_from([None, "Asia/Shanghai", "Etc/GMT+3"]),
    unverified=st.booleans(),
    interval_minutes=st.none() | st.integers(15, 1440),
)


PAGES = st.builds(
    replace,
    SPECS,
    kind=st.just(FeedKind.PAGE),
    links=st.sampled_from(["", "ul.news > a[href*='x']"]),
    dates=st.sampled_from(["", "url", "i as DD/MM/YYYY"]),
)


def read_opml(content: bytes) -> tuple[tuple[FeedSpec, ...], tuple[str, ...]]:
    """Feeds and problems of a list."""
    found = read_list(content)
    return tuple(found.feeds.values()), tuple(found.problems)


def opml(body: str) -> bytes:
    """An OPML document."""
    return f"<?xml version='1.0'?><opml version='2.0'><head/><body>{body}</body></opml>".encode()


@given(st.lists(SPECS | PAGES, max_size=8, unique_by=lambda spec: spec.url), st.text(max_size=20))
def test_what_is_written_comes_back(feeds: list[FeedSpec], title: str) -> None:
    """All fields of all feeds, in their order."""
    if not feeds:
        assert read_opml(write_opml(feeds, title)) == ((), ("it holds no outline with an xmlUrl",))
    else:
        assert read_opml(write_opml(feeds, title)) == (tuple(feeds), ())


def test_outlines_around_a_feed_become_groups() -> None:
    """Nested folders, outermost first, then categories; without any the feed is in the default group."""
    feeds, problems = read_opml(
        opml(
            '<outline text="Africa"><outline title="East Africa &amp; Horn"><outline text="A" xmlUrl="https://a.example/"/>'
            '</outline></outline><outline text="B" XMLURL=" https://b.example/ " category="/Tech/Telecom,News"/>'
            '<outline title="C" xmlurl="https://c.example/" language="pt-br"/><outline text="中文"><outline text="D" '
            'type="rss" xmlUrl="https://d.example/"/></outline>'
        )
    )
    assert [feed.groups for feed in feeds] == [
        ("africa", "east-africa-horn"), ("tech", "telecom", "news"), (DEFAULT_GROUP,), ("中文",),
    ]  # fmt: skip
    assert ([feed.language for feed in feeds], feeds[1].url) == ([None, None, "pt", None], "https://b.example/")
    assert ([feed.title for feed in feeds], problems) == (["A", "B", "C", "D"], ())


def test_a_feed_in_two_folders_is_one_feed_of_both() -> None:
    """The same address twice is one feed; what differs in scheme or slash is told by others, and kept."""
    feeds, _ = read_opml(
        opml(
            '<outline text="One"><outline xmlUrl="http://a.example/rss"/></outline>'
            '<outline text="Two"><outline text="A" language="fr" xmlUrl="HTTP://A.example/rss"/>'
            '<outline xmlUrl="https://a.example/rss/"/></outline>'
        )
    )
    assert [(feed.url, feed.title, feed.groups, feed.language) for feed in feeds] == [
        ("http://a.example/rss", "A", ("one", "two"), "fr"),
        ("https://a.example/rss/", "", ("two",), None),
    ]


def test_lines_that_cannot_be_used_are_reported() -> None:
    """A missing address, another scheme and a too long one cost themselves only, with their line."""
    feeds, problems = read_opml(
        opml(
            '\n<outline type="rss" text="No address"/>\n<outline text="Script" xmlUrl="javascript:alert(1)"/>\n'
            f'<outline text="Long" xmlUrl="https://a.example/{"x" * 3000}"/><outline xmlUrl="https://b.example/"/>'
        )
    )
    assert [feed.url for feed in feeds] == ["https://b.example/"]
    assert [problem.split(":")[:2] for problem in problems] == [
        ["line 2", " No address"], ["line 3", " Script"], ["line 4", " Long"],
    ]  # fmt: skip


def test_our_own_words_are_read_only_where_they_are_valid() -> None:
    """A hand-made list with odd values gives feeds without them, and says so; a rule that is none costs the page."""
    odd = opml(
        '<outline xmlns:o="urn:offing:opml" xmlUrl="https://a.example/" language="klingonish" o:country="Atlantis" '
        'o:publisher="blog" o:timezone="../etc" o:interval="-5" o:unverified="perhaps" o:kind="blog"/>'
        '<outline xmlns:o="urn:offing:opml" xmlUrl="https://b.example/" o:kind="page" o:links="a["/>'
    )
    feeds, problems = read_opml(odd)
    assert feeds == (FeedSpec("https://a.example/"),)
    assert [problem.split(": ")[1][:18] for problem in problems] == [
        "its country 'Atlan", "its language 'klin", "its publisher 'blo", "its timezone '../e", "its interval '-5' ",
        "'a[' is not a CSS ",
    ]  # fmt: skip


def test_common_faults_of_lists_lose_nothing() -> None:
    """Bare ampersands, quotes in titles, angle brackets and unclosed outlines: title and address come in whole."""
    feeds, problems = read_opml(
        opml(
            '<outline text="A "quoted" & <bold> name" xmlUrl="https://a.example/?x=1&y=2&amp;z=3" type="rss"/>'
            '<outline text="Caf&eacute;" xmlUrl="https://b.example/"><outline text="C" xmlUrl="https://c.example/"/>'
        )
    )
    assert [(feed.title, feed.url) for feed in feeds] == [
        ('A "quoted" & name', "https://a.example/?x=1&y=2&z=3"),
        ("Café", "https://b.example/"),
        ("C", "https://c.example/"),
    ]
    assert problems == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<html><body>404</body></html>",
        b"<opml/>",
        b"{}",
        b"\xff\xfe",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    ],
)
def test_what_is_no_list_says_so(content: bytes) -> None:
    """No feeds, and one sentence."""
    feeds, problems = read_opml(content)
    assert feeds == ()
    assert len(problems) == 1


def test_a_list_is_bounded() -> None:
    """A list of more feeds than anybody watches is cut, and says so."""
    feeds, problems = read_opml(opml("".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(20_010))))
    assert len(feeds) == 20_000
    assert problems == ("it holds 20,000 feeds or more; no others were taken",)


@given(st.binary(max_size=300))
def test_no_content_raises(content: bytes) -> None:
    """Any bytes are a list or none."""
    read_opml(content)
    read_opml(opml("")[:-20] + content)


def test_real_lists_are_read_whole() -> None:
    """Of the lists that people share, many not well-formed, every feed with an address comes in, and comes back."""
    lists = sorted(shared("feeds/opml").rglob("*.opml"))
    assert len(lists) > 100
    for path in lists:
        content = path.read_bytes()
        stated = {
            feed_key(url.replace("&amp;", "&"))
            for url in re.findall(r'xmlUrl="\s*([^"]+?)\s*"', content.decode("utf-8", "replace"))
        }
        feeds, problems = read_opml(content)
        assert {feed_key(feed.url) for feed in feeds} == stated, path
        assert read_opml(write_opml(feeds, path.stem)) == (feeds, ())
        assert problems == ()
