"""The tables of a release: every column with its type and meaning, defined only here. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offing.model.projects.release import ChangeKind
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


class PartyKind(StrEnum):
    """The kind of a party of a project."""

    FIRM = "firm"
    LENDER = "lender"
    COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `form` is a type of Table Schema; `words` are the allowed values."""

    name: str
    meaning: str
    form: str = "string"
    words: type[StrEnum] | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A file of a release. `key` names the columns that make a row unique, if any do."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


PROJECT_ID = Column("project_id", "id of the project, see projects.csv", required=True)

PROJECTS = Table(
    "projects",
    "One row for each confirmed project.",
    (
        Column("id", "permanent id; it never changes its meaning", required=True),
        Column("title", "one line that names the project", required=True),
        Column("countries", "host countries, ISO 3166-1 alpha-3, joined by ;"),
        Column("sector", "what the project is about", words=Sector),
        Column("status", "its state in the world, by the latest event of its life line", words=Status),
        Column("status_day", "day of that event, see events.csv", "date"),
        Column("record_type", "what kind of undertaking it is", words=RecordType),
        Column("mode", "how it comes about", words=Mode),
        Column("places", "towns and sites, joined by ;"),
        Column("quantities", "sizes with units, joined by ;"),
        Column("concerns", f"worries that a source states, joined by ;: {', '.join(Concern)}"),
        Column("first_reported", "day of the earliest source", "date"),
        Column("last_reported", "day of the newest source", "date"),
        Column("outlets", "how many outlets reported it", "integer", required=True),
        Column("sources", "how many articles reported it", "integer", required=True),
    ),
    ("id",),
)
PARTIES = Table(
    "parties",
    "Who takes part: Chinese firms, Chinese lenders, and bodies of the host country.",
    (
        PROJECT_ID,
        Column("kind", "what the party is", words=PartyKind, required=True),
        Column("name", "canonical name", required=True),
        Column("as_written", "name as the source writes it"),
        Column("role", "what a firm does in the project", words=Role),
        Column("entity_id", "id in the lists of firms and lenders; empty for a name that no list has"),
    ),
)
FLOWS = Table(
    "flows",
    "Sums of money. Sums of one project may overlap (a loan is part of the total cost): do not add them up.",
    (
        PROJECT_ID,
        Column("value", "sum in whole units of the currency", "number", required=True),
        Column("currency", "ISO 4217", required=True),
        Column("kind", "what the sum is", words=AmountKind, required=True),
        Column(
            "qualifier",
            "how exact it is told: about, up to …; in part: a tranche or phase; converted: the sum before it",
        ),
        Column("as_written", "the source's own words"),
    ),
)
EVENTS = Table(
    "events",
    "The life line: how the state of a project changed, and what else happened to it.",
    (
        PROJECT_ID,
        Column("day", "its place on the line: first day of `told`, else the day on which the source appeared", "date"),
        Column("status", "state of the project; empty where the event is of another kind", words=Status),
        Column("quote", "the words that prove it; empty where a reviewer set the value"),
        Column("url", "the source"),
        Column("kind", "what the event tells", words=EventKind, required=True),
        Column("told", "when it came about, ISO 8601 as precise as the source: 2026-03-12, 2026-W11, 2026-03, 2026"),
        Column("changes", "parties, sums and sizes that changed: field: before -> after, joined by ;"),
    ),
)
SOURCES = Table(
    "sources",
    "The articles behind each project, without their text.",
    (
        PROJECT_ID,
        Column("url", "address of the article", required=True),
        Column("title", "headline"),
        Column("outlet", "name of the publisher"),
        Column("language", "ISO 639-1"),
        Column("published", "when it was published, UTC", "datetime"),
    ),
    ("project_id", "url"),
)
EVIDENCE = Table(
    "evidence",
    "The exact quote behind each value. A value without a quote was set by a reviewer.",
    (
        PROJECT_ID,
        Column("field", "field that the quote proves", words=FieldName, required=True),
        Column("value", "value that it proves", required=True),
        Column("quote", "the words of the article", required=True),
        Column("start", "first character, counted in title, empty line, paragraphs", "integer", required=True),
        Column("end", "one past the last character", "integer", required=True),
        Column("speaker", "who says so", words=Speaker),
        Column("url", "the article", required=True),
    ),
)
RETIRED = Table(
    "retired",
    "Ids that stand for no project of their own any more. An id is never given twice.",
    (
        Column("id", "the id", required=True),
        Column("redirects_to", "the project into which it was merged"),
        Column("withdrawn", "why it was withdrawn"),
    ),
    ("id",),
)
CHANGES = Table(
    "CHANGES",
    "What changed against the release before this one.",
    (
        PROJECT_ID,
        Column("change", "what happened to it", words=ChangeKind, required=True),
        Column("note", "where a merged one went, why one was withdrawn"),
    ),
    ("project_id",),
)
DATA_TABLES = (PROJECTS, PARTIES, FLOWS, EVENTS, SOURCES, EVIDENCE, RETIRED)
ALL_TABLES = (*DATA_TABLES, CHANGES)
