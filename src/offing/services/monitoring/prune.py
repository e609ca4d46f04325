"""Pruning: deletes old items under the run's locks, in batches, each in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.errors import RunLocked
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import LOCK_LEASE, begin, lock_file
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, renew_lock
from offing.store.upkeep.old_records import count_records, prune_records
from offing.store.upkeep.prune import batches, prunable, prune_knots, size_of

PIPELINE = "prune"
BUSY = "a run is at work on this database; prune when it has ended"


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was deleted, or would be, by noun."""

    before: datetime
    counts: dict[str, int]


def would_prune(database: Database, older_than: timedelta, now: datetime) -> Pruned:
    """Return what `prune` would delete."""
    before = now - older_than
    with database.read() as conn:
        return Pruned(before, size_of(conn, prunable(conn, before)) | count_records(conn, before))


def prune(database: Database, older_than: timedelta, now: datetime) -> Pruned:
    """Delete what is old and led to nothing.

    Raises:
        RunLocked: a run is at work, here or elsewhere.
    """
    try:
        with lock_file(database) as mine:
            return _pruned(database, now - older_than, now, begin(database, PIPELINE, mine))
    except RunLocked:
        raise RunLocked(BUSY) from None


def _pruned(database: Database, before: datetime, now: datetime, run_id: int) -> Pruned:
    counts, code = Counter[str](), 1
    try:
        with database.read() as conn:
            knots = prunable(conn, before)
        for batch in batches(knots):
            with database.write() as conn:
                renew_lock(conn, run_id, utc_now() + LOCK_LEASE)
                counts.update(prune_knots(conn, batch, now))
        _prune_records(database, before, counts)
        code = 0
    finally:
        with database.write() as conn:
            end_run(conn, run_id, now, code, {"pruned": dict(counts)})
    return Pruned(before, dict(counts))


def _prune_records(database: Database, before: datetime, counts: Counter[str]) -> None:
    while True:
        with database.write() as conn:
            gone = prune_records(conn, before)
        counts.update(gone)
        if not any(gone.values()):
            return
