"""Contrasts: what the articles of one story state differently, kept side by side with their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from offing.model.reading.evidence import FieldName
from offing.model.review.candidate import Contrast, ContrastValue
from offing.model.review.story import Telling
from offing.propose.story.stated_figures import sums_of, unlike_sizes, unlike_sums

_SINGLE = (FieldName.SECTOR, FieldName.STATUS, FieldName.MODE)
Statement = tuple[str, str]  # a value in words, and the address of an article that states it


def contrasts_of(story: Sequence[Telling]) -> tuple[Contrast, ...]:
    """The fields on which articles of a story disagree.

    Two sums contrast where neither article states the other's, in any currency and as any kind; sizes where they have
    the same unit. What only one article states is no contrast.

    Args:
        story: its tellings by date and address.
    """
    found = []
    for name in _SINGLE:
        values = [(str(value), each.url) for each in story if (value := getattr(each.facts, name)) is not None]
        found.append((name, values if len({value for value, _ in values}) > 1 else []))
    dates = [(each.facts.event_date.value, each.url) for each in story if each.facts.event_date]
    # 2026-03 and 2026-03-12 may be one, and a week and any other date.
    clash = any(
        not (one.startswith(other) or other.startswith(one) or "W" in one + other)
        for one, other in combinations({date for date, _ in dates}, 2)
    )
    found.append((FieldName.EVENT_DATE, dates if clash else []))
    found.append((FieldName.AMOUNTS, list(_sums(story))))
    found.append((FieldName.QUANTITIES, list(_sizes(story))))
    return tuple(_contrast(name, values) for name, values in found if values)


def _contrast(name: FieldName, statements: Sequence[Statement]) -> Contrast:
    """Each value once, sorted, with the addresses of all articles that state it."""
    urls: dict[str, set[str]] = {}
    for value, url in statements:
        urls.setdefault(value, set()).add(url)
    return Contrast(name, tuple(ContrastValue(value, tuple(sorted(each))) for value, each in sorted(urls.items())))


def _sums(story: Sequence[Telling]) -> Iterator[Statement]:
    def figures(one: Telling) -> object:
        return tuple((str(each.value), each.currency, each.kind, worth) for each, worth in sums_of(one))

    for ours, theirs in combinations(_alike(story, figures), 2):
        for our, their in unlike_sums(ours[0], theirs[0]):
            yield from ((f"{our[0].value:,f} {our[0].currency}", each.url) for each in ours)
            yield from ((f"{their[0].value:,f} {their[0].currency}", each.url) for each in theirs)


def _sizes(story: Sequence[Telling]) -> Iterator[Statement]:
    def figures(one: Telling) -> object:
        return tuple((str(each.value), each.unit) for each in one.facts.quantities)

    for ours, theirs in combinations(_alike(story, figures), 2):
        for our, their in unlike_sizes(ours[0], theirs[0]):
            yield from ((f"{_plain(our.value)} {our.unit}", each.url) for each in ours)
            yield from ((f"{_plain(their.value)} {their.unit}", each.url) for each in theirs)


def _alike(story: Sequence[Telling], figures_of: Callable[[Telling], object]) -> Iterable[Sequence[Telling]]:
    """Group the tellings by their figures: identical ones do not contrast, so the first stands for its group."""
    found: dict[object, list[Telling]] = {}
    for each in story:
        found.setdefault(figures_of(each), []).append(each)
    return found.values()


def _plain(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:f}"
