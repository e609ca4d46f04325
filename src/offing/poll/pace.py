"""When a feed's next turn comes: what document and server ask for and its own habit, within the policy. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from offing.model.backoff import retry_after
from offing.model.feed import DueFeed, ParsedFeed
from offing.model.page import Answer
from offing.model.policy import FetchPolicy
from offing.poll.habit import habitual_pause

JITTER = 0.1
SPREAD = 60  # seconds over which those come back whom a busy server sent away (docs/limits.md, Retries)
_HOUR = timedelta(hours=1)
_WEEK = 7 * 24  # hours
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def interval_of(feed: DueFeed, policy: FetchPolicy) -> timedelta:
    """The pause that is set for a feed, or the policy's."""
    return timedelta(minutes=feed.spec.interval_minutes) if feed.spec.interval_minutes else policy.interval


def next_turn(feed: DueFeed, answer: Answer, parsed: ParsedFeed | None, now: datetime, policy: FetchPolicy) -> datetime:
    """After the longest of habit, TTL, Cache-Control, Expires and Retry-After, within the policy's bounds.

    Jitter only lengthens the pause, so that none comes before its time. An interval that ops set for the feed
    stands in for habit and for what the publisher wishes, above the shortest one that is polite.

    Args:
        feed: the feed, its history beginning with the exchange at hand.
        answer: what its server said.
        parsed: what its document says; None where there was none.
        now: aware UTC.
        policy: the bounds.
    """
    until = retry_after(answer.headers, now)
    asked = [until - now] if until else []
    if feed.spec.interval_minutes:
        asked.append(interval_of(feed, policy))
    else:
        wishes = (_ttl(parsed), _max_age(answer.headers), _expires(answer.headers, now))
        asked.extend(wish for wish in wishes if wish is not None)
        asked.append(habitual_pause(feed.history, now, policy.interval))
    pause = min(max(*asked, policy.min_interval), policy.max_interval)
    shift = _random(feed, now).uniform(0, JITTER)
    turn = now + min(pause * (1 + shift), policy.max_interval)
    if parsed and not feed.spec.interval_minutes:
        turn = min(_outside_of(turn, parsed, shift / JITTER), now + policy.max_interval)
    return turn


def spread(feed: DueFeed, until: datetime) -> datetime:
    """A moment in the minute after one, different from feed to feed."""
    return until + timedelta(seconds=_random(feed, until).uniform(0, SPREAD))


def _random(feed: DueFeed, moment: datetime) -> random.Random:
    return random.Random(f"{feed.id}:{moment.isoformat()}")


def _outside_of(turn: datetime, parsed: ParsedFeed, part: float) -> datetime:
    """The first moment from one on that is in no hour and day which the feed asks to skip; `part` of an hour into it.

    A feed that asks to skip all of them is not taken by its word.
    """
    hours = (turn + number * _HOUR for number in range(_WEEK + 1))
    free = next((t for t in hours if t.hour not in parsed.skip_hours and t.weekday() not in parsed.skip_days), turn)
    return turn if free == turn else free.replace(minute=0, second=0, microsecond=0) + part * _HOUR


def _ttl(parsed: ParsedFeed | None) -> timedelta | None:
    minutes = parsed.ttl_minutes if parsed else None
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
