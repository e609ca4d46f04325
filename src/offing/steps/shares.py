"""How feeds share a run: each step takes their items by turns, and no feed or outlet has more than its budget of pages.

What is beyond the budget stays due, and the tally of the run says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from offing.model.run import Spent, WorkItem
from offing.model.vocabulary import Verb

_T = TypeVar("_T")


@dataclass(slots=True)
class Shares:
    """What feeds and outlets had of one run so far; a budget of 0 is no limit."""

    pages_per_feed: int = 0
    pages_per_outlet: int = 0
    _turn: int = 0
    _turns: dict[Verb, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _of_feeds: Counter[int] = field(default_factory=Counter)
    _of_outlets: Counter[str] = field(default_factory=Counter)

    def turns(self, verb: Verb) -> Mapping[int, int]:
        """When each feed last had a turn in a step, as a number that grows; those that had none are left out."""
        return self._turns[verb]

    def spent(self, verb: Verb) -> Spent:
        """The feeds and outlets of which a step takes no more; fetch alone has budgets, the rest follows from it."""
        if verb is not Verb.FETCH:
            return Spent()
        return Spent(_full(self._of_feeds, self.pages_per_feed), _full(self._of_outlets, self.pages_per_outlet))

    def took(self, items: Iterable[WorkItem]) -> None:
        """Note whose turn it was."""
        for item in items:
            if item.feed_id is not None:
                self._turn += 1
                self._turns[item.verb][item.feed_id] = self._turn
            if item.verb is Verb.FETCH:
                self._of_feeds.update(() if item.feed_id is None else (item.feed_id,))
                self._of_outlets.update((item.domain or item.host,))


def _full(counts: Counter[_T], budget: int) -> frozenset[_T]:
    return frozenset(each for each, count in counts.items() if budget and count >= budget)
