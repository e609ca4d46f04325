"""The second reader's store: due articles, answers, opinions and usage."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.review.candidate import CandidateState
from offing.model.review.second_reader import ModelAnswer, Opinion, Spending, StoredOpinion, Turn, TurnState, Usage
from offing.model.values.codec import from_plain, to_plain
from offing.redaction import redact
from offing.store.candidates.figure import forget_figures_of
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert, put
from offing.store.tables import (
    article,
    candidate,
    second_answer,
    second_day,
    second_opinion,
    second_turn,
    story_article,
)

_WAITS = (CandidateState.OPEN, CandidateState.DEFERRED)
_NOTHING = Spending()


def due_articles(conn: sa.Connection, now: datetime, least: float, limit: int) -> tuple[int, ...]:
    """The articles due for the second reader, those of the best candidates first.

    Of a story only the telling with the highest score: it gives its candidate the score. What was decided, is reserved
    by its publisher, has an opinion already or is postponed is left out.

    Args:
        conn: the database.
        now: items postponed until then are due.
        least: candidates below this score are left out.
        limit: how many.
    """
    reported, better = story_article, story_article.alias("better")
    surer = (better.c.score > reported.c.score) | ((better.c.score == reported.c.score) & (better.c.id < reported.c.id))
    same = (better.c.story_id == reported.c.story_id) & better.c.repeats.is_(None)
    another_time = (second_turn.c.state == TurnState.UNREAD) | (second_turn.c.due_at > now)
    asked = (
        sa.select(reported.c.article_id, candidate.c.score)
        .join(candidate, candidate.c.story_id == reported.c.story_id)
        .join(article, article.c.id == reported.c.article_id)
        .outerjoin(second_opinion, second_opinion.c.telling_id == reported.c.id)
        .where(candidate.c.state.in_(_WAITS), candidate.c.merged_into.is_(None), candidate.c.score >= least)
        .where(reported.c.repeats.is_(None), second_opinion.c.telling_id.is_(None), article.c.withheld_at.is_(None))
        .where(~sa.exists().where(same, surer))
        .where(~sa.exists().where(second_turn.c.article_id == reported.c.article_id, another_time))
        .order_by(candidate.c.score.desc(), candidate.c.id)
        .limit(limit)
    )
    return tuple(dict.fromkeys(row.article_id for row in conn.execute(asked)))


def unread_tellings(conn: sa.Connection, article_id: int) -> tuple[int, ...]:
    """The undecided tellings of an article on which the second reader has no opinion yet."""
    asked = (
        sa.select(story_article.c.id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .outerjoin(second_opinion, second_opinion.c.telling_id == story_article.c.id)
        .where(story_article.c.article_id == article_id, second_opinion.c.telling_id.is_(None))
        .where(candidate.c.state.in_(_WAITS), story_article.c.repeats.is_(None))
    )
    return tuple(conn.execute(asked.order_by(story_article.c.ordinal, story_article.c.id)).scalars())


def known_answer(conn: sa.Connection, digest: str, model: str, prompt: str) -> ModelAnswer | None:
    """A model's stored answer to a question about a text; None if it was not asked, or its answer was unusable."""
    its = second_answer.c.digest == digest, second_answer.c.model == model, second_answer.c.prompt == prompt
    row = conn.execute(sa.select(second_answer).where(*its)).one_or_none()
    return ModelAnswer(row.content, Usage(row.prompt_tokens, row.answer_tokens)) if row else None


def keep_answer(
    conn: sa.Connection, key: tuple[str, str, str], answer: ModelAnswer, seconds: float, at: datetime
) -> None:
    """Store an answer by digest, model and version of the question; an existing one stays."""
    digest, model, prompt = key
    row = {
        "digest": digest,
        "model": model,
        "prompt": prompt,
        "content": answer.content.replace("\0", "\N{REPLACEMENT CHARACTER}"),
        "prompt_tokens": answer.usage.prompt,
        "answer_tokens": answer.usage.answer,
        "seconds": seconds,
        "at": at,
    }
    conn.execute(insert(conn, second_answer).values(**row).on_conflict_do_nothing())


def tries_of(conn: sa.Connection, article_id: int) -> int:
    """How often reading an article has failed."""
    asked = sa.select(second_turn.c.tries).where(second_turn.c.article_id == article_id)
    return conn.execute(asked).scalar_one_or_none() or 0


def keep_turn(conn: sa.Connection, article_id: int, digest: str, turn: Turn) -> None:
    """Store the state of an article."""
    row = {
        "article_id": article_id,
        "digest": digest,
        "state": turn.state,
        "tries": turn.tries,
        "due_at": turn.due_at,
        "cause": redact(turn.cause),
        "at": turn.at,
    }
    put(conn, second_turn, row)


def count_turns(conn: sa.Connection) -> dict[TurnState, int]:
    """How many articles are in each state."""
    counts = sa.select(second_turn.c.state, sa.func.count()).group_by(second_turn.c.state)
    return {TurnState(state): count for state, count in conn.execute(counts)}


def ask_again(conn: sa.Connection) -> int:
    """Make all that is given up or waiting due at once; return how many articles."""
    gone = sa.delete(second_turn).where(second_turn.c.state != TurnState.READ)
    return conn.execute(gone).rowcount


def keep_opinion(conn: sa.Connection, held: StoredOpinion) -> None:
    """Store the second reader's opinion on a telling."""
    row = {
        "telling_id": held.telling_id,
        "article_id": held.article_id,
        "model": held.model,
        "opinion": None if held.opinion is None else to_plain(held.opinion),
        "finds_none": held.finds_none,
        "at": held.at,
    }
    put(conn, second_opinion, row)
    forget_figures_of(conn, (held.telling_id,))


def opinions_of(conn: sa.Connection, story_id: int) -> tuple[StoredOpinion, ...]:
    """The second reader's opinions on the tellings of a story, highest score first."""
    joined = sa.select(second_opinion).join(story_article, story_article.c.id == second_opinion.c.telling_id)
    asked = joined.where(story_article.c.story_id == story_id)
    rows = conn.execute(asked.order_by(story_article.c.score.desc(), story_article.c.id))
    return tuple(_stored(row) for row in rows)


def opinions_on(conn: sa.Connection, candidate_ids: Collection[int]) -> dict[int, tuple[StoredOpinion, ...]]:
    """The second reader's opinions by candidate, highest-scoring telling first; candidates without any are left out."""
    found: dict[int, list[StoredOpinion]] = {}
    joined = (
        sa.select(second_opinion, candidate.c.id.label("candidate_id"))
        .join(story_article, story_article.c.id == second_opinion.c.telling_id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .order_by(candidate.c.id, story_article.c.score.desc(), story_article.c.id)
    )
    for some in each_once(candidate_ids):
        for row in conn.execute(joined.where(candidate.c.id.in_(some))):
            found.setdefault(row.candidate_id, []).append(_stored(row))
    return {number: tuple(held) for number, held in found.items()}


def _stored(row: Any) -> StoredOpinion:
    opinion = None if row.opinion is None else from_plain(row.opinion, Opinion)
    return StoredOpinion(row.telling_id, row.article_id, row.model, opinion, row.finds_none, row.at)


def spent(conn: sa.Connection, day: str) -> Spending:
    """The usage of a day."""
    row = conn.execute(sa.select(second_day).where(second_day.c.day == day)).mappings().one_or_none()
    return Spending(**{name: row[name] for name in asdict(_NOTHING)}) if row else _NOTHING


def spend(conn: sa.Connection, day: str, more: Spending) -> None:
    """Add to the usage of a day; numbers may be negative, if less was used than was counted before."""
    added = asdict(more)
    columns = {name: second_day.c[name] + value for name, value in added.items()}
    new = insert(conn, second_day).values(day=day, **added)
    conn.execute(new.on_conflict_do_update(index_elements=["day"], set_=columns))


def forget_opinions(conn: sa.Connection, telling_ids: Collection[int]) -> None:
    """Delete opinions on some tellings, which are gone or have changed."""
    forget_figures_of(conn, telling_ids)
    for some in each_once(telling_ids):
        conn.execute(sa.delete(second_opinion).where(second_opinion.c.telling_id.in_(some)))


def forget_articles(conn: sa.Connection, article_ids: Collection[int]) -> None:
    """Delete everything the second reader has on some articles: its answers quote their texts."""
    for some in each_once(article_ids):
        digests = sa.select(second_turn.c.digest).where(second_turn.c.article_id.in_(some))
        conn.execute(sa.delete(second_answer).where(second_answer.c.digest.in_(digests)))
        for table in (second_opinion, second_turn):
            conn.execute(sa.delete(table).where(table.c.article_id.in_(some)))
