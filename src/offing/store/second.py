"""The second reader's store: what is due for it, what it answered and thinks, and what it took."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.candidate import CandidateState
from offing.model.codec import from_plain, to_plain
from offing.model.second import Opinion, SaidText, Spending, StoredOpinion, Turn, TurnState, Usage
from offing.redaction import redact
from offing.store.batch import each_once
from offing.store.tables import (
    article,
    candidate,
    second_answer,
    second_day,
    second_opinion,
    second_turn,
    story_article,
)
from offing.store.upsert import insert, put

_WAITS = (CandidateState.OPEN, CandidateState.DEFERRED)
_NOTHING = Spending()


def due_articles(conn: sa.Connection, now: datetime, least: float, limit: int) -> tuple[int, ...]:
    """The articles that are to be read a second time, those of the best candidates first.

    Of a story that is the surest telling alone: by that its candidate has its score. What was decided, is reserved by
    its publisher, or has an opinion already is left out, and so is what waits for another time.

    Args:
        conn: the database.
        now: what waits until then is due.
        least: candidates below this score are not asked about.
        limit: how many.
    """
    told, better = story_article, story_article.alias("better")
    surer = (better.c.score > told.c.score) | ((better.c.score == told.c.score) & (better.c.id < told.c.id))
    same = (better.c.story_id == told.c.story_id) & better.c.repeats.is_(None)
    another_time = (second_turn.c.state == TurnState.UNREAD) | (second_turn.c.due_at > now)
    asked = (
        sa.select(told.c.article_id, candidate.c.score)
        .join(candidate, candidate.c.story_id == told.c.story_id)
        .join(article, article.c.id == told.c.article_id)
        .outerjoin(second_opinion, second_opinion.c.telling_id == told.c.id)
        .where(candidate.c.state.in_(_WAITS), candidate.c.merged_into.is_(None), candidate.c.score >= least)
        .where(told.c.repeats.is_(None), second_opinion.c.telling_id.is_(None), article.c.withheld_at.is_(None))
        .where(~sa.exists().where(same, surer))
        .where(~sa.exists().where(second_turn.c.article_id == told.c.article_id, another_time))
        .order_by(candidate.c.score.desc(), candidate.c.id)
        .limit(limit)
    )
    return tuple(dict.fromkeys(row.article_id for row in conn.execute(asked)))


def unread_tellings(conn: sa.Connection, article_id: int) -> tuple[int, ...]:
    """The tellings of an article on which the second reader has no opinion yet, and nobody has decided."""
    asked = (
        sa.select(story_article.c.id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .outerjoin(second_opinion, second_opinion.c.telling_id == story_article.c.id)
        .where(story_article.c.article_id == article_id, second_opinion.c.telling_id.is_(None))
        .where(candidate.c.state.in_(_WAITS), story_article.c.repeats.is_(None))
    )
    return tuple(conn.execute(asked.order_by(story_article.c.ordinal, story_article.c.id)).scalars())


def known_answer(conn: sa.Connection, digest: str, model: str, prompt: str) -> SaidText | None:
    """What a model answered to a question about a text; None where it was not asked, or said nothing usable."""
    its = second_answer.c.digest == digest, second_answer.c.model == model, second_answer.c.prompt == prompt
    row = conn.execute(sa.select(second_answer).where(*its)).one_or_none()
    return SaidText(row.content, Usage(row.prompt_tokens, row.answer_tokens)) if row else None


def keep_answer(conn: sa.Connection, key: tuple[str, str, str], said: SaidText, seconds: float, at: datetime) -> None:
    """Keep an answer by digest, model and version of the question; one that is kept already stays."""
    digest, model, prompt = key
    row = {
        "digest": digest,
        "model": model,
        "prompt": prompt,
        "content": said.content.replace("\0", "\N{REPLACEMENT CHARACTER}"),
        "prompt_tokens": said.usage.prompt,
        "answer_tokens": said.usage.answer,
        "seconds": seconds,
        "at": at,
    }
    conn.execute(insert(conn, second_answer).values(**row).on_conflict_do_nothing())


def tries_of(conn: sa.Connection, article_id: int) -> int:
    """How often reading an article has failed."""
    asked = sa.select(second_turn.c.tries).where(second_turn.c.article_id == article_id)
    return conn.execute(asked).scalar_one_or_none() or 0


def keep_turn(conn: sa.Connection, article_id: int, digest: str, turn: Turn) -> None:
    """Write where an article stands."""
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


def turns_of(conn: sa.Connection, article_ids: Iterable[int]) -> dict[int, Turn]:
    """Where some articles stand, by id; those that nobody asked about are left out."""
    found = {}
    for some in each_once(article_ids):
        for row in conn.execute(sa.select(second_turn).where(second_turn.c.article_id.in_(some))):
            found[row.article_id] = Turn(TurnState(row.state), row.at, row.tries, row.due_at, row.cause)
    return found


def count_turns(conn: sa.Connection) -> dict[TurnState, int]:
    """How many articles stand where."""
    counts = sa.select(second_turn.c.state, sa.func.count()).group_by(second_turn.c.state)
    return {TurnState(state): count for state, count in conn.execute(counts)}


def ask_again(conn: sa.Connection) -> int:
    """Let all that is given up or waits be asked about anew, at once; how many articles."""
    gone = sa.delete(second_turn).where(second_turn.c.state != TurnState.READ)
    return conn.execute(gone).rowcount


def keep_opinion(conn: sa.Connection, held: StoredOpinion) -> None:
    """Keep what the second reader says of a telling."""
    row = {
        "telling_id": held.telling_id,
        "article_id": held.article_id,
        "model": held.model,
        "opinion": None if held.opinion is None else to_plain(held.opinion),
        "finds_none": held.finds_none,
        "at": held.at,
    }
    put(conn, second_opinion, row)


def opinions_of(conn: sa.Connection, story_id: int) -> tuple[StoredOpinion, ...]:
    """What the second reader says of the tellings of a story, of the surest one first."""
    joined = sa.select(second_opinion).join(story_article, story_article.c.id == second_opinion.c.telling_id)
    asked = joined.where(story_article.c.story_id == story_id)
    rows = conn.execute(asked.order_by(story_article.c.score.desc(), story_article.c.id))
    return tuple(_stored(row) for row in rows)


def opinions_on(conn: sa.Connection, candidate_ids: Collection[int]) -> dict[int, tuple[StoredOpinion, ...]]:
    """What the second reader says of some candidates, by their ids, of the surest telling first; only where it does."""
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
    """What a day has taken."""
    row = conn.execute(sa.select(second_day).where(second_day.c.day == day)).mappings().one_or_none()
    return Spending(**{name: row[name] for name in asdict(_NOTHING)}) if row else _NOTHING


def spend(conn: sa.Connection, day: str, more: Spending) -> None:
    """Add to what a day has taken; numbers may be below 0, where less was taken than was counted before."""
    added = asdict(more)
    columns = {name: second_day.c[name] + value for name, value in added.items()}
    new = insert(conn, second_day).values(day=day, **added)
    conn.execute(new.on_conflict_do_update(index_elements=["day"], set_=columns))


def forget_opinions(conn: sa.Connection, telling_ids: Collection[int]) -> None:
    """Drop what was said of some tellings: they are gone, or say something else now."""
    for some in each_once(telling_ids):
        conn.execute(sa.delete(second_opinion).where(second_opinion.c.telling_id.in_(some)))


def forget_articles(conn: sa.Connection, article_ids: Collection[int]) -> None:
    """Drop all that the second reader has of some articles: what was answered quotes their texts."""
    for some in each_once(article_ids):
        digests = sa.select(second_turn.c.digest).where(second_turn.c.article_id.in_(some))
        conn.execute(sa.delete(second_answer).where(second_answer.c.digest.in_(digests)))
        for table in (second_opinion, second_turn):
            conn.execute(sa.delete(table).where(table.c.article_id.in_(some)))
