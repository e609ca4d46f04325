"""Facts of a record and of a candidate that tells more of the same project, made one. Pure.

A value that a person set stays, unless a person set that field on the newer candidate too. Otherwise lists
grow, and single values stay as they are where there is one. The status follows the life line, not this file.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from typing import Any

from offing.model.project import ProjectFacts

_KEYS: dict[str, Callable[[Any], object]] = {
    "countries": str.casefold,
    "firms": lambda firm: firm.id or firm.name.casefold(),
    "lenders": lambda lender: lender.id or lender.name.casefold(),
    "amounts": lambda amount: (amount.value, amount.currency, amount.kind),
    "counterparts": str.casefold,
    "concerns": lambda concern: concern.kind,
    "quantities": lambda size: (size.value, size.unit.casefold()),
    "places": str.casefold,
    "terms": lambda term: term.kind,
    "events": lambda event: event.kind,
}


def merged(
    known: ProjectFacts,
    new: ProjectFacts,
    *,
    known_by_hand: AbstractSet[str] = frozenset(),
    new_by_hand: AbstractSet[str] = frozenset(),
) -> ProjectFacts:
    """What a record knows once a candidate is folded into it.

    Args:
        known: the record's facts.
        new: the candidate's facts.
        known_by_hand: names of the record's fields that people set.
        new_by_hand: names of the candidate's fields that people set.
    """
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(ProjectFacts)):
        ours, theirs = getattr(known, name), getattr(new, name)
        if name in new_by_hand:
            values[name] = theirs
        elif name in known_by_hand:
            values[name] = ours
        else:
            values[name] = _union(ours, theirs, _KEYS[name]) if name in _KEYS else ours or theirs
    return replace(known, **values)


def _union(ours: tuple[Any, ...], theirs: tuple[Any, ...], key: Callable[[Any], object]) -> tuple[Any, ...]:
    seen = {key(each) for each in ours}
    added = {key(each): each for each in reversed(theirs) if key(each) not in seen}
    return (*ours, *reversed(added.values()))
