"""Due work: one row for each noun and verb; claimed with a lease, ended with exactly one outcome."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.model.run import Claim, Ending, Outcome, WorkItem
from offing.model.vocabulary import Verb
from offing.store.tables import outcome as outcomes
from offing.store.tables import pace, work
from offing.store.upsert import insert

DOMAIN = "domain:"
_CLAIMED = (work.c.id, work.c.item_id, work.c.host, work.c.tries)
_OPEN = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None)


class LeaseLost(Exception):
    """Another run holds the item now: nothing of ours may be written."""


def enqueue(conn: sa.Connection, verb: Verb, item_id: int, due_at: datetime, hosts: tuple[str, str] = ("", "")) -> None:
    """Make an item due for a verb; one that was due or done before is left as it is.

    Args:
        conn: a writing connection.
        verb: what is to be done.
        item_id: the noun's id.
        due_at: not before.
        hosts: host and registered domain that will be asked.
    """
    row = {"verb": verb, "item_id": item_id, "due_at": due_at, "host": hosts[0], "domain": hosts[1]}
    conn.execute(insert(conn, work).values(**row).on_conflict_do_nothing())


def make_due(conn: sa.Connection, verb: Verb, item_id: int, due_at: datetime) -> None:
    """Make an item due again, whatever became of it before."""
    conn.execute(
        sa.update(work)
        .where(work.c.verb == verb, work.c.item_id == item_id)
        .values(due_at=due_at, done_at=None, quarantined_at=None, tries=0)
    )


def claim(conn: sa.Connection, verb: Verb, terms: Claim, limit: int, busy: Collection[str]) -> tuple[WorkItem, ...]:
    """Claim due items for a run, oldest first, at most one for each host and none of a busy or resting one."""
    due = _claimable(verb, terms, busy)
    turn = sa.func.row_number().over(
        partition_by=sa.case((due.c.host == "", sa.cast(due.c.id, sa.Text)), else_=due.c.host),
        order_by=(due.c.due_at, due.c.id),
    )
    turns = sa.select(due.c.id, due.c.due_at, turn.label("turn")).subquery()
    first = sa.select(turns.c.id).where(turns.c.turn == 1).order_by(turns.c.due_at, turns.c.id).limit(limit)
    ids = conn.execute(first).scalars().all()
    if not ids:
        return ()
    taken = conn.execute(
        sa.update(work)
        .where(work.c.id.in_(ids), _OPEN, _unleased(terms.now))
        .values(lease_run=terms.run_id, lease=terms.token, lease_until=terms.until)
        .returning(*_CLAIMED)
    )
    return tuple(WorkItem(row.id, verb, row.item_id, row.host, row.tries, terms.token) for row in taken)


def claimed(conn: sa.Connection, verb: Verb, terms: Claim) -> tuple[WorkItem, ...]:
    """What a claim has taken already: its transaction was committed, and the session broke before it was heard."""
    mine = (work.c.lease_run == terms.run_id) & (work.c.lease == terms.token)
    rows = conn.execute(sa.select(*_CLAIMED).where(mine))
    return tuple(WorkItem(row.id, verb, row.item_id, row.host, row.tries, terms.token) for row in rows)


def _unleased(now: datetime) -> sa.ColumnElement[bool]:
    return work.c.lease_until.is_(None) | (work.c.lease_until < now)


def _claimable(verb: Verb, terms: Claim, busy: Collection[str]) -> sa.Subquery:
    by_host, by_domain = pace.alias("by_host"), pace.alias("by_domain")
    joined = work.outerjoin(by_host, by_host.c.key == work.c.host).outerjoin(
        by_domain, by_domain.c.key == sa.literal(DOMAIN) + work.c.domain
    )
    rested = [side.c.next_at.is_(None) | (side.c.next_at <= terms.now) for side in (by_host, by_domain)]
    return (
        sa.select(work.c.id, work.c.host, work.c.due_at)
        .select_from(joined)
        .where(work.c.verb == verb, _OPEN, work.c.due_at <= terms.now, _unleased(terms.now), *rested)
        .where(_among(terms.only), work.c.host.not_in(busy) if busy else sa.true())
        .subquery()
    )


def _among(only: frozenset[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if only is None else work.c.item_id.in_(only)


def next_due(conn: sa.Connection, verb: Verb, only: frozenset[int] | None = None) -> datetime | None:
    """When the next item of a verb can be claimed: due, its host rested, no lease on it; None when none waits."""
    by_host, by_domain = pace.alias("by_host"), pace.alias("by_domain")
    joined = work.outerjoin(by_host, by_host.c.key == work.c.host).outerjoin(
        by_domain, by_domain.c.key == sa.literal(DOMAIN) + work.c.domain
    )
    moments = (work.c.due_at, work.c.lease_until, by_host.c.next_at, by_domain.c.next_at)
    rows = conn.execute(sa.select(*moments).select_from(joined).where(work.c.verb == verb, _OPEN, _among(only)))
    return min((max(at for at in row if at is not None) for row in rows), default=None)


def finish(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    """Write the one outcome of an item; it is done, or due again when the outcome says so.

    Raises:
        LeaseLost: the claim was lost meanwhile; the caller's transaction must not be committed.
    """
    again = outcome.due_again
    tries = item.tries + outcome.is_try if outcome.ending is Ending.LATER else 0
    done = {"done_at": now, "reason": outcome.cause} if again is None else {"due_at": again, "reason": outcome.cause}
    _give_up_lease(conn, item, {**done, "tries": tries})
    _record(conn, item, run_id, outcome, now)


def put_back(conn: sa.Connection, item: WorkItem, due_at: datetime, reason: str) -> None:
    """Give a claim back without an outcome: the item is looked at again at a set time.

    Raises:
        LeaseLost: the claim was lost meanwhile.
    """
    _give_up_lease(conn, item, {"due_at": due_at, "reason": reason})


def set_aside(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    """Put an item into quarantine with its reason.

    Raises:
        LeaseLost: the claim was lost meanwhile.
    """
    why = {"reason": outcome.cause, "fault": outcome.fault, "trace": outcome.trace, "set_aside_by": __version__}
    _give_up_lease(conn, item, {"quarantined_at": now, "tries": item.tries + 1, **why})
    _record(conn, item, run_id, outcome, now)


def _give_up_lease(conn: sa.Connection, item: WorkItem, values: dict[str, object]) -> None:
    free = {"lease_run": None, "lease": None, "lease_until": None}
    held = sa.update(work).where(work.c.id == item.id, work.c.lease == item.lease).values(**values, **free)
    if conn.execute(held).rowcount != 1:
        raise LeaseLost(f"{item.verb} {item.item_id}")


def _record(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    row = {"run_id": run_id, "verb": item.verb, "item_id": item.item_id, "ending": outcome.ending, "at": now}
    conn.execute(sa.insert(outcomes).values(**row, cause=outcome.cause, url=outcome.url))


def release_leases(conn: sa.Connection, run_ids: Sequence[int]) -> int:
    """Give back what dead runs had claimed; how many items."""
    dead = sa.update(work).where(work.c.lease_run.in_(run_ids))
    return conn.execute(dead.values(lease_run=None, lease=None, lease_until=None)).rowcount


def waiting(conn: sa.Connection) -> dict[Verb, int]:
    """How many items wait for each verb, due or not."""
    counts = conn.execute(sa.select(work.c.verb, sa.func.count()).where(_OPEN).group_by(work.c.verb))
    return {Verb(verb): count for verb, count in counts}
