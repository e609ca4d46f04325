"""Title, outlet, author and address of an article: what the page says, and what of it is believed."""

from __future__ import annotations

import pytest

from extract.pages import BODY, H1, PARAGRAPHS, TITLE, URL, article, html


def data(members: str) -> str:
    """JSON-LD of an article."""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {members}}}</script>'


@pytest.mark.parametrize(
    ("head", "body", "said", "title", "outlet"),
    [
        (f"<title>{TITLE} | News Example</title>", H1, {}, TITLE, "News Example"),
        (f"<title>{TITLE} - World - The News</title>", f"<h2>{TITLE}</h2>", {}, TITLE, "The News"),
        ("<title>The News: Smart city signed</title>", H1, {}, TITLE, "news.example"),
        (f"<title>{TITLE} – Daily</title>", "", {"outlet": "Daily"}, TITLE, "Daily"),
        ("<title>Daily | Smart city signed</title>", "", {"outlet": "Daily"}, TITLE, "Daily"),
        (
            "<title>Opinion | Smart city signed</title>",
            "<h2>Opinion</h2><h1>Smart city signed</h1>",
            {},
            TITLE,
            "news.example",
        ),
        ("<title>Smart city: what comes next</title>", "", {}, "Smart city: what comes next", "news.example"),
        (f"<title>{TITLE} | news.example</title>", "", {}, TITLE, "news.example"),
        ("<title>智慧城市项目签署_新华网</title>", "<h1>智慧城市项目签署</h1>", {}, "智慧城市项目签署", "新华网"),
        ("<title>Home</title>", "", {"title": "Smart city <b>signed</b>"}, TITLE, "news.example"),
        (
            '<meta name="twitter:title" content="Smart city signed | Daily"><meta name="og:site_name" content="Daily">',
            "",
            {},
            TITLE,
            "Daily",
        ),
        (
            '<meta property="og:site_name" content="@Daily | All the news"><title>Smart city signed</title>',
            "",
            {},
            TITLE,
            "Daily",
        ),
        (
            data('"headline": "Smart city signed", "publisher": {"name": "Daily"}') + "<title>x</title>",
            "",
            {},
            TITLE,
            "Daily",
        ),
        ("", "", {"outlet": "Daily"}, "", "Daily"),
    ],
)
def test_titles_do_not_carry_the_outlets_name(head: str, body: str, said: dict, title: str, outlet: str) -> None:
    """The headline is told from the outlet's name by headings, by what the page says, and by what the feed said."""
    found = article(html(f"<div>{body}{BODY}</div>", head), **said)
    assert (found.title, found.outlet, found.paragraphs) == (title, outlet, PARAGRAPHS)


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<meta name="author" content="By Ana Silva">', "Ana Silva"),
        (
            data('"author": [{"name": "Ana"}, {"name": "Ben"}]'),
            "Ana, Ben",
        ),
        ('<meta property="article:author" content="https://facebook.example/ana">', None),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="news.example">', None),
        (f'<meta name="author" content="{"x" * 200}">', None),
        ('<a rel="author">Ana Silva @ana | March 5, 2024</a>', "Ana Silva"),
        ('<span itemprop="author">por Ana</span>', "Ana"),
    ],
)
def test_authors_are_names(markup: str, author: str | None) -> None:
    """Addresses, the outlet, user names of the system and whole sentences are no authors."""
    head, body = ("", markup) if markup.startswith(("<a", "<span")) else (markup, "")
    assert article(html(f"<article>{H1}{body}{BODY}</article>", head)).author == author


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="/world/smart-city?utm_source=x&id=2">',
            "https://news.example/world/smart-city?id=2",
        ),
        (
            '<link rel="canonical" href="https://other.example/a"><meta property="og:url" content="/b">',
            "https://news.example/b",
        ),
        ('<link rel="canonical" href="https://other.example/a">', URL),
        ('<link rel="canonical" href="https://news.example:8443/a">', URL),
        ('<link rel="canonical" href="https://news.example/">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ('<link rel="canonical" href="https://[bad/">', URL),
        (f'<link rel="canonical" href="/{"x" * 3000}">', URL),
        ('<link rel="canonical">', URL),
    ],
)
def test_a_page_may_name_its_address_on_its_own_site(head: str, url: str) -> None:
    """Another site's article can be neither claimed nor hidden, and a home page is no article."""
    assert article(html(head=head)).url == url


def test_sub_domains_are_one_site() -> None:
    """The mobile page names the page that all readers share."""
    page = html(head='<link rel="Canonical" href="https://www.news.co.ke/a"><meta property="og:url" content="/b">')
    assert article(page, url="https://m.news.co.ke/a?amp").url == "https://www.news.co.ke/a"
