"""What a correction adds and removes, by meaning and not by spelling. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from offing.model.projects.project import Amount, EventDate, Firm, Lender, LoanTerm, SizedBy
from offing.review.countries import country_name


@dataclass(frozen=True, slots=True)
class Differing:
    """The values that a correction adds and removes, by their names."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def differing(before: object, after: object) -> Differing:
    """Compare two values of a field of `ProjectFacts`.

    A firm in another role or a sum of another kind counts as added; a value with an equivalent left is not removed.
    """
    old, new = _values(before), _values(after)
    known, left = set(map(_whole, old)), set(map(_identity, new))
    return Differing(
        tuple(_called(each) for each in new if _whole(each) not in known),
        tuple(_called(each) for each in old if _identity(each) not in left),
    )


def _values(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _identity(value: object) -> Hashable:
    match value:
        case Firm() | Lender():
            return value.id or value.name.casefold()
        case Amount(number, currency):
            return number, currency
        case LoanTerm():
            return value.written
        case SizedBy(number, unit):
            return number, unit.casefold()
        case EventDate(day):
            return day
        case _:
            return str(value).casefold()


def _whole(value: object) -> Hashable:
    """Return the meaning of a value, with its role or kind."""
    match value:
        case Firm():
            return _identity(value), value.role
        case Amount():
            return _identity(value), value.kind
        case _:
            return _identity(value), None


def _called(value: object) -> str:
    match value:
        case Firm() | Lender():
            return value.name
        case Amount() | LoanTerm() | SizedBy():
            return value.written
        case EventDate(day):
            return day
        case _:
            return country_name(str(value))
