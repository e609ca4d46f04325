"""Candidates are matched: with earlier and later candidates, records, and the projects of other bases.

Each change of a candidate compares it anew with all that shares a key with it, on both sides in time, so that the order
of arrival plays no part. What a candidate is an update of follows from the pairs and from what people said of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import sqlalchemy as sa

from offing import __version__
from offing.config.layers import Layers
from offing.config.matching import load_counts, load_news
from offing.match.keys import MARK, match_keys
from offing.match.news_sketch import NewsSketch, news_sketch
from offing.match.resolve import bonds_of, parent_of
from offing.match.told import Told, account_of
from offing.match.vectors import Rarity
from offing.match.verdict import Judge
from offing.model.candidate import CandidateState
from offing.model.known import KnownProject
from offing.model.matching import Relation
from offing.model.mention import Standing
from offing.model.pairing import Bond, Pair, PairDecision, Thing, ThingKind
from offing.model.run import Stamp
from offing.steps.worth import dollars
from offing.store.matching import (
    CandidatePlace,
    CandidateTold,
    candidate_places,
    candidates_told,
    forget_pairs,
    keep_keys,
    keep_pairs,
    near_candidates,
    near_known,
    paired_with,
    set_update_of,
)
from offing.store.pair import pairs_of
from offing.store.pairing import standing_on
from offing.store.project import home_of, redirects

LISTED = 10  # pairs that are kept of one candidate beside those called the same or linked
_LEAST = 0.1  # score from which on a pair is worth keeping
_PASSAGE = 2_000  # characters of each article
_NO_PARENTS = (CandidateState.REJECTED, CandidateState.DUPLICATE)
_DEEPEST = 50  # updates of updates


@cache
def judge() -> Judge:
    """The judge by the rules that ship."""
    layers = Layers.of(None)
    counts = load_counts(layers)
    return Judge(load_news(layers), Rarity(counts.counts, counts.number))


def match_candidates(conn: sa.Connection, ids: Collection[int]) -> frozenset[int]:
    """Compare candidates with all that they may tell of, and write pairs, kinds and what they are updates of.

    Args:
        conn: a transaction that may write, and that holds the lock on stories.
        ids: candidates that are new, tell something else, were decided, or lead to others now.

    Returns:
        The candidates that are an update of something else now, or of nothing.
    """
    told = candidates_told(conn, ids)
    gone = set(ids) - told.keys()
    affected = {*told, *paired_with(conn, gone)}
    forget_pairs(conn, gone)
    for each in told.values():
        affected |= _match(conn, each)
    return settle_kinds(conn, affected)


def _match(conn: sa.Connection, mine: CandidateTold) -> set[int]:
    """Write the pairs of one candidate; the candidates whose pairs that changed."""
    sketch = sketch_of(mine)
    keys = match_keys(sketch)
    keep_keys(conn, mine, keys, MARK)
    before = paired_with(conn, (mine.at.id,))
    near = candidates_told(conn, (each for each in near_candidates(conn, keys) if each != mine.at.id))
    pairs = [*_among(mine, sketch, near.values()), *_with_known(conn, mine, sketch, keys)]
    kept = sorted(pairs, key=lambda each: (-each.score, str(each.target)))
    keep_pairs(
        conn, mine.at, _worth_keeping(kept), Stamp(datetime.now(UTC), f"match {__version__} {judge().rules.version}")
    )
    return {*before} | {each.candidate_id for each in pairs}


def _worth_keeping(ranked: Iterable[Pair]) -> Iterator[Pair]:
    for place, each in enumerate(ranked):
        if each.relation is not Relation.NEW or (place < LISTED and each.score >= _LEAST):
            yield each


def _among(mine: CandidateTold, sketch: NewsSketch, near: Iterable[CandidateTold]) -> Iterator[Pair]:
    """The pairs with other candidates, each as that of the one that may be an update of the other."""
    articles = {each.article_id for each in mine.passages}
    for other in near:
        if articles & {each.article_id for each in other.passages}:
            continue
        if _follows(mine.at, other.at) and other.at.counts:
            found = judge().judge(sketch, sketch_of(other))
            yield Pair(mine.at.id, other.at.thing, found.relation, found.score, found.reasons)
        elif _follows(other.at, mine.at) and mine.at.counts:
            found = judge().judge(sketch_of(other), sketch)
            yield Pair(other.at.id, mine.at.thing, found.relation, found.score, found.reasons)


def _follows(mine: CandidatePlace, other: CandidatePlace) -> bool:
    """Whether a candidate may be an update of another: of an accepted one whenever told, else of an earlier one."""
    accepted = CandidateState.ACCEPTED
    if (mine.state is accepted) != (other.state is accepted):
        return other.state is accepted
    return other.place < mine.place


def _with_known(conn: sa.Connection, mine: CandidateTold, sketch: NewsSketch, keys: Collection[str]) -> Iterator[Pair]:
    for thing, known in near_known(conn, keys).items():
        found = judge().judge(sketch, sketch_of_known(known))
        yield Pair(mine.at.id, thing, found.relation, found.score, found.reasons)


def sketch_of(told: CandidateTold) -> NewsSketch:
    """A candidate made ready to be compared."""
    title = next((each.title for each in told.passages if each.title), "")
    text = "\n".join((title, *(each.text[:_PASSAGE] for each in told.passages)))
    projects = set(_projects_named(told))
    if told.at.project_id:
        projects.add(str(Thing(ThingKind.PROJECT, told.at.project_id)))
    made = Told(str(told.at.id), told.facts, text, told.at.first_at.date(), projects=frozenset(projects))
    return news_sketch(account_of(made, _dollars), judge().rarity)


def _projects_named(told: CandidateTold) -> Iterator[str]:
    """The known projects of its country that it names.

    The name of a site tells a project only where no Chinese party is named, by which it could be told better, and the
    sector agrees or two of its names stand: a town has other projects, too.
    """
    facts = told.facts
    partless = not (facts.firms or facts.lenders)
    for name in told.named:
        here = not facts.countries or bool({*facts.countries} & {*name.value.countries})
        agrees = bool(facts.sector) and name.value.sector == facts.sector
        if here and (name.value.standing is not Standing.SITE or (partless and (agrees or name.names > 1))):
            yield name.target


def sketch_of_known(known: KnownProject) -> NewsSketch:
    """A project of another base made ready to be compared."""
    own = frozenset({str(Thing(ThingKind.KNOWN, f"{known.source}:{known.key}"))})
    text = f"{known.facts.title}\n{known.description}"
    return news_sketch(
        account_of(Told(known.key, known.facts, text, year=known.year, projects=own), _dollars), judge().rarity
    )


def keys_of_known(known: KnownProject) -> frozenset[str]:
    """What candidates find a project of another base by."""
    return match_keys(sketch_of_known(known))


def _dollars(value: Decimal, currency: str, day: date) -> float | None:
    worth = dollars(value, currency, day)
    return None if worth is None else float(worth)


def settle_kinds(conn: sa.Connection, ids: Collection[int]) -> frozenset[int]:
    """Write of some candidates, and of those that follow them, what they are updates of; decided ones keep theirs.

    Returns:
        Those of which that changed.
    """
    changed: set[int] = set()
    fresh, seen = set(ids), set(ids)
    while fresh:
        places = candidate_places(conn, fresh).values()
        changed |= {each.id for each in places if set_update_of(conn, each, origin_of(conn, each))}
        fresh = {*paired_with(conn, fresh)} - seen
        seen |= fresh
    return frozenset(changed)


def origin_of(conn: sa.Connection, mine: CandidatePlace) -> Thing | None:
    """What a candidate is an update of: through updates of updates, the first that was told of the project."""
    found, at = None, mine
    for _ in range(_DEEPEST):
        parent = _parent(conn, at)
        if parent is None or parent == mine.thing:
            return found
        found = parent
        onward = candidate_places(conn, (int(parent.key),)) if parent.kind is ThingKind.CANDIDATE else {}
        at = next(iter(onward.values()), mine)
        if at is mine or at.state is CandidateState.ACCEPTED:
            return found
    return found


def _parent(conn: sa.Connection, mine: CandidatePlace) -> Thing | None:
    pairs = pairs_of(conn, mine.id)
    things = _Things(conn, {mine.thing, *(each.target for each in pairs)})
    open_ = {thing for thing in things.known if _is_open(mine, things.places.get(thing), thing)}
    return parent_of(mine.thing, (each for each in pairs if each.target in open_), things.bonds, open_)


def _is_open(mine: CandidatePlace, other: CandidatePlace | None, thing: Thing) -> bool:
    """Whether a candidate may be an update of something: of no candidate that was rejected, merged or is a double."""
    if thing.kind is not ThingKind.CANDIDATE:
        return thing.kind in (ThingKind.PROJECT, ThingKind.KNOWN)
    return other is not None and _follows(mine, other) and other.state not in _NO_PARENTS


class _Things:
    """Some things and all that is the same as they, with what people said of them and where candidates stand."""

    def __init__(self, conn: sa.Connection, things: Collection[Thing]) -> None:
        self.known, self.places = set(things), dict[Thing, CandidatePlace]()
        said, leads, fresh = dict[int, PairDecision](), dict[Thing, Thing](), set(things)
        merged = redirects(conn)
        while fresh:
            ids = [int(thing.key) for thing in fresh if thing.kind is ThingKind.CANDIDATE]
            places = {each.thing: each for each in candidate_places(conn, ids).values()}
            self.places |= places
            leads |= {
                thing: Thing(ThingKind.PROJECT, each.project_id) for thing, each in places.items() if each.project_id
            }
            gone = (thing for thing in fresh if thing.kind is ThingKind.PROJECT and thing.key in merged)
            leads |= {thing: Thing(ThingKind.PROJECT, home_of(thing.key, merged)) for thing in gone}
            decisions = standing_on(conn, fresh)
            said.update({each.id: each for each in decisions})
            reached = {side for each in decisions if each.bond is Bond.SAME for side in (each.one, each.other)}
            fresh = (reached | set(leads.values())) - self.known
            self.known |= fresh
        self.bonds = bonds_of(said.values(), leads)
        self.known -= {thing for thing in leads if thing.kind is ThingKind.PROJECT}
