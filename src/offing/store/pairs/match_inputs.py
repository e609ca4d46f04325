"""What matching reads about candidates: their state, and their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import KnownName, MentionKind, NameReliability
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.decision import Judgement
from offing.model.values.codec import from_plain
from offing.store.database.batch import each_once
from offing.store.records.membership import home_of
from offing.store.tables import (
    article,
    candidate,
    decision,
    evidence,
    mention,
    project_candidate,
    split_candidate,
    story,
    story_article,
)

UNDECIDED = (CandidateState.OPEN, CandidateState.DEFERRED)
_SUREST = (NameReliability.APART, NameReliability.OWN, NameReliability.SITE, NameReliability.LIKE, NameReliability.PART)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one article says about a candidate's project: headline ("" if it reports others too) and words."""

    telling_id: int
    article_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A known project that an article names: its id, the value of its most reliable name, and the number of names.

    `start` is the first position of its most reliable names, title first; `in_words`: one of these has several words,
    so that it is more than the name of a town.
    """

    target: str
    value: KnownName
    names: int
    start: int
    in_words: bool


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """A candidate's position: in review, in time, and in a record.

    `url` is that of its first article. `counts`: others may be updates of it, unless it was rejected.
    `waits_for` is what an accepted candidate was accepted into, as long as it is part of no record.
    """

    id: int
    state: CandidateState
    kind: CandidateKind
    first_at: datetime
    url: str
    counts: bool
    update_of: str | None = None
    project_id: str | None = None
    waits_for: str | None = None

    @property
    def ref(self) -> Ref:
        """The candidate as an item."""
        return Ref.candidate(self.id)

    @property
    def place(self) -> tuple[datetime, str]:
        """The sort key of candidates, independent of the order in which they arrived."""
        return self.first_at, self.url

    @property
    def footing(self) -> tuple[bool, bool, str | None]:
        """The part of its state that affects how it is compared with others."""
        return self.state is CandidateState.ACCEPTED, self.counts, self.project_id


@dataclass(frozen=True, slots=True)
class MatchInput:
    """A candidate as matching reads it, its articles in order; `named` are the known projects they name."""

    at: CandidatePlace
    facts: ProjectFacts
    passages: tuple[Passage, ...]
    named: tuple[NamedProject, ...] = ()


def candidate_places(conn: sa.Connection, ids: Iterable[int], merged: Mapping[str, str]) -> dict[int, CandidatePlace]:
    """Return the positions of candidates, without merged ones; `merged` maps merged records to their targets."""
    return {number: _place(row, home) for number, (row, home) in _rows(conn, ids, merged).items()}


def match_inputs(conn: sa.Connection, ids: Iterable[int], merged: Mapping[str, str]) -> dict[int, MatchInput]:
    """Return candidates with their words, without those that were merged or have no telling."""
    rows = _rows(conn, ids, merged)
    found: dict[int, MatchInput] = {}
    for part in each_once(rows):
        passages = _passages(conn, [rows[number][0].story_id for number in part])
        named = _named(conn, {each.article_id for own in passages.values() for each in own})
        for number in part:
            row, home = rows[number]
            own = passages.get(row.story_id, [])
            names = {name.target: name for each in own for name in named.get(each.article_id, ())}
            facts = from_plain(row.facts, ProjectFacts)
            found[number] = MatchInput(_place(row, home), facts, tuple(own), tuple(names.values()))
    return {number: each for number, each in found.items() if each.passages}


def _rows(conn: sa.Connection, ids: Iterable[int], merged: Mapping[str, str]) -> dict[int, tuple[Any, str | None]]:
    """Return the rows of candidates, each with the record it is part of."""
    found = {}
    for part in each_once(ids):
        for row in conn.execute(_candidate_places().where(candidate.c.id.in_(part))):
            own = row.split_to or row.project_id  # of several splits the newest comes last
            found[row.id] = row, own and home_of(own, merged)
    return found


@cache
def _candidate_places() -> sa.Select[Any]:
    """Return candidates with their positions; cached, since it is run several times per candidate."""
    first = (
        sa.select(article.c.url)
        .join(story_article, story_article.c.article_id == article.c.id)
        .where(story_article.c.story_id == candidate.c.story_id)
        .order_by(story_article.c.at, article.c.url)
        .limit(1)
        .scalar_subquery()
    )
    into = (
        sa.select(decision.c.into)
        .where(decision.c.candidate_id == candidate.c.id, decision.c.judgement == Judgement.ACCEPT)
        .order_by(decision.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = sa.select(candidate, story.c.first_at, first.label("url"), project_candidate.c.project_id)
    columns = columns.add_columns(into.label("into"), split_candidate.c.project_id.label("split_to"))
    joined = (
        columns.join(story, story.c.id == candidate.c.story_id)
        .outerjoin(project_candidate, project_candidate.c.candidate_id == candidate.c.id)
        .outerjoin(split_candidate, split_candidate.c.candidate_id == candidate.c.id)
    )
    return joined.where(candidate.c.merged_into.is_(None)).order_by(split_candidate.c.change_id)


def _place(row: Any, home: str | None) -> CandidatePlace:
    return CandidatePlace(
        id=row.id,
        state=CandidateState(row.state),
        kind=CandidateKind(row.kind),
        first_at=row.first_at,
        url=row.url or "",
        counts=row.above_cut or row.state not in UNDECIDED,
        update_of=row.update_of,
        project_id=home,
        waits_for=row.into if home is None and row.state == CandidateState.ACCEPTED else None,
    )


def _passages(conn: sa.Connection, story_ids: list[int]) -> dict[int, list[Passage]]:
    leading = story_article.c.repeats.is_(None)  # the rest say the same
    rows = list(conn.execute(_articles_of_stories().where(story_article.c.story_id.in_(story_ids), leading)))
    quoted = _quoted(conn, [row.id for row in rows if row.projects > 1])
    found: dict[int, list[Passage]] = defaultdict(list)
    for row in rows:
        paragraphs = row.paragraphs if row.projects == 1 else _around(row, quoted.get(row.id, []))
        title = row.title if row.projects == 1 else ""
        found[row.story_id].append(Passage(row.id, row.article_id, title, "\n".join(paragraphs)))
    return found


@cache
def _articles_of_stories() -> sa.Select[Any]:
    """Return the articles of stories, each with the number of projects it reports."""
    other = story_article.alias("other")
    number = sa.select(sa.func.count()).where(other.c.article_id == story_article.c.article_id).scalar_subquery()
    chosen = sa.select(story_article.c.id, story_article.c.story_id, article.c.id.label("article_id"), article.c.title)
    joined = chosen.add_columns(article.c.paragraphs, number.label("projects")).join_from(story_article, article)
    return joined.order_by(story_article.c.at, article.c.url, story_article.c.ordinal)


def _quoted(conn: sa.Connection, telling_ids: list[int]) -> dict[int, list[int]]:
    """Return the positions of tellings' quotes in their articles; no query if there are none."""
    found: dict[int, list[int]] = defaultdict(list)
    if telling_ids:
        chosen = sa.select(evidence.c.telling_id, evidence.c.start).where(evidence.c.telling_id.in_(telling_ids))
        for row in conn.execute(chosen):
            found[row.telling_id].append(row.start)
    return found


def _around(row: Any, starts: Sequence[int]) -> list[str]:
    """Return the paragraphs that contain some positions."""
    found, at = [], len(row.title) + 2
    for paragraph in row.paragraphs:
        end = at + len(paragraph)
        if any(at <= start <= end for start in starts):
            found.append(paragraph)
        at = end + 2
    return found


def _named(conn: sa.Connection, article_ids: set[int]) -> dict[int, list[NamedProject]]:
    chosen = sa.select(mention.c.article_id, mention.c.key, mention.c.name, mention.c.value, mention.c.start)
    of_projects = (mention.c.kind == MentionKind.PROJECT, mention.c.article_id.in_(sorted(article_ids)))
    by_text: dict[tuple[int, str], dict[str, KnownName]] = defaultdict(dict)
    starts: dict[tuple[int, str, NameReliability], int] = {}
    for row in conn.execute(chosen.where(*of_projects).order_by(mention.c.id)):
        if row.key and row.value:
            value = by_text[row.article_id, row.key][row.name] = from_plain(row.value, KnownName)
            place = (row.article_id, row.key, value.standing)
            starts[place] = min(row.start, starts.get(place, row.start))
    found: dict[int, list[NamedProject]] = defaultdict(list)
    for (article_id, target), values in by_text.items():
        surest = min(values.values(), key=lambda value: _SUREST.index(value.standing))
        names = sum(value.standing is not NameReliability.PART for value in values.values())
        in_words = any(" " in name for name, value in values.items() if value.standing is surest.standing)
        start = starts[article_id, target, surest.standing]
        found[article_id].append(NamedProject(target, surest, names, start, in_words))
    return found
