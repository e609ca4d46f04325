"""Brings back what a clock that ran ahead has put off: at the start of each run; doctor and check say so before."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.backoff import LONGEST_REST
from offing.model.clock import SKEW, Reach
from offing.model.policy import FetchPolicy
from offing.poll.pace import SPREAD
from offing.steps.asking import ROBOTS_FRESH
from offing.steps.runner import LEASE
from offing.store import turns


def reach_of(policy: FetchPolicy) -> Reach:
    """How far ahead turns may lie: the longest pause of habit and back-off, or the longest rest a server may ask for.

    The minute over which those come back whom a server sent away, and what clocks differ by, are added.
    """
    longest = max(policy.max_interval, policy.min_interval, LONGEST_REST) + timedelta(seconds=SPREAD)
    return Reach(longest + SKEW, ROBOTS_FRESH + SKEW, LEASE + SKEW)


def misplaced(conn: sa.Connection, policy: FetchPolicy, now: datetime) -> str:
    """A sentence on what lies farther ahead than it can; empty where nothing does."""
    told = turns.beyond(conn, reach_of(policy), now).sentence
    return f"{told}; the next run brings them back" if told else ""


def bring_back(conn: sa.Connection, policy: FetchPolicy, now: datetime) -> tuple[str, ...]:
    """Make due now what lies farther ahead than it can; what the tally says of it."""
    told = turns.bring_back(conn, reach_of(policy), now).sentence
    return (f"{told}; they were brought back and are due now",) if told else ()
