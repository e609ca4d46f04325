"""The tables of a release: every column with its meaning, its type and its value, defined only here. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC
from operator import attrgetter

from offing.model.projects.project import Change, ProjectRecord
from offing.model.projects.release import ChangeKind, ProvedField, PublishedSource
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import (
    AmountKind,
    Concern,
    EventKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Speaker,
    Status,
)
from offing.publish.cells import plain
from offing.publish.numbering import RowIds
from offing.publish.published import (
    PartyKind,
    PublishedChange,
    PublishedEvent,
    PublishedFlow,
    PublishedHand,
    PublishedParty,
    PublishedProject,
)
from offing.publish.table import AnyTable, Column, Item, Table
from offing.redaction import redact


def _project_id(of: Callable[[Item], str]) -> Column[Item]:
    return Column(PROJECT_ID, "id of the project, see projects.csv", of, required=True)


def _row_id(ids: RowIds) -> Column[Item]:
    meaning = "permanent id of this row: it stays while the row stands for the same thing, and is never given twice"
    return Column(ids.column, meaning, lambda _: None, required=True)  # given by `numbering`, once all rows are known


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value.replace(";", ",") for value in values)


def _changed(changes: Iterable[Change]) -> str:
    return _joined(f"{each.field}: {', '.join(each.before)} -> {', '.join(each.after)}" for each in changes)


def _published(source: PublishedSource) -> str | None:
    return f"{source.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if source.published else None


def _by_hand(of: Callable[[Item], bool]) -> Column[Item]:
    meaning = "true where a person set the value; who, when, why and on which source: by_hand.csv"
    return Column("set_by_hand", meaning, lambda each: "true" if of(each) else None, "boolean")


PROJECT_ID = "project_id"
PARTY_IDS = RowIds("party_id", "p", (("kind", "name", "role"), ("kind", "name"), ("kind", "role", "as_written")))
FLOW_IDS = RowIds("flow_id", "f", (("currency", "kind", "value"), ("currency", "kind"), ("currency", "value")))
EVENT_IDS = RowIds("event_id", "e", (("kind", "status", "url", "told"), ("kind", "status", "url")))
EVIDENCE_IDS = RowIds(
    "evidence_id", "q", (("field", "value", "url", "start", "end"), ("field", "value", "url"), ("url", "start", "end"))
)

PROJECTS: Table[PublishedProject] = Table(
    "projects",
    "One row for each confirmed project.",
    (
        Column("id", "permanent id; it never changes its meaning", lambda each: each.record.id, required=True),
        Column("title", "one line that names the project", lambda each: each.record.facts.title, required=True),
        Column(
            "countries",
            "host countries, ISO 3166-1 alpha-3, joined by ;",
            lambda each: _joined(sorted(each.record.facts.countries)),
        ),
        Column("sector", "what the project is about", lambda each: each.record.facts.sector, words=Sector),
        Column(
            "status",
            "its state in the world, by the latest event of its life line",
            lambda each: each.record.facts.status,
            words=Status,
        ),
        Column("status_day", "day of that event, see events.csv", lambda each: each.status_day, "date"),
        Column(
            "record_type",
            "what kind of undertaking it is",
            lambda each: each.record.facts.record_type,
            words=RecordType,
        ),
        Column("mode", "how it comes about", lambda each: each.record.facts.mode, words=Mode),
        Column("places", "towns and sites, joined by ;", lambda each: _joined(each.record.facts.places)),
        Column(
            "quantities",
            "sizes with units, joined by ;",
            lambda each: _joined(f"{plain(size.value)} {size.unit}" for size in each.record.facts.quantities),
        ),
        Column(
            "concerns",
            f"worries that a source states, joined by ;: {', '.join(Concern)}",
            lambda each: _joined(dict.fromkeys(concern.kind for concern in each.record.facts.concerns)),
        ),
        Column("first_reported", "day of the earliest source", lambda each: next(iter(each.days), None), "date"),
        Column("last_reported", "day of the newest source", lambda each: next(reversed(each.days), None), "date"),
        Column(
            "outlets",
            "how many outlets reported it",
            lambda each: len({source.outlet for source in each.sources}),
            "integer",
            required=True,
        ),
        Column(
            "sources",
            "how many articles reported it",
            lambda each: len({source.url for source in each.sources}),
            "integer",
            required=True,
        ),
    ),
    ("id",),
)
PARTIES: Table[PublishedParty] = Table(
    "parties",
    "Who takes part: Chinese firms, Chinese lenders, and bodies of the host country.",
    (
        _row_id(PARTY_IDS),
        _project_id(attrgetter("project_id")),
        Column("kind", "what the party is", attrgetter("kind"), words=PartyKind, required=True),
        Column("name", "canonical name", attrgetter("name"), required=True),
        Column("as_written", "name as the source writes it", attrgetter("as_written")),
        Column("role", "what a firm does in the project", attrgetter("role"), words=Role),
        Column(
            "entity_id",
            "id in the lists of firms and lenders; empty for a name that no list has",
            attrgetter("entity_id"),
        ),
        _by_hand(attrgetter("set_by_hand")),
    ),
    (PARTY_IDS.column,),
    PARTY_IDS,
)
FLOWS: Table[PublishedFlow] = Table(
    "flows",
    "Sums of money. Sums of one project may overlap (a loan is part of the total cost): do not add them up.",
    (
        _row_id(FLOW_IDS),
        _project_id(attrgetter("project_id")),
        Column("value", "sum in whole units of the currency", lambda each: each.amount.value, "number", required=True),
        Column("currency", "ISO 4217", lambda each: each.amount.currency, required=True),
        Column("kind", "what the sum is", lambda each: each.amount.kind, words=AmountKind, required=True),
        Column(
            "qualifier",
            "how exact it is told: about, up to …; in part: a tranche or phase; converted: the sum before it",
            lambda each: each.amount.qualifier,
        ),
        Column("as_written", "the source's own words", lambda each: each.amount.as_written),
        _by_hand(attrgetter("set_by_hand")),
    ),
    (FLOW_IDS.column,),
    FLOW_IDS,
)
EVENTS: Table[PublishedEvent] = Table(
    "events",
    "The life line: how the state of a project changed, and what else happened to it.",
    (
        _row_id(EVENT_IDS),
        _project_id(attrgetter("project_id")),
        Column(
            "day",
            "its place on the line: first day of `told`, else the day on which the source appeared",
            lambda each: each.event.day,
            "date",
        ),
        Column(
            "status",
            "state of the project; empty where the event is of another kind",
            lambda each: each.event.status,
            words=Status,
        ),
        Column("quote", "the words that prove it; empty where a reviewer set the value", lambda each: each.event.quote),
        Column("url", "the source", lambda each: redact(each.event.url)),
        Column("kind", "what the event tells", lambda each: each.event.kind, words=EventKind, required=True),
        Column(
            "told",
            "when it came about, ISO 8601 as precise as the source: 2026-03-12, 2026-W11, 2026-03, 2026",
            lambda each: each.event.told,
        ),
        Column(
            "changes",
            "parties, sums and sizes that changed: field: before -> after, joined by ;",
            lambda each: _changed(each.event.changes),
        ),
        _by_hand(attrgetter("set_by_hand")),
    ),
    (EVENT_IDS.column,),
    EVENT_IDS,
)
SOURCES: Table[PublishedSource] = Table(
    "sources",
    "The articles behind each project, without their text.",
    (
        _project_id(attrgetter("project_id")),
        # a release is public, whatever access the fetch needed
        Column("url", "address of the article", lambda each: redact(each.url), required=True),
        Column("title", "headline", attrgetter("title")),
        Column("outlet", "name of the publisher", attrgetter("outlet")),
        Column("language", "ISO 639-1", attrgetter("language")),
        Column("published", "when it was published, UTC", _published, "datetime"),
    ),
    ("project_id", "url"),
)
EVIDENCE: Table[ProvedField] = Table(
    "evidence",
    "Where each value stands in an article, and the exact quote. A value without evidence was set by a reviewer.",
    (
        _row_id(EVIDENCE_IDS),
        _project_id(attrgetter("project_id")),
        Column(
            "field", "field that the quote proves", lambda each: each.evidence.field, words=FieldName, required=True
        ),
        Column("value", "value that it proves", lambda each: each.evidence.value, required=True),
        Column(
            "quote",
            "the words of the article; empty where its share of quoted text is used up",
            attrgetter("text"),
        ),
        Column(
            "start",
            "first character of the quote in the article's text, from 0",
            lambda each: each.evidence.start,
            "integer",
            required=True,
        ),
        Column("end", "one past the last character", lambda each: each.evidence.end, "integer", required=True),
        Column("speaker", "who says so", lambda each: each.evidence.speaker, words=Speaker),
        Column("url", "the article", lambda each: redact(each.url), required=True),
        Column(
            "row_id",
            "what it proves: id of a party, flow or event, joined by ; where several; else of the project",
            lambda _: None,  # given once these have their ids
            required=True,
        ),
    ),
    (EVIDENCE_IDS.column,),
    EVIDENCE_IDS,
)
BY_HAND: Table[PublishedHand] = Table(
    "by_hand",
    "The values that people set: who, when, why, and the source that they named. No quote of an article proves them.",
    (
        _project_id(attrgetter("project_id")),
        Column("field", "the field", lambda each: each.hand.field, required=True),
        Column("value", "the value", attrgetter("written"), required=True),
        Column("set_by", "who set it", lambda each: each.hand.by),
        Column("set_at", "when, UTC", lambda each: f"{each.hand.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "datetime"),
        Column("reason", "why", lambda each: each.hand.reason),
        Column("source", "the address or document on which they relied", lambda each: redact(each.hand.source)),
    ),
)
RETIRED: Table[ProjectRecord] = Table(
    "retired",
    "Ids that stand for no project of their own any more. An id is never given twice.",
    (
        Column("id", "the id", attrgetter("id"), required=True),
        Column("redirects_to", "the project into which it was merged", attrgetter("redirects_to")),
        Column("withdrawn", "why it was withdrawn", attrgetter("withdrawn")),
    ),
    ("id",),
)
CHANGES: Table[PublishedChange] = Table(
    "CHANGES",
    "What changed against the release before this one.",
    (
        _project_id(attrgetter("project_id")),
        Column("change", "what happened to it", attrgetter("kind"), words=ChangeKind, required=True),
        Column("note", "where a merged one went, why one was withdrawn", attrgetter("note")),
    ),
    ("project_id",),
)
DATA_TABLES: tuple[AnyTable, ...] = (PROJECTS, PARTIES, FLOWS, EVENTS, SOURCES, EVIDENCE, BY_HAND, RETIRED)
ALL_TABLES: tuple[AnyTable, ...] = (*DATA_TABLES, CHANGES)
