"""What tells that a text is not the whole article, and what does not."""

from __future__ import annotations

import json

import pytest

from extract.pages import BODY, H1, PARAGRAPHS, TOOLS, URL, article, html
from offing.model.sources.article import Completeness

WHOLE, CUT, CLOSED = Completeness.COMPLETE, Completeness.TRUNCATED, Completeness.PAYWALLED
FOOT = "<footer><p>© News Example</p><a href=/about>About us</a></footer>"


def page(behind: str = "", last: str = "", head: str = "", **data: object) -> str:
    """A page with something behind its text, at the end of its last paragraph, or in its head."""
    body = BODY.removesuffix("</p>") + f"{last}</p>"
    if data:
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **data})}</script>'
    return html(f"<article>{H1}{body}{behind}</article>{FOOT}", head)


@pytest.mark.parametrize(
    ("markup", "completeness", "sign"),
    [
        (page(), WHOLE, ""),
        (page('<p><a href="#more">Read more</a></p>'), CUT, "“Read more”"),
        (page(f'<a href="{URL}?full=1">Read more</a>'), CUT, "“Read more”"),
        (page("<button>Continue reading…</button>"), CUT, "“Continue reading…”"),
        (page('<p><a href="/full/1">Lire la suite</a></p>'), CUT, "“Lire la suite”"),
        (page("<div>阅读全文</div>"), CUT, "“阅读全文”"),
        (page(last=' <a href="#">[Read the full story]</a>'), CUT, "“[Read the full story]”"),
        (page(last=" Read more"), CUT, "“Read more”"),
        (page("<p>The mayor said that the cameras…</p>"), CUT, "mayor said that the cameras…”"),
        (page("<p>The mayor said that the […]</p>"), CUT, "ends in"),
        (page(wordCount=400), CUT, "the article has 400 words, 79 are here"),
        (page(wordCount="400"), CUT, "400 words"),
        (page(wordCount=100), WHOLE, ""),
        (page(wordCount="many"), WHOLE, ""),
        (page(isAccessibleForFree=True), WHOLE, ""),
        (page(isAccessibleForFree="False"), CLOSED, "not free to read, and shows 79 words"),
        (page(isAccessibleForFree=False, wordCount=80), WHOLE, ""),
        (page(isAccessibleForFree=False, wordCount=300), CLOSED, "not free"),
        (page(head='<meta property="article:content_tier" content="locked">'), CLOSED, "not free"),
        (page(head='<meta property="article:content_tier" content="free">'), WHOLE, ""),
        (page("<div><p>Subscribe to continue reading</p></div>"), CLOSED, "“Subscribe to continue reading”"),
        (page("<p>This article is for subscribers only.</p>"), CLOSED, "subscribers only"),
        (page("<div>To read the full story</div><div>Subscribe</div><div>Sign in</div>"), CLOSED, "Subscribe"),
        (page('<div class="article__paywall"><a href=/offer>Two months for one</a></div>'), CLOSED, "markup calls"),
        (
            page(head=f'<meta property="og:description" content="{PARAGRAPHS[0]} {"They said so again. " * 40}">'),
            CUT,
            "summary",
        ),
    ],
)
def test_signs_at_the_text_are_believed(markup: str, completeness: Completeness, sign: str) -> None:
    """Each sign has its sentence, and calls are no part of the text."""
    found = article(markup)
    assert found.completeness is completeness
    assert sign in found.completeness_sign
    assert bool(found.completeness_sign) == (completeness is not WHOLE)
    assert found.paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


@pytest.mark.parametrize(
    "behind",
    [
        '<div class="card"><h3>Another story</h3><p>It is short.</p><a href="/other">Read more</a></div>',
        '<p><a href="/other">Read more</a></p>',
        "<p>Subscribe to our newsletter and read our news every day.</p>",
        '<div class="paywall" hidden><p>Subscribe to continue reading</p></div>',
        '<div class="paywall" style="display:none"><p>Subscribe to continue reading</p></div>',
        '<aside class="comments">Log in to comment</aside>',
        "<p>Follow us on Facebook.</p><ul><li>World</li></ul><button>Show more</button>",
        f"<p>Members of parliament only may vote on the contract, the speaker said. {PARAGRAPHS[0]}</p>",
    ],
)
def test_the_machinery_of_a_page_is_no_sign(behind: str) -> None:
    """Teasers, newsletters, hidden walls, comments and sentences that speak of members are none."""
    assert article(page(behind)).completeness is WHOLE


def test_calls_in_the_middle_say_nothing() -> None:
    """Advertising within a text asks to read on, and the text does go on."""
    first, rest = BODY.split("</p>", 1)
    markup = html(f"<article>{H1}{first}</p><p>Story continues below</p><p>Read more</p>{rest}</article>{FOOT}")
    assert (article(markup).completeness, article(markup).paragraphs) == (WHOLE, PARAGRAPHS)


def test_a_page_that_is_one_call_is_no_lost_text() -> None:
    """Where nothing but a call is left, it stays: refusals are told from it."""
    from offing.extract.checks.completeness import judge_completeness, page_evidence
    from offing.extract.markup.page_tree import Page, read_page
    from offing.extract.markup.structured_metadata import structured_metadata

    read = read_page(html("<p>x</p>").encode(), "text/html; charset=utf-8")
    assert isinstance(read, Page)
    seen = page_evidence(read.tree, structured_metadata(read.tree), URL)
    assert judge_completeness(("Subscribe to continue reading",), seen, TOOLS.calls).paragraphs == (
        "Subscribe to continue reading",
    )
    assert judge_completeness(("Not on the page at all.",), seen, TOOLS.calls).completeness is WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "Suscríbete para seguir leyendo",
        "Já é assinante? Faça login",
        "Réservé aux abonnés",
        "Материал доступен только подписчикам",
        "هذا المحتوى للمشتركين فقط",
        "登录后继续阅读",
        "You have reached your limit of free articles.",
    ],
)
def test_calls_to_subscribe_are_known_in_all_languages(line: str) -> None:
    """As a line of their own behind the text, and not as part of it."""
    found = article(page(f"<p>{line}</p>"))
    assert (found.completeness, found.paragraphs) == (CLOSED, PARAGRAPHS)
