"""The wordings of reasons that pairs of any accounts have: what agrees and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from offing.match.accounts.compare import Features, least_gap
from offing.model.pairs.matching import AccountSum
from offing.model.values.sums import FAR, SAME_IN_LISTS

_SHOWN = 3  # names or sizes in one reason


def same_values(noun: str, nouns: str, one: Iterable[object], other: Iterable[object]) -> Iterator[str]:
    """Yield the reason for values that both sides have, if there are any."""
    shared = sorted(map(str, frozenset(one) & frozenset(other)))
    if shared:
        yield f"same {noun if len(shared) == 1 else nouns} ({', '.join(shared[:_SHOWN])})"


def same_sum(one: Iterable[AccountSum], other: Iterable[AccountSum]) -> Iterator[str]:
    """Yield the reason for the nearest two sums, unless they are far apart."""
    gap = least_gap(one, other)
    if gap is not None and gap <= FAR:
        yield "same amount" if gap <= SAME_IN_LISTS else f"amount within {max(1, round(gap * 100))} %"


def same_sizes(shared: Sequence[tuple[float, str]]) -> Iterator[str]:
    """Yield the reason for shared sizes, each a value with its unit, if there are any."""
    if shared:
        yield f"same size ({', '.join(f'{value:g} {unit}' for value, unit in shared[:_SHOWN])})"


def against(
    name: str, features: Features, one: Iterable[object], other: Iterable[object], noun: str = ""
) -> Iterator[str]:
    """Yield the reason against a pair whose features say that the values differ; a side without any is left out."""
    if f"other-{name}" in features:
        sides = [f"{names} {where}" for each, where in ((one, "here"), (other, "there")) if (names := few(each))]
        yield f"other {noun or name} ({', '.join(sides)})"


def few(names: Iterable[object]) -> str:
    """The first few names in alphabetical order, separated by commas."""
    return ", ".join(sorted(map(str, names))[:_SHOWN])
