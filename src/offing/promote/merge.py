"""Facts of several candidates of one project, made one. Pure.

A value that a person set stays, unless a person set that field on later news too. Otherwise lists grow, and single
values stay as the earliest news has them. Status and its date follow the life line, not this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from typing import Any

from offing.model.project import Amount, ProjectFacts, SizedBy
from offing.promote.accepted import Accepted
from offing.promote.measures import Dollars, Measure, agree, agrees_with, sizes_of, sums_of

_KEYS: dict[str, Callable[[Any], object]] = {
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
_ELSEWHERE = frozenset({"amounts", "status", "event_date"})


def fold(parts: Sequence[Accepted], aside: Sequence[Measure], dollars: Dollars) -> ProjectFacts:
    """What all candidates together say, without status and its date.

    Args:
        parts: in the order of their news.
        aside: sums and quantities that a person set aside.
        dollars: the rates.
    """
    facts, by_hand = ProjectFacts(), frozenset[str]()
    sums: tuple[Measure, ...] = ()
    for part in parts:
        told = replace(part.facts, quantities=_kept(sizes_of(part), aside, SizedBy, dollars))
        facts = merged(facts, told, known_by_hand=by_hand, new_by_hand=part.by_hand)
        ours = tuple(each for each in sums_of(part) if not _aside(each, aside, dollars))
        if "amounts" in part.by_hand:
            sums = ours
        elif "amounts" not in by_hand:
            sums = _united(sums, ours, dollars)
        by_hand |= part.by_hand
    return replace(facts, amounts=tuple(each.of for each in sums if isinstance(each.of, Amount)))


def merged(
    known: ProjectFacts,
    new: ProjectFacts,
    *,
    known_by_hand: AbstractSet[str] = frozenset(),
    new_by_hand: AbstractSet[str] = frozenset(),
) -> ProjectFacts:
    """What is known once later news is folded in, but for sums, status and its date.

    Args:
        known: what earlier news told.
        new: what the later one tells.
        known_by_hand: names of the earlier fields that people set.
        new_by_hand: names of the later fields that people set.
    """
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(ProjectFacts) if field.name not in _ELSEWHERE):
        ours, theirs = getattr(known, name), getattr(new, name)
        if name in new_by_hand and name != "events":
            values[name] = theirs
        elif name in known_by_hand and name != "events":
            values[name] = ours
        else:
            values[name] = _union(ours, theirs, _KEYS[name]) if name in _KEYS else ours or theirs
    return replace(known, **values)


def _united(known: tuple[Measure, ...], new: Iterable[Measure], dollars: Dollars) -> tuple[Measure, ...]:
    """All sums, each once: one that is told again in another currency is no second one, and may tell what it is."""
    sums = list(known)
    for each in new:
        place = next((at for at, old in enumerate(sums) if _one_sum(old, each, dollars)), None)
        if place is None:
            sums.append(each)
        elif not sums[place].label:
            sums[place] = _named(sums[place], each)
    return tuple(sums)


def _named(old: Measure, new: Measure) -> Measure:
    """A sum with what a later account says that it is."""
    assert isinstance(old.of, Amount)
    assert isinstance(new.of, Amount)
    return replace(old, of=replace(old.of, kind=new.of.kind))


def _one_sum(old: Measure, new: Measure, dollars: Dollars) -> bool:
    labels = {old.label, new.label}
    return (len(labels) == 1 or "" in labels) and agree(old, new, dollars)


def _kept(
    told: Iterable[Measure], aside: Sequence[Measure], kind: type[SizedBy], dollars: Dollars
) -> tuple[SizedBy, ...]:
    return tuple(each.of for each in told if isinstance(each.of, kind) and not _aside(each, aside, dollars))


def _aside(measure: Measure, aside: Iterable[Measure], dollars: Dollars) -> bool:
    alike = [each for each in aside if each.label == measure.label and type(each.of) is type(measure.of)]
    return agrees_with(measure, alike, dollars)


def _union(ours: tuple[Any, ...], theirs: tuple[Any, ...], key: Callable[[Any], object]) -> tuple[Any, ...]:
    seen = {key(each) for each in ours}
    added = {key(each): each for each in reversed(theirs) if key(each) not in seen}
    return (*ours, *reversed(added.values()))
