"""Shows the pairs of candidates with what they may be about, and stores people's decisions on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, Pair, PairDecision, Ref, RefKind
from offing.model.review.candidate import Candidate
from offing.services.matching.contradictory_decisions import keep_if_it_holds
from offing.services.matching.equivalents import Equivalents
from offing.services.matching.match_rules import changing
from offing.services.records.derived_again import candidates_changed
from offing.services.review.possible_updates import title_of
from offing.store.candidates.candidate import candidates, get_candidate, queued
from offing.store.database.engine import Database
from offing.store.pairs.pair import pairs_of
from offing.store.pairs.pairing import append_pair_decision, decisions_on
from offing.store.records.membership import redirects


@dataclass(frozen=True, slots=True)
class Rival:
    """Something that a candidate may be about; `title` is "" if it is gone, `said` is people's decision on the pair."""

    pair: Pair
    title: str
    said: Bond | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """A candidate, what it is an update of, what it may be about, best first, and people's decisions on these pairs."""

    candidate: Candidate
    update_of: Ref | None
    rivals: tuple[Rival, ...]
    said: tuple[PairDecision, ...]


def matchings(database: Database, ids: Collection[int], now: datetime) -> tuple[Matching, ...]:
    """Return what candidates may be about; without ids, for those in the queue that have any pair.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        if not ids:
            found = (_matching(conn, each) for each in queued(conn, now))
            return tuple(each for each in found if each.update_of or _is_worth_a_look(each))
        here = {each.id: each for each in candidates(conn, ids)}
        for number in ids:
            if number not in here:
                raise UnknownItem(f"there is no candidate {number}")
        return tuple(_matching(conn, here[number]) for number in ids)


def _is_worth_a_look(each: Matching) -> bool:
    return bool(each.said) or any(rival.pair.relation is not Relation.NEW for rival in each.rivals)


def _matching(conn: sa.Connection, candidate: Candidate) -> Matching:
    pairs, mine = pairs_of(conn, candidate.id), _ref(candidate.id)
    bonds = Equivalents(conn, (mine, *(pair.target for pair in pairs)), redirects(conn)).bonds
    rivals = tuple(Rival(pair, title_of(conn, pair.target) or "", bonds.relation(mine, pair.target)) for pair in pairs)
    own = Ref.parse(candidate.update_of) if candidate.update_of else None
    return Matching(candidate, own, rivals, decisions_on(conn, (mine,)))


def say(database: Database, decision: PairDecision) -> Matching:
    """Store a person's decision on a candidate and another item; what the candidate is an update of follows at once.

    Args:
        database: where they are stored.
        decision: `one` is the candidate; its id is assigned here.

    Raises:
        UnknownItem: there is no such candidate or item.
        UsageError: the two are the same item, or an earlier decision contradicts it.
    """
    with changing(database) as conn:
        number = _check(conn, decision.one)
        if decision.one == decision.other:
            raise UsageError(f"{decision.one} cannot be compared with itself; name another item")
        if title_of(conn, decision.other) is None:
            raise UnknownItem(f"there is no {decision.other}")
        keep_if_it_holds(conn, decision)
        return _after(conn, number, decision)


def take_back(database: Database, candidate_id: int, by: str, now: datetime, reason: str = "") -> PairDecision:
    """Take back the last standing decision on a candidate and another item.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: there is no such decision.
    """
    with changing(database) as conn:
        mine = _ref(candidate_id)
        _check(conn, mine)
        standing = decisions_on(conn, (mine,))
        if not standing:
            raise UsageError(f"candidate {candidate_id} has no decision of this kind to undo")
        last = standing[-1]
        undo = PairDecision(0, last.one, last.other, last.bond, by, now, reason, undoes=last.id)
        append_pair_decision(conn, undo)
        _after(conn, candidate_id, undo)
        return last


def _after(conn: sa.Connection, candidate_id: int, made: PairDecision) -> Matching:
    sides = {int(side.key) for side in (made.one, made.other) if side.kind is RefKind.CANDIDATE}
    candidates_changed(conn, sides, made.at)
    found = get_candidate(conn, candidate_id)
    assert found, "it was checked in this transaction"
    return _matching(conn, found)


def _check(conn: sa.Connection, ref: Ref) -> int:
    number = int(ref.key)
    if get_candidate(conn, number) is None:
        raise UnknownItem(f"there is no candidate {number}")
    return number


def _ref(candidate_id: int) -> Ref:
    return Ref.candidate(candidate_id)


def parse_ref(written: str) -> Ref:
    """Parse the name of an item: `12`, `off-2026-000001`, or with its kind, `known:aiddata:4711`.

    Raises:
        UsageError: it names nothing.
    """
    if written.isdecimal():
        written = f"{RefKind.CANDIDATE}:{written}"
    if ":" not in written and "-" in written:
        return Ref.project(written)
    try:
        return Ref.parse(written)
    except ValueError as error:
        raise UsageError(str(error)) from error
