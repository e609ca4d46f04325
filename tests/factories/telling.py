"""Articles that tell of projects, put into the store by the step itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from factories.candidate import stored_article
from offing.model.operation.run import Stamp
from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import CandidateState, Proposal, Proposed, Reason
from offing.propose.story import minhash_of
from offing.services.pipeline.propose import store_tellings
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, evidence, story, story_article

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULES = ScoringRules(0.5, -3.5, {"independent-sources": 0.4}, {"independent-sources": "Told by {what} sources."}, "r1")
DESK = StoryDesk(RULES, Stamp(DAY + timedelta(days=100), "test"))
PROVED = Evidence(FieldName.COUNTRIES, "KEN", 0, 0, 5, "Kenya")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article: what it tells of one or two projects, by whom, how many days after the first, in which words."""

    name: str
    facts: ProjectFacts
    days: float = 0
    outlet: str = ""
    language: str = "en"
    text: tuple[str, ...] = ()
    score: float = 0.9
    more: tuple[ProjectFacts, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())


def arrive(conn: sa.Connection, piece: Piece, desk: StoryDesk = DESK) -> int:
    """Let an article come in; how many candidates above the cut it opened."""
    article_id = stored_article(conn, DAY + timedelta(days=piece.days))
    row = {
        "url": f"https://{piece.name.replace(' ', '-')}.test/",
        "title": piece.name,
        "outlet": piece.outlet or piece.name,
        "language": piece.language,
        "paragraphs": list(piece.text),
        "text_hash": "|".join(piece.text)[:60],
    }
    conn.execute(sa.update(article).where(article.c.id == article_id).values(**row))
    proposals = tuple(Proposal(facts, (PROVED,), piece.reasons, piece.score) for facts in (piece.facts, *piece.more))
    return store_tellings(
        conn, get_article(conn, article_id), Proposed(proposals, piece.score, sketch=minhash_of(piece.text)), desk
    )


def arrive_all(database: Database, *pieces: Piece) -> None:
    """Let some articles come in, each in a transaction of its own."""
    for piece in pieces:
        with database.write() as conn:
            arrive(conn, piece)


Story = frozenset[tuple[str, int]]


def stories(conn: sa.Connection) -> dict[Story, tuple[object, ...]]:
    """The stories by the headlines and ordinals of their tellings, with what their candidates say."""
    columns = tuple(candidate.c[name] for name in ("facts", "score", "above_cut", "outlets", "independent"))
    found = {}
    for row in conn.execute(sa.select(candidate.c.story_id, candidate.c.contrasts, *columns)):
        told = sa.select(article.c.title, story_article.c.ordinal).join_from(story_article, article)
        members = conn.execute(told.where(story_article.c.story_id == row.story_id)).all()
        if members:
            found[frozenset((each.title, each.ordinal) for each in members)] = tuple(row)[1:]
    return found


def number_of(database: Database, name: str) -> int:
    """The candidate that stands for the first project of an article now."""
    with database.read() as conn:
        chosen = sa.select(candidate.c.id).join(story_article, story_article.c.story_id == candidate.c.story_id)
        chosen = chosen.join(article, article.c.id == story_article.c.article_id)
        return conn.execute(chosen.where(article.c.title == name, story_article.c.ordinal == 0)).scalar_one()


def telling_of(database: Database, name: str) -> int:
    """The first telling of an article."""
    with database.read() as conn:
        chosen = sa.select(story_article.c.id).join_from(story_article, article)
        return conn.execute(chosen.where(article.c.title == name, story_article.c.ordinal == 0)).scalar_one()


def put_state(database: Database, number: int, state: CandidateState) -> None:
    """Let a candidate stand decided."""
    with database.write() as conn:
        conn.execute(sa.update(candidate).where(candidate.c.id == number).values(state=state))


def snapshot(database: Database) -> list[list[tuple[object, ...]]]:
    """All that stories are made of, row by row."""
    with database.read() as conn:
        tables = (story, story_article, candidate, evidence)
        return [[tuple(row) for row in conn.execute(sa.select(table).order_by(table.c.id))] for table in tables]
