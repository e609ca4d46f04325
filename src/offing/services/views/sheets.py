"""Exports the queue as a sheet and imports it filled in: previewed, applied once, problems reported by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.review.decision import Decision, Verdict
from offing.model.review.keys import ReviewKeys
from offing.model.values.vocabulary import Mode, RecordType, Sector, Status
from offing.review.spreadsheet import COLUMNS, JUDGEMENTS, LINKS, BadRow, Row, filled_row, row_of, token_of, verdict_of
from offing.services.review.decisions import QueueItem, decide, decided_by, show, try_out
from offing.services.rows.sheet_files import SheetLayout, read_sheet, write_sheet
from offing.services.views.actors import Register
from offing.services.views.candidate_view import with_parties
from offing.store.database.engine import Database

HELP = (
    "One row is one candidate. Write into `decision` what becomes of it: accept, reject, defer or duplicate.",
    "`reason`: why; for a rejection one from the list, or your own words.",
    "`until`: the day on which a deferred one comes back.",
    "`of`: the id of the candidate that a duplicate doubles; for an accepted one, what it is an update of, if not what",
    "`update of` says (off-2026-000123, candidate:12), or `new` for a record of its own.",
    "Fields may be corrected where they stand, several values between semicolons: Huawei:contractor; ZTE:supplier.",
    "A row without a decision changes nothing. Rows may be sorted and left out; cells of a row must stay together.",
    "Read it back with: offing queue import FILE (shows what it would do), then with --yes.",
)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Who filled a sheet in, when it is read (aware UTC), and the firms and lenders whose names it may use."""

    by: str
    now: datetime
    known: Register


class RowState(StrEnum):
    """The result for a row that is read back."""

    EMPTY = "empty"  # nothing was filled in
    TO_DO = "to do"
    DONE = "done"  # applied, now or by an earlier reading
    OUTDATED = "outdated"  # somebody decided or the candidate changed since it was exported
    REFUSED = "refused"  # it cannot be parsed or is not valid


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """The result for one row. `line` is its number in the spreadsheet; `said` a sentence."""

    line: int
    state: RowState
    sentence: str
    candidate_id: int | None = None


def export_queue(path: Path, items: Sequence[QueueItem], keys: ReviewKeys) -> None:
    """Write candidates to a sheet.

    Raises:
        UsageError: the file is neither .xlsx nor .csv, or cannot be written.
    """
    write_sheet(path, COLUMNS, (row_of(item.candidate, item.facts) for item in items), _look(keys))


def import_queue(database: Database, path: Path, reading: SheetReading, *, apply: bool) -> list[RowOutcome]:
    """Read a filled sheet, row by row.

    Args:
        database: where the candidates are stored.
        path: the sheet.
        reading: who reads it, and when.
        apply: whether to make the decisions; without it nothing is changed.

    Returns:
        One outcome for each row, in order. A row that was applied before is DONE and changes nothing.

    Raises:
        UsageError: the file cannot be read, or has no column `id`.
    """
    rows = read_sheet(path)
    missing = [name for name in ("id", "decision", "version", "mark") if rows and name not in rows[0][1]]
    if missing:
        raise UsageError(f"{path}: has no column {', '.join(missing)}; `offing queue export {path.name}` makes a sheet")
    return list(_outcomes(database, rows, reading, apply=apply))


def _outcomes(
    database: Database, rows: list[tuple[int, dict[str, str]]], reading: SheetReading, *, apply: bool
) -> Iterator[RowOutcome]:
    seen: dict[str, int] = {}
    for line, row in rows:
        key = row.get("id", "").strip()
        if key in seen:
            yield RowOutcome(line, RowState.REFUSED, f"candidate {key} stands in line {seen[key]} already")
            continue
        seen[key] = line
        yield _outcome(database, (line, row), reading, apply=apply)


def _outcome(database: Database, numbered: tuple[int, Row], reading: SheetReading, *, apply: bool) -> RowOutcome:
    line, row = numbered
    try:
        wish = filled_row(row)
        made, item = decided_by(database, wish.candidate_id, token_of(wish)), show(database, wish.candidate_id)
        if made:
            return _applied_before(line, made, item)
        if item.candidate.version != wish.seen and wish.judgement is not None:
            return RowOutcome(line, RowState.OUTDATED, _since(item), wish.candidate_id)
        verdict = verdict_of(wish, item.facts, reading.by) if item.candidate.version == wish.seen else None
        if verdict is None:
            return RowOutcome(line, RowState.EMPTY, "", wish.candidate_id)
        named = with_parties(database, verdict, reading.known)
        (decide if apply else try_out)(database, named, reading.now, seen=wish.seen)
    except (BadRow, UsageError, UnknownItem) as error:
        return RowOutcome(line, RowState.REFUSED, str(error))
    except Conflict as error:
        return RowOutcome(line, RowState.OUTDATED, str(error), verdict.candidate_id if verdict else None)
    return RowOutcome(line, RowState.DONE if apply else RowState.TO_DO, _said(verdict), verdict.candidate_id)


def _applied_before(line: int, made: Decision, item: QueueItem) -> RowOutcome:
    """Return the outcome of a row that was applied before: nothing more, even if its decision was taken back since."""
    back = next((each for each in item.decisions if each.undoes == made.id), None)
    if back is None:
        return RowOutcome(line, RowState.DONE, "was applied before", made.candidate_id)
    sentence = f"was already applied, and undone by {back.by} on {back.at:%Y-%m-%d %H:%M}; export the sheet again"
    return RowOutcome(line, RowState.OUTDATED, sentence, made.candidate_id)


def _since(item: QueueItem) -> str:
    last = item.decisions[-1] if item.decisions else None
    if last is None:
        return f"candidate {item.candidate.id} has changed since it was exported: export it anew"
    return (
        f"candidate {item.candidate.id} has changed since it was exported "
        f"({last.judgement} by {last.by}, {last.at:%Y-%m-%d %H:%M}): export it anew"
    )


def _said(verdict: Verdict) -> str:
    of = f" of {verdict.duplicate_of}" if verdict.duplicate_of else ""
    of = f" into {verdict.into}" if verdict.into else " as a record of its own" if verdict.alone else of
    until = f" until {verdict.until:%Y-%m-%d}" if verdict.until else ""
    edits = f", with {', '.join(verdict.edits)}" if verdict.edits else ""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"{verdict.judgement}{of}{until}{reason}{edits}"


def _look(keys: ReviewKeys) -> SheetLayout:
    closed = {"sector": Sector, "status": Status, "record_type": RecordType, "mode": Mode}
    return SheetLayout(
        choices={
            "decision": JUDGEMENTS,
            "reason": [reason.name for reason in keys.reasons],
            **{name: [str(value) for value in values] for name, values in closed.items()},
        },
        free=frozenset({"reason"}),
        wide=frozenset({"record", "headline", "title", "quotes", "reason", "firms", "counterparts", "amounts"}),
        links=frozenset(LINKS),
        hidden=frozenset({"version", "mark"}),
        help=HELP,
    )
