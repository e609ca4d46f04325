"""Stories, and the candidates that represent them: which there are, their content, where their ids lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.review.candidate import CandidateKind, CandidateState, Contrast, Reason
from offing.model.review.story import MergedStory, StoredStory
from offing.model.values.codec import from_plain, to_plain
from offing.model.values.numbers import HIGHEST_ID
from offing.store.database.batch import each_once
from offing.store.database.dialect import lock
from offing.store.database.upsert import add, is_any
from offing.store.tables import article, candidate, context, decision, story, story_article

STORIES_KEY = 0x0FF1_53  # an arbitrary number: one joining at a time on PostgreSQL


def lock_stories(conn: sa.Connection) -> None:
    """Lock out other joins and splits of stories until the end of this transaction."""
    lock(conn, STORIES_KEY)


def stored_stories(conn: sa.Connection, ids: Iterable[int]) -> dict[int, StoredStory]:
    """Return stories with their candidates, locked against decisions until the end of this transaction; by id."""
    decided = sa.exists().where(decision.c.candidate_id == candidate.c.id)
    chosen = sa.select(candidate.c.id, candidate.c.story_id, candidate.c.state, story.c.merged_into)
    chosen = chosen.add_columns(decided.label("touched")).join(story, story.c.id == candidate.c.story_id)
    held = chosen.order_by(candidate.c.id).with_for_update(of=candidate)
    found = {}
    for some in each_once(ids):
        for row in conn.execute(held.where(story.c.id.in_(some))):
            state = CandidateState(row.state)
            found[row.story_id] = StoredStory(row.story_id, row.id, state, bool(row.touched), row.merged_into)
    return found


def open_story(conn: sa.Connection, merged: MergedStory, stamp: Stamp, *, above_cut: bool) -> StoredStory:
    """Create a story with the candidate that represents it."""
    times = {"first_at": merged.first_at, "last_at": merged.last_at}
    story_id = add(conn, story, times)
    row = {
        "story_id": story_id,
        "kind": CandidateKind.NEW,
        "state": CandidateState.OPEN,
        "created_at": stamp.at,
        "version": 1,
        "produced_by": stamp.by,
        **_merged_columns(merged, above_cut=above_cut),
        **_sources(merged),
    }
    return StoredStory(story_id, add(conn, candidate, row), CandidateState.OPEN)


def keep_merged(conn: sa.Connection, stored: StoredStory, merged: MergedStory, *, above_cut: bool) -> bool:
    """Write a story's merged content; only the outlets if its candidate is decided. Returns whether it changed."""
    times = {"first_at": merged.first_at, "last_at": merged.last_at}
    own = story.c.id == stored.id
    conn.execute(sa.update(story).where(own, _differs(story, times)).values(**times))
    row = conn.execute(sa.select(candidate).where(candidate.c.id == stored.candidate_id)).mappings().one()
    changed = {} if stored.decided else _changed(row, _merged_columns(merged, above_cut=above_cut))
    if changed:
        changed["version"] = candidate.c.version + 1
    values = {**changed, **_changed(row, _sources(merged))}
    if values:
        conn.execute(sa.update(candidate).where(candidate.c.id == stored.candidate_id).values(**values))
    return bool(values)


def add_outlet(conn: sa.Connection, candidate_id: int) -> None:
    """Count one more outlet of a story, from a source that was counted before."""
    own = sa.update(candidate).where(candidate.c.id == candidate_id)
    conn.execute(own.values(outlets=candidate.c.outlets + 1))


def extend_story(conn: sa.Connection, story_id: int, at: datetime) -> datetime:
    """Extend a story to the time of a telling; return when it previously began."""
    own = story.c.id == story_id
    row = conn.execute(sa.select(story.c.first_at, story.c.last_at).where(own)).one()
    times = {"first_at": min(at, row.first_at), "last_at": max(at, row.last_at)}
    conn.execute(sa.update(story).where(own, _differs(story, times)).values(**times))
    first: datetime = row.first_at
    return first


def began_between(conn: sa.Connection, candidate_ids: Collection[int], begin: datetime, end: datetime) -> bool:
    """Return whether the story of any of some candidates began within a period, both ends included."""
    chosen = sa.select(story.c.id).join(candidate, candidate.c.story_id == story.c.id)
    within = chosen.where(story.c.first_at.between(begin, end))
    return any(is_any(conn, within.where(candidate.c.id.in_(some))) for some in each_once(candidate_ids))


def lead_to(conn: sa.Connection, stored: StoredStory, target: StoredStory | None) -> bool:
    """Redirect the ids of a story and its candidate to another, or undo that; return whether this changed them."""
    into = target.id if target else None
    if stored.merged_into == into:
        return False
    conn.execute(sa.update(story).where(story.c.id == stored.id).values(merged_into=into))
    change = sa.update(candidate).where(candidate.c.id == stored.candidate_id)
    led = target.candidate_id if target else None
    conn.execute(change.values(merged_into=led, version=candidate.c.version + 1))
    return True


def live_candidate(conn: sa.Connection, candidate_id: int) -> int:
    """Return the candidate that an id leads to: itself, or the one it was merged into."""
    if candidate_id > HIGHEST_ID:
        return candidate_id  # no candidate has it, and neither database accepts it in a query
    chosen = sa.select(candidate.c.merged_into).where(candidate.c.id == candidate_id)
    return conn.execute(chosen).scalar_one_or_none() or candidate_id


def reasons_at(conn: sa.Connection, story_id: int, score: float) -> tuple[Reason, ...]:
    """The reasons of a story's candidate if it has exactly this score: they came with the telling that has it."""
    chosen = sa.select(candidate.c.reasons).where(candidate.c.story_id == story_id, candidate.c.score == score)
    return from_plain(conn.execute(chosen).scalar_one_or_none() or [], tuple[Reason, ...])


def merged_candidates(conn: sa.Connection, candidate_id: int) -> tuple[int, ...]:
    """Return the candidates merged into one."""
    chosen = sa.select(candidate.c.id).where(candidate.c.merged_into == candidate_id).order_by(candidate.c.id)
    return tuple(conn.execute(chosen).scalars())


def recent_stories(conn: sa.Connection, limit: int, least: int) -> tuple[int, ...]:
    """Return the candidates of the newest stories with at least so many articles, newest first."""
    articles = sa.select(sa.func.count(sa.distinct(story_article.c.article_id))).where(
        story_article.c.story_id == story.c.id
    )
    chosen = sa.select(candidate.c.id).join(story, story.c.id == candidate.c.story_id)
    chosen = chosen.where(candidate.c.merged_into.is_(None), articles.scalar_subquery() >= least)
    return tuple(conn.execute(chosen.order_by(story.c.last_at.desc(), story.c.id.desc()).limit(limit)).scalars())


def _merged_columns(merged: MergedStory, *, above_cut: bool) -> dict[str, Any]:
    return {
        "facts": to_plain(merged.facts),
        "reasons": to_plain(merged.reasons, tuple[Reason, ...]),
        "score": merged.score,
        "above_cut": above_cut,
    }


def _sources(merged: MergedStory) -> dict[str, Any]:
    contrasts = to_plain(merged.contrasts, tuple[Contrast, ...]) or None
    return {"outlets": merged.outlets, "independent": merged.independent, "contrasts": contrasts}


def _changed(row: sa.RowMapping, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if row[name] != value}


def _differs(table: sa.Table, values: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c[name] != value for name, value in values.items()))


def audit_pool(conn: sa.Connection, now: datetime, cut: float) -> tuple[int, ...]:
    """Articles of the last day that fell below the cut, are not context or in a queued story, and were never drawn."""
    fresh = article.c.proposed_at > now - timedelta(days=1)
    drawn = article.c.audit_day.is_not(None)
    listed = sa.exists().where(context.c.article_id == article.c.id)
    seen = sa.exists().where(story_article.c.article_id == article.c.id, _shown_anyway())
    pool = sa.select(article.c.id).where(fresh, article.c.score < cut, ~drawn, ~listed, ~seen)
    return tuple(conn.execute(pool.order_by(article.c.id)).scalars())


def _shown_anyway() -> sa.ColumnElement[bool]:
    """Return whether the candidate of a telling's story is above the cut because of other tellings, or was decided."""
    shown = candidate.c.above_cut | (candidate.c.state != CandidateState.OPEN)
    return sa.exists().where(candidate.c.story_id == story_article.c.story_id, shown)


def drawn_for(conn: sa.Connection, day: str) -> int:
    """Return how many articles were drawn for a day's audit sample."""
    return conn.execute(sa.select(sa.func.count()).where(article.c.audit_day == day)).scalar_one()


def draw(conn: sa.Connection, article_id: int, day: str) -> None:
    """Put an article's candidate into a day's audit sample."""
    conn.execute(sa.update(article).where(article.c.id == article_id).values(audit_day=day))
    best = (
        sa.select(candidate.c.id)
        .join(story_article, story_article.c.story_id == candidate.c.story_id)
        .where(story_article.c.article_id == article_id)
        .order_by(candidate.c.score.desc(), candidate.c.id)
        .limit(1)
    )
    chosen = conn.execute(best).scalar_one()
    conn.execute(sa.update(candidate).where(candidate.c.id == chosen).values(kind=CandidateKind.AUDIT, audit_day=day))
