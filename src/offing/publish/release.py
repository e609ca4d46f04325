"""What a release says of one project: the rows of each table, with their ids. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import ChangeKind, Described
from offing.publish import rows
from offing.publish.body import Cells, ProjectBody, filled
from offing.publish.cells import plain
from offing.publish.figures import FLOWS, QUANTITIES, TERMS
from offing.publish.numbering import numbered
from offing.publish.published import PublishedEnd, PublishedProject
from offing.publish.schema import (
    BY_HAND,
    DATA_TABLES,
    EVENTS,
    EVIDENCE,
    PARTIES,
    PROJECTS,
    RETIRED,
    SOURCES,
)
from offing.publish.supported import proved_rows
from offing.publish.table import AnyTable, Row


def project_body(described: Described, before: ProjectBody | None = None) -> ProjectBody:
    """The published rows of a project.

    Args:
        described: the record with its sources and proofs.
        before: what the release before says of it: rows that stand for the same thing keep their ids.
    """
    record = described.record
    issued = dict(before.issued) if before else {}
    if record.redirects_to or record.withdrawn is not None:
        kind = ChangeKind.MERGED if record.redirects_to else ChangeKind.WITHDRAWN
        note = f"into {record.redirects_to}" if record.redirects_to else record.withdrawn or ""
        ended = RETIRED.row(PublishedEnd(record, described.source))
        return ProjectBody(record.id, {RETIRED.name: _cells(RETIRED, [ended])}, kind, note, issued)
    found = {table.name: _cells(table, made) for table, made in _tables(described)}
    earlier = before.rows if before else {}
    for table in DATA_TABLES:
        if table.ids and found.get(table.name):
            if table is EVIDENCE:
                found[EVIDENCE.name] = [_proving(record, row, found) for row in found[EVIDENCE.name]]
            given = issued.get(table.name, 0)
            done = numbered(record.id, found[table.name], earlier.get(table.name, ()), table.ids, given)
            found[table.name], issued[table.name] = done.rows, done.issued
    return ProjectBody(record.id, {name: each for name, each in found.items() if each}, issued=issued)


def _tables(described: Described) -> Iterable[tuple[AnyTable, Sequence[Row]]]:
    record = described.record
    yield PROJECTS, [PROJECTS.row(PublishedProject(record, described.sources, described.split_from))]
    yield PARTIES, rows.party_rows(record)
    yield FLOWS, rows.flow_rows(record)
    yield TERMS, rows.term_rows(record)
    yield QUANTITIES, rows.size_rows(record)
    yield EVENTS, rows.event_rows(record)
    yield SOURCES, rows.source_rows(described.sources)
    yield EVIDENCE, rows.evidence_rows(described.proofs)
    yield BY_HAND, rows.hand_rows(record)


def _cells(table: AnyTable, made: Sequence[Row]) -> list[Cells]:
    return [filled(table.header, map(plain, row)) for row in made]


def _proving(record: ProjectRecord, row: Cells, found: dict[str, list[Cells]]) -> Cells:
    return {**row, "row_id": "; ".join(proved_rows(row, found)) or record.id}
