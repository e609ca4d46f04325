"""Accepted candidates for tests of records: one article each, dated as wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from factories.candidate import frozen_candidate, story_article_of
from offing.model.projects.project import Amount, EventDate, Firm, ProjectFacts, ReportedEvent, SizedBy
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import AmountKind, EventKind, Role, Status
from offing.promote import Accepted

DOLLARS_FOR_EURO = Decimal("1.1")


def dollars(value: Decimal, currency: str, _: date) -> Decimal | None:
    """Rates of every day: a euro is 1.10 dollars; others are unknown."""
    return {"USD": value, "EUR": value * DOLLARS_FOR_EURO}.get(currency)


def part(number: int, day: date | None, *, by_hand: frozenset[str] = frozenset(), **facts: object) -> Accepted:
    """A candidate of one article of a day, its status quoted; `facts` are fields of a project."""
    told = ProjectFacts(**{"title": f"Project of {number}", **facts})
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    proofs = [_proof(number, FieldName.STATUS, told.status)] if told.status else []
    proofs += [_proof(number, FieldName.EVENTS, each.kind) for each in told.events]
    candidate = frozen_candidate(id=number, articles=(story_article_of(number, at),), evidence=tuple(proofs))
    return Accepted(replace(candidate, facts=told), told, by_hand)


def _proof(number: int, field: FieldName, value: str) -> Evidence:
    return Evidence(field, value, number, 0, 9, f"it is {value}")


def amount(value: float, currency: str = "EUR", kind: AmountKind = AmountKind.LOAN) -> Amount:
    """A sum in millions."""
    return Amount(Decimal(value) * 1_000_000, currency, kind, f"{value}m")


def cameras(number: int) -> SizedBy:
    """A quantity."""
    return SizedBy(Decimal(number), "cameras", f"{number} cameras")


def firm(name: str) -> Firm:
    """A firm that a list has."""
    return Firm(name, name, Role.CONTRACTOR, name.casefold())


def happened(kind: EventKind) -> tuple[ReportedEvent, ...]:
    """Something that happened beside the status."""
    return (ReportedEvent(kind, kind),)


def dated(value: str) -> EventDate:
    """A date as an article tells it."""
    return EventDate(value, value)


__all__ = ["Status", "amount", "cameras", "dated", "dollars", "firm", "happened", "part"]
