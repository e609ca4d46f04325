"""A project: its facts, and the confirmed record that holds them.

`ProjectFacts` is what a candidate proposes, a person corrects and a record publishes: the same fields at
each stage. `ProjectRecord` is the confirmed description with a permanent id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from offing.model.projects.curation import Curation, curation_of
from offing.model.values.vocabulary import (
    AmountKind,
    Concern,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Status,
)


@dataclass(frozen=True, slots=True)
class Firm:
    """A Chinese firm or body that takes part. `id` is its lexicon slug, None for one that no list has."""

    name: str
    as_written: str
    role: Role
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Lender:
    """A Chinese financier of the project."""

    name: str
    as_written: str
    id: str | None = None


CONVERTED = "converted"  # qualifier of a sum that repeats the one before in another currency: CFA 46 bn (€70 m)
IN_PART = "in part"  # qualifier of a sum that is part of another: a tranche, the cost of one phase


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of the project: `value` in whole units of `currency` (ISO 4217); `qualifier` says how exact it is."""

    value: Decimal
    currency: str
    kind: AmountKind
    as_written: str
    qualifier: str = ""

    @property
    def written(self) -> str:
        """As typed by a person: "85000000 EUR loan"."""
        kind = "" if self.kind is AmountKind.UNSPECIFIED else f" {self.kind}"
        return f"{plain_number(self.value)} {self.currency}{kind}"


@dataclass(frozen=True, slots=True)
class LoanTerm:
    """A term of the project's loan: 2 percent interest, 20 years to repay, 5 years of grace."""

    kind: LoanTermKind
    value: Decimal
    unit: str
    as_written: str

    @property
    def written(self) -> str:
        """As typed by a person: "interest 2 percent"."""
        return f"{self.kind} {plain_number(self.value)} {self.unit}"


@dataclass(frozen=True, slots=True)
class SizedBy:
    """A quantity of the project: 800 km, 900 cameras."""

    value: Decimal
    unit: str
    as_written: str

    @property
    def written(self) -> str:
        """As typed by a person: "900 cameras"."""
        return f"{plain_number(self.value)} {self.unit}"


@dataclass(frozen=True, slots=True)
class StatedConcern:
    """A concern that an article states."""

    kind: Concern
    as_written: str


@dataclass(frozen=True, slots=True)
class EventDate:
    """When what the status tells came about: `value` in ISO 8601, as precise as told.

    2026-03-12 is a day, 2026-W11 a week, 2026-03 a month, 2026 a year.
    """

    value: str
    as_written: str

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day it may denote."""
        return span_of(self.value)


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """Something that happened to a project beside its status: an incident, an audit, another provider."""

    kind: EventKind
    as_written: str
    when: EventDate | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The fields of a project. Tuples are empty and values None where nothing is proved."""

    title: str = ""
    countries: tuple[str, ...] = ()
    firms: tuple[Firm, ...] = ()
    lenders: tuple[Lender, ...] = ()
    amounts: tuple[Amount, ...] = ()
    sector: Sector | None = None
    status: Status | None = None
    record_type: RecordType | None = None
    mode: Mode | None = None
    counterparts: tuple[str, ...] = ()
    concerns: tuple[StatedConcern, ...] = ()
    quantities: tuple[SizedBy, ...] = ()
    places: tuple[str, ...] = ()
    terms: tuple[LoanTerm, ...] = ()
    event_date: EventDate | None = None
    events: tuple[ReportedEvent, ...] = ()


STATUS_RANK = {status: place for place, status in enumerate(Status)}
_KINDS = {kind: place for place, kind in enumerate(EventKind)}
EventKey = tuple[int, EventKind, Status | None]


@dataclass(frozen=True, slots=True)
class Change:
    """The old and the new value of a project's field, as typed; `before` is empty at first."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event of a project's life line, with the words that prove it.

    `status` is set for statuses only, `changes` for changes only. `event_date` is its date in ISO 8601 as precise as an
    article states it, "" if none does; `day` is its position on the line: the first day of `event_date`, else
    the publication day of the article that reports it. It is set aside once a person prefers another account.
    A status that a person put into the record itself has no candidate: its `candidate_id` is 0, its `url` the source
    that the person named. Nor has an event of an adopted release, which `release` names.
    """

    kind: EventKind
    status: Status | None
    day: date | None
    candidate_id: int
    url: str
    quote: str = ""
    event_date: str = ""
    changes: tuple[Change, ...] = ()
    set_aside_by: str | None = None
    set_aside_at: datetime | None = None
    release: str = ""
    id: int = field(default=0, compare=False)

    @property
    def key(self) -> EventKey:
        """What distinguishes it from every other event: each candidate brings one of a kind, and one of a status."""
        return self.candidate_id, self.kind, self.status

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day on which it may have happened; None if nothing dates it."""
        if self.event_date:
            return span_of(self.event_date)
        return (self.day, self.day) if self.day else None

    @property
    def is_reported(self) -> bool:
        """Whether an article reports it, here or in an adopted release; else a person stated it."""
        return bool(self.candidate_id or self.release)

    @property
    def place(self) -> tuple[date, int, int, str, int]:
        """The sort key on the line, by day; undated events first: nothing shows that they are later than another."""
        rank = STATUS_RANK[self.status] if self.status else len(STATUS_RANK)
        return self.day or date.min, rank, _KINDS[self.kind], self.url, self.candidate_id


@dataclass(frozen=True, slots=True)
class HandValue:
    """A value that a person set: the plain value of its field, who, when, why, and the source, if one was named."""

    field: str
    value: Any
    by: str
    at: datetime
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A confirmed project. `id` (off-2026-000123) is permanent; `redirects_to` is set after a merge.

    `by_hand` are the values of its facts, the statuses of its life line, and its curation, that people set.
    """

    id: str
    facts: ProjectFacts
    life_line: tuple[LifeEvent, ...]
    candidate_ids: tuple[int, ...]
    created_at: datetime
    changed_at: datetime
    version: int = 1
    redirects_to: str | None = None
    withdrawn: str | None = None
    by_hand: tuple[HandValue, ...] = ()

    @property
    def curation(self) -> Curation:
        """Its place among other records, as people set it."""
        return curation_of(self.by_hand)


def span_of(stated: str) -> tuple[date, date]:
    """Return the first and the last day of a date in ISO 8601: 2026-03-12, 2026-W11, 2026-03, 2026.

    Raises:
        ValueError: it is none of these.
    """
    if "W" in stated:
        first = date.fromisocalendar(int(stated[:4]), int(stated[6:]), 1)
        return first, first + timedelta(days=6)
    match [int(part) for part in stated.split("-")]:
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
    day = date.fromisoformat(stated)
    return day, day


def plain_number(value: Decimal) -> str:
    """Return a number without thousands separators and trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(written: str) -> str:
    """Return a sum or size as typed, with thousands separators: "85,000,000 EUR loan"."""
    number, space, rest = written.partition(" ")
    whole, point, part = number.partition(".")
    return f"{int(whole):,}{point}{part}{space}{rest}" if whole.isdecimal() else written
