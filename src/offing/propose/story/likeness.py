"""Likeness: many articles say exactly the same, so two such tellings are compared only once.

Whether two tellings report the same news, or must stay apart, depends on their content and the time between them, not
on their sources. Tellings are therefore grouped into kinds by content, and the results for pairs of kinds are cached
for the life of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations

from offing.model.review.story import Telling
from offing.propose.story.same_news import COPIED, DAYS, cannot_link, is_copy, same_news
from offing.propose.story.story_keys import Keys, keys_of

_KINDS, _PAIRS = 2048, 1 << 17  # cache sizes: kinds of some 4 kB, pairs of 200 bytes, three answers each; 90 MB if full
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_EVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True, eq=False)
class SharedContent:
    """The content common to tellings that differ only in article, outlet, time and score; a shared object."""

    content: Telling
    keys: Keys


def kind_of(telling: Telling) -> SharedContent:
    """The kind of a telling."""
    by_anybody = replace(telling, id=0, article_id=0, ordinal=0, url="", outlet="")
    return _kind(replace(by_anybody, at=_SOME_DAY, score=0.0, reasons=(), gist=b""))


@lru_cache(_KINDS)
def _kind(content: Telling) -> SharedContent:
    return SharedContent(content, keys_of(content))


def _period(gap: timedelta) -> timedelta:
    """Round a time gap up to the period within which comparison gives the same result."""
    return DAYS if gap <= DAYS else COPIED if gap <= COPIED else _EVER


@lru_cache(_KINDS)
def _untitled(kind: SharedContent) -> SharedContent:
    """A kind without its headline: between articles on one project, the headline alone keeps nothing apart."""
    return kind_of(replace(kind.content, title=""))


@lru_cache(_KINDS)
def _bare(kind: SharedContent) -> SharedContent:
    """A kind also without its text, which between such articles can only override what facts and days keep apart."""
    return kind_of(replace(kind.content, title="", text_hash="", sketch=b""))


@lru_cache(_PAIRS)
def _sure(one: SharedContent, other: SharedContent, gap: timedelta) -> float:
    """How surely tellings of two kinds report the same news, given a shared key."""
    led = (
        (gap <= DAYS and one.keys.facts & other.keys.facts)
        or (gap <= COPIED and one.keys.text & other.keys.text)
        or one.keys.same & other.keys.same
    )
    return same_news(*_at(one, other, gap)) if led else 0.0


@lru_cache(_PAIRS)
def _apart(one: SharedContent, other: SharedContent, gap: timedelta) -> bool:
    return cannot_link(*_at(one, other, gap))


@lru_cache(_PAIRS)
def _copied(one: SharedContent, other: SharedContent, gap: timedelta) -> bool:
    return is_copy(*_at(one, other, gap))


def _at(one: SharedContent, other: SharedContent, gap: timedelta) -> tuple[Telling, Telling]:
    """Tellings of two articles at a given distance in time."""
    return one.content, replace(other.content, article_id=1, at=_SOME_DAY + gap)


def _ordered(one: SharedContent, other: SharedContent) -> tuple[SharedContent, SharedContent]:
    """Two kinds in a canonical order, since comparison is symmetric."""
    return (one, other) if id(one) <= id(other) else (other, one)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Compares the tellings of one region, whose ids are unique."""

    _kinds: dict[int, SharedContent] = field(default_factory=dict)

    def kind(self, telling: Telling) -> SharedContent:
        """The kind of a telling."""
        found = self._kinds.get(telling.id)
        if found is None:
            found = self._kinds[telling.id] = kind_of(telling)
        return found

    def sure(self, one: Telling, other: Telling) -> float:
        """`same_news`, but 0 where the two share no key within its time limit."""
        if one.article_id == other.article_id:
            return 0.0
        return _sure(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def apart(self, one: Telling, other: Telling) -> bool:
        """`cannot_link`, cached."""
        if one.article_id == other.article_id:
            return True
        return _apart(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def copied(self, one: Telling, other: Telling) -> bool:
        """`is_copy`, cached."""
        return _copied(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def linked(self, known: Iterable[Telling], others: Iterable[Telling]) -> Iterator[Telling]:
        """The other tellings that report the same news as a known one; most match the first one compared.

        Kinds that are not the same news at a distance of days never are, and are skipped.
        """
        kinds: dict[SharedContent, list[Telling]] = {}
        for telling in known:
            kinds.setdefault(self.kind(telling), []).append(telling)
        for other in others:
            own = self.kind(other)
            may_be = (some for kind, some in kinds.items() if _sure(*_ordered(kind, own), DAYS))
            if any(self.sure(one, other) for some in may_be for one in some):
                yield other

    def united(self, tellings: Iterable[Telling]) -> bool:
        """Whether no two of some tellings must stay apart."""
        every = list(tellings)
        if len({each.article_id for each in every}) < len(every):
            return False
        if all(each.alone for each in every):
            return self._fit(every, _bare) or self._fit(every, _untitled)
        return self._fit(every, lambda kind: kind)

    def _fit(self, tellings: Iterable[Telling], reduced: Callable[[SharedContent], SharedContent]) -> bool:
        """Whether no two kinds of tellings must stay apart, after `reduced` has removed some of their content.

        What may belong to one story at some distance in time may at any smaller one: two kinds are compared at their
        widest.
        """
        times: dict[SharedContent, list[datetime]] = {}
        for telling in tellings:
            times.setdefault(reduced(self.kind(telling)), []).append(telling.at)
        spans = {kind: (min(some), max(some)) for kind, some in times.items()}
        repeated = ((kind, kind) for kind, some in times.items() if len(some) > 1)
        for one, other in (*repeated, *combinations(times, 2)):
            (first, last), (begin, end) = spans[one], spans[other]
            if _apart(*_ordered(one, other), _period(max(end - first, last - begin))):
                return False
        return True
