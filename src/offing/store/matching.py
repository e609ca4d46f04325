"""What matching reads and writes: candidates with their words, the few that may tell of the same, pairs, kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.candidate import CandidateKind, CandidateState
from offing.model.codec import from_plain
from offing.model.known import KnownProject
from offing.model.mention import KnownName, MentionKind, Standing
from offing.model.pairing import Pair, Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.model.run import Stamp
from offing.store.project import home_of, redirects
from offing.store.tables import (
    article,
    candidate,
    evidence,
    known_key,
    known_project,
    mention,
    pair,
    project_candidate,
    story,
    story_article,
    story_key,
)
from offing.store.upsert import insert

BATCH = 500
_LOOKED_UP = 400  # places in the lists of keys, for one candidate
_FEW = 60  # a key that has so few is always looked up
NEAREST = 16  # candidates, and known projects, that are looked at closely
_OPEN = (CandidateState.OPEN, CandidateState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one article tells of a candidate's project: headline ("" where it tells of others too) and words."""

    telling_id: int
    article_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A known project that an article names: its thing, what its surest name says of it, and how many names stand."""

    target: str
    value: KnownName
    names: int


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """Where a candidate stands: in review, in time, and in a record.

    `url` is that of its first article. `counts`: it is one that others may be updates of, unless it was rejected.
    """

    id: int
    state: CandidateState
    kind: CandidateKind
    first_at: datetime
    url: str
    counts: bool
    update_of: str | None = None
    project_id: str | None = None

    @property
    def thing(self) -> Thing:
        """The candidate as a thing."""
        return Thing(ThingKind.CANDIDATE, str(self.id))

    @property
    def place(self) -> tuple[datetime, str]:
        """By what candidates are ordered, whichever came first to us."""
        return self.first_at, self.url


@dataclass(frozen=True, slots=True)
class CandidateTold:
    """A candidate as matching reads it, its articles in order; `named` are the known projects that they name."""

    at: CandidatePlace
    facts: ProjectFacts
    passages: tuple[Passage, ...]
    named: tuple[Named, ...] = ()


def candidate_places(conn: sa.Connection, ids: Iterable[int]) -> dict[int, CandidatePlace]:
    """Where candidates stand, without those that were merged into others."""
    return {number: _place(row, home) for number, (row, home) in _rows(conn, ids).items()}


def candidates_told(conn: sa.Connection, ids: Iterable[int]) -> dict[int, CandidateTold]:
    """Candidates with their words, without those that were merged into others or tell nothing."""
    rows = _rows(conn, ids)
    found: dict[int, CandidateTold] = {}
    for part in _parts(sorted(rows)):
        passages = _passages(conn, [rows[number][0].story_id for number in part])
        named = _named(conn, {each.article_id for told in passages.values() for each in told})
        for number in part:
            row, home = rows[number]
            told = passages.get(row.story_id, [])
            names = {name.target: name for each in told for name in named.get(each.article_id, ())}
            facts = from_plain(row.facts, ProjectFacts)
            found[number] = CandidateTold(_place(row, home), facts, tuple(told), tuple(names.values()))
    return {number: each for number, each in found.items() if each.passages}


def _rows(conn: sa.Connection, ids: Iterable[int]) -> dict[int, tuple[Any, str | None]]:
    """The rows of candidates, each with the record that it is part of."""
    merged, found = redirects(conn), {}
    first = (
        sa.select(article.c.url)
        .join(story_article, story_article.c.article_id == article.c.id)
        .where(story_article.c.story_id == candidate.c.story_id)
        .order_by(story_article.c.at, article.c.url)
        .limit(1)
        .scalar_subquery()
    )
    columns = sa.select(candidate, story.c.first_at, first.label("url"), project_candidate.c.project_id)
    joined = columns.join(story, story.c.id == candidate.c.story_id).outerjoin(
        project_candidate, project_candidate.c.candidate_id == candidate.c.id
    )
    for part in _parts(sorted(set(ids))):
        chosen = joined.where(candidate.c.id.in_(part), candidate.c.merged_into.is_(None))
        for row in conn.execute(chosen):
            found[row.id] = row, row.project_id and home_of(row.project_id, merged)
    return found


def _place(row: Any, home: str | None) -> CandidatePlace:
    return CandidatePlace(
        id=row.id,
        state=CandidateState(row.state),
        kind=CandidateKind(row.kind),
        first_at=row.first_at,
        url=row.url or "",
        counts=row.above_cut or row.state not in _OPEN,
        update_of=row.update_of,
        project_id=home,
    )


def _passages(conn: sa.Connection, story_ids: list[int]) -> dict[int, list[Passage]]:
    other = story_article.alias("other")
    number = sa.select(sa.func.count()).where(other.c.article_id == story_article.c.article_id).scalar_subquery()
    chosen = (
        sa.select(story_article.c.id, story_article.c.story_id, article.c.id.label("article_id"), article.c.title)
        .add_columns(article.c.paragraphs, number.label("projects"))
        .join_from(story_article, article)
        .where(story_article.c.story_id.in_(story_ids))
        .order_by(story_article.c.at, article.c.url, story_article.c.ordinal)
    )
    rows = list(conn.execute(chosen))
    quoted = _quoted(conn, [row.id for row in rows if row.projects > 1])
    found: dict[int, list[Passage]] = defaultdict(list)
    for row in rows:
        paragraphs = row.paragraphs if row.projects == 1 else _around(row, quoted.get(row.id, []))
        title = row.title if row.projects == 1 else ""
        found[row.story_id].append(Passage(row.id, row.article_id, title, "\n".join(paragraphs)))
    return found


def _quoted(conn: sa.Connection, telling_ids: list[int]) -> dict[int, list[int]]:
    """Where the quotes of tellings stand in their articles; no question where there are none."""
    found: dict[int, list[int]] = defaultdict(list)
    if telling_ids:
        chosen = sa.select(evidence.c.telling_id, evidence.c.start).where(evidence.c.telling_id.in_(telling_ids))
        for row in conn.execute(chosen):
            found[row.telling_id].append(row.start)
    return found


def _around(row: Any, starts: Sequence[int]) -> list[str]:
    """The paragraphs in which some places stand."""
    found, at = [], len(row.title) + 2
    for paragraph in row.paragraphs:
        end = at + len(paragraph)
        if any(at <= start <= end for start in starts):
            found.append(paragraph)
        at = end + 2
    return found


def _named(conn: sa.Connection, article_ids: set[int]) -> dict[int, list[Named]]:
    chosen = sa.select(mention.c.article_id, mention.c.key, mention.c.name, mention.c.value)
    of_projects = (mention.c.kind == MentionKind.PROJECT, mention.c.article_id.in_(sorted(article_ids)))
    said: dict[tuple[int, str], dict[str, KnownName]] = defaultdict(dict)
    for row in conn.execute(chosen.where(*of_projects).order_by(mention.c.id)):
        if row.key and row.value:
            said[row.article_id, row.key][row.name] = from_plain(row.value, KnownName)
    found: dict[int, list[Named]] = defaultdict(list)
    for (article_id, target), values in said.items():
        surest = min(values.values(), key=lambda value: (value.standing is Standing.SITE, str(value.standing)))
        found[article_id].append(Named(target, surest, len(values)))
    return found


def keep_keys(conn: sa.Connection, told: CandidateTold, keys: Collection[str], mark: str) -> None:
    """Let a candidate be found by keys, which stand with the first of its tellings; older ones go."""
    ids = [each.telling_id for each in told.passages]
    of_matching = story_key.c.key.startswith(mark, autoescape=True)
    conn.execute(sa.delete(story_key).where(story_key.c.telling_id.in_(ids), of_matching))
    rows = [{"key": key, "telling_id": ids[0], "at": told.at.first_at} for key in sorted(keys)]
    if rows:
        conn.execute(insert(conn, story_key).on_conflict_do_nothing(), rows)


def near_candidates(conn: sa.Connection, keys: Collection[str]) -> tuple[int, ...]:
    """The candidates that share the rarest keys, the likeliest first."""
    nearest = _nearest(conn, story_key.c.key, story_key.c.telling_id, keys)
    chosen = (
        sa.select(story_article.c.id, candidate.c.id.label("candidate_id"))
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .where(story_article.c.id.in_(nearest), candidate.c.merged_into.is_(None))
    )
    whose = {row.id: row.candidate_id for row in conn.execute(chosen)}
    return tuple(dict.fromkeys(whose[each] for each in nearest if each in whose))


def near_known(conn: sa.Connection, keys: Collection[str]) -> dict[Thing, KnownProject]:
    """The known projects that share the rarest keys, the likeliest first."""
    nearest = _nearest(conn, known_key.c.key, known_key.c.known_id, keys)
    rows = {row.id: row for row in conn.execute(sa.select(known_project).where(known_project.c.id.in_(nearest)))}
    found = (rows[each] for each in nearest if each in rows)
    return {
        Thing(ThingKind.KNOWN, f"{row.source}:{row.key}"): KnownProject(
            row.source, row.key, from_plain(row.facts, ProjectFacts), row.description, row.year
        )
        for row in found
    }


def _nearest(conn: sa.Connection, key: sa.Column[str], of: sa.Column[int], keys: Collection[str]) -> tuple[int, ...]:
    """What shares keys, rare ones counting more; keys that very many have are left out as long as there are others."""
    counted = sa.select(key, sa.func.count().label("number")).where(key.in_(sorted(keys))).group_by(key)
    counts = {row.key: row.number for row in conn.execute(counted)}
    chosen, left = [], _LOOKED_UP
    for name in sorted(counts, key=lambda each: (counts[each], each)):
        left -= counts[name]
        if left >= 0 or counts[name] <= _FEW:
            chosen.append(name)
    totals: dict[int, float] = defaultdict(float)
    for row in conn.execute(sa.select(key.label("key"), of.label("of")).where(key.in_(chosen))):
        totals[row.of] += 1 / (1 + counts[row.key]) ** 0.5
    return tuple(sorted(totals, key=lambda each: (-round(totals[each], 9), each))[:NEAREST])


def keep_pairs(conn: sa.Connection, mine: CandidatePlace, pairs: Iterable[Pair], stamp: Stamp) -> None:
    """Let these be the pairs that a candidate is part of, on either side."""
    conn.execute(sa.delete(pair).where(sa.or_(pair.c.candidate_id == mine.id, pair.c.target == str(mine.thing))))
    rows = [
        {
            "candidate_id": each.candidate_id,
            "target": str(each.target),
            "relation": each.relation,
            "score": each.score,
            "reasons": list(each.reasons),
            "at": stamp.at,
            "produced_by": stamp.by,
        }
        for each in pairs
    ]
    if rows:
        conn.execute(sa.insert(pair), rows)


def forget_pairs(conn: sa.Connection, candidate_ids: Collection[int]) -> None:
    """Drop the pairs and what candidates are updates of, since others stand for them now."""
    things = [f"{ThingKind.CANDIDATE}:{each}" for each in candidate_ids]
    conn.execute(sa.delete(pair).where(sa.or_(pair.c.candidate_id.in_(candidate_ids), pair.c.target.in_(things))))


def paired_with(conn: sa.Connection, candidate_ids: Collection[int]) -> frozenset[int]:
    """The candidates whose pairs name one of these, or that are called an update of one."""
    things = [f"{ThingKind.CANDIDATE}:{each}" for each in candidate_ids]
    by_pair = sa.select(pair.c.candidate_id).where(pair.c.target.in_(things))
    by_kind = sa.select(candidate.c.id).where(candidate.c.update_of.in_(things))
    return frozenset(conn.execute(sa.union(by_pair, by_kind)).scalars())


def set_update_of(conn: sa.Connection, told: CandidatePlace, update_of: Thing | None) -> bool:
    """Write what an undecided candidate is an update of; whether that changed anything. One of an audit stays that."""
    kind = CandidateKind.UPDATE if update_of else CandidateKind.NEW
    kind = told.kind if told.kind is CandidateKind.AUDIT else kind
    name = str(update_of) if update_of else None
    if told.state not in _OPEN or (told.kind, told.update_of) == (kind, name):
        return False
    change = sa.update(candidate).where(candidate.c.id == told.id, candidate.c.state.in_(_OPEN))
    means_more = int((told.update_of is None) != (name is None))  # a record in place of its candidate surprises nobody
    conn.execute(change.values(kind=kind, update_of=name, version=candidate.c.version + means_more))
    return True


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
