"""Stores leases of candidates: taken when one is opened, renewed while its page is open, taken over, given back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict, UnknownItem
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.review.lease import Lease
from offing.store.accounts.activity import note
from offing.store.candidates import lease as store
from offing.store.database.engine import Database


def open_candidate(database: Database, candidate_id: int, by: str, now: datetime) -> Lease:
    """Take the lease of a candidate, or renew one's own.

    Returns:
        The lease that now holds: one's own, or that of another person who was first.

    Raises:
        UnknownItem: there is no such candidate.
    """
    try:
        with database.write() as conn:
            return store.take(conn, candidate_id, by, now)
    except sa.exc.IntegrityError:
        raise UnknownItem(f"there is no candidate {candidate_id}") from None


def take_over(database: Database, candidate_id: int, by: str, holder: str, now: datetime) -> Lease:
    """Take a candidate from the person who was shown to hold it; written to the activity log.

    Returns:
        The lease that now holds: another person's, if somebody other than `holder` has taken it meanwhile.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.write() as conn:
        if by != holder and store.take_over(conn, candidate_id, by, holder, now):
            note(conn, Activity(now, ActivityKind.LEASE_TAKEN_OVER, by, f"from {holder}", candidate_id))
    return open_candidate(database, candidate_id, by, now)


def release(database: Database, candidate_id: int, by: str) -> None:
    """Give back one's own lease of a candidate; another person's stays."""
    with database.write() as conn:
        store.release(conn, candidate_id, by)


def looking(database: Database, candidate_ids: Iterable[int], now: datetime) -> dict[int, Lease]:
    """Return the current leases of some candidates."""
    with database.read() as conn:
        return store.standing(conn, candidate_ids, now)


def check_free(conn: sa.Connection, candidate_id: int, by: str, now: datetime) -> None:
    """Check that nobody else is looking at a candidate that a person is about to decide.

    Raises:
        Conflict: somebody is; the message says who, since when, and what to do.
    """
    found = store.standing(conn, (candidate_id,), now).get(candidate_id)
    if found and not found.is_of(by):
        raise Conflict(
            f"candidate {candidate_id}: {found.sentence} Take it over in the browser, or wait until it is free."
        )
