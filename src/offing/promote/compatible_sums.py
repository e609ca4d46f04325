"""Which sums and sizes are compatible though their figures differ: parts, ranges, bounds, totals. Pure.

EUR 85m and EUR 120m for one loan cannot both be true. A first tranche of 60 beside a loan of 200 can, and so can "up to
120" beside 85, "60 to 90" beside 85, and a loan of 100 beside the 60 and the 40 that it consists of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from offing.model.projects.project import IN_PART, Amount, SizedBy
from offing.promote.measures import Dollars, Measure, agree, worth

_MOST_PARTS, _MOST_SUMS = 4, 8  # parts of one total; sums that are tried
_LITTLE, _HALF, _TWICE = Decimal("0.1"), Decimal("0.5"), Decimal(2)
_ONE = Decimal(1)
# The range of a sum with a qualifier, as factors on its figure.
_SPREAD = {
    "about": (_ONE - _LITTLE, _ONE + _LITTLE),
    "nearly": (_ONE - _LITTLE, _ONE),
    "more-than": (_ONE, _ONE + _LITTLE),
    "at-least": (_ONE, _TWICE),
    "up-to": (_HALF, _ONE),
}
_LOW, _HIGH = "from", "to"


def without_parts(measures_by_candidate: Iterable[Sequence[Measure]], dollars: Dollars) -> list[list[Measure]]:
    """Return the measures of candidates without parts of other sums: qualified as parts, or adding up to a total.

    Args:
        measures_by_candidate: the sums or sizes of each candidate.
        dollars: the rates.
    """
    left = [[each for each in measures if _qualifier(each) != IN_PART] for measures in measures_by_candidate]
    parts = _parts_of_totals([each for measures in left for each in measures], dollars)
    return [[each for each in measures if each not in parts] for measures in left]


def is_compatible(measure: Measure, beside: Sequence[Measure], others: Sequence[Measure], dollars: Dollars) -> bool:
    """Return whether one of some others equals a measure, or is compatible with it.

    Args:
        measure: a sum or size.
        beside: its candidate's other measures.
        others: measures of its kind from elsewhere.
        dollars: the rates.
    """
    mine, theirs = tuple(_bounds([measure], beside)), tuple(_bounds(others, others))
    return any(_are_compatible(one, other, dollars) for one in mine for other in theirs)


def _bounds(some: Sequence[Measure], beside: Sequence[Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Yield the minimum and maximum that each may mean; the two ends of a range cover all between them."""
    for each in some:
        other = next((end for end in beside if _other_end(each, end)), None)
        if other is None:
            least, most = _SPREAD.get(_qualifier(each), (_ONE, _ONE))
            yield _times(each, least), _times(each, most)
        else:
            yield (each, other) if _qualifier(each) == _LOW else (other, each)


def _other_end(one: Measure, other: Measure) -> bool:
    ends = {_qualifier(one), _qualifier(other)} == {_LOW, _HIGH}
    return ends and one.label == other.label and one.figure[1] == other.figure[1]


def _are_compatible(ours: tuple[Measure, Measure], theirs: tuple[Measure, Measure], dollars: Dollars) -> bool:
    """Return whether two ranges overlap, or an end of one about equals an end of the other."""
    if any(agree(one, other, dollars) for one in ours for other in theirs):
        return True
    return _at_most(ours[0], theirs[1], dollars) and _at_most(theirs[0], ours[1], dollars)


def _at_most(one: Measure, other: Measure, dollars: Dollars) -> bool:
    if one.figure[1] != other.figure[1]:
        ours, theirs = worth(one, dollars), worth(other, dollars)
        return ours is not None and theirs is not None and ours <= theirs
    return one.of.value <= other.of.value


def _qualifier(measure: Measure) -> str:
    return measure.of.qualifier if isinstance(measure.of, Amount) else ""


def _times(measure: Measure, factor: Decimal) -> Measure:
    return replace(measure, of=_valued(measure.of, measure.of.value * factor))


def _valued(of: Amount | SizedBy, value: Decimal) -> Amount | SizedBy:
    return replace(of, value=value)


def _parts_of_totals(measures: Sequence[Measure], dollars: Dollars) -> list[Measure]:
    """Return the measures that, with others of their label and currency, add up to another one of that label."""
    found: list[Measure] = []
    for label in {each.label for each in measures if each.label}:
        distinct = _distinct([each for each in measures if each.label == label], dollars)
        for total in distinct:
            smaller = [each for each in distinct if each is not total]
            found += next(_making(total, smaller, dollars), ())
    return [each for each in measures if any(each.label == part.label and agree(each, part, dollars) for part in found)]


def _distinct(measures: Iterable[Measure], dollars: Dollars) -> list[Measure]:
    found: list[Measure] = []
    for each in measures:
        if not any(agree(each, other, dollars) for other in found):
            found.append(each)
    return found[:_MOST_SUMS]


def _making(total: Measure, some: Sequence[Measure], dollars: Dollars) -> Iterator[tuple[Measure, ...]]:
    for number in range(2, _MOST_PARTS + 1):
        for parts in combinations(some, number):
            if len({part.figure[1] for part in parts}) == 1:
                value = sum((part.of.value for part in parts), Decimal(0))
                if agree(replace(parts[0], of=_valued(parts[0].of, value)), total, dollars):
                    yield parts
