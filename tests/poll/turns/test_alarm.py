"""A feed that answers well but is odd is told within a day, by its own past, and no sooner than that past allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import Exchange, FeedAlarm, PollOutcome
from offing.poll import judge_alarm
from poll.feeds import NOW
from poll.weeks import DAY, HOUR, NOTHING_NEW, alarms, brought, office_hours, watched
from suite import some

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def quiet(at: datetime) -> Exchange:
    """Nothing new."""
    return replace(NOTHING_NEW, at=at)


def test_weekends_and_nights_are_no_silence() -> None:
    """A feed that rests as it always did is not silent, on whatever weekday it was added."""
    for day in some((0, 4, 5, 6, 1, 2, 3), 3):
        history = watched(office_hours, 1, start=MONDAY + day * DAY)
        assert alarms(history, office_hours, 40) == []


@pytest.mark.parametrize("every", some([HOUR, 24 * HOUR, 6 * HOUR, HOUR / 4], 2))
def test_a_feed_that_falls_silent_is_reported(every: timedelta) -> None:
    """News each day for a month, then none: it is told within a day of the break becoming longer than any usual one."""

    def daily(at: datetime) -> Exchange:
        return brought(at, 3) if at.hour == 12 and at.minute == 0 else quiet(at)

    history = watched(daily, 30, start=NOW, every=every)
    told = alarms(history, quiet, 10, every=every)
    ((after, alarm),) = told
    assert alarm is not None
    assert alarm.kind is FeedAlarm.SILENT
    assert DAY < after <= 3 * DAY  # its breaks are of one day
    assert "has announced nothing new for" in alarm.cause
    assert alarm.next_step


def test_a_busy_feed_is_reported_after_a_day() -> None:
    """A feed with news around the clock is silent when it has none for a day."""

    def busy(at: datetime) -> Exchange:
        return brought(at, 2)

    ((after, alarm),) = alarms(watched(busy, 30), quiet, 5)
    assert alarm
    assert DAY < after <= DAY + HOUR


def test_silence_ends_with_the_first_news() -> None:
    """The alarm is cleared when something new comes, and not told a second time meanwhile."""

    def pause(at: datetime) -> Exchange:
        return quiet(at) if at < NOW + 37 * DAY else brought(at, 1)

    told = alarms(watched(lambda at: brought(at, 1), 30), pause, 12)
    assert [alarm.kind if alarm else None for _, alarm in told] == [FeedAlarm.SILENT, None]


def test_a_new_feed_is_not_judged_by_a_few_days() -> None:
    """Before its first weekend nobody knows how long it rests; after two months without news it is silent anyway."""
    assert alarms(watched(lambda at: brought(at, 1), 3), quiet, 50) == []
    ((after, _),) = alarms([brought(NOW, 20)], quiet, 70, every=DAY)
    assert after == 61 * DAY
    assert judge_alarm([], NOW) is None
    assert judge_alarm([replace(NOTHING_NEW, outcome=PollOutcome.ERROR)], NOW) is None


def test_one_long_break_does_not_make_the_next_one_usual() -> None:
    """A break of ten days that happened once is no habit."""
    history = watched(lambda at: brought(at, 1), 30)
    history = [*watched(lambda at: brought(at, 1), 20, start=NOW + 40 * DAY), *history]
    told = alarms(history, quiet, 5)
    assert [alarm.kind for _, alarm in told if alarm] == [FeedAlarm.SILENT]


@pytest.mark.parametrize(("field", "kind"), [("dated", FeedAlarm.UNDATED), ("with_text", FeedAlarm.BODILESS)])
def test_lost_dates_and_texts_are_reported_at_once(field: str, kind: FeedAlarm) -> None:
    """One document without them is enough after many with them; it is over when they are back, not by habit."""

    def lost(at: datetime) -> Exchange:
        back = at > NOW + 50 * DAY
        return brought(at, 1, **{field: 18 if back else 1})

    told = alarms(watched(lambda at: brought(at, 1), 7), lost, 50)
    assert [(after, alarm.kind if alarm else None) for after, alarm in told] == [
        (HOUR, kind),
        (43 * DAY + 2 * HOUR, None),
    ]
    assert told[0][1]
    assert "1 of 20" in told[0][1].cause


def test_what_a_feed_never_had_it_cannot_lose() -> None:
    """A feed that never wrote dates is not odd for it, nor are documents of two entries."""
    assert alarms(watched(lambda at: brought(at, 1, dated=0), 7), lambda at: brought(at, 1, dated=0), 7) == []
    assert alarms(watched(lambda at: brought(at, 1), 7), lambda at: brought(at, 1, entries=2, dated=0), 2) == []


def test_the_same_entries_under_new_keys_are_reported() -> None:
    """Two documents of known entries under new keys are enough; one alone is a move to other keys."""

    def repeating(at: datetime) -> Exchange:
        return brought(at, 0, repeated=20)

    once = [brought(NOW + DAY, 0, repeated=20), *watched(lambda at: brought(at, 1), 1)]
    assert judge_alarm(once, NOW + DAY) is None
    ((after, alarm), *_) = alarms(watched(lambda at: brought(at, 1), 1), repeating, 1)
    assert alarm
    assert (after, alarm.kind) == (2 * HOUR, FeedAlarm.REPEATING)


def test_a_flood_is_reported_and_goes_by() -> None:
    """Ten times as much as on any day before is odd; what two weeks of absence bring is not."""
    history = watched(lambda at: brought(at, 1), 14)
    ((after, alarm), *rest) = alarms(history, lambda at: brought(at, 20 if at < NOW + 15 * DAY else 1), 4)
    assert alarm
    assert (after < DAY, alarm.kind) == (True, FeedAlarm.FLOODING)
    assert [later for _, later in rest] == [None]
    returned = [brought(NOW + 28 * DAY, 300), *history]
    assert judge_alarm(returned, NOW + 28 * DAY) is None
    assert judge_alarm([brought(NOW + HOUR, 900), *watched(lambda at: brought(at, 1), 0.04)], NOW + HOUR) is None


def test_news_that_a_304_hid_is_reported_for_a_month() -> None:
    """The server's word is not trusted for thirty days."""
    history = [brought(NOW, 1, missed=1), *watched(quiet, 7, start=NOW - 7 * DAY)]
    ((after, alarm),) = alarms(history, lambda at: brought(at, 1), 40)[-1:]
    assert (after, alarm) == (30 * DAY, None)
    first = judge_alarm(history, NOW)
    assert first
    assert (first.kind, "2026-03-01" in first.cause) == (FeedAlarm.ENDLESS_304, True)


@given(
    st.lists(
        st.builds(
            brought,
            st.integers(0, 100_000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
            st.integers(0, 2000),
            entries=st.integers(0, 2000),
            dated=st.integers(0, 2000),
            with_text=st.integers(0, 2000),
            repeated=st.integers(0, 2000),
            missed=st.integers(0, 5),
        ),
        max_size=60,
    )
)
def test_any_past_is_judged(history: list[Exchange]) -> None:
    """No history raises, and each alarm has its two sentences."""
    history.sort(key=lambda exchange: exchange.at, reverse=True)
    alarm = judge_alarm(history, NOW)
    assert alarm is None or (alarm.cause.endswith(".") and alarm.next_step.endswith("."))
