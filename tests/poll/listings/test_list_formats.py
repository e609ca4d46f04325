"""Lists of feeds: told apart by content, read leniently, every line that cannot be used reported."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import DEFAULT_GROUP, FeedKind, FeedSpec
from offing.model.values.vocabulary import SourceKind
from offing.poll import FeedList, lookalikes, read_list, write_opml
from offing.poll.listings.list_formats import LARGEST
from poll.feeds import json_feed, rss, sitemap
from shared_data import shared


def listed(text: str | bytes) -> FeedList:
    """What a list names."""
    return read_list(text.encode() if isinstance(text, str) else text)


def urls(text: str | bytes) -> list[str]:
    """The addresses of a list that has no problems."""
    found = listed(text)
    assert found.problems == []
    return [spec.url for spec in found.feeds.values()]


def refused(text: str | bytes) -> str:
    """The one sentence on a list that cannot be used."""
    found = listed(text)
    assert not found.feeds
    (problem,) = found.problems
    return problem


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://a.example/rss\n\n# remark\nhttps://a.example/x,y\n", "plain lines"),
        ("\ufeffurl\nhttps://a.example/rss\r\nhttps://a.example/x%2Cy", "CSV"),
        ("A,https://a.example/rss\nB,https://b.example/rss", "CSV"),
        ("https://a.example/rss|1\nhttps://b.example/rss|2", "CSV"),
        ('["https://a.example/rss", "https://b.example/rss"]', "JSON"),
        ('{"url": "https://a.example/rss"}\n\n{"url": "https://b.example/rss"}\n', "JSON Lines"),
        (b"\xff\xfe" + '["https://a.example/rss", "https://b.example"]'.encode("utf-16-le"), "JSON"),
        (write_opml([FeedSpec("https://a.example/rss"), FeedSpec("https://b.example/")], "x"), "OPML"),
        ('<opml><body><outline xmlUrl="https://a.example/1"/><outline xmlUrl="https://a.example/2"/>', "OPML"),
    ],
)
def test_the_form_is_reported_by_the_content(text: str | bytes, form: str) -> None:
    """Each form gives its two feeds, whatever the file is called."""
    found = listed(text)
    assert (found.form, len(found.feeds), found.problems) == (form, 2, []), found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_stand_in_any_order_and_under_many_names(delimiter: str) -> None:
    """The delimiter is found out; capitals, spaces and other languages are fine; other columns are ignored."""
    rows = [
        ("Name", "Colour", "Flux RSS", "Pays", "LANG", "Category", "Publisher type", "TZ", "Interval (minutes)"),
        (
            "Le Pays",
            "red",
            "https://a.example/rss",
            "Burkina Faso",
            "French",
            "West / press",
            "media",
            "Africa/Lome",
            "60",
        ),
        ("B", "", " https://b.example/?a=1;2,3 ", "ke", "en-GB", "", "official-host", "", ""),
    ]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    first, second = listed(text).feeds.values()
    assert first == FeedSpec(
        "https://a.example/rss", "Le Pays", ("west", "press"), "BFA", "fr", SourceKind.MEDIA, "Africa/Lome",
        interval_minutes=60,
    )  # fmt: skip
    assert second == FeedSpec(
        "https://b.example/?a=1;2,3", "B", (DEFAULT_GROUP,), "KEN", "en", SourceKind.OFFICIAL_HOST
    )


def test_the_surest_name_of_an_address_counts() -> None:
    """Beside a column of feeds the column `url` holds the site; alone it holds the feed."""
    assert urls("url,feed_url\nhttps://a.example,https://a.example/rss") == ["https://a.example/rss"]
    assert urls('[{"link": "https://a.example", "rss": "https://a.example/rss"}]') == ["https://a.example/rss"]
    assert urls('[{"link": "https://a.example/rss", "rss": ""}]') == ["https://a.example/rss"]


def test_each_line_that_cannot_be_used_is_reported() -> None:
    """With its number and its reason; what is left out of a line is told too."""
    found = listed(
        'url,title,country,lang\nfeed://x,A,,\n,"B\nC",,\nhttps://d.example/,D,Atlantis,xx\n\n,,,\n"https://e.example'
    )
    assert [spec.url for spec in found.feeds.values()] == ["https://d.example/", "https://e.example"]
    assert found.problems == [
        "line 2: A: not a web address: 'feed://x'",
        "line 4: B C: has no address",
        "line 5: D: its country 'Atlantis' is not known and was left out",
        "line 5: D: its language 'xx' is not known and was left out",
    ]
    assert listed(f"url\nhttps://a.example/{'x' * 2050}").problems == [
        "line 2: its address is longer than 2,048 characters"
    ]


def test_pages_come_with_their_rules() -> None:
    """A selector makes a page; one that is none costs its line; `kind` may also be the kind of publisher."""
    found = listed(
        "url,kind,selector,dates\nhttps://a.example/,page,,url\nhttps://b.example/,,ul a,\nhttps://c.example/,page,a[,\n"
        "https://d.example/,ngo,,\nhttps://e.example/,rss,,"
    )
    assert [(spec.kind, spec.links, spec.dates, spec.publisher) for spec in found.feeds.values()] == [
        (FeedKind.PAGE, "", "url", SourceKind.MEDIA), (FeedKind.PAGE, "ul a", "", SourceKind.MEDIA),
        (FeedKind.FEED, "", "", SourceKind.NGO), (FeedKind.FEED, "", "", SourceKind.MEDIA),
    ]  # fmt: skip
    assert found.problems[0].startswith("line 4: 'a[' is not a CSS selector")


def test_nested_lists_of_json_give_groups() -> None:
    """Names of lists become groups, names that say nothing do not; odd values are told with their number."""
    text = json.dumps({
        "groups": {"x": {"title": "X", "description": "no feeds"}},
        "feeds": [
            {"url": "https://a.example/", "groups": ["one", "two"], "unverified": True, "interval_minutes": 30},
            7,
            "no",
        ],
        "Kenya, coast": {"feeds": ["https://b.example/", {"title": "not an address"}]},
        "version": 1,
    })  # fmt: skip
    found = listed(text)
    first, second = found.feeds.values()
    assert (first.groups, first.unverified, first.interval_minutes) == (("one", "two"), True, 30)
    assert second.groups == ("kenya-coast",)
    assert found.problems == ["item 2: not a web address: '7'", "item 3: not a web address: 'no'"]


def test_what_offing_lists_comes_back() -> None:
    """The JSON that `feeds list` writes is a list of feeds."""
    row = {"id": 1, "url": "https://a.example/", "title": "A", "groups": ["x"], "country": "KEN", "language": "en",
           "state": "new", "outcome": None, "kind": "page", "links": "ul a", "dates": "url", "publisher": "ngo",
           "timezone": "Africa/Nairobi", "interval_minutes": None, "moved_to": None}  # fmt: skip
    (spec,) = listed(json.dumps([row])).feeds.values()
    assert spec == FeedSpec(
        "https://a.example/", "A", ("x",), "KEN", "en", SourceKind.NGO, "Africa/Nairobi", kind=FeedKind.PAGE,
        links="ul a", dates="url",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("\ufeff \n", "it is empty"),
        ("hello", "no column holds addresses"),
        ("a,b\n1,2", "no column holds addresses"),
        ("<!doctype html><html><body>x", "it is a web page"),
        (rss(), "it is a feed itself"),
        (sitemap(), "it is a feed itself"),
        (json_feed(), "it is a feed itself"),
        ("<x/>", "no outline"),
        ("[1", "cannot be read: "),
        ("[" * 100_000, "cannot be read: "),
        ('{"a": 1}\nno json', "cannot be read: "),
        ("[]", "it holds no address"),
        ('{"a": 1}', "it holds no address"),
        ("[null]", "item 1: 'None' is not an address"),
        ("[" * 20 + "1" + "]" * 20, "item 1: "),
        ('{"a": 1}\n{"url": 3}\n', "line 2: not a web address"),
        ('"' + "a" * 200_000 + '"', "no column holds addresses"),
        (b"PK\x03\x04...", "packed file"),
        (b"x" * (LARGEST + 1), "lists up to"),
        ('url\n"https://' + "a" * 200_000, "cannot be read as a table"),
    ],
)
def test_what_is_no_list_says_what_it_is(text: str | bytes, words: str) -> None:
    """One sentence, with what to do where there is something."""
    assert words in refused(text)


def test_a_broken_line_among_objects_costs_itself_only() -> None:
    """JSON Lines go on after a line that is none."""
    found = listed('{"url": "https://a.example/"}\n{broken\n[null]\n{"url": "https://b.example/"}')
    assert len(found.feeds) == 2
    assert [problem.split(":")[0] for problem in found.problems] == ["line 2", "line 3"]
    assert found.unused == 2


def test_a_title_may_hold_a_line_end_of_unicode() -> None:
    """Only a line feed ends an object."""
    assert urls('{"url": "https://a.example/rss", "title": "a\u2028b"}\n{"url": "https://b.example/rss"}\n') == [
        "https://a.example/rss",
        "https://b.example/rss",
    ]


def test_a_feed_twice_is_one_of_both_groups() -> None:
    """The same address again adds its groups, and is counted."""
    found = listed("url,group\nhttps://a.example/,x\nHTTPS://A.example:443/,y\nhttp://a.example/,z")
    assert [spec.groups for spec in found.feeds.values()] == [("x", "y"), ("z",)]
    assert found.repeated == 1


def test_lookalikes_are_found() -> None:
    """Scheme, www, the last slash and tracking make no other feed for a person; the rest does."""
    assert lookalikes([
        "https://a.example/rss", "https://b.example/rss", "http://www.a.example/rss/", "https://a.example/rss?utm_source=x",
        "https://a.example/rss/africa",
    ]) == ((0, 2, 3),)  # fmt: skip


def test_a_list_is_bounded() -> None:
    """A list of more feeds than anybody watches is cut, and says so."""
    found = listed("\n".join(f"https://a.example/{number}" for number in range(20_010)))
    assert len(found.feeds) == 20_000
    assert found.problems == ["it holds 20,000 feeds or more; no others were taken"]


@given(st.binary(max_size=200) | st.text("\"',;|\t\n{}[]<>:urlhtps/.x#", max_size=200).map(str.encode))
def test_no_content_raises(content: bytes) -> None:
    """Any bytes are a list or none."""
    for head in (b"", b"url;title\n", b'[{"url": "https://a.example/"},', b"<opml>"):
        read_list(head + content)


def test_a_large_real_list_is_read() -> None:
    """Ten thousand feeds as one object a line: all of them, with their groups."""
    import gzip

    found = listed(gzip.decompress(shared("feeds/kite_feeds_flat.jsonl.gz").read_bytes()))
    assert (found.form, len(found.feeds) > 9000) == ("JSON Lines", True)
    secret, no_address = (problem for problem in found.problems if "left out" not in problem)
    assert secret.startswith("line 4804: its address carries what looks like a secret (apikey): ")
    assert no_address == "line 6882: not a web address: 'opencv.org/feed'"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("fr", "fr"),
        ("pt-BR", "pt"),
        ("zh_CN", "zh"),
        ("Swahili", "sw"),
        ("ENGLISH", "en"),
        ("Greek", None),
        ("qq", None),
    ],
)
def test_languages_are_read_by_code_and_name(written: str, code: str | None) -> None:
    """ISO 639-1 with or without a region, or the English name."""
    (spec,) = listed(f"url,language\nhttps://a.example/,{written}").feeds.values()
    assert spec.language == code
