"""What a candidate may be an update of: the known projects shown to the person who decides, with their facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, Pair, Ref, RefKind
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.decision import effective_facts
from offing.services.matching.equivalents import Equivalents
from offing.services.records.compose import live
from offing.store.candidates.candidate import get_candidate
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.pairs.pair import pairs_of
from offing.store.records.known_project import get_known
from offing.store.records.membership import made_of_only, redirects

MOST = 3
MOST_NEAR = 5  # offered where a person looks for a known project
LEAST = 0.2  # lowest score of a pair that is shown


@dataclass(frozen=True, slots=True)
class KnownBeside:
    """A known project beside a candidate. `settled`: the candidate is its update unless somebody decides otherwise.

    `reasons` say in words what agrees and differs; `text` is the description that another base gives.
    """

    ref: Ref
    title: str
    facts: ProjectFacts
    relation: Relation
    score: float
    reasons: tuple[str, ...]
    settled: bool = False
    text: str = ""


def beside(database: Database, candidate: Candidate, blind: Collection[int] = ()) -> tuple[KnownBeside, ...]:
    """Return the known projects that a candidate may be about, first the one that it is an update of.

    Candidates to which the person is `blind`, and records made only of these, are left out.
    """
    with database.read() as conn:
        pairs, hidden = _worth_a_look(conn, candidate.id), _hidden(conn, blind)
        own = Ref.parse(candidate.update_of) if candidate.update_of else None
        if own and own not in pairs:
            pairs = {own: Pair(candidate.id, own, Relation.SAME, 1.0), **pairs}
        ordered = sorted(pairs.values(), key=lambda pair: (pair.target != own, -pair.score))
        found = (_beside(conn, pair, settled=pair.target == own) for pair in ordered if pair.target not in hidden)
        return tuple(islice((each for each in found if each), MOST))


def nearest(database: Database, candidate: Candidate, blind: Collection[int] = ()) -> tuple[KnownBeside, ...]:
    """Return the known projects nearest to a candidate by match score, whatever the verdict on them, best first.

    Pairs that people declared to be different, candidates to which the person is `blind`, and records made only of
    these are left out.
    """
    with database.read() as conn:
        pairs, hidden = _undivided(conn, candidate.id, pairs_of(conn, candidate.id)), _hidden(conn, blind)
        ordered = sorted(pairs.values(), key=lambda pair: -pair.score)
        found = (_beside(conn, pair, settled=False) for pair in ordered if pair.target not in hidden)
        return tuple(islice((each for each in found if each), MOST_NEAR))


def _hidden(conn: sa.Connection, blind: Collection[int]) -> frozenset[Ref]:
    records = {Ref.project(each) for each in made_of_only(conn, blind)}
    return frozenset(records | {Ref.candidate(each) for each in blind})


def _worth_a_look(conn: sa.Connection, candidate_id: int) -> dict[Ref, Pair]:
    """Return the likely pairs of a candidate, without those that people declared to be different."""
    likely = (each for each in pairs_of(conn, candidate_id) if each.relation is not Relation.NEW)
    return _undivided(conn, candidate_id, (each for each in likely if each.score >= LEAST))


def _undivided(conn: sa.Connection, candidate_id: int, found: Iterable[Pair]) -> dict[Ref, Pair]:
    mine, pairs = Ref.candidate(candidate_id), {pair.target: pair for pair in found}
    bonds = Equivalents(conn, (mine, *pairs), redirects(conn)).bonds
    return {ref: pair for ref, pair in pairs.items() if bonds.relation(mine, ref) is not Bond.DIFFERENT}


def _beside(conn: sa.Connection, pair: Pair, *, settled: bool) -> KnownBeside | None:
    said = _said(conn, pair.target)
    if said is None:  # withdrawn, or dropped with its base
        return None
    title, facts, text = said
    return KnownBeside(pair.target, title, facts, pair.relation, pair.score, pair.reasons, settled, text)


def title_of(conn: sa.Connection, ref: Ref) -> str | None:
    """Return the title of an item; None if it does not exist."""
    said = _said(conn, ref)
    return said and (said[0] or str(ref))


def _said(conn: sa.Connection, ref: Ref) -> tuple[str, ProjectFacts, str] | None:
    match ref.kind:
        case RefKind.PROJECT:
            try:
                record = live(conn, ref.key)
            except UsageError:
                return None
            return record.facts.title, record.facts, ""
        case RefKind.KNOWN:
            known = get_known(conn, ref.key)
            return (known.facts.title, known.facts, known.description) if known else None
        case RefKind.CANDIDATE if ref.key.isdecimal():
            other = get_candidate(conn, int(ref.key))
            if other is None:
                return None
            facts = effective_facts(other.facts, decisions_of(conn, (other.id,)).get(other.id, ()))
            return facts.title or next((article.title for article in other.articles), ""), facts, ""
        case _:
            return None
