"""The four kinds of feeds of an outlet."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

from offing.sample.articles import Outlet, Posted

SUMMARY = 180


@dataclass(frozen=True, slots=True)
class FeedKind:
    """A kind of feed: the name of its document, the type it is served as, how it is written."""

    file: str
    content_type: str
    write: Callable[[Outlet], str]


def rss(outlet: Outlet) -> str:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(post.article.title)}</title><link>{post.url}</link>"
        f"<guid isPermaLink='false'>{_id(post)}</guid><pubDate>{format_datetime(post.article.published)}</pubDate>"
        f"<description>{escape(_summary(post))}</description></item>"
        for post in outlet.posts
    )
    name = escape(outlet.name)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel>"
        f"<title>{name}</title><link>{outlet.home}</link><description>{name}</description>"
        f"<language>{outlet.language}</language><ttl>30</ttl>{items}</channel></rss>"
    )


def atom(outlet: Outlet) -> str:
    """Atom 1.0."""
    entries = "".join(
        f"<entry><title>{escape(post.article.title)}</title><id>tag:{_id(post).replace(':', ',2020:')}</id>"
        f"<link rel='alternate' href='{post.url}'/><updated>{post.article.published.isoformat()}</updated>"
        f"<summary>{escape(_summary(post))}</summary></entry>"
        for post in outlet.posts
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(outlet.name)}</title><id>tag:{outlet.domain},2020:feed</id>"
        f"<updated>{outlet.posts[0].article.published.isoformat()}</updated>{entries}</feed>"
    )


def json_feed(outlet: Outlet) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": _id(post),
            "url": post.url,
            "title": post.article.title,
            "summary": _summary(post),
            "date_published": post.article.published.isoformat(),
            "language": post.article.language,
        }
        for post in outlet.posts
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "home_page_url": outlet.home}
    return json.dumps({**feed, "items": items}, ensure_ascii=False)


def news_sitemap(outlet: Outlet) -> str:
    """Return a news sitemap."""
    urls = "".join(
        f"<url><loc>{post.url}</loc><news:news><news:publication><news:name>{escape(post.article.outlet)}</news:name>"
        f"<news:language>{post.article.language}</news:language></news:publication>"
        f"<news:publication_date>{post.article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(post.article.title)}</news:title></news:news></url>"
        for post in outlet.posts
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"
    )


FEED_KINDS = (
    FeedKind("feed.xml", "application/rss+xml; charset=utf-8", rss),
    FeedKind("atom.xml", "application/atom+xml; charset=utf-8", atom),
    FeedKind("feed.json", "application/feed+json", json_feed),
    FeedKind("news-sitemap.xml", "application/xml; charset=utf-8", news_sitemap),
)


def _id(post: Posted) -> str:
    """Return the same in every feed that announces the article, aggregators included."""
    return f"{post.article.domain}:{post.article.id}"


def _summary(post: Posted) -> str:
    return post.article.paragraphs[0][:SUMMARY]
