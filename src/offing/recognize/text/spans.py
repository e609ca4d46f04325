"""Spans: containment and overlap, and which of overlapping mentions wins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from offing.model.reading.mention import Mention

Span = tuple[int, int]


class Spans:
    """A set of spans, queried for containment and overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def cover(self, start: int, end: int) -> bool:
        """Whether one of them contains a whole span."""
        number = bisect_right(self._starts, start)
        return number > 0 and self._reach[number - 1] >= end

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with a span."""
        number = bisect_left(self._starts, end)
        return number > 0 and self._reach[number - 1] > start


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that no longer one overlaps; of equally long ones the earlier wins, of identical ones the first."""
    chosen: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        place = bisect_left(starts, mention.end)
        if place and chosen[place - 1].end > mention.start:
            continue
        chosen.insert(place, mention)
        starts.insert(place, mention.start)
    return chosen


def touched(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """The mentions that overlap a span; they must come by start and not overlap each other."""
    first = bisect_left(mentions, start, key=lambda mention: mention.end - 1)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    return mentions[first:last]
