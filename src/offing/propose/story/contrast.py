"""Contrasts: what the articles of one story tell differently, kept side by side with who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from offing.model.candidate import Contrast, ContrastValue
from offing.model.evidence import FieldName
from offing.model.story import Telling
from offing.propose.story.sums import sums_of, unlike_sizes, unlike_sums

_SINGLE = (FieldName.SECTOR, FieldName.STATUS, FieldName.MODE)
Said = tuple[str, str]  # a value in words, and the address of an article that tells it


def contrasts_of(story: Sequence[Telling]) -> tuple[Contrast, ...]:
    """The fields of which some articles of a story say different things.

    Two sums contrast where neither article tells the other's, in any currency and under any name; sizes where they
    count the same. What only one article tells is no contrast.

    Args:
        story: its tellings by date and address.
    """
    found = []
    for name in _SINGLE:
        told = [(str(value), each.url) for each in story if (value := getattr(each.facts, name)) is not None]
        found.append((name, told if len({value for value, _ in told}) > 1 else []))
    found.append((FieldName.EVENT_DATE, _dates(story)))
    found.append((FieldName.AMOUNTS, list(_sums(story))))
    found.append((FieldName.QUANTITIES, list(_sizes(story))))
    return tuple(Contrast(name, _gathered(told)) for name, told in found if told)


def _dates(story: Sequence[Telling]) -> list[Said]:
    """The days told, where two exclude each other: 2026-03 and 2026-03-12 do not."""
    dates = [(each.facts.event_date.value, each.url) for each in story if each.facts.event_date]
    clash = any(not _may_be_one(*pair) for pair in combinations({date for date, _ in dates}, 2))
    return dates if clash else []


def _may_be_one(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or "W" in one or "W" in other


def _sums(story: Sequence[Telling]) -> Iterator[Said]:
    def told(one: Telling) -> object:
        return tuple((str(each.value), each.currency, each.kind, worth) for each, worth in sums_of(one))

    for ours, theirs in combinations(_alike(story, told), 2):
        for our, their in unlike_sums(ours[0], theirs[0]):
            yield from ((f"{our[0].value:,f} {our[0].currency}", each.url) for each in ours)
            yield from ((f"{their[0].value:,f} {their[0].currency}", each.url) for each in theirs)


def _sizes(story: Sequence[Telling]) -> Iterator[Said]:
    def told(one: Telling) -> object:
        return tuple((str(each.value), each.unit) for each in one.facts.quantities)

    for ours, theirs in combinations(_alike(story, told), 2):
        for our, their in unlike_sizes(ours[0], theirs[0]):
            yield from ((f"{_plain(our.value)} {our.unit}", each.url) for each in ours)
            yield from ((f"{_plain(their.value)} {their.unit}", each.url) for each in theirs)


def _alike(story: Sequence[Telling], told: Callable[[Telling], object]) -> Iterable[Sequence[Telling]]:
    """The tellings by the figures that they tell: like ones do not contrast, and each says what the first does."""
    found: dict[object, list[Telling]] = {}
    for each in story:
        found.setdefault(told(each), []).append(each)
    return found.values()


def _plain(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:f}"


def _gathered(told: Sequence[Said]) -> tuple[ContrastValue, ...]:
    """Each value once, with all that tell it, in order of their first."""
    urls: dict[str, dict[str, None]] = {}
    for value, url in told:
        urls.setdefault(value, {})[url] = None
    return tuple(ContrastValue(value, tuple(sorted(each))) for value, each in sorted(urls.items()))
