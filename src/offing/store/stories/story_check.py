"""Invariants of stories: database queries, each with a sentence for the violations it finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from offing.store.tables import candidate, evidence, story, story_article

Fault = tuple[sa.Select[Any], str]


def story_faults(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for each violation among stories, their candidates and their ids."""
    for asked, sentence in _questions():
        for row in conn.execute(asked).mappings():
            yield sentence.format(**row)


def stories_to_check(conn: sa.Connection, after: int, limit: int) -> tuple[int, ...]:
    """Return the next stories with tellings after an id, at most `limit`."""
    chosen = sa.select(story_article.c.story_id).where(story_article.c.story_id > after).distinct()
    return tuple(conn.execute(chosen.order_by(story_article.c.story_id).limit(limit)).scalars())


def stored_candidates(conn: sa.Connection, story_ids: tuple[int, ...]) -> dict[int, sa.RowMapping]:
    """Return the rows of the candidates that represent some stories, by story."""
    chosen = sa.select(candidate).where(candidate.c.story_id.in_(story_ids))
    return {row["story_id"]: row for row in conn.execute(chosen).mappings()}


def _questions() -> Iterator[Fault]:
    yield from _telling_faults()
    yield from _number_faults()
    yield from _quote_faults()


def _telling_faults() -> Iterator[Fault]:
    has_articles = sa.exists().where(story_article.c.story_id == story.c.id)
    standing = sa.exists().where(candidate.c.story_id == story.c.id)
    into = sa.select(story_article.c.id, story.c.id.label("story_id")).join(
        story, story.c.id == story_article.c.story_id
    )
    yield (
        into.where(story.c.merged_into.is_not(None)),
        "telling {id} stands in story {story_id}, which became part of another",
    )
    live = sa.select(story.c.id).where(story.c.merged_into.is_(None))
    yield live.where(~has_articles), "story {id} is reported by no article"
    yield sa.select(story.c.id).where(~standing), "no candidate stands for story {id}"


def _number_faults() -> Iterator[Fault]:
    """Yield a sentence for each redirected id that leads to nothing live, and where story and candidate lead apart."""
    target, led = story.alias("target"), candidate.alias("led")
    chained = sa.select(story.c.id, target.c.id.label("into")).join(target, target.c.id == story.c.merged_into)
    yield chained.where(target.c.merged_into.is_not(None)), "story {id} leads to {into}, which leads on"
    unlike = (
        sa.select(candidate.c.id, candidate.c.story_id)
        .join(story, story.c.id == candidate.c.story_id)
        .outerjoin(led, led.c.id == candidate.c.merged_into)
        .where(story.c.merged_into.is_distinct_from(led.c.story_id))
    )
    yield unlike, "candidate {id} leads elsewhere than its story {story_id}"


def _quote_faults() -> Iterator[Fault]:
    away = (
        sa.select(evidence.c.id, evidence.c.candidate_id, story_article.c.id.label("telling_id"))
        .join(story_article, story_article.c.id == evidence.c.telling_id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .where(candidate.c.id != evidence.c.candidate_id)
    )
    yield away, "quote {id} proves candidate {candidate_id}, though its telling {telling_id} stands in another story"
