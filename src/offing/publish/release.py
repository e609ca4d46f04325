"""What a release says of one project: the rows of each table, with their ids. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import ChangeKind, Described
from offing.publish import rows
from offing.publish.body import Cells, ProjectBody, filled
from offing.publish.cells import plain
from offing.publish.composed.reference import NO_REFERENCE, Reference
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
from offing.publish.tables.figures import FLOWS, QUANTITIES, TERMS
from offing.publish.tables.links import LINKS
from offing.publish.tables.locations import LOCATIONS

_NAMED_BY = ("sector", "countries", "record_type")


def project_body(
    described: Described, before: ProjectBody | None = None, reference: Reference = NO_REFERENCE
) -> ProjectBody:
    """The published rows of a project.

    Args:
        described: the record with its sources and proofs.
        before: what the release before says of it: rows that stand for the same thing keep their ids.
        reference: where places lie, and what sums were worth.
    """
    record = described.record
    issued = dict(before.issued) if before else {}
    if record.redirects_to or record.withdrawn is not None:
        kind = ChangeKind.MERGED if record.redirects_to else ChangeKind.WITHDRAWN
        note = f"into {record.redirects_to}" if record.redirects_to else record.withdrawn or ""
        ended = RETIRED.row(PublishedEnd(record, described.source))
        return ProjectBody(record.id, {RETIRED.name: _cells(RETIRED, [ended])}, kind, note, issued)
    found = {table.name: _cells(table, made) for table, made in _tables(described, reference)}
    earlier = before.rows if before else {}
    found[PROJECTS.name] = [_keeping_name(row, earlier.get(PROJECTS.name, ())) for row in found[PROJECTS.name]]
    for table in DATA_TABLES:
        if table.ids and found.get(table.name):
            if table is EVIDENCE:
                found[EVIDENCE.name] = [_proving(record, row, found) for row in found[EVIDENCE.name]]
            given = issued.get(table.name, 0)
            done = numbered(record.id, found[table.name], earlier.get(table.name, ()), table.ids, given)
            found[table.name], issued[table.name] = done.rows, done.issued
    return ProjectBody(record.id, {name: each for name, each in found.items() if each}, issued=issued)


def _tables(described: Described, reference: Reference) -> Iterable[tuple[AnyTable, Sequence[Row]]]:
    record = described.record
    speakers = frozenset(proof.evidence.speaker for proof in described.proofs)
    project = PublishedProject(record, described.sources, described.split_from, speakers, described.parent)
    yield PROJECTS, [PROJECTS.row(project)]
    yield PARTIES, rows.party_rows(record)
    yield FLOWS, rows.flow_rows(project, reference)
    yield TERMS, rows.term_rows(record)
    yield QUANTITIES, rows.size_rows(record)
    yield LOCATIONS, rows.location_rows(record, reference)
    yield EVENTS, rows.event_rows(record)
    yield SOURCES, rows.source_rows(described.sources)
    yield EVIDENCE, rows.evidence_rows(described.proofs)
    yield BY_HAND, rows.hand_rows(record)
    yield LINKS, rows.link_rows(described.links)


def _keeping_name(row: Cells, before: Sequence[Cells]) -> Cells:
    """A project's row under the name that it had, while what it is and where it is stay, and nobody set its title."""
    if row["name"] != row["title"]:
        for each in before:
            if "name" in each and all(each.get(column) == row.get(column) for column in _NAMED_BY):
                return {**row, "name": each["name"]}
    return row


def _cells(table: AnyTable, made: Sequence[Row]) -> list[Cells]:
    return [filled(table.header, map(plain, row)) for row in made]


def _proving(record: ProjectRecord, row: Cells, found: dict[str, list[Cells]]) -> Cells:
    return {**row, "row_id": "; ".join(proved_rows(row, found)) or record.id}
