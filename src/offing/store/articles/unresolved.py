"""Unlisted names that recognition took for firms or lenders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.model.reading.mention import MentionKind
from offing.store.database.upsert import is_any
from offing.store.tables import article, mention

_ACTORS = (MentionKind.FIRM, MentionKind.LENDER)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """One spelling of such a name: the rule that found it, and where it was seen. `articles` are their ids."""

    kind: MentionKind
    name: str
    rule: str
    articles: tuple[int, ...]
    outlets: frozenset[str]
    last_seen: datetime | None
    score: float


def unresolved(conn: sa.Connection, since: datetime | None = None) -> tuple[Unresolved, ...]:
    """Return every spelling with the articles that have it; `since` leaves out earlier extracted ones."""
    rows = conn.execute(
        sa.select(mention.c.kind, mention.c.name, mention.c.by, article.c.id, article.c.domain, article.c.score)
        .add_columns(sa.func.coalesce(article.c.published, article.c.extracted_at).label("at"))
        .join(article, article.c.id == mention.c.article_id)
        .where(mention.c.kind.in_(_ACTORS), mention.c.key.is_(None))
        .where(article.c.extracted_at >= since if since else sa.true())
        .distinct()
    )
    groups: dict[tuple[str, str, str], list[sa.Row[tuple[object, ...]]]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.name, row.by), []).append(row)
    return tuple(_unresolved(key, found) for key, found in groups.items())


def anything_read(conn: sa.Connection, since: datetime | None = None) -> bool:
    """Return whether any article was extracted, at all or since some day."""
    given = article.c.extracted_at >= since if since else sa.true()
    return is_any(conn, sa.select(article.c.id).where(given))


def _unresolved(key: tuple[str, str, str], rows: list[sa.Row[tuple[object, ...]]]) -> Unresolved:
    kind, name, rule = key
    return Unresolved(
        MentionKind(kind),
        name,
        rule,
        tuple(sorted({row.id for row in rows})),
        frozenset(row.domain for row in rows),
        max((row.at for row in rows if row.at), default=None),
        max((row.score or 0.0 for row in rows), default=0.0),
    )


def sample_span(conn: sa.Connection, name: str, article_id: int) -> tuple[int, int] | None:
    """Return the first occurrence of a name in an article."""
    found = conn.execute(
        sa.select(mention.c.start, mention.c.end)
        .where(mention.c.article_id == article_id, mention.c.name == name, mention.c.key.is_(None))
        .order_by(mention.c.start)
        .limit(1)
    ).first()
    return (found.start, found.end) if found else None
