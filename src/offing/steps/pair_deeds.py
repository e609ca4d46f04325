"""Pairs shown and decided: what a candidate may tell of, and what people say of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.candidate import Candidate
from offing.model.matching import Relation
from offing.model.pairing import Bond, Pair, PairDecision, Thing, ThingKind
from offing.steps.beside import title_of
from offing.steps.changed import candidates_changed
from offing.steps.contradicting import keep_if_it_holds
from offing.steps.judging import changing
from offing.steps.kin import Kin
from offing.store.candidate import candidates, get_candidate, queued
from offing.store.engine import Database
from offing.store.membership import redirects
from offing.store.pair import pairs_of
from offing.store.pairing import append_pair_decision, standing_on


@dataclass(frozen=True, slots=True)
class Rival:
    """Something that a candidate may tell of; `title` is "" where it is gone, `said` what people said of the two."""

    pair: Pair
    title: str
    said: Bond | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """A candidate, what it is an update of, what it may tell of, best first, and what people said of it."""

    candidate: Candidate
    update_of: Thing | None
    rivals: tuple[Rival, ...]
    said: tuple[PairDecision, ...]


def matchings(database: Database, ids: Collection[int], now: datetime) -> tuple[Matching, ...]:
    """What candidates may tell of; without ids, of those in the queue for which there is anything to say.

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
    pairs, mine = pairs_of(conn, candidate.id), _thing(candidate.id)
    bonds = Kin(conn, (mine, *(pair.target for pair in pairs)), redirects(conn)).bonds
    rivals = tuple(Rival(pair, title_of(conn, pair.target) or "", bonds.said(mine, pair.target)) for pair in pairs)
    own = Thing.parse(candidate.update_of) if candidate.update_of else None
    return Matching(candidate, own, rivals, standing_on(conn, (mine,)))


def say(database: Database, decision: PairDecision) -> Matching:
    """Keep what a person says of a candidate and a thing; what it is an update of follows at once.

    Args:
        database: where it stands.
        decision: `one` is the candidate; its id is given here.

    Raises:
        UnknownItem: there is no such candidate or thing.
        UsageError: the two are one and the same, or what was said before stands against it.
    """
    with changing(database) as conn:
        number = _check(conn, decision.one)
        if decision.one == decision.other:
            raise UsageError(f"{decision.one} is what it is: name another thing")
        if title_of(conn, decision.other) is None:
            raise UnknownItem(f"there is no {decision.other}")
        keep_if_it_holds(conn, decision)
        return _after(conn, number, decision)


def take_back(database: Database, candidate_id: int, by: str, now: datetime, reason: str = "") -> PairDecision:
    """Take back the last thing that was said of a candidate and another thing, and still stands.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: nothing was said that still stands.
    """
    with changing(database) as conn:
        mine = _thing(candidate_id)
        _check(conn, mine)
        standing = standing_on(conn, (mine,))
        if not standing:
            raise UsageError(f"nothing that still stands was said of candidate {candidate_id} and anything else")
        last = standing[-1]
        undo = PairDecision(0, last.one, last.other, last.bond, by, now, reason, undoes=last.id)
        append_pair_decision(conn, undo)
        _after(conn, candidate_id, undo)
        return last


def _after(conn: sa.Connection, candidate_id: int, made: PairDecision) -> Matching:
    sides = {int(side.key) for side in (made.one, made.other) if side.kind is ThingKind.CANDIDATE}
    candidates_changed(conn, sides, made.at)
    found = get_candidate(conn, candidate_id)
    assert found, "it was checked in this transaction"
    return _matching(conn, found)


def _check(conn: sa.Connection, thing: Thing) -> int:
    number = int(thing.key)
    if get_candidate(conn, number) is None:
        raise UnknownItem(f"there is no candidate {number}")
    return number


def _thing(candidate_id: int) -> Thing:
    return Thing(ThingKind.CANDIDATE, str(candidate_id))


def thing_named(written: str) -> Thing:
    """The thing that a person names: `12`, `off-2026-000001`, or written out, `known:aiddata:4711`.

    Raises:
        UsageError: it names nothing.
    """
    if written.isdecimal():
        written = f"{ThingKind.CANDIDATE}:{written}"
    if ":" not in written and "-" in written:
        return Thing(ThingKind.PROJECT, written)
    try:
        return Thing.parse(written)
    except ValueError as error:
        raise UsageError(str(error)) from error
