"""Pruning: deletes what is old and led to nothing, in batches, each in one transaction under the lock of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

import sqlalchemy as sa

from offing.errors import RunLocked
from offing.model.operation.retention import Archive, KeptFor, Prunable, Retention
from offing.services.running.archive import archive_pages, day_begin
from offing.services.running.pieces import GoOn, to_the_end
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import LOCK_LEASE, begin, lock_file, taken_over
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, renew_lock
from offing.store.upkeep.contents import drop_contents, droppable, entries_fetched_since, stored_bytes
from offing.store.upkeep.knots import Ages, Knot, batches, kept, prunable
from offing.store.upkeep.old_records import prune_records, size_of_records
from offing.store.upkeep.prune import prune_knots
from offing.store.upkeep.sizes import Size, size_of_knots

PIPELINE = "prune"
BUSY = "a run is at work on this database; prune when it has ended"
CONTENTS = "contents"
_MB = 1e6

Limits = Mapping[Prunable, datetime]


@dataclass(frozen=True, slots=True)
class Plan:
    """What `prune` would delete by noun, and what stays though it is old, by reason.

    Attributes:
        before: the time before which each kind may go.
        sizes: rows, and about how many bytes.
        kept: entries that are old enough for any of the rules.
        over: bytes by which contents of pages would still exceed their budget.
    """

    before: Limits
    sizes: Mapping[str, Size]
    kept: Mapping[KeptFor, int]
    over: int = 0


@dataclass(slots=True)
class Pruning:
    """One pruning, within the run that holds the lock.

    Attributes:
        run_id: that run.
        now: the time.
        go_on: asked before each batch.
        counts: the rows deleted so far, by noun.
        over: as in `Plan`, once contents were dropped.
        archived: pages written to the archive before.
    """

    run_id: int
    now: datetime
    go_on: GoOn = to_the_end
    counts: Counter[str] = field(default_factory=Counter)
    over: int = 0
    archived: int = 0

    @contextmanager
    def batch(self, database: Database) -> Iterator[sa.Connection]:
        """Yield a transaction that is rolled back if another run has taken the lock, which is renewed."""
        with database.write() as conn:
            if not renew_lock(conn, self.run_id, utc_now() + LOCK_LEASE):
                raise taken_over(self.run_id)
            yield conn


def plan(database: Database, retention: Retention, now: datetime) -> Plan:
    """Return what `prune` would delete."""
    before = retention.before(now)
    with database.read() as conn:
        knots = _knots(conn, retention, now)
        excess = _excess(conn, retention)
        contents = droppable(conn, before.get(Prunable.PAGES), excess, _latest(retention, now), knots)
        sizes = {**size_of_knots(conn, knots), CONTENTS: contents.freed, **size_of_records(conn, before)}
        stays = kept(conn, _for_any_rule(before), (*knots, *contents.knots))
    return Plan(before, sizes, stays, max(0, excess - contents.freed.bytes))


def _knots(conn: sa.Connection, retention: Retention, now: datetime) -> tuple[Knot, ...]:
    """Return what goes by age; where pages are archived, without that of which something came today."""
    before = retention.before(now)
    found = prunable(conn, Ages(before.get(Prunable.ARTICLES), before.get(Prunable.ENTRIES)))
    if not found or retention.archive is None:
        return found
    late = entries_fetched_since(conn, _latest(retention, now))
    return tuple(knot for knot in found if late.isdisjoint(knot.entries))


def _latest(retention: Retention, now: datetime) -> datetime:
    """Return the time before which contents may go: what came today is archived tomorrow."""
    return now if retention.archive is None else day_begin(now)


def _for_any_rule(before: Limits) -> Ages:
    """Return the times before which entries may go, or lose their contents."""
    read = [before[kind] for kind in (Prunable.ARTICLES, Prunable.PAGES) if kind in before]
    return Ages(max(read, default=None), before.get(Prunable.ENTRIES))


def _excess(conn: sa.Connection, retention: Retention) -> int:
    """Return by how many bytes the contents of pages exceed their budget."""
    return 0 if retention.budget is None else max(0, stored_bytes(conn) - retention.budget)


def prune(database: Database, retention: Retention, now: datetime) -> Pruning:
    """Delete what is old and led to nothing, as a run of its own.

    Raises:
        RunLocked: a run is at work, here or elsewhere, or has taken this one over.
    """
    with _run(database) as run_id:
        pruning, code = Pruning(run_id, now), 1
        try:
            apply_retention(database, retention, pruning)
            code = 0
        finally:
            with database.write() as conn:
                end_run(conn, run_id, now, code, {"pruned": dict(pruning.counts)})
    return pruning


def apply_retention(database: Database, retention: Retention, pruning: Pruning) -> None:
    """Delete what is old and led to nothing, within a run; it can be broken off at any time, and called again.

    Where pages are archived, that comes first: what is not in the archive does not go.

    Raises:
        RunLocked: another run has taken the lock, or the archive is in use.
        UsageError: the archive cannot be used; nothing was deleted.
        MachineTrouble: a disk is full, or the database is away.
    """
    if retention.archive and not _archived(database, retention.archive, pruning):
        return
    before = retention.before(pruning.now)
    with database.read() as conn:
        knots = _knots(conn, retention, pruning.now)
    for batch in _while_it_goes_on(batches(knots), pruning.go_on):
        with pruning.batch(database) as conn:
            pruning.counts.update(prune_knots(conn, batch, pruning.now))
    _drop_contents(database, retention, pruning)
    while pruning.go_on():
        with pruning.batch(database) as conn:
            gone = prune_records(conn, before)
        pruning.counts.update(gone)
        if not any(gone.values()):
            return


def _archived(database: Database, archive: Archive, pruning: Pruning) -> bool:
    """Return whether all that may go is in the archive now."""
    done = archive_pages(database, archive, pruning.now, lambda _done, _total: None, pruning.go_on)
    pruning.archived += done.captures
    return done.complete


def _drop_contents(database: Database, retention: Retention, pruning: Pruning) -> None:
    with database.read() as conn:
        excess = _excess(conn, retention)
        before = retention.before(pruning.now).get(Prunable.PAGES)
        found = droppable(conn, before, excess, _latest(retention, pruning.now))
    for batch in _while_it_goes_on(batches(found.knots), pruning.go_on):
        with pruning.batch(database) as conn:
            pruning.counts[CONTENTS] += drop_contents(conn, batch, found.pages)
    pruning.over = max(0, excess - found.freed.bytes)


def _while_it_goes_on(knots: Iterable[list[Knot]], go_on: GoOn) -> Iterator[list[Knot]]:
    return takewhile(lambda _: go_on(), knots)


@contextmanager
def _run(database: Database) -> Iterator[int]:
    """Hold the locks of a run of its own; yield its id."""
    with ExitStack() as locks:
        try:
            run_id = begin(database, PIPELINE, locks.enter_context(lock_file(database)))
        except RunLocked:
            raise RunLocked(BUSY) from None
        yield run_id


def over_budget(over: int, budget: int) -> str:
    """Return a sentence on contents of pages that stay, though they exceed their budget."""
    return (
        f"contents of pages take {over / _MB:,.1f} MB more than their budget of {budget / _MB:,.0f} MB: all the rest "
        "belongs to candidates, decisions or records, or waits; raise `budget_mb` in retention.toml"
    )
