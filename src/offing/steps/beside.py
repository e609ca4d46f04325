"""What a candidate may be an update of, for whoever decides: the known projects with what they say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.candidate import Candidate
from offing.model.decision import effective_facts
from offing.model.matching import Relation
from offing.model.pairing import Bond, Pair, Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.steps.kin import Kin
from offing.steps.records import live
from offing.store.candidate import get_candidate
from offing.store.decision import decisions_of
from offing.store.engine import Database
from offing.store.known import get_known
from offing.store.membership import made_of_only, redirects
from offing.store.pair import pairs_of

MOST = 3
LEAST = 0.2  # score of a pair that is worth a look


@dataclass(frozen=True, slots=True)
class Beside:
    """A known project beside a candidate. `settled`: the candidate is its update unless somebody says otherwise.

    `reasons` say in words what agrees and differs; `text` is the description that another base gives.
    """

    thing: Thing
    title: str
    facts: ProjectFacts
    relation: Relation
    score: float
    reasons: tuple[str, ...]
    settled: bool = False
    text: str = ""


def beside(database: Database, candidate: Candidate, blind: Collection[int] = ()) -> tuple[Beside, ...]:
    """The known projects that a candidate may tell of, what it is an update of first.

    Of candidates to which the person is `blind`, and of records that only these made, nothing is told.
    """
    with database.read() as conn:
        pairs, untold = _worth_a_look(conn, candidate.id), _untold(conn, blind)
        own = Thing.parse(candidate.update_of) if candidate.update_of else None
        if own and own not in pairs:
            pairs = {own: Pair(candidate.id, own, Relation.SAME, 1.0), **pairs}
        ordered = sorted(pairs.values(), key=lambda pair: (pair.target != own, -pair.score))
        found = (_beside(conn, pair, settled=pair.target == own) for pair in ordered if pair.target not in untold)
        return tuple(islice((each for each in found if each), MOST))


def _untold(conn: sa.Connection, blind: Collection[int]) -> frozenset[Thing]:
    records = {Thing(ThingKind.PROJECT, each) for each in made_of_only(conn, blind)}
    return frozenset(records | {Thing(ThingKind.CANDIDATE, str(each)) for each in blind})


def _worth_a_look(conn: sa.Connection, candidate_id: int) -> dict[Thing, Pair]:
    """The pairs of a candidate that are likely enough, without those of which people said that they are different."""
    mine = Thing(ThingKind.CANDIDATE, str(candidate_id))
    pairs = {
        pair.target: pair
        for pair in pairs_of(conn, candidate_id)
        if pair.relation is not Relation.NEW and pair.score >= LEAST
    }
    bonds = Kin(conn, (mine, *pairs), redirects(conn)).bonds
    return {thing: pair for thing, pair in pairs.items() if bonds.said(mine, thing) is not Bond.DIFFERENT}


def _beside(conn: sa.Connection, pair: Pair, *, settled: bool) -> Beside | None:
    said = _said(conn, pair.target)
    if said is None:  # withdrawn, or gone with its base
        return None
    title, facts, text = said
    return Beside(pair.target, title, facts, pair.relation, pair.score, pair.reasons, settled, text)


def title_of(conn: sa.Connection, thing: Thing) -> str | None:
    """What a thing is called; None where it is gone or never was."""
    said = _said(conn, thing)
    return said and (said[0] or str(thing))


def _said(conn: sa.Connection, thing: Thing) -> tuple[str, ProjectFacts, str] | None:
    match thing.kind:
        case ThingKind.PROJECT:
            try:
                record = live(conn, thing.key)
            except UsageError:
                return None
            return record.facts.title, record.facts, ""
        case ThingKind.KNOWN:
            known = get_known(conn, thing.key)
            return (known.facts.title, known.facts, known.description) if known else None
        case ThingKind.CANDIDATE if thing.key.isdecimal():
            other = get_candidate(conn, int(thing.key))
            if other is None:
                return None
            facts = effective_facts(other.facts, decisions_of(conn, (other.id,)).get(other.id, ()))
            return facts.title or next((told.title for told in other.articles), ""), facts, ""
        case _:
            return None
