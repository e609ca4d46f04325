"""Blocking of candidates and known projects: keys, and the few that share the rarest of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import CandidateState
from offing.model.values.codec import from_plain
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert
from offing.store.pairs.match_inputs import UNDECIDED, MatchInput
from offing.store.tables import article, candidate, known_key, known_project, story_article, story_key

NEAREST = 16  # candidates, and known projects, that are compared closely
_LOOKED_UP = 400  # rows of the key lists read for one candidate
_FEW = 60  # a key with so few entries is always looked up
_CLOSED = (CandidateState.REJECTED, CandidateState.DUPLICATE)  # nothing is an update of them


def keep_keys(conn: sa.Connection, candidate: MatchInput, keys: Collection[str], mark: str) -> None:
    """Replace a candidate's blocking keys, which are stored with the first of its tellings."""
    ids = [each.telling_id for each in candidate.passages]
    of_matching = story_key.c.key.startswith(mark, autoescape=True)
    conn.execute(sa.delete(story_key).where(story_key.c.telling_id.in_(ids), of_matching))
    rows = [{"key": key, "telling_id": ids[0], "at": candidate.at.first_at} for key in sorted(keys)]
    if rows:
        conn.execute(insert(conn, story_key).on_conflict_do_nothing(), rows)


def near_candidates(conn: sa.Connection, mine: int, keys: Collection[str]) -> tuple[int, ...]:
    """Return the other candidates that share the rarest keys, likeliest first.

    Candidates that nothing can update take no places from others, and of equal ones the earlier reported goes first:
    so the set compared does not depend on the order of arrival.
    """
    totals = _totals(conn, story_key.c.key, story_key.c.telling_id, keys)
    columns = sa.select(story_article.c.id, story_article.c.at, article.c.url, candidate.c.id.label("candidate_id"))
    joined = (
        columns.add_columns(candidate.c.state)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .join(article, article.c.id == story_article.c.article_id)
        .where(candidate.c.merged_into.is_(None), candidate.c.id != mine)
    )
    rows = [row for part in each_once(totals) for row in conn.execute(joined.where(story_article.c.id.in_(part))).all()]
    rows.sort(key=lambda row: (row.state in _CLOSED, -totals[row.id], row.at, row.url, row.candidate_id))
    return tuple(dict.fromkeys(row.candidate_id for row in rows))[:NEAREST]


def near_known(conn: sa.Connection, keys: Collection[str], paired: Iterable[Ref] = ()) -> dict[Ref, KnownProject]:
    """Return the known projects that share the rarest keys, likeliest first, plus some named explicitly."""
    totals = _totals(conn, known_key.c.key, known_key.c.known_id, keys)
    nearest = sorted(totals, key=lambda each: (-totals[each], each))[:NEAREST]
    sources: dict[str, list[str]] = defaultdict(list)
    for ref in paired:
        source, _, key = ref.key.partition(":")
        sources[source].append(key)
    table = known_project
    named = [sa.and_(table.c.source == source, table.c.key.in_(some)) for source, some in sorted(sources.items())]
    rows = {row.id: row for row in conn.execute(sa.select(table).where(sa.or_(table.c.id.in_(nearest), *named)))}
    ordered = dict.fromkeys((*(each for each in nearest if each in rows), *sorted(rows)))
    return dict(_known(rows[each]) for each in ordered)


def _known(row: sa.Row[tuple[object, ...]]) -> tuple[Ref, KnownProject]:
    facts = from_plain(row.facts, ProjectFacts)
    project = KnownProject(row.source, row.key, facts, row.description, row.year)
    return Ref.known(row.source, row.key), project


def _totals(conn: sa.Connection, key: sa.Column[str], of: sa.Column[int], keys: Collection[str]) -> dict[int, float]:
    """Return weighted key overlap, rare keys counting more.

    Very frequent keys are left out as long as there are others.
    """
    counted = sa.select(key, sa.func.count().label("number")).where(key.in_(sorted(keys))).group_by(key)
    counts = {row.key: row.number for row in conn.execute(counted).all()}
    chosen, left = [], _LOOKED_UP
    for name in sorted(counts, key=lambda each: (counts[each], each)):
        left -= counts[name]
        if left >= 0 or counts[name] <= _FEW:
            chosen.append(name)
    shared: dict[int, list[float]] = defaultdict(list)
    for name, each in conn.execute(sa.select(key, of).where(key.in_(chosen))).all():
        shared[each].append(1 / (1 + counts[name]) ** 0.5)
    return {each: round(sum(sorted(worths)), 9) for each, worths in shared.items()}


def drawn_otherwise(conn: sa.Connection, mark: str, below: int | None, limit: int) -> tuple[int, ...]:
    """Return some of the candidates whose keys do not have this mark, newest first.

    Args:
        conn: a connection.
        mark: the mark of keys computed by the current rules.
        below: only candidates with smaller ids.
        limit: at most so many.
    """
    own = story_article.c.story_id == candidate.c.story_id
    marked = sa.exists().where(own, story_key.c.telling_id == story_article.c.id, story_key.c.key == mark)
    chosen = sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None), sa.exists().where(own), ~marked)
    if below is not None:
        chosen = chosen.where(candidate.c.id < below)
    return tuple(conn.execute(chosen.order_by(candidate.c.id.desc()).limit(limit)).scalars())


def waiting_near(conn: sa.Connection, known_ids: Collection[int]) -> frozenset[int]:
    """Return the undecided candidates that share a key with some known projects."""
    keys: set[str] = set()
    for part in each_once(known_ids):
        keys.update(conn.execute(sa.select(known_key.c.key).where(known_key.c.known_id.in_(part)).distinct()).scalars())
    joined = (
        sa.select(candidate.c.id)
        .join(story_article, story_article.c.story_id == candidate.c.story_id)
        .join(story_key, story_key.c.telling_id == story_article.c.id)
        .where(candidate.c.merged_into.is_(None), candidate.c.state.in_(UNDECIDED))
        .distinct()
    )
    found = (conn.execute(joined.where(story_key.c.key.in_(part))).scalars() for part in each_once(keys))
    return frozenset(each for some in found for each in some)
