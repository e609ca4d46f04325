"""Watched pages: which links are entries, what they are called, when they are from, and what is an error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.sources.links import link_rule
from offing.poll import parse_links
from poll.feeds import NOW

URL = "https://ministry.example/news/"


def watch(body: str, links: str = "", dates: str = "", zone: str | None = None) -> ParsedFeed | NotAFeed:
    """What a page announces under a rule."""
    page = f"<html><head><title>Ministry of Works</title></head><body>{body}</body></html>"
    return parse_links(page.encode(), "text/html; charset=utf-8", URL, NOW, link_rule(links, dates, zone))


def entries(body: str, links: str = "", dates: str = "", zone: str | None = None) -> list[tuple[str, str, str]]:
    """Address below the site, title and day of each entry."""
    found = watch(body, links, dates, zone)
    assert isinstance(found, ParsedFeed), found
    days = [f"{entry.published:%F}" if entry.published else "" for entry in found.entries]
    return [
        (entry.url.removeprefix("https://ministry.example"), entry.title, day)
        for entry, day in zip(found.entries, days, strict=True)
    ]


def reason(body: str, links: str = "") -> str:
    """Why a page announces nothing."""
    found = watch(body, links)
    assert isinstance(found, NotAFeed), found
    assert "--links" in found.advice
    return found.reason


def test_links_of_a_selector_are_entries() -> None:
    """Title, address, day and text of each, keyed by the page they lead to; the page's own title names the source."""
    found = watch(
        "<nav><a href=/about>About the ministry of works</a></nav><ul class=news>"
        "<li><span class=date>5 March 2024</span><a href='/n/1'>Bridge <b>opened</b></a><p>By the minister.</p></li>"
        "<li><span class=date>(04.03.2024)</span><a href='2?utm_source=x'>Data centre signed</a></li></ul>",
        "ul.news a",
        "span.date",
        "Africa/Nairobi",
    )
    assert isinstance(found, ParsedFeed)
    assert (found.form, found.title, found.problems, found.whole) == (FeedForm.PAGE, "Ministry of Works", (), True)
    first, second = found.entries
    assert (first.title, first.url, first.summary) == (
        "Bridge opened",
        "https://ministry.example/n/1",
        "By the minister.",
    )
    assert first.published == datetime(2024, 3, 4, 21, tzinfo=UTC)
    assert (second.url, second.published_raw) == ("https://ministry.example/news/2?utm_source=x", "04.03.2024")
    again = watch("<ul class=news><a href='https://ministry.example/news/2/'>Other words</a></ul>", "ul.news a")
    assert isinstance(again, ParsedFeed)
    assert again.entries[0].key == second.key


def test_a_selector_may_name_the_boxes() -> None:
    """Of a box without an address of its own the first link counts; a box without a link does not."""
    body = "<div class=card><a href=/1>One</a> <a href=/1b>More</a></div><div class=card>No link</div>"
    assert entries(body, "div.card") == [("/1", "One", "")]


def test_links_that_lead_to_no_article_go() -> None:
    """Mail, scripts, the page itself and broken addresses are left out without a word, doubles are one."""
    body = (
        "<a href='mailto:a@b.example'>Write</a><a href='javascript:x()'>Open</a><a href='#top'>Top</a>"
        "<a href=''>Here</a><a href='http://[bad'>Bad</a><a href=/1>One</a><a href='/1#comments'>One, with comments</a>"
    )
    assert entries(body, "a") == [("/1", "One, with comments", "")]


def test_the_base_of_a_page_counts() -> None:
    """Links are resolved as browsers do it; a base that is no address is ignored."""
    assert entries("<base href='/press/'><a href=1>One</a>", "a") == [("/press/1", "One", "")]
    assert entries("<base href='http://[bad'><a href=1>One</a>", "a") == [("/news/1", "One", "")]


def test_titles_are_found_where_links_have_none() -> None:
    """Buttons give way to the heading beside them, a card to the heading in it, a picture to its description."""
    body = (
        "<article><h3>Port loan</h3><a href=/1>Read more</a></article><article><h3>Rail loan</h3><a href=/2>Read more"
        "</a></article><div><a href=/3><time>5 March 2024</time><h3>Dam</h3><p>Long text.</p></a></div>"
        "<div><a href=/4><img src=x alt='Signing ceremony'></a></div><div><a href=/5 title='By title'></a></div>"
        "<div><a href=/6></a></div>"
    )
    assert entries(body, "a") == [
        ("/1", "Port loan", ""), ("/2", "Rail loan", ""), ("/3", "Dam", "2024-03-05"), ("/4", "Signing ceremony", ""),
        ("/5", "By title", ""), ("/6", "", ""),
    ]  # fmt: skip


def test_a_title_that_returns_each_week_stays() -> None:
    """Where no heading says more, the same text at several links is their title."""
    body = "<li><a href=/1>Communiqué du conseil</a></li><li><a href=/2>Communiqué du conseil</a></li>"
    assert [title for _, title, _ in entries(body, "a")] == ["Communiqué du conseil"] * 2


def test_the_date_is_no_part_of_the_title() -> None:
    """A date inside the link goes, written out or by pattern; a title that is all date stays."""
    body = "<ul><li><a href=/1><i>05/03/2024</i> Bridge</a><li><a href=/2>Loan <i>04/03/2024</i></a></ul>"
    assert entries(body, "a", "i as DD/MM/YYYY") == [("/1", "Bridge", "2024-03-05"), ("/2", "Loan", "2024-03-04")]
    assert entries("<a href=/1>5 March 2024</a>", "a", "a") == [("/1", "5 March 2024", "2024-03-05")]
    assert entries("<a href=/1><b>5 March 2024</b> Port</a>", "a", "b") == [("/1", "Port", "2024-03-05")]


@pytest.mark.parametrize(
    ("beside", "rule", "day"),
    [
        ("<time datetime='2024-03-05T08:00Z'>Tuesday</time>", "", "2024-03-05"),
        ("<time>5 mars 2024</time>", "", "2024-03-05"),
        ("<time>yesterday</time>", "", ""),
        ("<i>Publié le : mardi 5 mars 2024 | Communiqué</i>", "i", "2024-03-05"),
        ("<i>Fecha de publicación: 5 de marzo de 2024</i>", "i", "2024-03-05"),
        ("<i>Press release – 2024-03-05</i>", "i", "2024-03-05"),
        ("<i>[2024-03-05]</i>", "i", "2024-03-05"),
        ("<i>2024年3月5日</i>", "i", "2024-03-05"),
        ("<i>05/03/2024</i>", "i", ""),
        ("<i>05/03/2024</i>", "i as DD/MM/YYYY", "2024-03-05"),
        ("<i>05/03/2024</i>", "i as MM/DD/YYYY", "2024-05-03"),
        ("<i>31.02.2024</i>", "i as DD.MM.YYYY", ""),
        ("<i>5.3.24</i>", "i as DD.MM.YY", "2024-03-05"),
        ("<i data-date='2024-03-05'>last week</i>", "i", "2024-03-05"),
        ("<i>2 hours ago</i>", "i", ""),
        ("<i></i><i>5 March 2024</i>", "i", "2024-03-05"),
        ("<i>5 March 2044</i>", "i", ""),
        ("<i>no date</i>", "i as DD.MM.YYYY", ""),
    ],
)
def test_dates_beside_the_link(beside: str, rule: str, day: str) -> None:
    """Attributes, labels, brackets, seven languages; what may be read in two ways only by its pattern."""
    assert entries(f"<li>{beside}<a href=/1>One</a></li><li><a href=/2>Two</a></li>", "a", rule)[0][2] == day


@pytest.mark.parametrize(
    ("address", "rule", "day"),
    [
        ("/2024/03/05/bridge", "url", "2024-03-05"),
        ("/news/2024-3-5-bridge", "url", "2024-03-05"),
        ("/202403/t20240305_991.html", "url", "2024-03-05"),
        ("/2024/03/05/bridge", "", "2024-03-05"),
        ("/show?d=20240305", "url", "2024-03-05"),
        ("/2024/03/bridge", "url", ""),
        ("/2024/0305/bridge", "url", ""),
        ("/120240305", "url", ""),
        ("/20241399", "url", ""),
        ("/2024/03/05/bridge", "i", ""),
        ("/05-03-2024/x", "url as /DD-MM-YYYY/", "2024-03-05"),
        ("/x", "url as /DD-MM-YYYY/", ""),
    ],
)
def test_dates_in_the_address(address: str, rule: str, day: str) -> None:
    """Days in the address count where the rule says so, or where nothing else was said; months alone do not."""
    assert entries(f"<a href='{address}'>One</a>", "a", rule)[0][2] == day


def test_dates_between_links() -> None:
    """A date over links holds for all below it; a date after each link for that one; which it is the page tells."""
    over = "<h4>5 March 2024</h4><a href=/1>One</a><a href=/2>Two</a><h4>4 March 2024</h4><a href=/3>Three</a>"
    assert [day for _, _, day in entries(over, "a", "h4")] == ["2024-03-05", "2024-03-05", "2024-03-04"]
    after = "<a href=/1>One</a><i>5 March 2024</i><a href=/2>Two</a><a href=/3>Three</a><i>4 March 2024</i>"
    assert [day for _, _, day in entries(after, "a", "i")] == ["2024-03-05", "", "2024-03-04"]
    assert [day for _, _, day in entries(after, "a", "u")] == ["", "", ""]


def test_a_link_without_a_date_does_not_take_its_neighbours() -> None:
    """Where boxes hold their dates, a box without one has none; today's date in the head belongs to no link."""
    body = "<i>1 March 2026</i><ul><li><i>5 March 2024</i><a href=/1>One</a></li><li><a href=/2>Two</a></li></ul>"
    assert [day for _, _, day in entries(body, "a", "i")] == ["2024-03-05", ""]
    alone = "<div><i>1 March 2026</i><ul><li><a href=/1>One</a></li></ul></div>"
    assert [day for _, _, day in entries(alone, "a", "time")] == [""]


def test_a_date_far_above_a_link_is_not_its_own() -> None:
    """A box ends a few levels above its link, also where nothing else stands in between."""
    near, far = ("<i>5 March 2024</i>" + "<div>" * depth + "<a href=/1>One</a>" for depth in (4, 12))
    assert [entries(f"<div>{body}", "a", "time, i")[0][2] for body in (near, far)] == ["2024-03-05", "2024-03-05"]
    usual = [entries(f"<div>{body.replace('i>', 'time>')}", "a")[0][2] for body in (near, far)]
    assert usual == ["2024-03-05", ""]


def test_without_a_selector_headlines_are_found() -> None:
    """Links of some length in the main part, of the same site; menus, footers and short links are none."""
    news = "".join(f"<li><a href=/n/{n}>Government signs agreement number {n}</a></li>" for n in range(1, 4))
    menu = "<nav><a href=/m>All news of the ministry of works</a></nav>"
    more = "<a href=/all>All news</a><a href='https://other.example/x'>A partner site with a long name</a>"
    more += "<a href='http://[x'>An address that is none</a>"
    assert entries(f"{menu}<main>{menu}{news}{more}</main><p><a href=/o>Outside of the main part here</a></p>") == [
        (f"/n/{n}", f"Government signs agreement number {n}", "") for n in range(1, 4)
    ]
    cards = "".join(
        f"<article><header><a href=/{n}>Minister opens bridge number {n}</a></header></article>" for n in "123"
    )
    edges = "<header><a href=/h>The ministry of works and housing</a></header>"
    assert [url for url, _, _ in entries(f"<form>{edges}{cards}</form>")] == ["/1", "/2", "/3"]
    plain = cards.replace("article>", "div>").replace("header>", "p>")
    assert [url for url, _, _ in entries(f"<form>{edges}{plain}</form>")] == ["/1", "/2", "/3"]
    chinese = "".join(f"<a href=/{n}>中国交建签署蒙内铁路合同{n}</a>" for n in range(3))
    assert len(entries(chinese + "<a href=/x>更多</a>")) == 3
    assert "no list of links" in reason(news[:60])


@pytest.mark.parametrize(
    ("body", "links", "words"),
    [
        ("<h1>News</h1>", "ul.news a", "the selector 'ul.news a' finds no link in the page any more"),
        ("<ul class=news><a href='#'>x</a></ul>", "ul.news a", "finds no link"),
        ("<h1>Just a moment...</h1>", "ul.news a", "bot challenge"),
        ("<form><input type=password></form>", "", "log-in page"),
        (f"<form><input type=password></form><p>{'text ' * 800}</p>", "a", "finds no link"),
        ("", "a", "finds no link"),
        ("<b>" * 60_001, "a", "60,0"),
    ],
)
def test_nothing_found_is_an_error(body: str, links: str, words: str) -> None:
    """A rebuilt page, a block page, an empty one: cause and next step, never "no news"."""
    assert words in reason(body, links)


def test_a_page_has_no_more_entries_than_a_feed() -> None:
    """The first 2,000 links are taken, and that is said."""
    found = watch("".join(f"<a href=/{n}>{n}</a>" for n in range(2100)), "a")
    assert isinstance(found, ParsedFeed)
    assert (len(found.entries), len(found.problems)) == (2000, 1)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "a", "* > *", "li:has(a)"]),
    st.sampled_from(["", "url", "i", "* as DDMMYYYY"]),
)
def test_no_page_raises(content: bytes, links: str, dates: str) -> None:
    """Any bytes are a page with links or none."""
    parts = (b"<li><i>", content, b"</i><a href='/1'>", content, b"</a><a href='", content, b"'>x")
    for body in (content, b"".join(parts)):
        parse_links(body, "", URL, NOW, link_rule(links, dates, "Asia/Tokyo"))
