"""Explains a feed in sentences, from its last exchanges: its habit, and why its next turn comes when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from offing.model.sources.feed import ILL, Exchange, FeedState, FeedStatus, PollOutcome
from offing.model.sources.policy import FetchPolicy
from offing.poll.turns.habit import ANSWERED, habitual_pause

NOTICEABLE = 1.15  # times the expected pause; jitter alone lengthens it by a tenth
_DAY = timedelta(days=1)


def habit_of(history: Sequence[Exchange], now: datetime) -> str:
    """Return a sentence on how much news a feed usually brings.

    Args:
        history: its last exchanges, latest first.
        now: aware UTC.
    """
    answered = [exchange for exchange in history if exchange.outcome in ANSWERED]
    if not answered:
        return "It has not delivered anything yet."
    news = [exchange for exchange in answered if exchange.new_entries]
    last = f"The last new entry came {_ago(now - news[0].at)} ago." if news else "It has brought nothing new yet."
    span = answered[0].at - answered[-1].at
    brought = sum(exchange.new_entries for exchange in answered[:-1])  # what the oldest brought is older than the span
    if span < timedelta(hours=1):
        return last
    each_day = brought / (span / _DAY)
    return f"About {each_day:.1f} new entries a day over the last {_ago(span)}. {last}"


def turn_reason(status: FeedStatus, history: Sequence[Exchange], policy: FetchPolicy) -> str:
    """Return a sentence on why the feed's next turn comes when it does.

    Args:
        status: the feed.
        history: its last exchanges, latest first.
        policy: the bounds.
    """
    if status.next_poll_at is None:
        return (
            "It is in quarantine, so it is not asked." if status.state is FeedState.QUARANTINED else "It is not asked."
        )
    if status.last_poll_at is None or not history:
        return "It has not been asked yet."
    pause = status.next_poll_at - status.last_poll_at
    if status.outcome is PollOutcome.RETRY_LATER:
        return "Its server asked to be left alone until then."
    if status.state in ILL or status.outcome not in ANSWERED:
        return f"After failures the pause grows, up to {_ago(policy.max_interval)}."
    if status.spec.interval_minutes:
        return f"A pause of {status.spec.interval_minutes} minutes is set for it."
    return _by_habit(pause, habitual_pause(history, status.last_poll_at, policy.interval), policy)


def _by_habit(pause: timedelta, habit: timedelta, policy: FetchPolicy) -> str:
    within = min(max(habit, policy.min_interval), policy.max_interval)
    if pause > within * NOTICEABLE:
        return "Its document or its server asks for this pause."
    if within > policy.interval:
        return "Nothing new has come for some time, so it is asked more rarely than usual."
    if within < policy.interval:
        return "Much of it is new each time, so it is asked more often than usual."
    return "The usual pause."


def _ago(span: timedelta) -> str:
    """Return a span of time in everyday units: 40 minutes, 7 hours, 3 days."""
    for unit, length in (("day", _DAY), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        count = span // length
        if count >= (2 if unit == "day" else 1):
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a moment"
