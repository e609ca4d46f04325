"""All files of a release. Pure: the same snapshot and the same previous digests give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import ChangeKind, ProvedField, PublishedSource, Snapshot
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.codec import to_plain
from offing.publish import rows
from offing.publish.cells import csv_bytes, plain
from offing.publish.documents import checksums, codebook, datapackage
from offing.publish.schema import (
    BY_HAND,
    CHANGES,
    DATA_TABLES,
    EVENTS,
    EVIDENCE,
    FLOWS,
    PARTIES,
    PROJECTS,
    RETIRED,
    SOURCES,
    PublishedChange,
    PublishedProject,
)
from offing.publish.table import Row


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of one project, by table name. `retired` is set for an id that was merged or withdrawn."""

    project_id: str
    tables: dict[str, list[Row]]
    retired: ChangeKind | None = None
    note: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of everything published about the project."""
        cells = {name: [[plain(cell) for cell in row] for row in found] for name, found in self.tables.items()}
        return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def build_release(snapshot: Snapshot, previous: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a release by name.

    Args:
        snapshot: the records with their sources and proofs, without any article's text.
        previous: the digests of the previous release, by project id; empty for a first release.
    """
    projects = table_rows(snapshot)
    files = {
        table.file: csv_bytes(
            table.header,
            (row for project in projects for row in project.tables.get(table.name, ())),
        )
        for table in DATA_TABLES
    }
    files[CHANGES.file] = csv_bytes(CHANGES.header, map(CHANGES.row, _changes(projects, previous)))
    files["codebook.md"] = codebook(snapshot.version)
    files["datapackage.json"] = datapackage(snapshot.version, files)
    files["SHA256SUMS"] = checksums(files)
    return dict(sorted(files.items()))


def table_rows(snapshot: Snapshot) -> tuple[TableRows, ...]:
    """Return the published rows of each project, ordered by id."""
    sources: dict[str, list[PublishedSource]] = defaultdict(list)
    proofs: dict[str, list[ProvedField]] = defaultdict(list)
    for source in snapshot.sources:
        sources[source.project_id].append(source)
    for proof in snapshot.proofs:
        proofs[proof.project_id].append(proof)
    records = sorted(snapshot.records, key=lambda record: record.id)
    return tuple(_rows_of(record, tuple(sources[record.id]), tuple(proofs[record.id])) for record in records)


def digests(snapshot: Snapshot) -> dict[str, str]:
    """Return the digest of each project, by id, for comparison with the next release."""
    return {project.project_id: project.digest for project in table_rows(snapshot)}


def supported(evidence: Iterable[Evidence], record: ProjectRecord) -> tuple[Evidence, ...]:
    """Return the evidence that proves a value of the record.

    A value that a person replaced, or that a later article brought and nobody confirmed, is not proved by any. A
    status, or the date of an event, counts where it is in the record's life line.
    """
    plain_facts = to_plain(record.facts)
    values = {field: _spellings(plain_facts[field]) for field in FieldName}
    in_force = [event for event in record.life_line if event.set_aside_by is None]
    values[FieldName.STATUS] |= {event.status for event in in_force if event.status}
    values[FieldName.EVENT_DATE] |= {event.told for event in in_force if event.told}
    return tuple(each for each in evidence if _spelled(each.value) in values[each.field])


def _rows_of(record: ProjectRecord, sources: tuple[PublishedSource, ...], proofs: tuple[ProvedField, ...]) -> TableRows:
    if record.redirects_to or record.withdrawn is not None:
        kind = ChangeKind.MERGED if record.redirects_to else ChangeKind.WITHDRAWN
        note = f"into {record.redirects_to}" if record.redirects_to else record.withdrawn or ""
        return TableRows(record.id, {RETIRED.name: [RETIRED.row(record)]}, kind, note)
    tables = {
        PROJECTS.name: [PROJECTS.row(PublishedProject(record, sources))],
        PARTIES.name: rows.party_rows(record),
        FLOWS.name: rows.flow_rows(record),
        EVENTS.name: rows.event_rows(record),
        SOURCES.name: rows.source_rows(sources),
        EVIDENCE.name: rows.evidence_rows(proofs),
        BY_HAND.name: rows.hand_rows(record),
    }
    return TableRows(record.id, tables)


def _changes(projects: tuple[TableRows, ...], previous: Mapping[str, str]) -> Iterator[PublishedChange]:
    for project in projects:
        before = previous.get(project.project_id)
        if before == project.digest or (before is None and project.retired):
            continue  # an id retired before anybody could cite it is no change
        kind = project.retired or (ChangeKind.CHANGED if before else ChangeKind.ADDED)
        yield PublishedChange(project.project_id, kind, project.note)


def _spellings(value: object) -> set[str]:
    """Return all forms in which evidence may name the values of a field, folded."""
    if isinstance(value, list):
        return {spelling for each in value for spelling in _spellings(each)}
    if not isinstance(value, dict):
        return set() if value is None else {_spelled(str(value))}
    sized = f"{value.get('value')} {value.get('currency') or value.get('unit')}"
    names = {_spelled(sized), f"{value.get('kind')} {_spelled(sized)}".casefold()}  # of a term: interest 2 percent
    return names | {spelling for each in value.values() if each for spelling in _spellings(each)}


def _spelled(text: str) -> str:
    """Return the text folded, with a number before the first space in plain form: 8.8E+7 EUR is 88000000 EUR."""
    number, space, rest = text.casefold().partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return text.casefold()
    return f"{plain(value) if value.is_finite() else number}{space}{rest}"
