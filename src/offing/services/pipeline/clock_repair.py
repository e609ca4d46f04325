"""Repairs turns that a clock running ahead has put off, at the start of each run; doctor and check report them."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.sources.backoff import LONGEST_REST
from offing.model.sources.clock import SKEW, Reach
from offing.model.sources.policy import FetchPolicy
from offing.poll.turns.pace import SPREAD
from offing.services.pipeline.runner import LEASE
from offing.services.running.polite_requests import ROBOTS_FRESH
from offing.store.feeds import clock_repair


def reach_of(policy: FetchPolicy) -> Reach:
    """Return how far ahead turns may be: the longest pause of habit, back-off, or a rest that a server may ask for.

    The minute over which returns to servers that asked for a rest are spread, and the tolerance between clocks, are
    added.
    """
    longest = max(policy.max_interval, policy.min_interval, LONGEST_REST) + timedelta(seconds=SPREAD)
    return Reach(longest + SKEW, ROBOTS_FRESH + SKEW, LEASE + SKEW)


def misplaced(conn: sa.Connection, policy: FetchPolicy, now: datetime) -> str:
    """Return a sentence on turns farther ahead than allowed; "" if there are none."""
    sentence = clock_repair.beyond(conn, reach_of(policy), now).sentence
    return f"{sentence}; the next run brings them back" if sentence else ""


def bring_back(conn: sa.Connection, policy: FetchPolicy, now: datetime) -> tuple[str, ...]:
    """Make turns due now that are farther ahead than allowed; return sentences for the tally."""
    sentence = clock_repair.bring_back(conn, reach_of(policy), now).sentence
    return (f"{sentence}; they were brought back and are due now",) if sentence else ()
