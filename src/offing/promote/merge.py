"""Merge the facts of several candidates of one project. Pure.

A single value that a person set stays, unless a person also set that field on later news. Otherwise single values stay
as in the earliest news, except that an unspecified mode gives way to any, and a framework agreement to the project that
results from it. Lists grow; what a person changed in a list of one candidate changes these values alone
(`list_edits.py`). Status and its date follow the life line, not this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from typing import Any

from offing.model.projects.project import Amount, ProjectFacts, SizedBy
from offing.model.values.vocabulary import AmountKind, Mode, RecordType, Status
from offing.promote.accepted_candidates import Accepted
from offing.promote.list_edits import KEYS, with_list_edits
from offing.promote.measures import Dollars, Measure, agree, agrees_with, sizes_of, sums_of

_FULLY = 3
_SPECIFICITY = {
    **{str(kind): _FULLY for kind in AmountKind},
    AmountKind.TOTAL_COST: 2,
    AmountKind.INVESTMENT: 1,
    "": 0,
}
"""How much the kind of a sum says: who pays in which form, or only what it all comes to."""
_BUILT = frozenset({Status.UNDER_CONSTRUCTION, Status.COMPLETED})
_PAID_BY = frozenset({Mode.CONTRACT, Mode.LOAN})
_PAID_AS = frozenset({AmountKind.CONTRACT, AmountKind.LOAN})
_ELSEWHERE = frozenset({"amounts", "status", "event_date"})


def merged_facts(parts: Sequence[Accepted], aside: Sequence[Measure], dollars: Dollars) -> ProjectFacts:
    """Return the merged facts of all candidates, without status and its date.

    Args:
        parts: in the order of their news.
        aside: sums and quantities that a person set aside.
        dollars: the rates.
    """
    facts, by_hand = ProjectFacts(), frozenset[str]()
    sums: tuple[Measure, ...] = ()
    for part in parts:
        sizes = (each for each in sizes_of(part) if not _aside(each, aside, dollars))
        new = replace(part.facts, quantities=tuple(each.of for each in sizes if isinstance(each.of, SizedBy)))
        facts = merged(facts, new, known_by_hand=by_hand, new_by_hand=part.by_hand)
        ours = tuple(each for each in sums_of(part) if not _aside(each, aside, dollars))
        sums = united(sums, ours, dollars)
        by_hand |= part.by_hand
    united_facts = replace(facts, amounts=tuple(each.of for each in sums if isinstance(each.of, Amount)))
    return with_list_edits(united_facts, parts)


def merged(
    known: ProjectFacts,
    new: ProjectFacts,
    *,
    known_by_hand: AbstractSet[str] = frozenset(),
    new_by_hand: AbstractSet[str] = frozenset(),
) -> ProjectFacts:
    """Merge later news into known facts, except for sums, status and its date.

    Args:
        known: the facts from earlier news.
        new: those from later news.
        known_by_hand: names of the earlier fields that people set; in lists they play no part here.
        new_by_hand: names of the later fields that people set.
    """
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(ProjectFacts) if field.name not in _ELSEWHERE):
        ours, theirs = getattr(known, name), getattr(new, name)
        if name in KEYS:
            key = KEYS[name]
            known_keys = {key(each) for each in ours}
            added = {key(each): each for each in reversed(theirs) if key(each) not in known_keys}
            values[name] = (*ours, *reversed(added.values()))
        elif name in new_by_hand:
            values[name] = theirs
        else:
            values[name] = ours if name in known_by_hand else _single(ours, theirs, new)
    return replace(known, **values)


def _single(ours: Any, theirs: Any, new: ProjectFacts) -> Any:
    """Return a single-valued field: the known value, unless it is less specific."""
    if ours is Mode.UNSPECIFIED:
        return theirs or ours
    if ours is RecordType.FRAMEWORK_AGREEMENT and _is_work(new):
        return RecordType.PROJECT
    return ours or theirs


def _is_work(facts: ProjectFacts) -> bool:
    """Return whether news is about the work itself: built, or signed or paid for outside a framework agreement."""
    if facts.status in _BUILT:
        return True
    itself = facts.record_type in {None, RecordType.PROJECT}
    paid = facts.mode in _PAID_BY or any(each.kind in _PAID_AS for each in facts.amounts)
    return itself and (facts.status is Status.SIGNED or paid)


def united(known: tuple[Measure, ...], new: Iterable[Measure], dollars: Dollars) -> tuple[Measure, ...]:
    """Unite sums without duplicates: a repetition in another currency is no second sum, and may specify the kind."""
    sums = list(known)
    for each in new:
        place = next((at for at, one in enumerate(sums) if _one_sum(one, each, dollars)), None)
        if place is None:
            sums.append(each)
        elif _SPECIFICITY[each.label] > _SPECIFICITY[sums[place].label]:
            old = sums[place]
            assert isinstance(old.of, Amount)
            assert isinstance(each.of, Amount)
            sums[place] = replace(old, of=replace(old.of, kind=each.of.kind))
    return tuple(sums)


def _one_sum(old: Measure, new: Measure, dollars: Dollars) -> bool:
    """Return whether two accounts state the same sum: equal values of one kind, or where one has no kind.

    The same figure as total cost or investment and as a loan is one sum, too; a loan and a contract are two.
    """
    if old.label == new.label or not old.label or not new.label:
        return agree(old, new, dollars)
    return old.figure == new.figure and min(_SPECIFICITY[old.label], _SPECIFICITY[new.label]) < _FULLY


def _aside(measure: Measure, aside: Iterable[Measure], dollars: Dollars) -> bool:
    return agrees_with(measure, (each for each in aside if each.label == measure.label), dollars)
