"""Sections, lists of authors, headlines that readers see, obstacles: what a page says of itself, and what counts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from extract.pages import BODY, H1, NOW, RULES, TITLE, article, html, stored
from offing.extract import extract_article, own_address
from offing.model.sources.article import NoArticle, Obstacle

DAY = datetime(2024, 3, 5, tzinfo=UTC)


def data(*nodes: object) -> str:
    """JSON-LD of a page."""
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


def news(**members: object) -> dict[str, object]:
    """An article in JSON-LD."""
    return {"@type": "NewsArticle", **members}


def crumbs(*names: str) -> dict[str, object]:
    """The path to a page in JSON-LD."""
    return {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": name} for name in names]}


@pytest.mark.parametrize(
    ("head", "body", "section"),
    [
        ('<meta property="article:section" content="World">', "", "World"),
        (data(news(articleSection=["Economy", "Asia"])), "", "Economy"),
        ('<meta name="parsely-section" content="Politics">', "", "Politics"),
        (data(crumbs("Home", "News", "Africa", TITLE)), "", "Africa"),
        (data({"@type": "BreadcrumbList", "itemListElement": [{"item": {"name": "Tech"}}, 5, {}]}), "", "Tech"),
        (data({"@type": "BreadcrumbList", "itemListElement": "none"}), "", ""),
        ("", f"<nav class='site breadcrumb'><a>Home</a><a>Business</a><a>{TITLE}</a></nav>", "Business"),
        ("", "<ol aria-label=Breadcrumb><li><a>Accueil</a></li><li><a>Monde</a></li></ol>", "Monde"),
        ('<meta property="article:section" content="https://news.example/world">', "", ""),
        ('<meta property="article:section" content="news.example">', "", ""),
        ('<meta property="article:section" content="Uncategorized">', "", ""),
        (f'<meta property="article:section" content="{"x" * 61}">', "", ""),
    ],
)
def test_the_section_is_what_the_page_says(head: str, body: str, section: str) -> None:
    """Meta, JSON-LD, then the path to the page; neither home, title, outlet, address nor a system's default."""
    assert article(html(f"{body}<article>{H1}{BODY}</article>", head)).section == section


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (data(news(author=[{"name": "Ana Silva"}, {"name": "Ben Ode"}])), "Ana Silva, Ben Ode"),
        (data(news(author={"@id": "#p1"}), {"@id": "#p1", "@type": "Person", "name": "Ana Silva"}), "Ana Silva"),
        (data(news(author={"@id": "#nobody"})), None),
        (data({"@type": "WebPage", "author": "The Site"}, news(author="Ana Silva")), "Ana Silva"),
        (data(news(author=[{}, {"name": "Ana Silva"}])), "Ana Silva"),
        ('<meta name="author" content="By Ana Silva, Ben Ode and Cy Young, News">', "Ana Silva, Ben Ode, Cy Young"),
        ('<meta name="author" content="Ana Silva, Nairobi">', "Ana Silva, Nairobi"),
        ('<meta name="author" content="Ana Silva; Ben Ode">', "Ana Silva, Ben Ode"),
        ('<meta name="author" content="张三、李四">', "张三, 李四"),
        ('<meta name="author" content="2 hours ago">', None),
        (data(news(author=[f"Name Number{chr(65 + n)}" for n in range(26)])), None),
    ],
)
def test_authors_are_all_that_are_named(head: str, author: str | None) -> None:
    """Lists in all forms, names by reference; the outlet at the end of a list is none; as many as fit."""
    found = article(html(f"<article>{H1}{BODY}</article>", f'<meta property="og:site_name" content="News">{head}'))
    if author is None and "NumberA" in head:
        assert found.author is not None
        assert found.author.startswith("Name NumberA, Name NumberB")
        assert len(found.author) <= 120
    else:
        assert found.author == author


@pytest.mark.parametrize(
    ("body", "author"),
    [
        ("<p class=byline>By Ana Silva, 5 March 2024</p>", "Ana Silva"),
        ("<div class='post-author name'><span>Ana</span> <span>Silva</span></div>", "Ana Silva"),
        ("<div class=comments><b itemprop=author>Guest One</b></div>", None),
        (f"<p class=author>{'Ana Silva writes about cities. ' * 8}</p>", None),
    ],
)
def test_a_byline_at_the_headline_names_who_wrote(body: str, author: str | None) -> None:
    """Where the markup says nothing for machines; who comments wrote nothing, and a life story is no name."""
    assert article(html(f"<article>{H1}{body}{BODY}</article>")).author == author


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        ('<meta property="og:title" content="Smart city for capital: what to know">', "Capital signs smart city deal",
         "Capital signs smart city deal"),
        ('<meta property="og:title" content="Smart city signed">', "Smart city signed by all four ministers", TITLE),
        ('<meta property="og:title" content="Smart city signed">', "The Daily News", TITLE),
        (f'<meta property="og:title" content="Other words"><title>{TITLE} | Daily</title>', TITLE, "Other words"),
        (f'<meta property="og:site_name" content="Daily"><title>{TITLE} | Daily</title>', f"{TITLE} | Daily", TITLE),
        ('<meta name="dc.title" content="智慧城市合同 中企承建">', "中企承建智慧城市", "中企承建智慧城市"),
        ('<meta name="application-name" content="Daily"><meta name="headline" content="Smart city signed | Daily A">',
         "x", TITLE),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_readers_see(head: str, h1: str, title: str) -> None:
    """Where the head has other words for search engines; never the outlet's name, nor a title with more to it."""
    assert article(html(f"<article><h1>{h1}</h1>{BODY}</article>", head)).title == title


@pytest.mark.parametrize(
    ("url", "near", "when"),
    [
        ("https://news.example/2024/3/5/a", "", DAY),
        ("https://news.example/2024/03/05/a", "<time datetime='2024-05-09T10:00:00Z'>9 May</time>", DAY),
        ("https://news.example/2024/03/05/a", "<time datetime='2024-03-05T10:00:00Z'>x</time>", DAY.replace(hour=10)),
        ("https://news.example/a", "<p>5 March 2024</p>", DAY),
        ("https://news.example/2024/99/99/a", "", None),
    ],
)  # fmt: skip
def test_shown_dates_agree_with_the_address(url: str, near: str, when: datetime | None) -> None:
    """A time element of another day than the address is another article's; a bare line above the text is the date."""
    assert article(html(f"<article>{H1}{near}{BODY}</article>"), url=url).published == when


@pytest.mark.parametrize(
    ("page", "obstacle"),
    [
        (html("<p>Checking your browser before you enter</p>", "<title>Just a moment...</title>"), Obstacle.CHALLENGE),
        ("<html><frameset><frame src=a></frameset></html>", Obstacle.FRAMES),
        (html("<div class=paywall>Subscribe to continue</div>"), Obstacle.PAYWALL),
        (html("<form><input type=password></form>"), Obstacle.LOG_IN),
        (html("<div id=cookie-consent>We value your privacy</div>"), Obstacle.CONSENT),
        (html("<div id=root></div>"), Obstacle.SCRIPT),
        (
            html(f"<article><h1>Page not found</h1>{BODY}</article>", "<title>Page not found</title>"),
            Obstacle.NOT_FOUND,
        ),
        (html(f"<p>{'Subscribe now to continue reading this and all our other articles. ' * 3}</p>"), Obstacle.PAYWALL),
        (html("<p>Short.</p>"), None),
        ("", None),
    ],
)
def test_what_stands_in_the_way_is_named(page: str, obstacle: Obstacle | None) -> None:
    """Each kind of page that withholds its text has its obstacle; a page that simply has none has not."""
    found = extract_article(stored(page), NOW, RULES)
    assert isinstance(found, NoArticle)
    assert found.obstacle is obstacle


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (html(head='<link rel=canonical href="https://news.example/a?utm_source=x">'), "https://news.example/a"),
        (html(head='<link rel=canonical href="/a"><meta property="og:url" content="https://news.example/b">'), "https://news.example/b"),
        (html(), ""),
        ("", ""),
        ("%PDF-1.7", ""),
    ],
)  # fmt: skip
def test_a_saved_page_names_its_address(page: str, address: str) -> None:
    """In full, or not at all."""
    assert own_address(page.encode()) == address
