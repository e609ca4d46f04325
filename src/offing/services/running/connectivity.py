"""Tell an outage of our own network from failures of hosts, and limit how long a host is waited for.

If most hosts fail at once, no feed is to blame (miniflux#2150). A suspicion is tested on hosts that answered recently,
since a run may consist of dead feeds only.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from offing.model.sources.page import Answer, AnswerKind

UNREACHED = frozenset({AnswerKind.DNS, AnswerKind.CONNECT, AnswerKind.TLS, AnswerKind.TIMEOUT})
LATEST = 40  # hosts asked most recently: only these are considered
SUSPECT_FROM = 2  # hosts that failed
OUTAGE_FROM = 5  # hosts that failed, if no healthy host is known to test the network on
MOST = 4  # failed hosts per host that answered
SHORTEST_PATIENCE = timedelta(seconds=10)


class HostNotReachedError(Exception):
    """The host could not be reached; it gets a second try in a moment, before it is blamed."""


class NetworkDownError(Exception):
    """Hardly any host can be reached: the fault is on our side, and no feed is blamed for it."""


@dataclass(slots=True)
class Connectivity:
    """What one run has learned about the network; hosts by name, the latest last.

    `has_answered` holds whether a host answered at least once, `timeouts` how often it kept us waiting, `retried` the
    addresses that had a second try; `is_down` is the verdict, once there is one; `testing` is held while a suspicion
    is tested.
    """

    has_answered: dict[str, bool] = field(default_factory=dict)
    timeouts: dict[str, int] = field(default_factory=dict)
    retried: set[str] = field(default_factory=set)
    is_down: bool = False
    testing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def note(self, host: str, answer: Answer) -> None:
        """Learn from an answer; our own refusals are no evidence about the network."""
        if answer.kind is AnswerKind.TIMEOUT:
            self.timeouts[host] = self.timeouts.get(host, 0) + 1
        if answer.kind is AnswerKind.ROBOTS:  # its status may come from a robots.txt read yesterday
            return
        if answer.status is not None or answer.kind in UNREACHED:
            before = self.has_answered.pop(host, False)  # removed first, so that it is inserted last again
            self.has_answered[host] = before or answer.status is not None

    def reached(self, host: str) -> bool:
        """Return whether a host has answered at all in this run."""
        return self.has_answered.get(host, False)

    @property
    def unreached(self) -> set[str]:
        """The hosts that failed, among those asked most recently."""
        return {host for host in list(self.has_answered)[-LATEST:] if not self.has_answered[host]}

    @property
    def suspicious(self) -> bool:
        """Whether so many hosts failed recently that the fault may be ours."""
        failed = len(self.unreached)
        return failed >= SUSPECT_FROM and failed >= MOST * (min(len(self.has_answered), LATEST) - failed)

    def clear(self) -> None:
        """Forget the failures because the network works: a new suspicion needs new ones."""
        self.has_answered = {host: True for host, answered in self.has_answered.items() if answered}

    def patience(self, host: str, deadline: timedelta) -> timedelta:
        """Return how long an exchange with a host may take: less each time that it kept this run waiting.

        A host is asked over one connection at a time; if forty feeds are on a host that hangs, the full deadline for
        each would delay its good feeds by twenty minutes.
        """
        return max(deadline / (1 + self.timeouts.get(host, 0)), min(deadline, SHORTEST_PATIENCE))
