"""The rows of each table of a release, in an order that depends only on the data. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import ProvedField, PublishedSource
from offing.publish.cells import Cell, plain
from offing.publish.schema import (
    EVENTS,
    EVIDENCE,
    FLOWS,
    PARTIES,
    SOURCES,
    PartyKind,
    PublishedEvent,
    PublishedFlow,
    PublishedParty,
)
from offing.publish.table import Row


def party_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of parties.csv, in the record's own order."""
    facts = record.facts
    firms = [PublishedParty(record.id, PartyKind.FIRM, f.name, f.as_written, f.role, f.id) for f in facts.firms]
    lenders = [
        PublishedParty(record.id, PartyKind.LENDER, each.name, each.as_written, entity_id=each.id)
        for each in facts.lenders
    ]
    hosts = [PublishedParty(record.id, PartyKind.COUNTERPART, name, name) for name in facts.counterparts]
    return [PARTIES.row(party) for party in (*firms, *lenders, *hosts)]


def flow_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of flows.csv, in the record's own order."""
    return [FLOWS.row(PublishedFlow(record.id, amount)) for amount in record.facts.amounts]


def event_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of events.csv, oldest first, without duplicates though two candidates may share an event.

    Events set aside by a person are left out.
    """
    events = (event for event in record.life_line if event.set_aside_by is None)
    return _sorted_once(EVENTS.row(PublishedEvent(record.id, event)) for event in events)


def source_rows(sources: Iterable[PublishedSource]) -> list[Row]:
    """Return the rows of sources.csv, each address once."""
    url = SOURCES.header.index("url")
    by_url: dict[Cell, Row] = {}
    for row in map(SOURCES.row, sources):
        by_url[row[url]] = min(by_url.get(row[url], row), row, key=repr)
    return _sorted_once(by_url.values())


def evidence_rows(proofs: Iterable[ProvedField]) -> list[Row]:
    """Return the rows of evidence.csv, each once."""
    return _sorted_once(map(EVIDENCE.row, proofs))


def _sorted_once(rows: Iterable[Row]) -> list[Row]:
    return sorted(dict.fromkeys(rows), key=lambda row: [_sort_key(cell) for cell in row])


def _sort_key(cell: Cell) -> tuple[bool, int, str]:
    """Empty cells first, numbers by value, the rest by its characters."""
    return (cell is not None, cell, "") if isinstance(cell, int) else (cell is not None, 0, plain(cell))
