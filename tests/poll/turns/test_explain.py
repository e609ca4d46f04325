"""What a feed's last exchanges tell a person: its habit, and why its next turn comes when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from offing.model.sources.feed import Exchange, FeedSpec, FeedState, FeedStatus, PollOutcome
from offing.poll.turns.explain import habit_of, turn_reason
from poll.answers import DAY, HOUR, POLICY
from poll.feeds import NOW

STATUS = FeedStatus(1, FeedSpec("https://a.example/"), FeedState.HEALTHY, PollOutcome.OK, "", "", NOW, NOW + HOUR, 9)


def exchange(ago: timedelta, new: int = 0, entries: int = 10, outcome: PollOutcome = PollOutcome.OK) -> Exchange:
    """An exchange some time ago."""
    return Exchange(NOW - ago, outcome, entries=entries, new_entries=new)


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([], "not delivered anything yet"),
        ([exchange(HOUR, outcome=PollOutcome.ERROR)], "not delivered anything yet"),
        ([exchange(HOUR)], "brought nothing new yet"),
        ([exchange(timedelta(0), 3)], "The last new entry came a moment ago."),
        ([exchange(HOUR), exchange(3 * DAY, 10)], "About 0.0 new entries a day over the last 2 days."),
        ([exchange(HOUR), exchange(3 * DAY, 10)], "The last new entry came 3 days ago."),
        ([exchange(HOUR, 6), exchange(HOUR + 2 * DAY, 10)], "About 3.0 new entries a day over the last 2 days."),
        ([exchange(HOUR, 6), exchange(HOUR + 2 * DAY, 10)], "The last new entry came 1 hour ago."),
        ([exchange(timedelta(minutes=40), 1)], "40 minutes ago"),
    ],
)
def test_habit(history: list[Exchange], words: str) -> None:
    """New entries a day, without those that stood in the first document, and when the last one came."""
    assert words in habit_of(history, NOW)


def turn(pause: timedelta | None, history: list[Exchange] | None = None, **more: object) -> str:
    """Why the next turn comes after a pause."""
    status = replace(STATUS, next_poll_at=NOW + pause if pause else None, **more)
    return turn_reason(status, history or [exchange(timedelta(0), 1)], POLICY)


def test_why_a_turn_comes_when_it_comes() -> None:
    """Each reason has its own sentence."""
    busy = [exchange(number * HOUR, 5) for number in range(6)]
    quiet = [exchange(number * HOUR) for number in range(12)] + [exchange(4 * DAY, 3)]
    assert "not asked" in turn(None)
    assert "not been asked yet" in turn(HOUR, last_poll_at=None)
    assert "left alone" in turn(HOUR, outcome=PollOutcome.RETRY_LATER)
    assert "up to 24 hours" in turn(HOUR, state=FeedState.FAILING)
    assert "After failures" in turn(HOUR, outcome=PollOutcome.ERROR)
    assert "30 minutes is set" in turn(HOUR, spec=FeedSpec("https://a.example/", interval_minutes=30))
    assert turn(HOUR) == "The usual pause."
    assert "asks for this pause" in turn(5 * HOUR)
    assert "more often than usual" in turn(HOUR / 2, busy)
    assert "more rarely than usual" in turn(12 * HOUR, quiet)
