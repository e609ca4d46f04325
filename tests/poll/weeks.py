"""Weeks of polling in a moment: exchanges with a feed as they would have been, by a clock that is stepped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from offing.model.sources.feed import Alarm, Exchange, FeedAlarm, PollOutcome
from offing.poll import judge_alarm
from poll.feeds import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTHING_NEW = Exchange(NOW, PollOutcome.UNCHANGED, 304)
Server = Callable[[datetime], Exchange]


def brought(at: datetime, new: int, **more: int) -> Exchange:
    """A document of twenty entries, all dated and with a text unless said otherwise."""
    counts = {"entries": 20, "dated": 20, "with_text": 20} | more
    return Exchange(at, PollOutcome.OK, 200, new_entries=new, **counts)


def office_hours(at: datetime) -> Exchange:
    """A feed that has news at each hour of the working day, from Monday to Friday."""
    at_work = at.weekday() < 5 and 8 <= at.hour < 18
    return brought(at, 1) if at_work else replace(NOTHING_NEW, at=at)


def watched(server: Server, days: float, *, start: datetime = NOW, every: timedelta = HOUR) -> list[Exchange]:
    """The exchanges of some days, latest first."""
    times = int(days * DAY / every)
    return [server(start + number * every) for number in range(times)][::-1]


def alarms(
    history: Sequence[Exchange], server: Server, days: float, *, every: timedelta = HOUR
) -> list[tuple[timedelta, Alarm | None]]:
    """Return each change of the alarm while polling goes on for some days, and after how long."""
    past, current = list(history), None
    began = past[0].at
    changes: list[tuple[timedelta, Alarm | None]] = []
    for number in range(1, int(days * DAY / every) + 1):
        now = began + number * every
        past.insert(0, server(now))
        alarm = judge_alarm(past, now, current)
        kind: FeedAlarm | None = alarm.kind if alarm else None
        if kind is not current:
            changes.append((now - began, alarm))
        current = kind
    return changes
