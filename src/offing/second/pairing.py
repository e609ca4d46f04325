"""Pair the second reader's projects with ours: by what they share, the best pairs first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.review.second_reader import Opinion
from offing.second.checks import close
from offing.second.compare import values_of
from offing.second.name_matching import holds, same_party

_PARTY = 2
_SOFT = (FieldName.SECTOR, FieldName.STATUS)
_NAMED = (FieldName.PLACES, FieldName.COUNTERPARTS)


def paired(ours: Sequence[ProjectFacts], theirs: Sequence[Opinion]) -> tuple[Opinion | None, ...]:
    """For each of our projects the opinion on it, or None; each opinion once.

    One project on either side is taken for the same, whatever the values: the text is the same.
    """
    if len(ours) == len(theirs) == 1:
        return (theirs[0],)
    pairs = ((_common(ours[i], theirs[j].facts), i, j) for i, j in product(range(len(ours)), range(len(theirs))))
    found: dict[int, int] = {}
    for common, own, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if common >= 1 and own not in found and other not in found.values():
            found[own] = other
    return tuple(theirs[found[i]] if i in found else None for i in range(len(ours)))


def _common(one: ProjectFacts, other: ProjectFacts) -> float:
    """How much two accounts share: a country, a party, a sum, a place; sector and status count a quarter."""
    parties = sum(any(same_party(a, b) for b in _parties(other)) for a in _parties(one))
    sums = sum(any(a.currency == b.currency and close(a.value, b.value) for b in other.amounts) for a in one.amounts)
    named = sum(holds(getattr(other, field.value), each) for field in _NAMED for each in getattr(one, field.value))
    soft = sum(bool(values_of(one, field)) and values_of(one, field) == values_of(other, field) for field in _SOFT)
    return len({*one.countries} & {*other.countries}) + _PARTY * (parties + sums) + named + soft / 4


def _parties(facts: ProjectFacts) -> tuple[Firm | Lender, ...]:
    return (*facts.firms, *facts.lenders)
