"""Stories: what an article's proposals make of them, and the candidates that stand for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.article import Article
from offing.model.candidate import CandidateKind, CandidateState, Proposal, Reason
from offing.model.codec import from_plain, to_plain
from offing.model.evidence import Evidence
from offing.model.project import ProjectFacts
from offing.model.run import Stamp
from offing.model.story import StoryView
from offing.store.index import reindex
from offing.store.tables import article, candidate, context, evidence, story, story_article
from offing.store.upsert import insert, insert_new


def stories_around(conn: sa.Connection, moment: datetime, window: timedelta, but_article: int) -> tuple[StoryView, ...]:
    """The stories with news within a window around a moment, without what one article itself has made of them."""
    others = story_article.c.article_id != but_article
    near = story.c.last_at.between(moment - window, moment + window)
    hashes: dict[int, set[str]] = {}
    told = sa.select(story_article.c.story_id, article.c.text_hash).join(
        article, article.c.id == story_article.c.article_id
    )
    recent = told.join(story, story.c.id == story_article.c.story_id).where(near, others)
    for story_id, text_hash in conn.execute(recent):
        hashes.setdefault(story_id, set()).add(text_hash)
    rows = conn.execute(
        sa.select(story.c.id, story.c.last_at, candidate.c.id.label("candidate_id"), candidate.c.facts)
        .join(candidate, candidate.c.story_id == story.c.id)
        .where(near)
        .order_by(story.c.id)
    )
    return tuple(
        StoryView(row.id, row.candidate_id, from_plain(row.facts, ProjectFacts), frozenset(hashes[row.id]), row.last_at)
        for row in rows
        if row.id in hashes
    )


def told_before(conn: sa.Connection, article_id: int) -> bool:
    """Whether an article's proposals stand in stories already."""
    found = sa.select(story_article.c.id).where(story_article.c.article_id == article_id)
    return conn.execute(found).first() is not None


def start_story(
    conn: sa.Connection, item: Article, proposal: Proposal, stamp: Stamp, *, above_cut: bool
) -> tuple[int, int]:
    """Begin a story with a candidate that stands for it; the ids of both."""
    at = item.published or stamp.at
    story_id = insert_new(conn, story, [{"first_at": at, "last_at": at}])[0]
    row = {
        "story_id": story_id,
        "kind": CandidateKind.NEW,
        "state": CandidateState.OPEN,
        **_values(proposal),
        "above_cut": above_cut,
        "created_at": stamp.at,
        "version": 1,
        "produced_by": stamp.by,
    }
    return story_id, insert_new(conn, candidate, [row])[0]


def _values(proposal: Proposal) -> dict[str, Any]:
    return {
        "facts": to_plain(proposal.facts),
        "reasons": to_plain(proposal.reasons, tuple[Reason, ...]),
        "score": proposal.score,
    }


def tell(conn: sa.Connection, story_id: int, item: Article, ordinal: int, proposal: Proposal) -> None:
    """Add an article's proposal and its quotes to a story."""
    link = {
        "story_id": story_id,
        "article_id": item.id,
        "ordinal": ordinal,
        "facts": to_plain(proposal.facts),
        "score": proposal.score,
        "reasons": to_plain(proposal.reasons, tuple[Reason, ...]),
        "at": item.published,
    }
    telling_id = insert_new(conn, story_article, [link])[0]
    if item.published:
        newest = sa.case((story.c.last_at < item.published, item.published), else_=story.c.last_at)
        conn.execute(sa.update(story).where(story.c.id == story_id).values(last_at=newest))
    candidate_id = conn.execute(sa.select(candidate.c.id).where(candidate.c.story_id == story_id)).scalar_one()
    for proof in proposal.evidence:
        conn.execute(
            insert(conn, evidence).values(**_proof(proof, candidate_id, item.id, telling_id)).on_conflict_do_nothing()
        )
    reindex(conn, candidate_id)


def _proof(proof: Evidence, candidate_id: int, article_id: int, telling_id: int) -> dict[str, Any]:
    return {
        "candidate_id": candidate_id,
        "article_id": article_id,
        "telling_id": telling_id,
        "field": proof.field,
        "value": proof.value,
        "start": proof.start,
        "end": proof.end,
        "quote": proof.text,
        "speaker": proof.speaker,
    }


def strengthen(
    conn: sa.Connection, candidate_id: int, facts: ProjectFacts, proposal: Proposal, *, above_cut: bool
) -> None:
    """Let another article of its story fill and raise a candidate that nobody has decided yet."""
    row = conn.execute(sa.select(candidate.c.score, candidate.c.state).where(candidate.c.id == candidate_id)).one()
    if row.state != CandidateState.OPEN:
        return
    values = {"facts": to_plain(facts)}
    if proposal.score > row.score:
        values = {**_values(proposal), **values, "above_cut": above_cut}
    changed = sa.update(candidate).where(candidate.c.id == candidate_id)
    conn.execute(changed.values(**values, version=candidate.c.version + 1))
    reindex(conn, candidate_id)


def audit_pool(conn: sa.Connection, now: datetime, cut: float) -> tuple[int, ...]:
    """Articles of the last day that fell below the cut, are no context, and were never drawn."""
    fresh = article.c.proposed_at > now - timedelta(days=1)
    drawn = article.c.audit_day.is_not(None)
    listed = sa.exists().where(context.c.article_id == article.c.id)
    pool = sa.select(article.c.id).where(fresh, article.c.score < cut, ~drawn, ~listed)
    return tuple(conn.execute(pool.order_by(article.c.id)).scalars())


def drawn_for(conn: sa.Connection, day: str) -> int:
    """How many articles were drawn for a day's audit sample."""
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
