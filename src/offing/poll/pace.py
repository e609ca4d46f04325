"""When a feed's next turn comes: what document and server ask for, within the policy. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from offing.model.feed import DueFeed
from offing.model.page import Answer
from offing.model.rules import FetchPolicy

JITTER = 0.1
_MAX_AGE = re.compile(r"\b(?:s-maxage|max-age)\s*=\s*(\d{1,9})")


def next_turn(feed: DueFeed, answer: Answer, ttl_minutes: int | None, now: datetime, policy: FetchPolicy) -> datetime:
    """After the longest of interval, TTL, Cache-Control and Expires; clamped, jittered by the feed's number.

    An interval that ops set for the feed is taken as it is, above the shortest one that is polite.
    """
    if feed.spec.interval_minutes:
        pause = timedelta(minutes=feed.spec.interval_minutes)
    else:
        asked = [policy.interval, _ttl(ttl_minutes), _max_age(answer.headers), _expires(answer.headers, now)]
        pause = max(asked)
    pause = min(max(pause, policy.min_interval), policy.max_interval)
    shift = random.Random(f"{feed.id}:{now.isoformat()}").uniform(0, JITTER)
    return now + min(pause * (1 + shift), policy.max_interval)


def _ttl(minutes: int | None) -> timedelta:
    return timedelta(minutes=min(max(minutes or 0, 0), 7 * 24 * 60))


def _max_age(headers: Mapping[str, str]) -> timedelta:
    found = _MAX_AGE.search(headers.get("cache-control", "").lower())
    return timedelta(seconds=int(found[1])) if found else timedelta()


def _expires(headers: Mapping[str, str], now: datetime) -> timedelta:
    try:
        at = parsedate_to_datetime(headers.get("expires", ""))
    except (ValueError, TypeError, IndexError, OverflowError):  # "0" and "-1" mean: at once
        return timedelta()
    return max(timedelta(), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)
