"""The tables of a release: every column with its meaning, its type and its value, defined only here. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from operator import attrgetter

from offing.model.projects.project import Change
from offing.model.projects.release import ChangeKind, ProvedField, PublishedSource
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import (
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
from offing.publish.columns import (
    EVENT_IDS,
    EVIDENCE_IDS,
    HAND_IDS,
    PARTY_IDS,
    by_hand,
    joined,
    project_id,
    row_id,
)
from offing.publish.composed.description import description_of, name_of
from offing.publish.composed.standing import PLACE_AMONG_OTHERS, QUALITY
from offing.publish.published import (
    PartyKind,
    PublishedChange,
    PublishedEnd,
    PublishedEvent,
    PublishedHand,
    PublishedParty,
    PublishedProject,
)
from offing.publish.table import AnyTable, Column, Table, as_composed
from offing.publish.tables.figures import FLOWS, QUANTITIES, TERMS
from offing.publish.tables.links import LINKS
from offing.publish.tables.locations import LOCATIONS
from offing.redaction import redact


def _changed(changes: Iterable[Change]) -> str:
    return joined(f"{each.field}: {', '.join(each.before)} -> {', '.join(each.after)}" for each in changes)


def _published(source: PublishedSource) -> str | None:
    return f"{source.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if source.published else None


PROJECTS: Table[PublishedProject] = Table(
    "projects",
    "One row for each confirmed project.",
    (
        Column("id", "permanent id; it never changes its meaning", lambda each: each.record.id, required=True),
        Column("title", "one line that names the project", lambda each: each.record.facts.title, required=True),
        Column(
            "name",
            "what, where and with whom, composed from the facts; it stays while sector and countries do",
            name_of,
            required=True,
            composed=True,
        ),
        Column(
            "description",
            "all facts in sentences, composed; the same facts give the same words",
            description_of,
            composed=True,
        ),
        Column(
            "countries",
            "host countries, ISO 3166-1 alpha-3, joined by ;",
            lambda each: joined(sorted(each.record.facts.countries)),
        ),
        Column("sector", "what the project is about", lambda each: each.record.facts.sector, words=Sector),
        Column(
            "status",
            "its state in the world: the latest status of its life line that is no step back; see events.csv",
            lambda each: each.record.facts.status,
            words=Status,
        ),
        Column("status_day", "day of the event that gives the status", lambda each: each.status_day, "date"),
        Column(
            "record_type",
            "what kind of undertaking it is",
            lambda each: each.record.facts.record_type,
            words=RecordType,
        ),
        Column("mode", "how it comes about", lambda each: each.record.facts.mode, words=Mode),
        Column("places", "towns and sites, joined by ;", lambda each: joined(each.record.facts.places)),
        Column(
            "quantities",
            "sizes with units, joined by ;: for reading, quantities.csv has them as numbers",
            lambda each: joined(f"{plain(size.value)} {size.unit}" for size in each.record.facts.quantities),
        ),
        Column(
            "concerns",
            f"worries that a source states, joined by ;: {', '.join(Concern)}",
            lambda each: joined(dict.fromkeys(concern.kind for concern in each.record.facts.concerns)),
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
        Column("split_from", "the project that it was split off, where it was", attrgetter("split_from")),
        *PLACE_AMONG_OTHERS,
        *map(as_composed, QUALITY),
    ),
    ("id",),
)
PARTIES: Table[PublishedParty] = Table(
    "parties",
    "Who takes part: Chinese firms, Chinese lenders, and bodies of the host country.",
    (
        row_id(PARTY_IDS),
        project_id(attrgetter("project_id")),
        Column("kind", "what the party is", attrgetter("kind"), words=PartyKind, required=True),
        Column("name", "canonical name", attrgetter("name"), required=True),
        Column("as_written", "name as the source writes it", attrgetter("as_written")),
        Column("role", "what a firm does in the project", attrgetter("role"), words=Role),
        Column(
            "entity_id",
            "id in the lists of firms and lenders; empty for a name that no list has",
            attrgetter("entity_id"),
        ),
        by_hand(attrgetter("set_by_hand")),
    ),
    (PARTY_IDS.column,),
    PARTY_IDS,
)
EVENTS: Table[PublishedEvent] = Table(
    "events",
    "The life line: how the state of a project changed, and what else happened to it.",
    (
        row_id(EVENT_IDS),
        project_id(attrgetter("project_id")),
        Column(
            "day",
            "its place on the line: first day of `event_date`, else the day on which the source appeared",
            lambda each: each.event.day,
            "date",
        ),
        Column(
            "status",
            "state of the project; empty where the event is of another kind",
            lambda each: each.event.status,
            words=Status,
        ),
        Column(
            "quote",
            "the words that prove it; empty where the article's share of quoted text is used up, or a person set it",
            lambda each: each.event.quote,
        ),
        Column("url", "the article; empty where a person set the status: by_hand.csv", lambda each: redact(each.url)),
        Column("kind", "what the event tells", lambda each: each.event.kind, words=EventKind, required=True),
        Column(
            "event_date",
            "when it came about, ISO 8601 as precise as the source: 2026-03-12, 2026-W11, 2026-03, 2026",
            lambda each: each.event.event_date,
        ),
        Column(
            "changes",
            "parties, sums and sizes that changed: field: before -> after, joined by ;",
            lambda each: _changed(each.event.changes),
        ),
        by_hand(attrgetter("set_by_hand")),
    ),
    (EVENT_IDS.column,),
    EVENT_IDS,
)
SOURCES: Table[PublishedSource] = Table(
    "sources",
    "The articles behind each project, without their text.",
    (
        project_id(attrgetter("project_id")),
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
    "Where each value stands in an article, and the exact quote. by_hand.csv has the values that people set.",
    (
        row_id(EVIDENCE_IDS),
        project_id(attrgetter("project_id")),
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
            "what it proves: id of a party, flow, term, size or event, joined by ; where several; else of the project",
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
        row_id(HAND_IDS),
        project_id(attrgetter("project_id")),
        Column("field", "the field", lambda each: each.hand.field, required=True),
        Column("value", "the value", attrgetter("written"), required=True),
        Column("set_by", "who set it", lambda each: each.hand.by),
        Column("set_at", "when, UTC", lambda each: f"{each.hand.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "datetime"),
        Column("reason", "why", lambda each: each.hand.reason),
        Column("source", "the address or document on which they relied", lambda each: redact(each.hand.source)),
    ),
    (HAND_IDS.column,),
    HAND_IDS,
)
RETIRED: Table[PublishedEnd] = Table(
    "retired",
    "Ids that stand for no project of their own any more. An id is never given twice.",
    (
        Column("id", "the id", lambda each: each.record.id, required=True),
        Column("redirects_to", "the project into which it was merged", lambda each: each.record.redirects_to),
        Column("withdrawn", "why it was withdrawn", lambda each: each.record.withdrawn),
        Column("source", "the address or document that says so", lambda each: redact(each.source)),
    ),
    ("id",),
)
CHANGES: Table[PublishedChange] = Table(
    "CHANGES",
    "What changed against the release before this one.",
    (
        project_id(attrgetter("project_id")),
        Column("change", "what happened to it", attrgetter("kind"), words=ChangeKind, required=True),
        Column("note", "where it went, why it was withdrawn, what it was split off", attrgetter("note")),
    ),
    ("project_id",),
)
DATA_TABLES: tuple[AnyTable, ...] = (
    *(PROJECTS, PARTIES, FLOWS, TERMS, QUANTITIES, LOCATIONS, EVENTS, SOURCES, EVIDENCE, BY_HAND, LINKS, RETIRED),
)
ALL_TABLES: tuple[AnyTable, ...] = (*DATA_TABLES, CHANGES)
