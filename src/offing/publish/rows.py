"""The rows of each table of a release, in an order that depends only on the data. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date

from offing.model.projects.project import Change, ProjectRecord
from offing.model.projects.release import ProvedField, PublishedSource
from offing.publish.cells import Cell, plain
from offing.publish.schema import PartyKind
from offing.redaction import redact

Row = tuple[Cell, ...]


def project_row(record: ProjectRecord, sources: tuple[PublishedSource, ...]) -> Row:
    """The row of projects.csv."""
    facts = record.facts
    days = sorted(source.published.astimezone(UTC).date() for source in sources if source.published)
    return (
        record.id,
        facts.title,
        _joined(sorted(facts.countries)),
        facts.sector,
        facts.status,
        _status_day(record),
        facts.record_type,
        facts.mode,
        _joined(facts.places),
        _joined(f"{plain(size.value)} {size.unit}" for size in facts.quantities),
        _joined(dict.fromkeys(concern.kind for concern in facts.concerns)),
        days[0] if days else None,
        days[-1] if days else None,
        len({source.outlet for source in sources}),
        len({source.url for source in sources}),
    )


def party_rows(record: ProjectRecord) -> list[Row]:
    """The rows of parties.csv, in the record's own order."""
    facts = record.facts
    firms = [(record.id, PartyKind.FIRM, each.name, each.as_written, each.role, each.id) for each in facts.firms]
    lenders = [(record.id, PartyKind.LENDER, each.name, each.as_written, None, each.id) for each in facts.lenders]
    hosts = [(record.id, PartyKind.COUNTERPART, name, name, None, None) for name in facts.counterparts]
    return [*firms, *lenders, *hosts]


def flow_rows(record: ProjectRecord) -> list[Row]:
    """The rows of flows.csv, in the record's own order."""
    amounts = record.facts.amounts
    return [(record.id, each.value, each.currency, each.kind, each.qualifier, each.as_written) for each in amounts]


def event_rows(record: ProjectRecord) -> list[Row]:
    """The rows of events.csv, oldest first, without duplicates though two candidates may share an event.

    Events set aside by a person are left out.
    """
    return _ordered(
        (record.id, each.day, each.status, each.quote, redact(each.url), each.kind, each.told, _changes(each.changes))
        for each in record.life_line
        if each.set_aside_by is None
    )


def source_rows(sources: Iterable[PublishedSource]) -> list[Row]:
    """The rows of sources.csv, each address once."""
    by_url: dict[str, Row] = {}
    for each in sources:
        published = f"{each.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if each.published else None
        url = redact(each.url)  # a release is public, whatever access the fetch needed
        row = (each.project_id, url, each.title, each.outlet, each.language, published)
        by_url[url] = min(by_url.get(url, row), row, key=repr)
    return _ordered(by_url.values())


def evidence_rows(proofs: Iterable[ProvedField]) -> list[Row]:
    """The rows of evidence.csv, each once."""
    return _ordered(
        (
            each.project_id,
            each.evidence.field,
            each.evidence.value,
            each.evidence.text,
            each.evidence.start,
            each.evidence.end,
            each.evidence.speaker,
            redact(each.url),
        )
        for each in proofs
    )


def retired_row(record: ProjectRecord) -> Row:
    """The row of retired.csv."""
    return (record.id, record.redirects_to, record.withdrawn)


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(dict.fromkeys(rows), key=lambda row: [_sortable(cell) for cell in row])


def _sortable(cell: Cell) -> tuple[bool, int, str]:
    """Empty cells first, numbers by value, the rest by its characters."""
    return (cell is not None, cell, "") if isinstance(cell, int) else (cell is not None, 0, plain(cell))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value.replace(";", ",") for value in values)


def _changes(changes: Iterable[Change]) -> str:
    return _joined(f"{each.field}: {', '.join(each.before)} -> {', '.join(each.after)}" for each in changes)


def _status_day(record: ProjectRecord) -> date | None:
    standing = (event for event in record.life_line if event.status and event.set_aside_by is None)
    return max((each.day for each in standing if each.status is record.facts.status and each.day), default=None)
