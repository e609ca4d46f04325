"""Due work: one row per noun and verb; claimed with a lease, ended with exactly one outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing import __version__
from offing.model.operation.run import Claim, Ending, Outcome, PutOff, Spent, WorkItem
from offing.model.values.vocabulary import Verb
from offing.redaction import redact
from offing.store.database.dialect import of_dialect
from offing.store.database.upsert import insert
from offing.store.tables import article, entry, feed, pace, page, work
from offing.store.tables import outcome as outcomes

DOMAIN = "domain:"
_CLAIMED = (work.c.id, work.c.item_id, work.c.host, work.c.tries, work.c.feed_id, work.c.domain)
NOTHING_SPENT = Spent()
Lot = tuple[str, int | None]  # requested host, and feed
_OPEN = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None)


class LeaseLost(Exception):
    """Another run holds the item now: nothing of ours may be written."""


def enqueue(conn: sa.Connection, verb: Verb, item_id: int, due_at: datetime, hosts: tuple[str, str] = ("", "")) -> None:
    """Make an item due for a verb; one that was due or done before is left as it is (idempotent).

    Args:
        conn: a writing connection.
        verb: what is to be done.
        item_id: the noun's id.
        due_at: not before.
        hosts: host and registered domain that will be requested.
    """
    of = {"host": hosts[0], "domain": hosts[1], "feed_id": _feed_of(verb, item_id)}
    row = {"verb": verb, "item_id": item_id, "due_at": due_at, **of}
    conn.execute(insert(conn, work).values(**row).on_conflict_do_nothing())


def enqueue_all(
    conn: sa.Connection, verb: Verb, hosts: Mapping[int, tuple[str, str]], due_at: datetime, feed_id: int | None
) -> None:
    """`enqueue` for many items of one feed, by their ids with host and registered domain."""
    of = {"verb": verb, "due_at": due_at, "feed_id": feed_id}
    rows = [{**of, "item_id": each, "host": host, "domain": domain} for each, (host, domain) in hosts.items()]
    if rows:
        conn.execute(insert(conn, work).on_conflict_do_nothing(), rows)


def _feed_of(verb: Verb, item_id: int) -> Any:
    """Return a subquery for the feed that brought an item."""
    by_entry = sa.select(entry.c.feed_id)
    by_page = by_entry.join(page, page.c.entry_id == entry.c.id)
    by_article = by_page.join(article, article.c.page_id == page.c.id).where(article.c.id == item_id)
    asked = {
        Verb.FETCH: by_entry.where(entry.c.id == item_id),
        Verb.EXTRACT: by_page.where(page.c.id == item_id),
        Verb.RECOGNIZE: by_article,
        Verb.PROPOSE: by_article,
    }
    return asked[verb].scalar_subquery() if verb in asked else None


def make_due(conn: sa.Connection, verb: Verb, item_id: int, due_at: datetime) -> None:
    """Make an item due again, whatever its state, also if what was done of it was pruned."""
    again = (
        sa.update(work)
        .where(work.c.verb == verb, work.c.item_id == item_id)
        .values(due_at=due_at, done_at=None, quarantined_at=None, tries=0)
    )
    if not conn.execute(again).rowcount:
        enqueue(conn, verb, item_id, due_at)


def claim(conn: sa.Connection, verb: Verb, terms: Claim, limit: int, busy: Collection[str]) -> tuple[WorkItem, ...]:
    """Claim due items for a run, feeds in turn and the oldest of each first.

    At most one per host, none of a busy or resting host.
    """
    lots = _by_turns(conn.execute(_lots(verb, terms, busy)).all(), terms.turns, limit)
    ids = [
        number for lot, count in lots.items() for number in conn.execute(_oldest_of(verb, terms, lot, count)).scalars()
    ]
    if not ids:
        return ()
    taken = conn.execute(
        sa.update(work)
        .where(work.c.id.in_(ids), _OPEN, _unleased(terms.now))
        .values(lease_run=terms.run_id, lease=terms.token, lease_until=terms.until)
        .returning(*_CLAIMED)
    )
    return tuple(_item(row, verb, terms) for row in taken)


def claimed(conn: sa.Connection, verb: Verb, terms: Claim) -> tuple[WorkItem, ...]:
    """What a claim has already taken: its transaction was committed, but the session broke before the confirmation."""
    mine = (work.c.lease_run == terms.run_id) & (work.c.lease == terms.token)
    return tuple(_item(row, verb, terms) for row in conn.execute(sa.select(*_CLAIMED).where(mine)))


def _item(row: Any, verb: Verb, terms: Claim) -> WorkItem:
    return WorkItem(row.id, verb, row.item_id, row.host, row.tries, terms.token, row.feed_id, row.domain)


def _lots(verb: Verb, terms: Claim, busy: Collection[str]) -> sa.Select[Any]:
    """Return what can be claimed, by host and feed: how many items, and when the oldest was due.

    However many wait, the result is a few rows, out of an index that has all the columns needed.
    """
    number, first = sa.func.count().label("number"), sa.func.min(work.c.due_at).label("due_at")
    of = (work.c.host, work.c.domain, work.c.feed_id)
    free = work.c.host.not_in(busy) if busy else sa.true()
    lots = sa.select(*of, number, first).where(_due(verb, terms), free, _within_budget(terms.spent))
    lot = lots.group_by(*of).subquery()
    by_host, by_domain = pace.alias("by_host"), pace.alias("by_domain")
    joined = lot.outerjoin(by_host, by_host.c.key == lot.c.host).outerjoin(
        by_domain, by_domain.c.key == sa.literal(DOMAIN) + lot.c.domain
    )
    rested = [side.c.next_at.is_(None) | (side.c.next_at <= terms.now) for side in (by_host, by_domain)]
    return sa.select(lot).select_from(joined).where(*rested)


def _by_turns(lots: Sequence[Any], turns: Mapping[int, int], limit: int) -> dict[Lot, int]:
    """Return how many items are taken of which lots: one of each, then a second of those without a host, and so on."""
    order = sorted(lots, key=lambda lot: (turns.get(lot.feed_id, 0), lot.due_at, lot.host, lot.feed_id or 0))
    of_hosts = {lot.host: (lot.host, lot.feed_id) for lot in reversed(order) if lot.host}
    left = {(lot.host, lot.feed_id): 1 if lot.host else lot.number for lot in order}
    taken: dict[Lot, int] = {}
    room = limit
    while left and room:
        for lot in list(left)[:room]:
            host, _ = lot
            left[lot] -= 1
            if not left[lot]:
                del left[lot]
            if not host or of_hosts[host] == lot:
                taken[lot] = taken.get(lot, 0) + 1
                room -= 1
    return taken


def _oldest_of(verb: Verb, terms: Claim, lot: Lot, count: int) -> sa.Select[tuple[int]]:
    host, feed_id = lot
    of = work.c.host == host, work.c.feed_id.is_(None) if feed_id is None else work.c.feed_id == feed_id
    chosen = sa.select(work.c.id).where(_due(verb, terms), *of)
    return chosen.order_by(work.c.due_at, work.c.id).limit(count)


def _due(verb: Verb, terms: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(work.c.verb == verb, _OPEN, work.c.due_at <= terms.now, _unleased(terms.now), _among(terms.only))


def _unleased(now: datetime) -> sa.ColumnElement[bool]:
    return work.c.lease_until.is_(None) | (work.c.lease_until < now)


def _among(only: frozenset[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if only is None else work.c.item_id.in_(only)


def _of_no(feeds: Collection[int]) -> sa.ColumnElement[bool]:
    return work.c.feed_id.is_(None) | work.c.feed_id.not_in(sorted(feeds)) if feeds else sa.true()


def _within_budget(spent: Spent) -> sa.ColumnElement[bool]:
    outlet = sa.case((work.c.domain == "", work.c.host), else_=work.c.domain)
    return _of_no(spent.feeds) & (outlet.not_in(sorted(spent.outlets)) if spent.outlets else sa.true())


def next_due(
    conn: sa.Connection, verb: Verb, only: frozenset[int] | None = None, spent: Spent = NOTHING_SPENT
) -> datetime | None:
    """Return when the next item of a verb can be claimed: due, its host rested, not leased; None if none waits."""
    by_host, by_domain = pace.alias("by_host"), pace.alias("by_domain")
    joined = work.outerjoin(by_host, by_host.c.key == work.c.host).outerjoin(
        by_domain, by_domain.c.key == sa.literal(DOMAIN) + work.c.domain
    )
    latest: Any = of_dialect(conn.dialect, sqlite=sa.func.max, postgresql=sa.func.greatest)
    moments = (
        sa.func.coalesce(at, work.c.due_at) for at in (work.c.lease_until, by_host.c.next_at, by_domain.c.next_at)
    )
    first = sa.func.min(latest(work.c.due_at, *moments))
    asked = sa.select(sa.type_coerce(first, work.c.due_at.type)).select_from(joined)
    waits = work.c.verb == verb, _OPEN, _among(only), _within_budget(spent)
    found: datetime | None = conn.execute(asked.where(*waits)).scalar_one()
    return found


def finish(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    """Write the one outcome of an item; it is done, or due again if the outcome says so.

    Raises:
        LeaseLost: the claim was lost meanwhile; the caller's transaction must not be committed.
    """
    again = outcome.due_again
    tries = item.tries + outcome.is_try if outcome.ending is Ending.LATER else 0
    done = {"done_at": now, "reason": outcome.cause} if again is None else {"due_at": again, "reason": outcome.cause}
    _give_up_lease(conn, item, {**done, "tries": tries})
    _record(conn, item, run_id, outcome, now)


def put_back(conn: sa.Connection, item: WorkItem, due_at: datetime, reason: str) -> None:
    """Return a claim without an outcome: the item is due again at a set time.

    Raises:
        LeaseLost: the claim was lost meanwhile.
    """
    _give_up_lease(conn, item, {"due_at": due_at, "reason": reason})


def set_aside(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    """Put an item into quarantine with its reason.

    Raises:
        LeaseLost: the claim was lost meanwhile.
    """
    why = {
        "reason": redact(outcome.cause),
        "fault": outcome.fault,
        "trace": redact(outcome.trace),
        "set_aside_by": __version__,
    }
    _give_up_lease(conn, item, {"quarantined_at": now, "tries": item.tries + 1, **why})
    _record(conn, item, run_id, outcome, now)


def _give_up_lease(conn: sa.Connection, item: WorkItem, values: dict[str, object]) -> None:
    free = {"lease_run": None, "lease": None, "lease_until": None}
    held = sa.update(work).where(work.c.id == item.id, work.c.lease == item.lease).values(**values, **free)
    if conn.execute(held).rowcount != 1:
        raise LeaseLost(f"{item.verb} {item.item_id}")


def _record(conn: sa.Connection, item: WorkItem, run_id: int, outcome: Outcome, now: datetime) -> None:
    row = {"run_id": run_id, "verb": item.verb, "item_id": item.item_id, "ending": outcome.ending, "at": now}
    conn.execute(sa.insert(outcomes).values(**row, cause=redact(outcome.cause), url=redact(outcome.url)))


def release_leases(conn: sa.Connection, run_ids: Sequence[int]) -> int:
    """Release what dead runs had claimed; return how many items."""
    dead = sa.update(work).where(work.c.lease_run.in_(run_ids))
    return conn.execute(dead.values(lease_run=None, lease=None, lease_until=None)).rowcount


def left_due(conn: sa.Connection, verb: Verb, only: frozenset[int] | None, now: datetime) -> tuple[PutOff, ...]:
    """Return the open due items of a verb, by the feeds that brought them, those with most first."""
    number = sa.func.count().label("number")
    left = work.c.verb == verb, _OPEN, work.c.due_at <= now, _among(only)
    asked = sa.select(feed.c.url, number).select_from(work.outerjoin(feed, feed.c.id == work.c.feed_id)).where(*left)
    rows = conn.execute(asked.group_by(feed.c.id, feed.c.url).order_by(number.desc(), feed.c.id))
    return tuple(PutOff(verb, row.url or "", row.number) for row in rows)


def waiting(conn: sa.Connection) -> dict[Verb, int]:
    """Return how many items wait for each verb, due or not."""
    counts = conn.execute(sa.select(work.c.verb, sa.func.count()).where(_OPEN).group_by(work.c.verb))
    return {Verb(verb): count for verb, count in counts}


def due(conn: sa.Connection, now: datetime) -> dict[Verb, int]:
    """Return how many items are due for each verb."""
    counts = sa.select(work.c.verb, sa.func.count()).where(_OPEN, work.c.due_at <= now).group_by(work.c.verb)
    return {Verb(verb): count for verb, count in conn.execute(counts)}


def due_feeds(conn: sa.Connection, now: datetime, only: Collection[int]) -> int:
    """Return how many of some feeds are due to be polled."""
    chosen = sa.select(work.c.item_id).where(_OPEN, work.c.due_at <= now, work.c.verb == Verb.POLL)
    return len(set(conn.execute(chosen).scalars()) & set(only))
