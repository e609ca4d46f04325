"""Candidates: the queue, single ones, and their review state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.errors import Conflict
from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Candidate, CandidateKind, CandidateState, Contrast, Reason, StoryArticle
from offing.model.review.decision import effective_facts
from offing.model.review.queue import DAILY_BUDGET
from offing.model.sources.article import Completeness, page_at
from offing.model.values.codec import from_plain
from offing.model.values.numbers import HIGHEST_ID
from offing.model.values.vocabulary import Speaker
from offing.store.database.batch import parts
from offing.store.tables import article, candidate, evidence, story_article

__all__ = ["NewState", "candidates", "effective_facts", "get_candidate", "hold", "queued", "set_state"]


@dataclass(frozen=True, slots=True)
class NewState:
    """The new review state of a candidate."""

    state: CandidateState
    defer_until: datetime | None = None
    duplicate_of: int | None = None


def get_candidate(conn: sa.Connection, candidate_id: int) -> Candidate | None:
    """One candidate with its articles and evidence; None if no row has this id."""
    return next(iter(candidates(conn, (candidate_id,))), None)


def candidates(conn: sa.Connection, ids: Iterable[int]) -> tuple[Candidate, ...]:
    """The candidates of these ids, in the order of the ids; unknown ids are left out."""
    wanted = [each for each in dict.fromkeys(ids) if 0 < each <= HIGHEST_ID]
    rows = {row.id: row for part in parts(wanted) for row in conn.execute(_select(part))}
    return _filled(conn, [rows[each] for each in wanted if each in rows])


def hold(conn: sa.Connection, candidate_id: int) -> None:
    """Lock a candidate until the end of this transaction; SQLite has one writer anyway."""
    conn.execute(sa.select(candidate.c.id).where(candidate.c.id == candidate_id).with_for_update())


def versions(conn: sa.Connection, ids: Iterable[int]) -> dict[int, int]:
    """How often each of some candidates was changed, as `Candidate.version`; unknown ids are left out."""
    found: dict[int, int] = {}
    for part in parts(ids):
        chosen = sa.select(candidate.c.id, candidate.c.version).where(candidate.c.id.in_(part))
        found.update((row.id, row.version) for row in conn.execute(chosen))
    return found


def queued(
    conn: sa.Connection, now: datetime, *, today: str | None = None, budget: int = DAILY_BUDGET
) -> tuple[Candidate, ...]:
    """What waits for a decision, best first.

    Args:
        conn: an open transaction.
        now: candidates deferred until then are in the queue again.
        today: an ISO day: only the first `budget`, followed by the audit sample of that day.
        budget: how many candidates a day can take.

    Returns:
        Undecided candidates above the cut and deferred ones that are due again; never the audit sample
        without `today`, nor a merged candidate.
    """
    back = sa.and_(candidate.c.state == CandidateState.DEFERRED, candidate.c.defer_until <= now)
    due = sa.or_(sa.and_(candidate.c.state == CandidateState.OPEN, candidate.c.above_cut), back)
    live = candidate.c.merged_into.is_(None)
    best_first = sa.select(candidate).where(due, live).order_by(candidate.c.score.desc(), candidate.c.id)
    if today is None:
        return _filled(conn, list(conn.execute(best_first)))
    rows = list(conn.execute(best_first.limit(budget)))
    sample = sa.select(candidate).where(candidate.c.audit_day == today, candidate.c.state == CandidateState.OPEN, live)
    seen = {row.id for row in rows}
    drawn = conn.execute(sample.where(sa.not_(candidate.c.above_cut)).order_by(candidate.c.id))
    return _filled(conn, [*rows, *(row for row in drawn if row.id not in seen)])


def made_between(conn: sa.Connection, begin: datetime, end: datetime) -> tuple[int, ...]:
    """The candidates above the cut that were made within a period, best first."""
    within = (candidate.c.created_at >= begin) & (candidate.c.created_at < end) & candidate.c.above_cut
    chosen = sa.select(candidate.c.id).where(within, candidate.c.merged_into.is_(None))
    return tuple(conn.execute(chosen.order_by(candidate.c.score.desc(), candidate.c.id)).scalars())


def set_state(conn: sa.Connection, candidate_id: int, version: int, new: NewState) -> int:
    """Write the review state of a candidate.

    Args:
        conn: an open transaction that may write.
        candidate_id: the candidate.
        version: the version that was read.
        new: the new state.

    Returns:
        The version after the change.

    Raises:
        Conflict: the candidate has changed since it was read.
    """
    change = (
        sa.update(candidate)
        .where(candidate.c.id == candidate_id, candidate.c.version == version)
        .values(
            state=new.state, defer_until=new.defer_until, duplicate_of=new.duplicate_of, version=candidate.c.version + 1
        )
    )
    if conn.execute(change).rowcount != 1:
        raise Conflict(f"candidate {candidate_id} was changed meanwhile: look at it again before you decide")
    return version + 1


def stands_alone(conn: sa.Connection, candidate_id: int) -> None:
    """Clear what a candidate updates, once it has become a record itself; an audit candidate stays one."""
    kind = sa.case((candidate.c.kind == CandidateKind.UPDATE, CandidateKind.NEW), else_=candidate.c.kind)
    change = sa.update(candidate).where(candidate.c.id == candidate_id, candidate.c.update_of.is_not(None))
    conn.execute(change.values(update_of=None, kind=kind))


def _select(ids: list[int]) -> sa.Select[tuple[object, ...]]:
    return sa.select(candidate).where(candidate.c.id.in_(ids))


def _filled(conn: sa.Connection, rows: list[sa.Row[tuple[object, ...]]]) -> tuple[Candidate, ...]:
    """Candidates from rows; articles and evidence are read in batches, not row by row."""
    articles = _articles(conn, [row.story_id for row in rows])
    proofs = _evidence(conn, [row.id for row in rows])
    return tuple(_candidate(row, tuple(articles[row.story_id]), tuple(proofs[row.id])) for row in rows)


def _articles(conn: sa.Connection, story_ids: list[int]) -> dict[int, list[StoryArticle]]:
    by_story: dict[int, list[StoryArticle]] = defaultdict(list)
    columns = (
        *(article.c.id, article.c.url, article.c.title, article.c.outlet, article.c.language, article.c.published),
        *(article.c.completeness, article.c.completeness_sign, article.c.withheld_at),
    )
    joined = sa.select(story_article.c.story_id, *columns).distinct().join_from(story_article, article)
    for part in parts(story_ids):
        for row in conn.execute(joined.where(story_article.c.story_id.in_(part)).order_by(article.c.id)):
            by_story[row.story_id].append(_story_article(row))
    return by_story


def _story_article(row: Any) -> StoryArticle:
    return StoryArticle(
        article_id=row.id,
        url=row.url,
        title=row.title,
        outlet=row.outlet,
        language=row.language,
        published=row.published,
        completeness=Completeness(row.completeness),
        completeness_sign=row.completeness_sign,
        withheld=row.withheld_at is not None,
    )


def _evidence(conn: sa.Connection, candidate_ids: list[int]) -> dict[int, list[Evidence]]:
    proofs: dict[int, list[Evidence]] = defaultdict(list)
    select = sa.select(evidence, article.c.pages).join_from(evidence, article)
    for part in parts(candidate_ids):
        rows = conn.execute(select.where(evidence.c.candidate_id.in_(part)).order_by(evidence.c.id)).all()
        printed = _printed(conn, {row.article_id for row in rows if row.pages})
        for row in rows:
            page = page_at(*printed[row.article_id], row.start) if row.article_id in printed else None
            proofs[row.candidate_id].append(_quote(row, page))
    return proofs


def _printed(conn: sa.Connection, ids: set[int]) -> dict[int, tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """Title, paragraphs and pages of printed documents, by article; no query if there are none."""
    columns = sa.select(article.c.id, article.c.title, article.c.paragraphs, article.c.pages)
    chosen = (columns.where(article.c.id.in_(some)) for some in parts(sorted(ids)))
    rows = (row for each in chosen for row in conn.execute(each))
    return {row.id: (row.title, tuple(row.paragraphs), tuple(row.pages)) for row in rows}


def _quote(row: Any, page: int | None) -> Evidence:
    return Evidence(
        field=FieldName(row.field),
        value=row.value,
        article_id=row.article_id,
        start=row.start,
        end=row.end,
        text=row.quote,
        speaker=Speaker(row.speaker) if row.speaker else None,
        page=page,
    )


def _candidate(
    row: sa.Row[tuple[object, ...]], articles: tuple[StoryArticle, ...], proofs: tuple[Evidence, ...]
) -> Candidate:
    return Candidate(
        id=row.id,
        kind=CandidateKind(row.kind),
        state=CandidateState(row.state),
        facts=from_plain(row.facts, ProjectFacts),
        evidence=proofs,
        reasons=from_plain(row.reasons, tuple[Reason, ...]),
        score=row.score,
        story_id=row.story_id,
        articles=articles,
        created_at=row.created_at,
        version=row.version,
        defer_until=row.defer_until,
        duplicate_of=row.duplicate_of,
        produced_by=row.produced_by,
        outlets=row.outlets,
        independent=row.independent,
        contrasts=from_plain(row.contrasts or [], tuple[Contrast, ...]),
        merged_into=row.merged_into,
        update_of=row.update_of,
    )
