"""How long to wait before the next request: what the server asked for, and backoff after repeated failures. Pure.

Part of the model because polling and fetching share these rules but may not import each other.
Figures: docs/limits.md, Retries, after the scheduling policy of mediacloud/rss-fetcher, which is linear and has
met a Retry-After of 88 hours.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST_REST = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=24)
JITTER = 0.1
_DIGITS = 9  # more digits of seconds would be centuries


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return until when a server asked not to be contacted, at least 5 minutes and at most 24 hours from now.

    RFC 9110 10.2.3: seconds, or an HTTP date. A date is read relative to the server's own `Date` header, since
    clocks differ (lemon24/reader 61cd1192).

    Args:
        headers: response headers, names in lower case.
        now: aware UTC.

    Returns:
        An aware UTC time, or None if the header is absent or cannot be understood.
    """
    asked = headers.get("retry-after", "").strip()
    rest = _seconds(asked) if asked.isascii() and asked.isdigit() else _until(asked, headers.get("date", ""), now)
    return None if rest is None else now + min(max(rest, SHORTEST_REST), LONGEST_REST)


def back_off(weight: float, interval: timedelta, ceiling: timedelta, seed: int) -> timedelta:
    """Return the pause after failures: interval times failure weight, capped at the ceiling, jittered by ±10 %.

    Args:
        weight: consecutive failures, hard ones counting 1 and temporary ones less; below 1 counts as 1.
        interval: the pause without any failure.
        ceiling: the longest pause; jitter does not exceed it either.
        seed: makes the jitter repeatable and different per item (the id of feed or entry).
    """
    seconds = min(interval.total_seconds() * max(1.0, weight), ceiling.total_seconds())
    shift = seconds * random.Random(f"{seed}:{weight}").uniform(-JITTER, JITTER)
    if seconds + shift > ceiling.total_seconds():
        shift = -shift  # mirrored, so that items at the ceiling do not all come back at the same moment
    return timedelta(seconds=seconds + shift)


def _seconds(digits: str) -> timedelta:
    return LONGEST_REST if len(digits) > _DIGITS else timedelta(seconds=int(digits))


def _until(asked: str, date: str, now: datetime) -> timedelta | None:
    end = _http_date(asked)
    return None if end is None else end - (_http_date(date) or now)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):  # how the standard library reports an invalid date
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
