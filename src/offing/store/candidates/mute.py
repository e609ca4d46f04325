"""Mutes: created and revoked by people, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.reading.mention import MentionKind
from offing.model.review.candidate import CandidateState
from offing.model.review.mute import Mute, StoredMute
from offing.store.database.batch import each_once
from offing.store.database.upsert import add, is_any
from offing.store.tables import article, candidate, evidence, mention, mute, story_article


def add_mute(conn: sa.Connection, rule: Mute, by: str, now: datetime, reason: str) -> int:
    """Store a mute; return its id."""
    row = {"kind": rule.kind, "key": rule.key, "alias": rule.alias, "context": rule.context, "source": rule.source}
    return add(conn, mute, {**row, "by": by, "at": now, "reason": reason})


def laid_by(conn: sa.Connection, rule: Mute, by: str) -> int | None:
    """The active mute by which this person already created the same rule."""
    same = (getattr(mute.c, name) == getattr(rule, name) for name in ("kind", "key", "alias", "context", "source"))
    holds = sa.select(mute.c.id).where(*same, mute.c.by == by, mute.c.undone_at.is_(None))
    return conn.execute(holds.order_by(mute.c.id).limit(1)).scalar_one_or_none()


def undo_mute(conn: sa.Connection, mute_id: int, by: str, now: datetime) -> bool:
    """Revoke a mute; False if there is no active one."""
    holds = (mute.c.id == mute_id) & mute.c.undone_at.is_(None)
    return conn.execute(sa.update(mute).where(holds).values(undone_by=by, undone_at=now)).rowcount == 1


def get_mute(conn: sa.Connection, mute_id: int) -> StoredMute | None:
    """One mute, even if revoked."""
    row = conn.execute(sa.select(mute).where(mute.c.id == mute_id)).first()
    return None if row is None else _stored(row)


def mutes(conn: sa.Connection, *, undone: bool = False) -> tuple[StoredMute, ...]:
    """The active mutes, newest first; with `undone` also the revoked ones."""
    chosen = sa.select(mute).order_by(mute.c.id.desc())
    rows = conn.execute(chosen if undone else chosen.where(mute.c.undone_at.is_(None)))
    return tuple(_stored(row) for row in rows)


def held_rules(conn: sa.Connection) -> tuple[Mute, ...]:
    """The active rules, for the stage."""
    return tuple(each.rule for each in mutes(conn))


def told_with(conn: sa.Connection, rule: Mute, limit: int) -> tuple[int, ...]:
    """Articles of undecided candidates with a mention of the rule's entity, newest first, at most `limit`."""
    named = mention.c.key == rule.key if rule.key else sa.false()
    unlisted = mention.c.key.is_(None) & (sa.func.lower(mention.c.name) == rule.key)
    waiting = (
        sa.select(story_article.c.article_id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .where(candidate.c.state == CandidateState.OPEN, candidate.c.merged_into.is_(None))
    )
    chosen = (
        sa.select(mention.c.article_id)
        .distinct()
        .where(mention.c.kind == rule.kind, sa.or_(named, unlisted), mention.c.article_id.in_(waiting))
        .order_by(mention.c.article_id.desc())
        .limit(limit)
    )
    return tuple(conn.execute(chosen).scalars())


def quotes_of(conn: sa.Connection, telling_ids: Iterable[int]) -> dict[int, list[tuple[str, int, int]]]:
    """The positions of some tellings' quotes: field, start and end of each."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    names = (evidence.c[name] for name in ("telling_id", "field", "start", "end"))
    chosen = sa.select(*names).order_by(evidence.c.id)
    for some in each_once(telling_ids):
        for row in conn.execute(chosen.where(evidence.c.telling_id.in_(some))):
            found.setdefault(row.telling_id, []).append((row.field, row.start, row.end))
    return found


def is_named(conn: sa.Connection, kind: MentionKind, key: str) -> bool:
    """Whether some article mentions an entity, or an unlisted name."""
    named = (mention.c.key == key) | (mention.c.key.is_(None) & (sa.func.lower(mention.c.name) == key))
    return is_any(conn, sa.select(mention.c.id).where(mention.c.kind == kind, named))


def is_outlet(conn: sa.Connection, domain: str) -> bool:
    """Whether some article comes from an outlet."""
    return is_any(conn, sa.select(article.c.id).where(article.c.domain == domain))


def _stored(row: Any) -> StoredMute:
    rule = Mute(MentionKind(row.kind), row.key, row.alias, row.context, row.source)
    return StoredMute(row.id, rule, row.by, row.at, row.reason, row.undone_by, row.undone_at)
