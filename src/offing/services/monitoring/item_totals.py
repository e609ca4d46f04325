"""How many items ended how over all runs, as a counter that only grows while a process lives."""

from __future__ import annotations

from collections import Counter
from threading import Lock

import sqlalchemy as sa

from offing.store.upkeep.gauges import endings_of, run_at_work, runs_after

Endings = Counter[tuple[str, str]]


class ItemTotals:
    """Counts by (verb, ending). Each run that is over is read once for each process.

    Runs from before the first reading count by their tallies, since outcomes are pruned and runs are not; later ones
    by their outcomes, so that the run at work counts, too.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._over: Endings = Counter()
        self._last = 0
        self._unended: dict[int, Endings] = {}

    def read(self, conn: sa.Connection) -> Endings:
        """Return the totals as of now."""
        with self._lock:
            return self._read(conn)

    def _read(self, conn: sa.Connection) -> Endings:
        first, at_work, live = self._last == 0, run_at_work(conn), Counter[tuple[str, str]]()
        for row in runs_after(conn, self._last, self._unended.keys()):
            of_tally = first and row.tally is not None
            counts = _of_tally(row.tally) if of_tally else _of_outcomes(conn, row.id)
            counts |= self._unended.pop(row.id, Counter())  # never fewer than before, whatever was pruned
            if row.ended_at is None and row.id == at_work:
                self._unended[row.id] = counts
                live.update(counts)
            else:
                self._over.update(counts)
            self._last = max(self._last, row.id)
        return self._over + live


def _of_outcomes(conn: sa.Connection, run_id: int) -> Endings:
    return Counter({(verb, ending): number for verb, ending, number in endings_of(conn, run_id)})


def _of_tally(tally: dict[str, dict[str, dict[str, int]]]) -> Endings:
    endings = tally.get("endings") or {}
    return Counter({(verb, ending): number for verb, each in endings.items() for ending, number in each.items()})
