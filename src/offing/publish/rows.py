"""The rows of each table of a release, in an order that depends only on the data. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.projects.project import LifeEvent, ProjectRecord
from offing.model.projects.record_change import plain_value
from offing.model.projects.release import KnownLink, ProvedField, PublishedSource
from offing.publish.cells import Cell, plain
from offing.publish.composed.reference import Reference
from offing.publish.published import (
    PartyKind,
    PublishedEvent,
    PublishedFlow,
    PublishedHand,
    PublishedParty,
    PublishedProject,
    PublishedSize,
    PublishedTerm,
)
from offing.publish.schema import BY_HAND, EVENTS, EVIDENCE, PARTIES, SOURCES
from offing.publish.table import Row
from offing.publish.tables.figures import FLOWS, QUANTITIES, TERMS
from offing.publish.tables.links import LINKS
from offing.publish.tables.locations import LOCATIONS, locations_of


def party_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of parties.csv, in the record's own order."""
    facts = record.facts
    firms = [
        PublishedParty(
            record.id, PartyKind.FIRM, f.name, f.as_written, f.role, f.id, set_by_hand=_by_hand(record, "firms", f)
        )
        for f in facts.firms
    ]
    lenders = [
        PublishedParty(
            *(record.id, PartyKind.LENDER, each.name, each.as_written),
            entity_id=each.id,
            set_by_hand=_by_hand(record, "lenders", each),
        )
        for each in facts.lenders
    ]
    return [PARTIES.row(party) for party in (*firms, *lenders, *_hosts(record))]


def flow_rows(project: PublishedProject, reference: Reference) -> list[Row]:
    """Return the rows of flows.csv, in the record's own order, with what the sums were worth."""
    record, day = project.record, project.worth_day
    found = []
    for each in record.facts.amounts:
        worth = reference.worth(each.value, each.currency, day) if day else None
        found.append(FLOWS.row(PublishedFlow(record.id, each, _by_hand(record, "amounts", each), worth)))
    return found


def location_rows(record: ProjectRecord, reference: Reference) -> list[Row]:
    """Return the rows of locations.csv: places in the record's own order, then countries."""
    return [LOCATIONS.row(each) for each in locations_of(record, reference)]


def link_rows(links: Iterable[KnownLink]) -> list[Row]:
    """Return the rows of links.csv."""
    return _sorted_once(map(LINKS.row, links))


def term_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of terms.csv, in the record's own order."""
    return [TERMS.row(PublishedTerm(record.id, each, _by_hand(record, "terms", each))) for each in record.facts.terms]


def size_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of quantities.csv, in the record's own order."""
    sizes = record.facts.quantities
    return [QUANTITIES.row(PublishedSize(record.id, each, _by_hand(record, "quantities", each))) for each in sizes]


def event_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of events.csv, oldest first, without duplicates though two candidates may share an event.

    Events set aside by a person are left out.
    """
    events = (event for event in record.life_line if event.set_aside_by is None)
    return _sorted_once(EVENTS.row(PublishedEvent(record.id, each, _stated(record, each))) for each in events)


def hand_rows(record: ProjectRecord) -> list[Row]:
    """Return the rows of by_hand.csv."""
    return _sorted_once(BY_HAND.row(PublishedHand(record.id, each)) for each in record.by_hand)


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


def _hosts(record: ProjectRecord) -> list[PublishedParty]:
    """Return the bodies of the host country; a name that a person set is in no source."""
    hands = {name: _by_hand(record, "counterparts", name) for name in record.facts.counterparts}
    return [
        PublishedParty(record.id, PartyKind.COUNTERPART, name, "" if hand else name, set_by_hand=hand)
        for name, hand in hands.items()
    ]


def _by_hand(record: ProjectRecord, field: str, value: object) -> bool:
    """Return whether a person set a value of a record."""
    plain = plain_value(field, value)
    return any((each.field, each.value) == (field, plain) for each in record.by_hand)


def _stated(record: ProjectRecord, event: LifeEvent) -> bool:
    """Return whether a person set the status of an event, or its date; one that an article says has its quote."""
    if event.event_date and any(
        each.field == "event_date" and each.value["value"] == event.event_date for each in record.by_hand
    ):
        return True
    return bool(event.status) and not event.quote and _by_hand(record, "status", event.status)


def _sorted_once(rows: Iterable[Row]) -> list[Row]:
    return sorted(dict.fromkeys(rows), key=lambda row: [_sort_key(cell) for cell in row])


def _sort_key(cell: Cell) -> tuple[bool, int, str]:
    """Empty cells first, numbers by value, the rest by its characters."""
    return (cell is not None, cell, "") if isinstance(cell, int) else (cell is not None, 0, plain(cell))
