"""Sums and quantities: which are equal, across currencies by the rate of the day. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from offing.model.projects.project import Amount, SizedBy
from offing.model.values.sums import EXCHANGED, ROUNDED, differ_by_at_most
from offing.model.values.vocabulary import AmountKind
from offing.promote.accepted_candidates import Accepted

Dollars = Callable[[Decimal, str, date], Decimal | None]
"""What a sum in a currency was worth in US dollars on a day; None where no rate is known."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum or quantity in a candidate. `day` is the date of its news."""

    of: Amount | SizedBy
    day: date | None

    @property
    def label(self) -> str:
        """What it measures: two with one label should agree. Empty for a sum of unspecified kind."""
        if isinstance(self.of, SizedBy):
            return self.of.unit.casefold()
        return "" if self.of.kind is AmountKind.UNSPECIFIED else str(self.of.kind)

    @property
    def figure(self) -> tuple[Decimal, str]:
        """The bare value with its currency or unit."""
        return self.of.value, (self.of.unit if isinstance(self.of, SizedBy) else self.of.currency)


def sums_of(part: Accepted) -> tuple[Measure, ...]:
    """Return the sums in a candidate."""
    return tuple(Measure(each, part.day) for each in part.facts.amounts)


def sizes_of(part: Accepted) -> tuple[Measure, ...]:
    """Return the quantities in a candidate."""
    return tuple(Measure(each, part.day) for each in part.facts.quantities)


def agrees_with(measure: Measure, others: Iterable[Measure], dollars: Dollars) -> bool:
    """Return whether one of the others is equal."""
    return any(agree(measure, other, dollars) for other in others)


def agree(one: Measure, other: Measure, dollars: Dollars) -> bool:
    """Return whether two sums, or two quantities of one unit, are about equal: EUR 85m and USD 94m were on one day."""
    if isinstance(one.of, SizedBy) or isinstance(other.of, SizedBy):
        return one.label == other.label and differ_by_at_most(ROUNDED, one.of.value, other.of.value)
    if one.of.currency == other.of.currency:
        return differ_by_at_most(ROUNDED, one.of.value, other.of.value)
    ours, theirs = worth(one, dollars), worth(other, dollars)
    return ours is not None and theirs is not None and differ_by_at_most(EXCHANGED, ours, theirs)


def worth(measure: Measure, dollars: Dollars) -> Decimal | None:
    """Return the value of a sum in dollars on the day of its news; None for a size, and without an exchange rate."""
    if isinstance(measure.of, SizedBy) or measure.day is None:
        return None
    return dollars(measure.of.value, measure.of.currency, measure.day)
