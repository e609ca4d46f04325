"""Imports the projects of another base: rows in, known projects kept, each trouble with its row and reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from offing.errors import BadRecord
from offing.model.known import KnownProject
from offing.steps.candidate_rows import number as plain_number
from offing.steps.changed import candidates_changed
from offing.steps.judging import changing, judge_of
from offing.steps.known_cells import Row
from offing.steps.known_rows import Reader
from offing.steps.matching import keys_of_known
from offing.steps.row_files import Source
from offing.store.batch import BATCH
from offing.store.engine import Database
from offing.store.known import Kept, differing, imported_at, keep_known
from offing.store.near import waiting_near
from offing.store.pair import paired_with

_AT_ONCE = 10  # candidates in one transaction


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `troubles` are sentences, each with the number of its row; `refused` rows were not kept."""

    kept: Kept
    refused: int
    troubles: tuple[str, ...]


def import_known(
    database: Database, source: Source, reader: Reader, now: datetime, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Keep the rows of a source as known projects; importing them again changes nothing.

    Args:
        database: where they are kept, five hundred in a transaction.
        source: the rows.
        reader: knows which cell is which field.
        now: when it happens.
        progress: is told how many bytes were read so far.

    Undecided candidates that may be one of the rows that are new or say something else are held against them, also
    where the file breaks off: what was kept until then would be nothing new the next time.
    """
    try:
        return _keep_rows(database, source, reader, now, progress)
    finally:
        rematch_waiting(database, reader.shape.source, now)


def _keep_rows(
    database: Database, source: Source, reader: Reader, now: datetime, progress: Callable[[int], None]
) -> Imported:
    kept, reading = Kept(), _Reading(reader)
    while batch := list(islice(source.rows, BATCH)):
        projects = [project for at, row in batch if (project := reading.read(row, at))]
        reading.note(source.told)
        kept += _keep(database, projects, now)
        progress(source.position())
    return Imported(kept, reading.refused, reading.troubles)


@dataclass(slots=True)
class _Reading:
    """What was read of a file so far: the row of each key, and the rows of each trouble."""

    reader: Reader
    refused: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    told: dict[str, list[int]] = field(default_factory=dict)

    def read(self, row: Row | BadRecord, at: int) -> KnownProject | None:
        """The known project of a row; None where it cannot be used, or stood above already."""
        project, told = _drawn(row, at, self.reader)
        first = self.rows.setdefault(project.key, at) if project else at
        if project and first != at:
            told = [f"has the key {project.key!r} of row {first} again; that one counts"]
            project = None
        for what in told:
            self.told.setdefault(what, []).append(at)
        self.refused += project is None
        return project

    def note(self, told: list[tuple[int, str]]) -> None:
        """Take over what a source tells of its rows."""
        for at, what in told:
            self.told.setdefault(what, []).append(at)
        told.clear()

    @property
    def troubles(self) -> tuple[str, ...]:
        """The troubles in sentences, each once, with its first row and in how many more it was met."""
        by_row = sorted(self.told.items(), key=lambda each: each[1][0])
        return tuple(f"row {rows[0]}: {what}{_more(len(rows) - 1)}" for what, rows in by_row)


def _more(rows: int) -> str:
    return f" (and in {rows:,} more row{'s' if rows > 1 else ''})" if rows else ""


def _keep(database: Database, rows: Sequence[KnownProject], now: datetime) -> Kept:
    """Keep rows; by what they are found is drawn from those that say something new, before anything is locked."""
    with database.read() as conn:
        fresh = differing(conn, rows, now)
    judge = judge_of(database)
    keys = {each: keys_of_known(each, judge) for each in fresh}
    with database.write() as conn:
        return keep_known(conn, rows, now, lambda each: keys[each] if each in keys else keys_of_known(each, judge))


def rematch_waiting(database: Database, source: str, now: datetime) -> int:
    """Hold undecided candidates against what an import brought; how many were.

    Args:
        database: where they are, some in a transaction, so that nobody has to wait for long.
        source: the base.
        now: when the import began: rows that it wrote bear this time.
    """
    with database.read() as conn:
        brought = imported_at(conn, source, now)
        waiting = sorted(waiting_near(conn, brought) | paired_with(conn, brought.values()))
    for start in range(0, len(waiting), _AT_ONCE):
        with changing(database) as conn:
            candidates_changed(conn, waiting[start : start + _AT_ONCE], now)
    return len(waiting)


def account_row(known: KnownProject) -> dict[str, object]:
    """A known project as a row for matching; what the base does not tell is left away and read from the text."""
    facts = known.facts
    row: dict[str, object] = {
        "id": f"{known.source}:{known.key}",
        "title": facts.title,
        "description": known.description,
        "countries": list(facts.countries),
        "firms": [firm.name for firm in facts.firms],
        "lenders": [lender.name for lender in facts.lenders],
        "counterparts": list(facts.counterparts),
        "agreement": facts.mode,
        "amounts": [{"value": plain_number(amount.value), "currency": amount.currency} for amount in facts.amounts],
        "sector": facts.sector,
        "status": facts.status,
        "year": known.year,
    }
    return {name: value for name, value in row.items() if value or name in ("id", "title")}


def _drawn(row: Row | BadRecord, at: int, reader: Reader) -> tuple[KnownProject | None, list[str]]:
    """The known project of a row, None where it cannot be used, and what is to be told of it."""
    try:
        if isinstance(row, BadRecord):
            raise row
        return reader.read(row, at)
    except BadRecord as error:
        return None, [str(error).removeprefix(f"row {at}: ")]
