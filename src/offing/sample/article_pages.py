"""Article pages in three templates, each with the clutter that pages of the press have: menus, teasers, comments.

The comments and teasers name firms, lenders and sums on purpose: they are nobody's evidence.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from html import escape

from offing.sample.articles import Posted

TEASERS = 6

_NAV = "".join(
    f"<li><a href='{path}'>{name}</a></li>"
    for path, name in (("/", "Home"), ("/business", "Business"), ("/china", "China"), ("/world", "World"))
)
_COOKIES = (
    "<div id='cookie-banner' class='consent'>We use cookies to improve your experience. <button>Accept</button></div>"
)
_SHARE = "<div class='share'><a href='#'>Facebook</a> <a href='#'>X</a> <a href='#'>WhatsApp</a></div>"
_COMMENTS = (
    "<section id='comments' class='comments'><h3>Comments (2)</h3><div class='comment'><p>We borrowed another $900"
    " million from China Eximbank for nothing!</p></div><div class='comment'><p>ZTE did the same in Kenya.</p></div>"
    "</section>"
)


def page(post: Posted, others: Sequence[Posted]) -> str:
    """Return the page of an article. An outlet keeps its template; `others` of the same language are its teasers."""
    template: Callable[[Posted, list[Posted]], str] = random.Random(post.article.domain).choice(
        (_semantic, _nested, _table)
    )
    shuffled = [other for other in others if other != post]
    random.Random(post.article.id).shuffle(shuffled)
    return template(post, shuffled[:TEASERS])


def _semantic(post: Posted, others: list[Posted]) -> str:
    """HTML 5 with JSON-LD."""
    article = post.article
    when = f"<time datetime='{article.published.isoformat()}'>{article.published:%d %B %Y}</time>"
    return (
        f"<!doctype html><html lang='{article.language}'><head>{_head(post)}{_open_graph(post)}{_json_ld(post)}</head>"
        f"<body>{_COOKIES}<header><nav><ul>{_NAV}</ul></nav></header><main><article>"
        f"<h1>{escape(article.title)}</h1><p class='byline'>By Staff Reporter {when}</p>"
        f"{_paragraphs(article.paragraphs)}{_SHARE}</article></main>"
        f"<aside><h2>Read next</h2><ul>{_links(others)}</ul></aside>{_COMMENTS}"
        f"<footer>© {escape(article.outlet)}</footer></body></html>"
    )


def _nested(post: Posted, others: list[Posted]) -> str:
    """Return a blog's nest of divisions, with an advertisement and teasers in the middle of the text."""
    article = post.article
    half = max(1, len(article.paragraphs) // 2)
    middle = f"<div class='ad'>Advertisement</div><div class='related-box'><h4>Also read</h4><ul>{_links(others[:2])}"
    return (
        f"<!DOCTYPE html><html><head>{_head(post)}{_open_graph(post)}</head><body class='post-template'>"
        f"<div class='top-menu'><ul>{_NAV}</ul></div><div class='wrap'><div class='post-header'>"
        f"<h1 class='entry-title'>{escape(article.title)}</h1>"
        f"<span class='post-date'>{article.published:%B %d, %Y}</span></div>"
        f"<div class='entry-content'>{_paragraphs(article.paragraphs[:half])}{middle}</ul></div>"
        f"{_paragraphs(article.paragraphs[half:])}</div>{_SHARE}"
        f"<div class='sidebar widget'><h3>Most popular</h3><ol>{_links(others)}</ol></div></div>"
        "<div class='newsletter'>Subscribe to our newsletter</div></body></html>"
    )


def _table(post: Posted, others: list[Posted]) -> str:
    """Return a table for layout and line breaks for paragraphs, without any metadata."""
    article = post.article
    body = "<br><br>".join(escape(paragraph) for paragraph in article.paragraphs)
    return (
        f"<html><head>{_head(post)}</head><body bgcolor=white><table width=100%><tr><td colspan=2>"
        f"<font size=5>{escape(article.outlet)}</font></td></tr><tr><td width=20% valign=top><ul>{_links(others)}</ul>"
        f"</td><td valign=top><h2>{escape(article.title)}</h2><small>{article.published:%Y-%m-%d %H:%M}</small>"
        f"<div>{body}</div></td></tr></table></body></html>"
    )


def _head(post: Posted) -> str:
    title = f"{escape(post.article.title)} | {escape(post.article.outlet)}"
    return f'<meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{post.url}">'


def _open_graph(post: Posted) -> str:
    article = post.article
    return (
        f'<meta property="og:title" content="{escape(article.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(article.outlet)}">'
        f'<meta property="article:published_time" content="{article.published.isoformat()}">'
    )


def _json_ld(post: Posted) -> str:
    article = post.article
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": article.outlet},
    }
    return '<script type="application/ld+json">' + json.dumps(data).replace("</", "<\\/") + "</script>"


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _links(posts: Sequence[Posted]) -> str:
    return "".join(f'<li><a href="{post.url}">{escape(post.article.title)}</a></li>' for post in posts)
