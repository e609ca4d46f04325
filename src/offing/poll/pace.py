"""When a feed's next turn comes: what document and server ask for, within the policy. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from offing.model.backoff import retry_after
from offing.model.feed import DueFeed
from offing.model.page import Answer
from offing.model.rules import FetchPolicy

JITTER = 0.1
SPREAD = 60  # seconds over which those come back whom a busy server sent away (security-plan 5.6)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def interval_of(feed: DueFeed, policy: FetchPolicy) -> timedelta:
    """The pause that is set for a feed, or the policy's."""
    return timedelta(minutes=feed.spec.interval_minutes) if feed.spec.interval_minutes else policy.interval


def next_turn(feed: DueFeed, answer: Answer, ttl_minutes: int | None, now: datetime, policy: FetchPolicy) -> datetime:
    """After the longest of interval, TTL, Cache-Control, Expires and Retry-After, within the policy's bounds.

    Jitter only lengthens the pause, so that none comes before its time. An interval that ops set for the feed
    stands in for what the publisher wishes, above the shortest one that is polite.
    """
    asked = [interval_of(feed, policy)]
    if not feed.spec.interval_minutes:
        wishes = (_ttl(ttl_minutes), _max_age(answer.headers), _expires(answer.headers, now))
        asked.extend(wish for wish in wishes if wish is not None)
    until = retry_after(answer.headers, now)
    if until:
        asked.append(until - now)
    pause = min(max(*asked, policy.min_interval), policy.max_interval)
    shift = _random(feed, now).uniform(0, JITTER)
    return now + min(pause * (1 + shift), policy.max_interval)


def spread(feed: DueFeed, until: datetime) -> datetime:
    """A moment in the minute after one, different from feed to feed."""
    return until + timedelta(seconds=_random(feed, until).uniform(0, SPREAD))


def _random(feed: DueFeed, moment: datetime) -> random.Random:
    return random.Random(f"{feed.id}:{moment.isoformat()}")


def _ttl(minutes: int | None) -> timedelta | None:
    return timedelta(minutes=min(minutes, 7 * 24 * 60)) if minutes and minutes > 0 else None


def _max_age(headers: Mapping[str, str]) -> timedelta | None:
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    return timedelta(seconds=int(found[1])) if found else None


def _expires(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long an answer lasts by `Expires`, by the server's own clock where it tells it (RFC 9111 4.2.1)."""
    end = _http_date(headers.get("expires", ""))
    return None if end is None else end - (_http_date(headers.get("date", "")) or now)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # also "0" and "-1", which mean: at once
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
