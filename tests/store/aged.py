"""What is old enough to be pruned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from factories.candidate import everything, stored_candidate
from offing.model.operation.retention import Retention
from offing.model.review.decision import Decision, Judgement
from offing.services.running.prune import prune
from offing.store.candidates.decision import append
from offing.store.database.engine import Database
from offing.store.tables import (
    article,
    candidate,
    entry,
    page,
    story_article,
)

NOW = datetime(2027, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
AGES = (timedelta(days=400), timedelta(days=10))


def aged(conn: sa.Connection, article_id: int, age: timedelta) -> int:
    """Set when the entry of an article was seen; the entry's id."""
    of = sa.select(page.c.entry_id).join(article, article.c.page_id == page.c.id).where(article.c.id == article_id)
    entry_id = conn.execute(of).scalar_one()
    conn.execute(sa.update(entry).where(entry.c.id == entry_id).values(seen_at=NOW - age))
    return entry_id


def below_cut(conn: sa.Connection, articles: int = 1) -> tuple[int, list[int]]:
    """An undecided candidate below the cut; its id and those of its articles, all old."""
    made = stored_candidate(conn, above_cut=False, articles=articles)
    told = sa.select(story_article.c.article_id).join(candidate, candidate.c.story_id == story_article.c.story_id)
    ids = list(conn.execute(told.where(candidate.c.id == made)).scalars())
    for article_id in ids:
        aged(conn, article_id, AGES[0])
    return made, ids


def left(database: Database) -> dict[str, int]:
    """What is there after pruning what is older than a year."""
    prune(database, Retention.alike(YEAR), NOW)
    with database.read() as conn:
        return everything(conn)


def above(conn: sa.Connection, candidate_id: int) -> None:
    """It stood in the queue."""
    conn.execute(sa.update(candidate).where(candidate.c.id == candidate_id).values(above_cut=True))


def decided(conn: sa.Connection, candidate_id: int) -> None:
    """Somebody decided on it."""
    append(conn, Decision(0, candidate_id, Judgement.REJECT, "ada", NOW, "no", {}, {}))
