"""What people changed in the lists of candidates: value by value, so that nothing else of a list is lost. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from offing.model.projects.project import Amount, ProjectFacts
from offing.model.values.vocabulary import AmountKind
from offing.promote.accepted_candidates import Accepted
from offing.promote.by_hand import set_values

KEYS: dict[str, Callable[[Any], object]] = {
    "countries": str.casefold,
    "firms": lambda firm: firm.id or firm.name.casefold(),
    "lenders": lambda lender: lender.id or lender.name.casefold(),
    "counterparts": str.casefold,
    "concerns": lambda concern: concern.kind,
    "quantities": lambda size: (size.value, size.unit.casefold()),
    "places": str.casefold,
    "terms": lambda term: term.kind,
    "events": lambda event: event.kind,
}
"""What tells two values of a list apart, except for sums."""
_EDITED = ("amounts", *(name for name in KEYS if name != "events"))


def is_same(name: str, one: Any, other: Any) -> bool:
    """Return whether two values of a list denote the same: a firm in two roles, a figure with and without its kind."""
    if name != "amounts":
        return KEYS[name](one) == KEYS[name](other)
    kinds = {one.kind, other.kind}
    return _figure(one) == _figure(other) and (len(kinds) == 1 or AmountKind.UNSPECIFIED in kinds)


def with_list_edits(facts: ProjectFacts, parts: Sequence[Accepted]) -> ProjectFacts:
    """Return the united facts, where each list has the values that people put in, and lacks those that they took out.

    Of two people, who edited the later news counts.

    Args:
        facts: the union of all candidates.
        parts: the candidates, in the order of their news.
    """
    edited = {name for part in parts for name in part.by_hand}
    lists: dict[str, Any] = {name: _edited(name, getattr(facts, name), parts) for name in _EDITED if name in edited}
    return replace(facts, **lists)


def without(name: str, values: Iterable[Any], gone: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values of a list without some."""
    out = tuple(gone)
    return tuple(each for each in values if not any(is_same(name, each, other) for other in out))


def put(name: str, values: Sequence[Any], new: Any) -> tuple[Any, ...]:
    """Return the values of a list with one that a person set, in the place of the same one, else at the end."""
    place = next((at for at, each in enumerate(values) if is_same(name, each, new)), len(values))
    return (*without(name, values[:place], (new,)), new, *without(name, values[place:], (new,)))


def _edited(name: str, united: tuple[Any, ...], parts: Iterable[Accepted]) -> tuple[Any, ...]:
    gone: tuple[Any, ...] = ()
    hands: tuple[Any, ...] = ()
    for part in (each for each in parts if name in each.by_hand):
        machine, stated = getattr(part.candidate.facts, name), getattr(part.facts, name)
        out = without(name, machine, stated)
        hands = without(name, hands, out)
        for each in set_values(name, part.facts, part.candidate.facts):
            hands = put(name, hands, each)
        gone = (*without(name, gone, stated), *out)
    values = without(name, united, gone)
    for each in hands:
        values = put(name, values, each)
    return values


def _figure(amount: Amount) -> object:
    return amount.value, amount.currency
