"""Shares a run among feeds: each step takes their items in turn, and no feed or outlet exceeds its page budget.

What is beyond the budget stays due, and the tally of the run reports it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from offing.model.operation.run import Spent, WorkItem
from offing.model.values.vocabulary import Verb

_T = TypeVar("_T")


@dataclass(slots=True)
class Shares:
    """What feeds and outlets have used of one run so far; a budget of 0 is no limit."""

    pages_per_feed: int = 0
    pages_per_outlet: int = 0
    _turn: int = 0
    _turns: dict[Verb, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _of_feeds: Counter[int] = field(default_factory=Counter)
    _of_outlets: Counter[str] = field(default_factory=Counter)

    def turns(self, verb: Verb) -> Mapping[int, int]:
        """Return each feed's last turn in a step, as a growing number; feeds without a turn are left out."""
        return self._turns[verb]

    def spent(self, verb: Verb) -> Spent:
        """Return feeds and outlets with a spent budget in a step; only fetch has budgets, later steps follow it."""
        if verb is not Verb.FETCH:
            return Spent()
        return Spent(_full(self._of_feeds, self.pages_per_feed), _full(self._of_outlets, self.pages_per_outlet))

    def took(self, items: Iterable[WorkItem]) -> None:
        """Record the turns and pages that claimed items use."""
        for item in items:
            if item.feed_id is not None:
                self._turn += 1
                self._turns[item.verb][item.feed_id] = self._turn
            if item.verb is Verb.FETCH:
                self._of_feeds.update(() if item.feed_id is None else (item.feed_id,))
                self._of_outlets.update((item.domain or item.host,))


def _full(counts: Counter[_T], budget: int) -> frozenset[_T]:
    return frozenset(each for each, count in counts.items() if budget and count >= budget)
