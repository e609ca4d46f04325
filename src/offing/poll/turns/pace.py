"""Schedules a feed's next turn from document, server and habit, within the policy. Pure."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from offing.model.sources.backoff import retry_after
from offing.model.sources.feed import DueFeed, ParsedFeed
from offing.model.sources.page import Answer
from offing.model.sources.policy import FetchPolicy
from offing.poll.turns.habit import habitual_pause

JITTER = 0.1
SPREAD = 60  # seconds over which feeds sent away by a busy server come back (docs/limits.md, Retries)
_HOUR = timedelta(hours=1)
_WEEK = 7 * 24  # hours
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def interval_of(feed: DueFeed, policy: FetchPolicy) -> timedelta:
    """Return the feed's own pause if one is set, else the policy's."""
    return timedelta(minutes=feed.spec.interval_minutes) if feed.spec.interval_minutes else policy.interval


def next_turn(feed: DueFeed, answer: Answer, parsed: ParsedFeed | None, now: datetime, policy: FetchPolicy) -> datetime:
    """Return the next turn: after the longest of habit, TTL, Cache-Control, Expires and Retry-After, within policy.

    Jitter only lengthens the pause, so that no poll comes too early. An interval that ops set for the feed
    replaces habit and the publisher's wishes, down to the shortest polite interval.

    Args:
        feed: the feed, its history beginning with the current exchange.
        answer: its server's answer.
        parsed: its document; None where there was none.
        now: aware UTC.
        policy: the bounds.
    """
    until = retry_after(answer.headers, now)
    asked = [until - now] if until else []
    if feed.spec.interval_minutes:
        asked.append(interval_of(feed, policy))
    else:
        minutes = parsed.ttl_minutes if parsed else None
        if minutes and minutes > 0:
            asked.append(timedelta(minutes=min(minutes, _WEEK * 60)))
        if age := _MAX_AGE.search(answer.headers.get("cache-control", "")):
            asked.append(timedelta(seconds=int(age[1])))
        # How long the answer stays fresh, measured by the server's own `Date` if given (RFC 9111 4.2.1).
        if expires := _http_date(answer.headers.get("expires", "")):
            asked.append(expires - (_http_date(answer.headers.get("date", "")) or now))
        asked.append(habitual_pause(feed.history, now, policy.interval))
    pause = min(max(*asked, policy.min_interval), policy.max_interval)
    shift = _random(feed, now).uniform(0, JITTER)
    turn = now + min(pause * (1 + shift), policy.max_interval)
    if parsed and not feed.spec.interval_minutes:
        # The first moment outside the hours and days that the feed asks to skip; one that skips everything is ignored.
        hours = (turn + number * _HOUR for number in range(_WEEK + 1))
        free = next((t for t in hours if t.hour not in parsed.skip_hours and t.weekday() not in parsed.skip_days), turn)
        if free != turn:
            turn = free.replace(minute=0, second=0, microsecond=0) + shift / JITTER * _HOUR
        turn = min(turn, now + policy.max_interval)
    return turn


def spread(feed: DueFeed, until: datetime) -> datetime:
    """Return a moment within the minute after `until`, different for each feed."""
    return until + timedelta(seconds=_random(feed, until).uniform(0, SPREAD))


def _random(feed: DueFeed, moment: datetime) -> random.Random:
    return random.Random(f"{feed.id}:{moment.isoformat()}")


def _http_date(text: str) -> datetime | None:
    """Return the date of a header; None if it has none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # also "0" and "-1", which mean: expired
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
