"""What a correction brings in and takes out, by what is meant and not by how it is written. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from offing.model.project import Amount, EventDate, Firm, Lender, LoanTerm, SizedBy
from offing.review.countries import country_name


@dataclass(frozen=True, slots=True)
class Differing:
    """The values that a correction brings in and takes out, each as it is called."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def differing(before: object, after: object) -> Differing:
    """What differs between two values of a field of `ProjectFacts`.

    A firm in another role or a sum of another kind is brought in; one of two that mean the same is not missed.
    """
    old, new = _values(before), _values(after)
    known, left = set(map(_whole, old)), set(map(_meant, new))
    return Differing(
        tuple(_called(each) for each in new if _whole(each) not in known),
        tuple(_called(each) for each in old if _meant(each) not in left),
    )


def _values(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _meant(value: object) -> Hashable:
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
    """What is meant, with the part that it plays."""
    match value:
        case Firm():
            return _meant(value), value.role
        case Amount():
            return _meant(value), value.kind
        case _:
            return _meant(value), None


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
