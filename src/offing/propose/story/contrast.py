"""Contrasts: what the articles of one story tell differently, kept side by side with who says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from offing.model.candidate import Contrast, ContrastValue
from offing.model.evidence import FieldName
from offing.model.story import Telling
from offing.propose.story.sums import unlike_sizes, unlike_sums

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
    clash = any(not _may_be_one(one[0], other[0]) for one, other in combinations(dates, 2))
    return dates if clash else []


def _may_be_one(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or "W" in one or "W" in other


def _sums(story: Sequence[Telling]) -> Iterator[Said]:
    for one, other in combinations(story, 2):
        for ours, theirs in unlike_sums(one, other):
            yield f"{ours[0].value:,f} {ours[0].currency}", one.url
            yield f"{theirs[0].value:,f} {theirs[0].currency}", other.url


def _sizes(story: Sequence[Telling]) -> Iterator[Said]:
    for one, other in combinations(story, 2):
        for ours, theirs in unlike_sizes(one, other):
            yield f"{_plain(ours.value)} {ours.unit}", one.url
            yield f"{_plain(theirs.value)} {theirs.unit}", other.url


def _plain(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:f}"


def _gathered(told: Sequence[Said]) -> tuple[ContrastValue, ...]:
    """Each value once, with all that tell it, in order of their first."""
    urls: dict[str, dict[str, None]] = {}
    for value, url in told:
        urls.setdefault(value, {})[url] = None
    return tuple(ContrastValue(value, tuple(sorted(each))) for value, each in sorted(urls.items()))
