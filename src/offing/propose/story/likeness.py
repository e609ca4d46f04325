"""Likeness: many articles tell the very same, and what two such tellings say of one another need be worked out once.

Whether two tellings tell the same news, or must stay apart, depends on what they tell and on how far in time they lie
from each other, not on who tells it. So tellings are sorted by what they tell, and kinds of them are compared; what
that came to is remembered as long as the process lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations

from offing.model.story import Telling
from offing.propose.story.keys import Keys, keys_of
from offing.propose.story.same import COPIED, DAYS, apart, copied, same_news

_KINDS, _PAIRS = 2048, 1 << 17  # remembered: kinds of some 4 kB, pairs of 200 bytes, three answers each; 90 MB if full
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_EVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What tellings tell that differ in nothing but article, outlet, time and score; one object for all of them."""

    told: Telling
    keys: Keys


def kind_of(telling: Telling) -> Kind:
    """The kind of a telling."""
    by_anybody = replace(telling, id=0, article_id=0, ordinal=0, url="", outlet="")
    return _kind(replace(by_anybody, at=_SOME_DAY, score=0.0, reasons=(), gist=b""))


@lru_cache(_KINDS)
def _kind(told: Telling) -> Kind:
    return Kind(told, keys_of(told))


def _period(gap: timedelta) -> timedelta:
    """All gaps up to the same of these come to the same."""
    return DAYS if gap <= DAYS else COPIED if gap <= COPIED else _EVER


@lru_cache(_KINDS)
def _untitled(kind: Kind) -> Kind:
    """A kind without its headline: between articles that tell of one project only it keeps nothing apart."""
    return kind_of(replace(kind.told, title=""))


@lru_cache(_KINDS)
def _bare(kind: Kind) -> Kind:
    """A kind without its text too, which between such articles can but excuse what facts and days keep apart."""
    return kind_of(replace(kind.told, title="", text_hash="", sketch=b""))


def _whole(kind: Kind) -> Kind:
    return kind


@lru_cache(_PAIRS)
def _sure(one: Kind, other: Kind, gap: timedelta) -> float:
    """How surely tellings of two kinds tell the same news, where a key leads from one to the other."""
    led = (
        (gap <= DAYS and one.keys.facts & other.keys.facts)
        or (gap <= COPIED and one.keys.text & other.keys.text)
        or one.keys.same & other.keys.same
    )
    return same_news(*_at(one, other, gap)) if led else 0.0


@lru_cache(_PAIRS)
def _apart(one: Kind, other: Kind, gap: timedelta) -> bool:
    return apart(*_at(one, other, gap))


@lru_cache(_PAIRS)
def _copied(one: Kind, other: Kind, gap: timedelta) -> bool:
    return copied(*_at(one, other, gap))


def _at(one: Kind, other: Kind, gap: timedelta) -> tuple[Telling, Telling]:
    """Tellings of two articles that lie so far from each other."""
    return one.told, replace(other.told, article_id=1, at=_SOME_DAY + gap)


def _ordered(one: Kind, other: Kind) -> tuple[Kind, Kind]:
    """Two kinds always in one order, since what they come to has none."""
    return (one, other) if id(one) <= id(other) else (other, one)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Compares the tellings of one region, whose ids each stand for one of them."""

    _kinds: dict[int, Kind] = field(default_factory=dict)

    def kind(self, telling: Telling) -> Kind:
        """The kind of a telling."""
        found = self._kinds.get(telling.id)
        if found is None:
            found = self._kinds[telling.id] = kind_of(telling)
        return found

    def sure(self, one: Telling, other: Telling) -> float:
        """`same_news`, but 0 also where no key within its time leads from one to the other."""
        if one.article_id == other.article_id:
            return 0.0
        return _sure(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def apart(self, one: Telling, other: Telling) -> bool:
        """`apart`."""
        if one.article_id == other.article_id:
            return True
        return _apart(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def copied(self, one: Telling, other: Telling) -> bool:
        """`copied`."""
        return _copied(*_ordered(self.kind(one), self.kind(other)), _period(abs(one.at - other.at)))

    def linked(self, known: Iterable[Telling], others: Iterable[Telling]) -> Iterator[Telling]:
        """Those of the others that tell the same news as one of the known; most are found by the first that is asked.

        What is not the same news on one day never is: such kinds are passed over.
        """
        sorts = self._sorted(known)
        for other in others:
            own = self.kind(other)
            may_be = (some for kind, some in sorts.items() if _sure(*_ordered(kind, own), DAYS))
            if any(self.sure(one, other) for some in may_be for one in some):
                yield other

    def united(self, tellings: Iterable[Telling]) -> bool:
        """Whether no two of some tellings must stay apart."""
        every = list(tellings)
        if len({each.article_id for each in every}) < len(every):
            return False
        looks = (_bare, _untitled) if all(each.alone for each in every) else (_whole,)
        return any(self._fit(every, reduced) for reduced in looks)

    def _fit(self, tellings: Iterable[Telling], reduced: Callable[[Kind], Kind]) -> bool:
        """Whether no two kinds of tellings must stay apart, of which only so much is looked at.

        What may be of one story at some distance may be so at any smaller one: of two kinds the widest is asked.
        """
        times: dict[Kind, list[datetime]] = {}
        for telling in tellings:
            times.setdefault(reduced(self.kind(telling)), []).append(telling.at)
        spans = {kind: (min(told), max(told)) for kind, told in times.items()}
        alike = [(kind, kind) for kind, told in times.items() if len(told) > 1]
        return not any(_apart(*_ordered(*pair), _widest(spans, *pair)) for pair in (*alike, *combinations(spans, 2)))

    def _sorted(self, tellings: Iterable[Telling]) -> dict[Kind, list[Telling]]:
        found: dict[Kind, list[Telling]] = {}
        for telling in tellings:
            found.setdefault(self.kind(telling), []).append(telling)
        return found


def _widest(spans: dict[Kind, tuple[datetime, datetime]], one: Kind, other: Kind) -> timedelta:
    """The period in which the two tellings of two kinds lie that are farthest from each other."""
    (first, last), (begin, end) = spans[one], spans[other]
    return _period(max(end - first, last - begin))
