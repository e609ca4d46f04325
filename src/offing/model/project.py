"""A project: its facts, and the confirmed record that holds them.

`ProjectFacts` is what a candidate proposes, a person corrects and a record publishes: the same fields at
each point. `ProjectRecord` is the confirmed description with a permanent id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from offing.model.vocabulary import AmountKind, Concern, EventKind, LoanTermKind, Mode, RecordType, Role, Sector, Status


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


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of the project: `value` in whole units of `currency` (ISO 4217)."""

    value: Decimal
    currency: str
    kind: AmountKind
    as_written: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class LoanTerm:
    """A term of the project's loan: 2 percent interest, 20 years to repay, 5 years of grace."""

    kind: LoanTermKind
    value: Decimal
    unit: str
    as_written: str


@dataclass(frozen=True, slots=True)
class SizedBy:
    """A quantity of the project: 800 km, 900 cameras."""

    value: Decimal
    unit: str
    as_written: str


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


@dataclass(frozen=True, slots=True)
class ToldEvent:
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
    events: tuple[ToldEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One point of a project's life line. `day` is the publication day of the article that reports it."""

    status: Status
    day: date | None
    candidate_id: int
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A confirmed project. `id` (off-2026-000123) is permanent; `redirects_to` is set after a merge."""

    id: str
    facts: ProjectFacts
    life_line: tuple[StatusEvent, ...]
    candidate_ids: tuple[int, ...]
    created_at: datetime
    changed_at: datetime
    version: int = 1
    redirects_to: str | None = None
    withdrawn: str | None = None
