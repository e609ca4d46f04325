"""Articles and their mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.reading.mention import DatePoint, KnownName, Mention, MentionKind, Money, Quantity
from offing.model.sources.article import Article, Completeness, ExtractedArticle, article_text
from offing.model.values.codec import from_plain, to_plain
from offing.model.values.vocabulary import SourceKind
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert_new, is_any
from offing.store.tables import article, entry, feed, mention, page
from offing.urls import domain_of, url_key

_VALUES = {
    MentionKind.MONEY: Money,
    MentionKind.QUANTITY: Quantity,
    MentionKind.DATE: DatePoint,
    MentionKind.PROJECT: KnownName,
}
_WITH_PUBLISHER = (
    sa.select(article, feed.c.publisher)
    .outerjoin_from(article, page, page.c.id == article.c.page_id)
    .outerjoin(entry, entry.c.id == page.c.entry_id)
    .outerjoin(feed, feed.c.id == entry.c.feed_id)  # articles that a person added have no feed
)


def save_article(
    conn: sa.Connection, page_id: int, found: ExtractedArticle, text_hash: str, stamp: Stamp
) -> int | None:
    """Store an article; None if its address has one already.

    An article made from a feed summary does not block the full text, which may still arrive by another way.
    """
    key = url_key(found.url)
    if found.completeness is Completeness.SUMMARY_ONLY:
        if is_any(conn, sa.select(article.c.id).where(article.c.url_key == key)):
            return None
        key = f"summary:{key}"
    country = conn.execute(
        sa.select(feed.c.country)
        .join(entry, entry.c.feed_id == feed.c.id)
        .join(page, page.c.entry_id == entry.c.id)
        .where(page.c.id == page_id)
    ).scalar_one_or_none()
    row = {
        "page_id": page_id,
        "url": found.url,
        "url_key": key,
        "title": found.title,
        "paragraphs": list(found.paragraphs),
        "language": found.language,
        "published": found.published,
        "published_source": found.published_source,
        "author": found.author,
        "outlet": found.outlet,
        "domain": domain_of(found.url),
        "country": country,
        "method": found.method,
        "cut": found.cut,
        "text_hash": text_hash,
        "extracted_at": stamp.at,
        "produced_by": stamp.by,
        "completeness": found.completeness,
        "completeness_sign": found.completeness_sign,
        "section": found.section,
        "pages": list(found.pages) or None,
    }
    return insert_new(conn, article, row)


def get_article(conn: sa.Connection, article_id: int) -> Article:
    """Return an article as recognition and proposal read it."""
    return _article(conn.execute(_WITH_PUBLISHER.where(article.c.id == article_id)).one())


def get_articles(conn: sa.Connection, ids: Iterable[int]) -> dict[int, Article]:
    """Return the articles of these ids, by id; those that are gone are left out."""
    chosen = (_WITH_PUBLISHER.where(article.c.id.in_(some)) for some in each_once(ids))
    return {row.id: _article(row) for each in chosen for row in conn.execute(each)}


def _article(row: Any) -> Article:
    return Article(
        id=row.id,
        title=row.title,
        paragraphs=tuple(row.paragraphs),
        language=row.language,
        url=row.url,
        outlet=row.outlet,
        domain=row.domain,
        published=row.published,
        country=row.country,
        completeness=Completeness(row.completeness),
        completeness_sign=row.completeness_sign,
        withheld=row.withheld_at is not None,
        publisher=SourceKind(row.publisher) if row.publisher else None,
    )


def text_hash_of(conn: sa.Connection, article_id: int) -> str:
    """Return the hash that copies of an article share."""
    found: str = conn.execute(sa.select(article.c.text_hash).where(article.c.id == article_id)).scalar_one()
    return found


def read_at(conn: sa.Connection, article_id: int) -> datetime:
    """Return when an article was extracted from its page."""
    found: datetime = conn.execute(sa.select(article.c.extracted_at).where(article.c.id == article_id)).scalar_one()
    return found


def save_mentions(conn: sa.Connection, article_id: int, found: Sequence[Mention]) -> None:
    """Replace the mentions of an article."""
    conn.execute(sa.delete(mention).where(mention.c.article_id == article_id))
    _insert_mentions(conn, article_id, found)


def _insert_mentions(conn: sa.Connection, article_id: int, found: Sequence[Mention]) -> None:
    rows = [
        {
            "article_id": article_id,
            "kind": item.kind,
            "start": item.start,
            "end": item.end,
            "surface": item.text,
            "key": item.key,
            "name": item.name,
            "value": to_plain(item.value) if item.value is not None else None,
            "weight": item.weight,
            "by": item.by,
        }
        for item in found
    ]
    if rows:
        conn.execute(sa.insert(mention), rows)


def save_tagged(conn: sa.Connection, article_id: int, found: Sequence[Mention], by: str) -> None:
    """Replace the mentions of an article that were found by the rule or list `by`; the others stay."""
    conn.execute(sa.delete(mention).where(mention.c.article_id == article_id, mention.c.by == by))
    _insert_mentions(conn, article_id, found)


def get_mentions(conn: sa.Connection, article_id: int) -> tuple[Mention, ...]:
    """Return the mentions of an article, by position."""
    return mentions_of(conn, (article_id,)).get(article_id, ())


def mentions_of(conn: sa.Connection, article_ids: Iterable[int]) -> dict[int, tuple[Mention, ...]]:
    """Return the mentions of several articles, each by position; articles without any are left out."""
    by_place = sa.select(mention).order_by(mention.c.start, mention.c.id)
    found: dict[int, list[Mention]] = {}
    for some in each_once(article_ids):
        for row in conn.execute(by_place.where(mention.c.article_id.in_(some))):
            found.setdefault(row.article_id, []).append(_mention(row))
    return {number: tuple(own) for number, own in found.items()}


def _mention(row: sa.Row[Any]) -> Mention:
    return Mention(
        kind=MentionKind(row.kind),
        start=row.start,
        end=row.end,
        text=row.surface,
        key=row.key,
        name=row.name,
        value=from_plain(row.value, _VALUES[MentionKind(row.kind)]) if row.value else None,
        weight=row.weight,
        by=row.by,
    )


def mark_proposed(conn: sa.Connection, article_id: int, score: float, now: datetime) -> None:
    """Store the best score of an article's proposals."""
    conn.execute(sa.update(article).where(article.c.id == article_id).values(score=score, proposed_at=now))


def text_lengths(conn: sa.Connection, ids: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """The characters of some articles' texts, title and breaks included, and whether the publisher reserves them."""
    columns = (article.c.id, article.c.title, article.c.paragraphs, article.c.withheld_at, page.c.reservation)
    chosen = sa.select(*columns).join_from(article, page)
    rows = (row for some in each_once(ids) for row in conn.execute(chosen.where(article.c.id.in_(some))))
    return {row.id: (len(article_text(row.title, tuple(row.paragraphs))), _is_reserved(row)) for row in rows}


def _is_reserved(row: Any) -> bool:
    return row.withheld_at is not None or bool(row.reservation)
