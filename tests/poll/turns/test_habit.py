"""A feed's own habit sets its pace: often enough to lose nothing, seldom where nothing comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import Exchange, PollOutcome
from offing.poll.turns.habit import habitual_pause
from poll.feeds import NOW
from poll.weeks import DAY, HOUR, NOTHING_NEW, brought, watched

MINUTE = timedelta(minutes=1)


def simulated(new_each_hour: float, days: int, usual: timedelta = HOUR) -> list[timedelta]:
    """The pauses of a feed with twenty places that brings so many entries an hour, polled by its habit."""
    now, history, pauses = NOW, [brought(NOW, 20)], [usual]
    came, taken = 0.0, 0
    while now < NOW + days * DAY:
        pause = min(max(habitual_pause(history, now, usual), 15 * MINUTE), DAY)
        pauses.append(pause)
        now += pause
        came += new_each_hour * (pause / HOUR)
        new, taken = int(came) - taken, int(came)
        history.insert(0, brought(now, min(new, 20)) if new else replace(NOTHING_NEW, at=now))
    return pauses


def test_of_a_fast_feed_nothing_is_lost() -> None:
    """Where most of a document is new at each turn, the pause shrinks until a quarter is, and stays there."""
    pauses = simulated(40, 3)  # all twenty places are new in half an hour
    assert pauses[-1] == 15 * MINUTE
    settled = simulated(10, 3)[-20:]  # in two hours
    assert all(25 * MINUTE <= pause <= 35 * MINUTE for pause in settled)


def test_a_usual_feed_keeps_the_usual_pause() -> None:
    """An entry every other hour is no reason to come more often, nor more seldom."""
    assert set(simulated(0.5, 5)) == {HOUR}


def test_a_slow_feed_is_asked_ever_more_seldom() -> None:
    """Without news the pause grows smoothly up to a day; news brings it back at once."""
    pauses = simulated(0, 20)
    assert pauses == sorted(pauses)
    assert all(later <= 1.5 * earlier for earlier, later in pairwise(pauses))
    assert pauses[-1] == DAY
    quiet = watched(lambda at: replace(NOTHING_NEW, at=at), 5, every=6 * HOUR)
    news = brought(quiet[0].at + HOUR, 1)
    assert habitual_pause([news, *quiet], news.at, HOUR) == HOUR


def test_failures_tell_nothing_of_habit() -> None:
    """A feed that did not answer is not thereby slow or fast."""
    failed = replace(NOTHING_NEW, outcome=PollOutcome.ERROR)
    assert habitual_pause([replace(failed, at=NOW - number * HOUR) for number in range(20)], NOW, HOUR) == HOUR
    assert habitual_pause([], NOW, HOUR) == HOUR
    assert habitual_pause([brought(NOW - 100 * DAY, 1)], NOW, HOUR) == HOUR


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 2000), st.integers(0, 2000)), max_size=30))
def test_any_past_gives_a_pause(past: list[tuple[int, int, int]]) -> None:
    """No history raises or gives a pause that is not above zero."""
    history: list[Exchange] = [brought(NOW - minutes * MINUTE, new, entries=entries) for minutes, new, entries in past]
    history.sort(key=lambda exchange: exchange.at, reverse=True)
    assert habitual_pause(history, NOW, HOUR) >= timedelta()
