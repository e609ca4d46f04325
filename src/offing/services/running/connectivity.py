"""Distinguishes an outage of our own network from failures of hosts, and limits how long a host is waited for.

If most hosts fail at once, no feed is to blame (miniflux#2150). A suspicion is tested on hosts that answered recently,
since a run may consist of dead feeds only.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from offing.model.sources.page import Answer, AnswerKind

UNREACHED = frozenset({AnswerKind.DNS, AnswerKind.CONNECT, AnswerKind.TLS, AnswerKind.TIMEOUT})
LATEST = 40  # hosts that are considered
SUSPECT_FROM = 2  # hosts that failed
OUTAGE_FROM = 5  # hosts that failed, if no other host is known that could be asked instead
MOST = 4  # failed hosts per host that answered
SHORTEST_PATIENCE = timedelta(seconds=10)


class NotReached(Exception):
    """The host could not be reached; it is asked a second time in a moment, before it is blamed."""


class NetworkDown(Exception):
    """Hardly any host can be reached: the fault is on our side, and no feed is blamed for it."""


@dataclass(slots=True)
class Connectivity:
    """What one run has learned about the network; hosts by name, the latest last.

    `looked_twice` holds the addresses that were given a second try; `down` is the verdict, once there is one; `asking`
    is held while a suspicion is tested.
    """

    answered: dict[str, bool] = field(default_factory=dict)
    timeouts: dict[str, int] = field(default_factory=dict)
    looked_twice: set[str] = field(default_factory=set)
    down: bool = False
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def note(self, host: str, answer: Answer) -> None:
        """Learn from an answer; our own refusals are no evidence about the network."""
        if answer.kind is AnswerKind.TIMEOUT:
            self.timeouts[host] = self.timeouts.get(host, 0) + 1
        if answer.kind is AnswerKind.ROBOTS:  # its status may come from a robots.txt read yesterday
            return
        if answer.status is not None or answer.kind in UNREACHED:
            before = self.answered.pop(host, False)  # removed first, so that it is inserted last again
            self.answered[host] = before or answer.status is not None

    def reached(self, host: str) -> bool:
        """Return whether a host has answered at all in this run."""
        return self.answered.get(host, False)

    @property
    def unreached(self) -> set[str]:
        """The hosts that failed, among those asked most recently."""
        return {host for host in list(self.answered)[-LATEST:] if not self.answered[host]}

    @property
    def suspicious(self) -> bool:
        """Whether so many hosts failed recently that the fault may be ours."""
        failed = len(self.unreached)
        return failed >= SUSPECT_FROM and failed >= MOST * (min(len(self.answered), LATEST) - failed)

    def clear(self) -> None:
        """Forget the failures because the network works: a new suspicion needs new ones."""
        self.answered = {host: True for host, answered in self.answered.items() if answered}

    def patience(self, host: str, deadline: timedelta) -> timedelta:
        """Return how long an exchange with a host may take: less each time that it kept this run waiting.

        A host is asked over one connection at a time; if forty feeds are on a host that hangs, the full deadline for
        each would delay its good feeds by twenty minutes.
        """
        kept_waiting = self.timeouts.get(host, 0)
        return max(deadline / (1 + kept_waiting), min(deadline, SHORTEST_PATIENCE))
