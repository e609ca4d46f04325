"""Findings before a release as a sheet, for those who correct them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from offing.services.releases.checks import FindingState
from offing.services.rows.sheet_files import SheetLayout, csv_chunks, write_sheet, xlsx_chunks
from offing.services.views.downloads import DownloadFormat

COLUMNS = ("key", "severity", "rule", "record", "field", "value", "problem", "what to do", "signed off by", "note")
HELP = (
    "One row is one finding of `offing publish --check`, errors first.",
    "An error blocks the next release: correct the record. A warning waits until somebody signs it off:",
    'offing releases signoff KEY --note "why it may be published".',
    "A sign-off holds while the same is found: the same rule, record, field and value.",
)
_LOOK = SheetLayout(
    choices={},
    free=frozenset(),
    wide=frozenset({"value", "problem", "what to do", "note"}),
    links=frozenset(),
    hidden=frozenset(),
    help=HELP,
    page="findings",
)


def export_findings(path: Path, found: Iterable[FindingState]) -> None:
    """Write findings to a sheet.

    Raises:
        UsageError: the file is neither .xlsx nor .csv, or cannot be written.
    """
    write_sheet(path, COLUMNS, map(_row, found), _LOOK)


def finding_chunks(found: Iterable[FindingState], kind: DownloadFormat) -> Iterator[bytes]:
    """Yield findings as a file to download: a sheet, or JSON as `offing publish --check --json` has it."""
    if kind is DownloadFormat.JSON:
        return iter((json.dumps([plain_finding(each) for each in found], ensure_ascii=False).encode(),))
    rows = map(_row, found)
    return csv_chunks(COLUMNS, rows) if kind is DownloadFormat.CSV else xlsx_chunks(COLUMNS, rows, _LOOK.page)


def plain_finding(each: FindingState) -> dict[str, object]:
    """Return a finding for `--json`."""
    found, signed = each.finding, each.signed
    return {
        "key": found.key,
        "severity": found.severity,
        "rule": found.rule,
        "project_id": found.project_id or None,
        "field": found.field or None,
        "value": found.value,
        "problem": found.problem,
        "remedy": found.remedy,
        "signed_off": {"by": signed.by, "at": signed.at.isoformat(), "note": signed.note} if signed else None,
    }


def _row(each: FindingState) -> dict[str, str]:
    found, signed = each.finding, each.signed
    own = (found.key, found.severity, found.rule, found.project_id, found.field, found.value, found.problem)
    rest = (found.remedy, signed.by if signed else "", signed.note if signed else "")
    return dict(zip(COLUMNS, map(str, (*own, *rest)), strict=True))
