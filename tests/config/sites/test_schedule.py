"""Schedules: cron's own numbering of weekdays, its rule for two kinds of days, nights in which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSimError
from hypothesis import example, given
from hypothesis import strategies as st

from offing.config.sites.schedule import MACROS, check_schedule, next_turn

ZULU, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def turns(expression: str, count: int, after: datetime = SUNDAY, zone: ZoneInfo = ZULU) -> list[datetime]:
    """The first turns after a moment."""
    found = []
    for _ in range(count):
        after = next_turn(expression, zone, after)
        found.append(after)
    return found


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("1", "Mon"),
        ("0", "Sun"),
        ("7", "Sun"),
        ("sun", "Sun"),
        ("1-5", "Mon Tue Wed Thu Fri"),
        ("MON-fri", "Mon Tue Wed Thu Fri"),
        ("5-7", "Fri Sat Sun"),
        ("sat-sun", "Sat Sun"),
        ("0,3", "Sun Wed"),
        ("*/2", "Sun Tue Thu Sat"),
        ("1-5/2", "Mon Wed Fri"),
        ("6,7", "Sat Sun"),
    ],
)
def test_weekdays_are_those_of_cron(field: str, days: str) -> None:
    """0 and 7 are Sunday, 1 is Monday; names, ranges, lists and steps mean the same days."""
    week = turns(f"0 9 * * {field}", 7)
    assert {f"{turn:%a}" for turn in week if turn < SUNDAY + timedelta(days=7)} == set(days.split())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 0 13 * 5", ["03-06", "03-13", "03-20"]),  # the 13th, and every Friday
        ("0 0 13 * *", ["03-13", "04-13", "05-13"]),
        (
            "0 0 */10 * 5",
            ["05-01", "07-31", "08-21"],
        ),  # what begins with a star has to fit as well: 1st, 11th, 21st, 31st
        ("0 0 1 jan,jul *", ["07-01", "01-01", "07-01"]),
        ("0 0 29 2 *", ["02-29", "02-29", "02-29"]),
    ],
)
def test_day_of_month_and_weekday(expression: str, expected: list[str]) -> None:
    """Where both are given one of them is enough; a day that comes once in four years is waited for."""
    assert [f"{turn:%m-%d}" for turn in turns(expression, 3, SUNDAY)] == expected


def test_macros() -> None:
    """Each stands for what it says."""
    found = {macro: next_turn(macro, ZULU, SUNDAY + timedelta(minutes=1)) for macro in MACROS}
    assert found["@hourly"] == SUNDAY + timedelta(hours=1)
    assert found["@daily"] == found["@midnight"] == SUNDAY + timedelta(days=1)
    assert found["@weekly"] == SUNDAY + timedelta(days=7)
    assert found["@monthly"] == datetime(2026, 4, 1, tzinfo=UTC)
    assert found["@yearly"] == found["@annually"] == datetime(2027, 1, 1, tzinfo=UTC)


def numbers(low: int, high: int, names: tuple[str, ...] = ()) -> st.SearchStrategy[tuple[str, frozenset[int]]]:
    """One term of a field with the values that it stands for, written independently of what reads it."""
    name = {low + at if low else at: text for at, text in enumerate(names)}

    def written(value: int, named: bool) -> str:
        return name[value] if named and value in name else str(value)

    one = st.tuples(st.integers(low, high), st.booleans()).map(lambda d: (written(*d), frozenset({d[0]})))
    ends = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    span = ends.map(lambda e: (f"{e[0]}-{e[1]}", frozenset(range(e[0], e[1] + 1))))
    stepped = st.tuples(ends, st.integers(1, 9)).map(
        lambda d: (
            (f"{d[0][0]}-{d[0][1]}/{d[1]}", frozenset(range(d[0][0], d[0][1] + 1, d[1])))
            if d[0][0] < d[0][1]
            else (str(d[0][0]), frozenset({d[0][0]}))
        )
    )
    star = st.integers(1, 9).map(lambda step: (f"*/{step}" if step > 1 else "*", frozenset(range(low, high + 1, step))))
    several = st.lists(st.one_of(one, span, stepped), min_size=1, max_size=3).map(
        lambda terms: (",".join(term[0] for term in terms), frozenset().union(*(term[1] for term in terms)))
    )
    return st.one_of(star, several)


def fits(moment: datetime, fields: tuple[tuple[str, frozenset[int]], ...]) -> bool:
    """Whether a minute is one of a schedule's, as the manual of cron says it: crontab(5)."""
    minute, hour, day, month, weekday = fields
    number = moment.isoweekday() % 7
    on_day = moment.day in day[1]
    on_weekday = number in weekday[1] or (number == 0 and 7 in weekday[1])
    both = day[0].startswith("*") or weekday[0].startswith("*")
    on = (on_day and on_weekday) if both else (on_day or on_weekday)
    return moment.minute in minute[1] and moment.hour in hour[1] and moment.month in month[1] and on


FIELDS = st.tuples(numbers(0, 59), numbers(0, 23), numbers(1, 31), numbers(1, 12, MONTHS), numbers(0, 7, DAYS))


@given(FIELDS, st.integers(0, 2_000_000).map(lambda number: SUNDAY + timedelta(minutes=number - 1_000_000)))
@example(
    (("0", frozenset({0})), ("9", frozenset({9})), *(("*", frozenset(range(32))),) * 2, ("1", frozenset({1}))), SUNDAY
)
def test_the_next_turn_is_the_first_minute_that_fits(
    fields: tuple[tuple[str, frozenset[int]], ...], after: datetime
) -> None:
    """No minute between fits, by a matcher that knows no library; a day that never comes is an error."""
    expression = " ".join(field[0] for field in fields)
    first = next((minute for minute in minutes(after, fields) if fits(minute, fields)), None)
    try:
        found = next_turn(expression, ZULU, after)
    except CronSimError:
        assert first is None, expression
        return
    if first is not None:
        assert found == first, expression
    else:
        assert fits(found, fields), expression  # years ahead, as of a 29 February that has to be a Monday
        assert found > after


def minutes(after: datetime, fields: tuple[tuple[str, frozenset[int]], ...]) -> list[datetime]:
    """The minutes of the next two years, of the days alone on which the first minute of an hour that fits stands."""
    start = after.replace(second=0, microsecond=0) + timedelta(minutes=1)
    found: list[datetime] = []
    day = start.date()
    while not found and day < start.date() + timedelta(days=730):
        found = [minute for minute in of_day(day) if minute >= start and fits(minute, fields)][:1]
        day += timedelta(days=1)
        while not found and day.month not in fields[3][1] and day < start.date() + timedelta(days=730):
            day += timedelta(days=1)
    return found


def of_day(day: date) -> list[datetime]:
    """All minutes of a day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [midnight + timedelta(minutes=number) for number in range(24 * 60)]


@pytest.mark.parametrize(
    ("expression", "night", "expected"),
    [
        ("30 2 * * *", "2026-03-28", ["28 02:30 CET", "29 03:00 CEST", "30 02:30 CEST"]),  # the hour is left out
        ("30 2 * * *", "2026-10-24", ["24 02:30 CEST", "25 02:30 CEST", "26 02:30 CET"]),  # the hour comes twice
        ("15 * * * *", "2026-03-29 00:20", ["29 01:15 CET", "29 03:15 CEST"]),
        ("15 * * * *", "2026-10-25 01:20", ["25 02:15 CEST", "25 02:15 CET", "25 03:15 CET"]),
        ("0 9 * * 1", "2026-03-28", ["30 09:00 CEST", "06 09:00 CEST"]),
    ],
)
def test_nights_in_which_clocks_change(expression: str, night: str, expected: list[str]) -> None:
    """A turn at a set hour comes once, moved where its hour does not exist; an hourly one comes each hour."""
    start = datetime.fromisoformat(night).replace(tzinfo=BERLIN)
    found = turns(expression, len(expected), start, BERLIN)
    assert [f"{turn:%d %H:%M %Z}" for turn in found] == expected


def test_begun_within_the_repeated_hour() -> None:
    """A service that starts in the second of the two hours runs nothing that was due in the first."""
    second = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)
    assert f"{next_turn('30 2 * * *', BERLIN, second):%d %H:%M %Z}" == "26 02:30 CET"


@pytest.mark.parametrize("wrong", ["", "7", "61 * * * *", "* * 31 2,4 *", "a b c d e", "5/0 * * * *", "1--2 * * * *"])
def test_what_is_no_schedule(wrong: str) -> None:
    """Says what is wrong, and what a schedule looks like."""
    with pytest.raises(ValueError, match="it has five fields"):
        check_schedule(wrong, ZULU, SUNDAY)
