"""Imports the rows of another base as known projects, and reports each trouble with row and reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from offing.errors import BadRecord
from offing.model.projects.known import KnownProject
from offing.services.analysis.candidate_rows import number as plain_number
from offing.services.known_projects.row_mapping import RowReader
from offing.services.matching.candidates import keys_of_known
from offing.services.matching.match_rules import changing, judge_of
from offing.services.records.derived_again import candidates_changed
from offing.services.rows.cells import Row
from offing.services.rows.row_files import RowSource
from offing.store.database.batch import BATCH
from offing.store.database.engine import Database
from offing.store.pairs.blocking import waiting_near
from offing.store.pairs.pair import paired_with
from offing.store.records.known_project import RowCounts, differing, imported_at, keep_known

_AT_ONCE = 10  # candidates in one transaction


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import. `troubles` are sentences, each with a row number; `refused` rows were not stored."""

    kept: RowCounts
    refused: int
    troubles: tuple[str, ...]


def import_known(
    database: Database,
    source: RowSource,
    reader: RowReader,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Store the rows of a source as known projects; importing them again changes nothing.

    Args:
        database: where they are stored, five hundred in a transaction.
        source: the rows.
        reader: maps cells to fields.
        now: when it happens.
        progress: called with the number of bytes read so far.

    Undecided candidates that may match a new or changed row are matched again, even if the file breaks off: rows stored
    until then would count as unchanged the next time.
    """
    try:
        return _keep_rows(database, source, reader, now, progress)
    finally:
        rematch_waiting(database, reader.shape.source, now)


def _keep_rows(
    database: Database, source: RowSource, reader: RowReader, now: datetime, progress: Callable[[int], None]
) -> Imported:
    kept, reading = RowCounts(), _Reading(reader)
    while batch := list(islice(source.rows, BATCH)):
        projects = [project for at, row in batch if (project := reading.read(row, at))]
        reading.note(source.oddities)
        kept += _keep(database, projects, now)
        progress(source.position())
    return Imported(kept, reading.refused, reading.troubles)


@dataclass(slots=True)
class _Reading:
    """What was read of a file so far: the row of each key, and the rows of each trouble."""

    reader: RowReader
    refused: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    rows_of: dict[str, list[int]] = field(default_factory=dict)

    def read(self, row: Row | BadRecord, at: int) -> KnownProject | None:
        """Return the known project of a row; None if it is unusable or repeats an earlier key."""
        project, troubles = _drawn(row, at, self.reader)
        first = self.rows.setdefault(project.key, at) if project else at
        if project and first != at:
            troubles = [f"has the key {project.key!r} of row {first} again; that one counts"]
            project = None
        for what in troubles:
            self.rows_of.setdefault(what, []).append(at)
        self.refused += project is None
        return project

    def note(self, troubles: list[tuple[int, str]]) -> None:
        """Take over the troubles that a source reports about its rows."""
        for at, what in troubles:
            self.rows_of.setdefault(what, []).append(at)
        troubles.clear()

    @property
    def troubles(self) -> tuple[str, ...]:
        """The distinct troubles as sentences, each with its first row and the number of further rows."""
        by_row = sorted(self.rows_of.items(), key=lambda each: each[1][0])
        return tuple(f"row {rows[0]}: {what}{_more(len(rows) - 1)}" for what, rows in by_row)


def _more(rows: int) -> str:
    return f" (and in {rows:,} more row{'s' if rows > 1 else ''})" if rows else ""


def _keep(database: Database, rows: Sequence[KnownProject], now: datetime) -> RowCounts:
    """Store rows; the match keys of new or changed ones are computed before anything is locked."""
    with database.read() as conn:
        fresh = differing(conn, rows, now)
    judge = judge_of(database)
    keys = {each: keys_of_known(each, judge) for each in fresh}
    with database.write() as conn:
        return keep_known(conn, rows, now, lambda each: keys[each] if each in keys else keys_of_known(each, judge))


def rematch_waiting(database: Database, source: str, now: datetime) -> int:
    """Match undecided candidates against what an import brought; return how many there were.

    Args:
        database: where they are stored; each transaction takes only a few, so that nobody has to wait for long.
        source: the base.
        now: when the import began: the rows that it wrote carry this time.
    """
    with database.read() as conn:
        brought = imported_at(conn, source, now)
        waiting = sorted(waiting_near(conn, brought) | paired_with(conn, brought.values()))
    for start in range(0, len(waiting), _AT_ONCE):
        with changing(database) as conn:
            candidates_changed(conn, waiting[start : start + _AT_ONCE], now)
    return len(waiting)


def account_row(known: KnownProject) -> dict[str, object]:
    """Return a known project as a row for matching; fields that the base lacks are omitted and drawn from the text."""
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


def _drawn(row: Row | BadRecord, at: int, reader: RowReader) -> tuple[KnownProject | None, list[str]]:
    """Return the known project of a row, None if it is unusable, and the troubles to report."""
    try:
        if isinstance(row, BadRecord):
            raise row
        return reader.read(row, at)
    except BadRecord as error:
        return None, [str(error).removeprefix(f"row {at}: ")]
