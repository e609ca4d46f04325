"""Assigns candidates: by hand, evenly among several people, by rules; and each person's own day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.operation.user import MAY, Permission
from offing.model.review.assignment import RULED, Assignment, AssignmentRule, OwnDay
from offing.model.review.queue import QueueFilter
from offing.services.review.bulk import LARGEST_BATCH
from offing.store.accounts.user import goal_of, list_users, set_goal
from offing.store.candidates import assignment as store
from offing.store.candidates.decision import judged_on
from offing.store.database.engine import Database

MOST_RULES = 200
LARGEST_GOAL = 1000  # candidates of a day: more than anybody reads
SHOWN = 100  # assignments of the history on one page
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on the page of assignments: the rules, who has how many that wait, what was assigned last."""

    rules: tuple[AssignmentRule, ...]
    waiting: tuple[tuple[str, int], ...]
    latest: tuple[Assignment, ...]


def judges(conn: sa.Connection) -> tuple[str, ...]:
    """Return the people to whom candidates can be assigned: those whose accounts are open and may decide."""
    may = (each for each in list_users(conn) if not each.disabled and Permission.DECIDE in MAY[each.role])
    return tuple(each.name for each in may)


def people(database: Database) -> tuple[str, ...]:
    """Return the people to whom candidates can be assigned, by name."""
    with database.read() as conn:
        return judges(conn)


def assign(database: Database, ids: Sequence[int], people: Sequence[str], by: str, now: datetime) -> int:
    """Assign candidates by hand: to one person, or in turn to several, so that each has as many of the best.

    Args:
        database: where they are stored.
        ids: the candidates, best first; those that do not wait for a decision are left out.
        people: to whom; one empty name makes them nobody's, whatever the rules say.
        by: who assigns.
        now: aware UTC.

    Returns:
        How many changed hands.

    Raises:
        UsageError: nothing was chosen, too much was, or somebody cannot judge candidates.
    """
    _check_number(ids)
    if not people:
        raise UsageError("nobody was chosen: choose who gets the candidates")
    with database.write() as conn:
        _check_people(conn, people)
        waiting = set(store.waiting_among(conn, ids))
        shared = zip((number for number in ids if number in waiting), cycle(people), strict=False)
        return store.assign(conn, [Assignment(number, person, by, now) for number, person in shared])


def add_rule(database: Database, wanted: QueueFilter, person: str, by: str, now: datetime) -> int:
    """Store a rule and apply it to all that wait and that nobody assigned by hand; return how many changed hands.

    Raises:
        UsageError: it names no country, language or sector, or something else; the person cannot judge; there are too
            many rules.
    """
    bare = QueueFilter(wanted.view, country=wanted.country, language=wanted.language, sector=wanted.sector)
    if not bare.facets or bare != wanted:
        raise UsageError(f"a rule goes by {', '.join(RULED)}: name one at least")
    with database.write() as conn:
        _check_people(conn, [person] if person else [])
        standing = store.rules(conn)
        if not person or len(standing) >= MOST_RULES:
            raise UsageError("say to whom it assigns" if not person else f"there are {MOST_RULES} rules: drop some")
        if any((each.filter.facets, each.person) == (wanted.facets, person) for each in standing):
            return 0
        store.add_rule(conn, AssignmentRule(0, wanted, person, by, now))
        return store.apply_rules(conn, now)


def release(database: Database, ids: Sequence[int], by: str, now: datetime) -> int:
    """Give candidates that were assigned by hand back to the rules; return how many were.

    Args:
        database: where they are stored.
        ids: the candidates; those that a rule assigned, or nobody did, stay as they are.
        by: who gives them back.
        now: aware UTC.

    Raises:
        UsageError: nothing was chosen, or too much was.
    """
    _check_number(ids)
    with database.write() as conn:
        released = store.release(conn, ids, by, now)
        store.apply_rules(conn, now, ids)
    return released


def end_rule(database: Database, rule_id: int, by: str, now: datetime) -> int:
    """Take a rule back; what it had assigned goes to the next rule that fits, or to nobody. Return how many changed.

    Raises:
        UnknownItem: no such rule stands.
    """
    with database.write() as conn:
        if not store.end_rule(conn, rule_id, by, now):
            raise UnknownItem(f"there is no rule {rule_id}; it may already have been removed")
        return store.apply_rules(conn, now)


def overview(database: Database) -> Overview:
    """Return the rules, the waiting candidates of each person, and the latest assignments."""
    with database.read() as conn:
        counted = store.waiting_by_person(conn)
        waiting = tuple((name, counted.get(name, 0)) for name in sorted({*judges(conn), *counted}))
        return Overview(store.rules(conn), waiting, store.latest(conn, SHOWN))


def assignments_of(database: Database, candidate_id: int) -> tuple[Assignment, ...]:
    """Return all assignments that a candidate ever had, newest first."""
    with database.read() as conn:
        return store.assignments_of(conn, candidate_id)


def standing_on(database: Database, candidate_ids: Sequence[int]) -> dict[int, Assignment]:
    """Return the standing assignments of some candidates."""
    with database.read() as conn:
        return store.standing_on(conn, candidate_ids)


def own_day(conn: sa.Connection, name: str, now: datetime, budget: int) -> OwnDay:
    """Return how a person's day stands: their goal, or an equal share of the day's budget, and what they judged."""
    chosen = goal_of(conn, name)
    share = -(-budget // max(1, len(judges(conn))))
    waiting = store.waiting_by_person(conn).get(name, 0)
    judged = judged_on(conn, now.astimezone(UTC).date(), name)
    return OwnDay(share if chosen is None else chosen, judged, waiting, chosen is not None)


def choose_goal(database: Database, name: str, goal: int | None) -> None:
    """Set how many candidates a person means to judge in a day; None for their share of the day's budget.

    Raises:
        UsageError: the number is out of range.
    """
    if goal is not None and not 1 <= goal <= LARGEST_GOAL:
        raise UsageError(f"a goal is a number from 1 to {LARGEST_GOAL}")
    with database.write() as conn:
        set_goal(conn, name, goal)


def _check_number(ids: Sequence[int]) -> None:
    if not ids:
        raise UsageError("no candidate is selected: select some first")
    if len(ids) > LARGEST_BATCH:
        raise UsageError(f"{len(ids)} candidates are too many at once: narrow the filter to {LARGEST_BATCH}")


def _check_people(conn: sa.Connection, named: Sequence[str]) -> None:
    strangers = sorted({each for each in named if each != NOBODY} - set(judges(conn)))
    if strangers:
        raise UsageError(f"{strangers[0][:60]!r} may not decide on candidates: choose somebody who may")
