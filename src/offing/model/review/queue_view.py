"""What the queue shows before any filter, what it is narrowed, sorted and paged by. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from offing.errors import UsageError
from offing.model.values.numbers import HIGHEST_ID

_RANK = r"(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,20})?|[1-9](?:\.[0-9]{1,20})?e[+-]?[0-9]{1,3}"
_PLACE = re.compile(rf"({_RANK})_([1-9][0-9]{{0,18}})")


class QueueView(StrEnum):
    """Which candidates are shown, before any filter.

    today      what is left of the day's budget, best first, followed by the day's audit sample
    my-day     the best of what waits and is assigned to the person, as many as are left of their own goal
    waiting    all that is undecided and above the cut, and deferred candidates that are due again
    deferred   deferred candidates that are not yet due
    below-cut  what was kept below the cut, undecided
    decided    what was accepted, rejected or found a duplicate
    all        everything
    """

    TODAY = "today"
    MY_DAY = "my-day"
    WAITING = "waiting"
    DEFERRED = "deferred"
    BELOW_CUT = "below-cut"
    DECIDED = "decided"
    ALL = "all"


class Facet(StrEnum):
    """What the queue is narrowed and counted by.

    `source` is an outlet's registered domain. `firm` and `lender` are lexicon ids, or lower-case names if not
    listed. `person` is who added or judged a candidate; its filter is "mine".
    """

    COUNTRY = "country"
    SECTOR = "sector"
    LANGUAGE = "language"
    SOURCE = "source"
    FIRM = "firm"
    LENDER = "lender"
    STATUS = "status"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """A place in the queue, ordered by falling score, or what else it is sorted by, then by rising id: `0.93_12`."""

    score: float
    id: int

    def __str__(self) -> str:
        """Return the form used in an address."""
        return f"{self.score!r}_{self.id}"

    @classmethod
    def parse(cls, written: str) -> QueuePosition:
        """Parse a place from an address.

        Raises:
            UsageError: it is not a place.
        """
        found = _PLACE.fullmatch(written)
        if not found or not int(found[2]) <= HIGHEST_ID:
            raise UsageError(f"{written[:60]!r} is not a place in the queue: open the first page again")
        return cls(float(found[1]), int(found[2]))


class Order(StrEnum):
    """What the queue is sorted by, the highest first.

    score    how likely it is a project
    date     day of its newest article; undated candidates come last
    amount   its largest sum in US dollars; candidates without a sum come last
    """

    SCORE = "score"
    DATE = "date"
    AMOUNT = "amount"


class DoubtKind(StrEnum):
    """A reason to look twice at a candidate that waits.

    any             at least one of the others
    quote           the words of a quote do not state the value
    second-reader   the second reader differs, or finds no such project
    outlets         outlets give different values
    """

    ANY = "any"
    QUOTE = "quote"
    SECOND_READER = "second-reader"
    OUTLETS = "outlets"
