"""Old records of the work itself, such as polls, finished work and second answers. Nothing else refers to them.

Runs stay: figures of Prometheus are sums over all of them, and those of a year of hourly runs take some megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from offing.model.operation.retention import Prunable
from offing.model.values.vocabulary import Verb
from offing.store.tables import outcome, poll, robots, second_answer, translation, work
from offing.store.upkeep.sizes import Size, size_of_rows

Limits = Mapping[Prunable, datetime]

_AT_ONCE = 5000
_TIMED = {
    Prunable.POLLS: (poll, poll.c.at),
    Prunable.OUTCOMES: (outcome, outcome.c.at),
    Prunable.WORK: (work, work.c.done_at),
    Prunable.SECOND_ANSWERS: (second_answer, second_answer.c.at),
    Prunable.TRANSLATIONS: (translation, translation.c.at),
}
_NOUNS = {Prunable.WORK: "finished steps", Prunable.SECOND_ANSWERS: "second answers"}


def prune_records(conn: sa.Connection, before: Limits, limit: int = _AT_ONCE) -> dict[str, int]:
    """Delete some of each kind from before its time, and expired robots.txt with polls; return the counts by noun.

    Kinds without a time stay.
    """
    counts = {}
    for noun, table, condition in _past(before):
        key = table.primary_key.columns[0]
        some = sa.select(key).where(condition).limit(limit)
        counts[noun] = conn.execute(sa.delete(table).where(key.in_(some))).rowcount
    return counts


def size_of_records(conn: sa.Connection, before: Limits) -> dict[str, Size]:
    """Return the size of each kind from before its time."""
    return {noun: size_of_rows(conn, table, condition) for noun, table, condition in _past(before)}


def _past(before: Limits) -> Iterator[tuple[str, sa.Table, sa.ColumnElement[bool]]]:
    """Yield noun, table and condition of what is past its time. A removed feed's turn stays, for when it comes back."""
    for kind, (table, at) in _TIMED.items():
        if kind in before:
            mine = work.c.verb != Verb.POLL if table is work else sa.true()
            yield _NOUNS.get(kind, str(kind)), table, (at < before[kind]) & mine
    if Prunable.POLLS in before:
        yield "robots.txt", robots, robots.c.until < before[Prunable.POLLS]
