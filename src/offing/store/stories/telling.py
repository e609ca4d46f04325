"""Tellings: what each article says of each project, its story, and its blocking keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import Reason
from offing.model.review.story import PlacedTelling, Telling
from offing.model.values.codec import from_plain, to_plain
from offing.store.candidates.second_reader import forget_opinions
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert, is_any
from offing.store.tables import article, candidate, evidence, story_article, story_key


def has_tellings(conn: sa.Connection, article_id: int) -> bool:
    """Return whether an article's proposals are already in stories."""
    return is_any(conn, sa.select(story_article.c.id).where(story_article.c.article_id == article_id))


def tellings(conn: sa.Connection, ids: Iterable[int]) -> dict[int, PlacedTelling]:
    """Return the tellings with these ids, without the value of their sums; unknown ids are left out."""
    chosen = (_selected().where(story_article.c.id.in_(some)) for some in each_once(ids))
    return {row.id: _placed(row) for each in chosen for row in conn.execute(each)}


def _selected() -> sa.Select[Any]:
    other = story_article.alias("other")
    projects = sa.select(sa.func.count()).where(other.c.article_id == story_article.c.article_id)
    columns = (story_article.c[name] for name in _TOLD)
    of_article = (article.c[name] for name in ("url", "outlet", "domain", "language", "title", "text_hash"))
    at = sa.func.coalesce(story_article.c.at, article.c.published, article.c.extracted_at)
    return (
        sa.select(*columns, *of_article, sa.type_coerce(at, article.c.extracted_at.type).label("at"))
        .add_columns(projects.scalar_subquery().label("projects"))
        .join_from(story_article, article)
        .order_by(story_article.c.id)
    )


_TOLD = (
    "id",
    "story_id",
    "article_id",
    "ordinal",
    "facts",
    "score",
    "reasons",
    "sketch",
    "gist",
    "stood_in",
    "repeats",
)


def _placed(row: Any) -> PlacedTelling:
    telling = Telling(
        id=row.id,
        article_id=row.article_id,
        ordinal=row.ordinal,
        url=row.url,
        outlet=row.outlet or row.domain,
        language=row.language,
        title=row.title,
        at=row.at,
        facts=from_plain(row.facts, ProjectFacts),
        score=row.score,
        reasons=from_plain(row.reasons or [], tuple[Reason, ...]),
        text_hash=row.text_hash,
        sketch=row.sketch or b"",
        gist=row.gist or b"",
        alone=row.projects == 1,
    )
    return PlacedTelling(telling, row.story_id, tuple(row.stood_in or (row.story_id,)), row.repeats)


def tellings_in(conn: sa.Connection, article_ids: Iterable[int]) -> dict[int, PlacedTelling]:
    """Return the tellings of some articles, by their ids."""
    ids: list[int] = []
    for some in each_once(article_ids):
        chosen = story_article.c.article_id.in_(some)
        ids += conn.execute(sa.select(story_article.c.id).where(chosen)).scalars()
    return tellings(conn, ids)


def tellings_of(conn: sa.Connection, story_ids: Iterable[int], *, repeats: bool = False) -> frozenset[int]:
    """Return the ids of the tellings in some stories, with or without those that repeat another."""
    found: set[int] = set()
    among = sa.true() if repeats else story_article.c.repeats.is_(None)
    for some in each_once(story_ids):
        chosen = story_article.c.story_id.in_(some)
        found.update(conn.execute(sa.select(story_article.c.id).where(chosen, among)).scalars())
    return frozenset(found)


def near_tellings(
    conn: sa.Connection, times: tuple[datetime, datetime], asked: Iterable[tuple[frozenset[str], timedelta | None]]
) -> set[int]:
    """Return the ids of the tellings that have any of some keys.

    Args:
        conn: the database.
        times: of the first and the last of the tellings whose keys these are; they are among the results once their
            keys are stored.
        asked: keys, each with how far before or after these times their matches may lie, None for any time.
    """
    found: set[int] = set()
    for keys, within in asked:
        chosen = sa.select(story_key.c.telling_id).distinct()
        if within is not None:
            chosen = chosen.where(story_key.c.at.between(times[0] - within, times[1] + within))
        for some in each_once(keys):
            found.update(conn.execute(chosen.where(story_key.c.key.in_(some))).scalars())
    return found


def insert_telling(
    conn: sa.Connection, placed: PlacedTelling, candidate_id: int, proofs: Iterable[Evidence], keys: Iterable[str]
) -> int:
    """Store a new telling with its quotes and its keys; return its id."""
    telling = placed.telling
    row = {
        "story_id": placed.story_id,
        "article_id": telling.article_id,
        "ordinal": telling.ordinal,
        "facts": to_plain(telling.facts),
        "score": telling.score,
        "reasons": to_plain(telling.reasons, tuple[Reason, ...]),
        "at": telling.at,
        "sketch": telling.sketch,
        "gist": telling.gist or None,
        "stood_in": list(placed.stood_in),
        "repeats": placed.repeats,
    }
    number: int = conn.execute(sa.insert(story_article).values(**row).returning(story_article.c.id)).scalar_one()
    stored = replace(telling, id=number)
    _keep_proofs(conn, stored, candidate_id, proofs)
    keep_keys(conn, stored, keys)
    return number


def rewrite_telling(conn: sa.Connection, telling: Telling, proofs: Iterable[Evidence], keys: Iterable[str]) -> None:
    """Replace the facts and quotes of a stored telling; it keeps its place until settled."""
    values = {
        "facts": to_plain(telling.facts),
        "score": telling.score,
        "reasons": to_plain(telling.reasons, tuple[Reason, ...]),
        "gist": telling.gist or None,
    }
    standing = sa.select(candidate.c.id).join(story_article, story_article.c.story_id == candidate.c.story_id)
    candidate_id = conn.execute(standing.where(story_article.c.id == telling.id)).scalar_one()
    conn.execute(sa.update(story_article).where(story_article.c.id == telling.id).values(**values))
    forget_opinions(conn, [telling.id])
    conn.execute(sa.delete(evidence).where(evidence.c.telling_id == telling.id))
    conn.execute(sa.delete(story_key).where(story_key.c.telling_id == telling.id))
    _keep_proofs(conn, telling, candidate_id, proofs)
    keep_keys(conn, telling, keys)


def rescore_telling(conn: sa.Connection, telling: Telling) -> None:
    """Write the score of a stored telling and its reasons; the rest stays."""
    values = {"score": telling.score, "reasons": to_plain(telling.reasons, tuple[Reason, ...])}
    conn.execute(sa.update(story_article).where(story_article.c.id == telling.id).values(**values))


def _keep_proofs(conn: sa.Connection, telling: Telling, candidate_id: int, proofs: Iterable[Evidence]) -> None:
    of = {"article_id": telling.article_id, "candidate_id": candidate_id, "telling_id": telling.id}
    names = ("field", "value", "start", "end", "speaker")
    rows = [{name: getattr(proof, name) for name in names} | {"quote": proof.text} | of for proof in proofs]
    if rows:
        conn.execute(insert(conn, evidence).on_conflict_do_nothing(), rows)


def move_telling(conn: sa.Connection, placed: PlacedTelling, candidate_id: int) -> None:
    """Write the current story of a telling; its quotes go with it."""
    number = placed.telling.id
    change = sa.update(story_article).where(story_article.c.id == number)
    conn.execute(change.values(story_id=placed.story_id, stood_in=list(placed.stood_in)))
    quotes = sa.update(evidence).where(evidence.c.telling_id == number, evidence.c.candidate_id != candidate_id)
    conn.execute(quotes.values(candidate_id=candidate_id))


def unsketched(conn: sa.Connection, limit: int) -> tuple[int, ...]:
    """Return tellings stored before sketches and keys existed, oldest first."""
    chosen = sa.select(story_article.c.id).where(story_article.c.sketch.is_(None))
    return tuple(conn.execute(chosen.order_by(story_article.c.id).limit(limit)).scalars())


def complete_telling(conn: sa.Connection, telling: Telling, keys: Iterable[str]) -> None:
    """Add to an old telling what it is found by: its time, the reasons of its score, its sketch and its keys."""
    values = {"at": telling.at, "sketch": telling.sketch, "reasons": to_plain(telling.reasons, tuple[Reason, ...])}
    conn.execute(sa.update(story_article).where(story_article.c.id == telling.id).values(**values))
    keep_keys(conn, telling, keys)


def keep_keys(conn: sa.Connection, telling: Telling, keys: Iterable[str]) -> None:
    """Add blocking keys to a stored telling."""
    rows = [{"key": key, "telling_id": telling.id, "at": telling.at} for key in sorted(keys)]
    if rows:
        conn.execute(insert(conn, story_key).on_conflict_do_nothing(), rows)
