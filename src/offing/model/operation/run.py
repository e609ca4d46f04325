"""A run: one execution of a pipeline; its outcomes and tally; the work it claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from offing.model.review.second_reader import SecondTally
from offing.model.values.vocabulary import Verb


class Ending(StrEnum):
    """How one item ended in one step; each item has exactly one ending per step.

    done        moved on
    unchanged   nothing new
    duplicate   already known under another address or feed
    later       tried, to be tried again at a set time
    refused     not ours to have: blocked address, robots.txt, gone; or dropped from quarantine by a person
    empty       answered, but holds nothing for the next stage
    below_cut   kept, not queued
    failed      the source failed; its own state says why
    crashed     a fault of ours; the item is in quarantine
    """

    DONE = "done"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    LATER = "later"
    REFUSED = "refused"
    EMPTY = "empty"
    BELOW_CUT = "below_cut"
    FAILED = "failed"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Spent:
    """The feeds, and the outlets by registered domain, that have used up their share of a run."""

    feeds: frozenset[int] = frozenset()
    outlets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claims work, when, and until when the claim is valid; `only` restricts it to a pipeline's items.

    `token` fences off what one claim takes, and finds it again if the confirmation of the write was lost. `turns` maps
    each feed to its last turn, as a number that grows: the feed that waits longest is next. `spent` feeds get nothing.
    """

    run_id: int
    now: datetime
    until: datetime
    only: frozenset[int] | None = None
    turns: Mapping[int, int] = field(default_factory=dict)
    spent: Spent = Spent()
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a derived row was made, and by which stage and version of its rules ("extract 0.1.0")."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One due item of one verb, claimed by this run. `item_id` is the noun's id, `lease` the fencing token.

    `feed_id` is the feed that brought it, None if no feed did; `domain` the registered domain of the host to be asked.
    """

    id: int
    verb: Verb
    item_id: int
    host: str
    tries: int
    lease: str
    feed_id: int | None = None
    domain: str = ""


class Fault(StrEnum):
    """How a worker died over an item; other faults are classified by the name of their exception.

    hang     it took too long
    memory   it needed too much memory
    crash    its process died
    killed   its process was killed from outside each time, even when it ran alone
    """

    HANG = "hang"
    MEMORY = "memory"
    CRASH = "crash"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one item ended. `cause` is a sentence; `made` counts the nouns created from it, by name.

    With CRASHED, `fault` is a `Fault` or the name of an exception, `trace` the last lines of its traceback.
    """

    ending: Ending
    cause: str = ""
    url: str = ""
    made: dict[str, int] = field(default_factory=dict)
    due_again: datetime | None = None
    fault: str = ""
    trace: str = ""
    notice: str = ""  # shown to ops once: a source that needs a person
    is_try: bool = True  # whether LATER counts as a failed try


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item set aside because handling it failed in an unknown way.

    `id` is its number in the quarantine, `item_id` that of the noun; `url` is the address concerned, `version` the
    version of offing that set it aside.
    """

    id: int
    verb: Verb
    item_id: int
    url: str
    fault: str
    reason: str
    since: datetime
    tries: int
    version: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class PutOff:
    """How many items of one feed a run left for the next one; `feed` is its address, "" for all others together."""

    verb: Verb
    feed: str
    items: int


@dataclass(slots=True)
class Tally:
    """The counts of one run; grows while it runs. `put_off` is what it left due, the feeds with most of it first."""

    endings: dict[Verb, Counter[Ending]] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    outage: bool = False  # hardly any host was reachable
    put_off: list[PutOff] = field(default_factory=list)
    second: SecondTally | None = None  # of the second reader, if a site has one

    def add(self, verb: Verb, outcome: Outcome) -> None:
        """Count one outcome."""
        self.endings.setdefault(verb, Counter())[outcome.ending] += 1
        self.made.update(outcome.made)
        if outcome.notice:
            self.notices.append(outcome.notice)

    @property
    def crashed(self) -> int:
        """How many items ended in a fault of ours."""
        return sum(counts[Ending.CRASHED] for counts in self.endings.values())
