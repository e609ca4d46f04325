"""How long to wait: Retry-After and growing pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.backoff import LONGEST_REST, SHORTEST_REST, back_off, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("120", timedelta(minutes=5)),
        ("0", timedelta(minutes=5)),
        ("3600", HOUR),
        ("  3600 ", HOUR),
        ("315360000", DAY),
        ("9" * 5000, DAY),
        ("Sun, 01 Mar 2026 14:00:00 GMT", 2 * HOUR),
        ("Sunday, 01-Mar-26 14:00:00 GMT", 2 * HOUR),
        ("Sun Mar  1 14:00:00 2026", 2 * HOUR),
        ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(minutes=5)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
    ],
)
def test_retry_after_is_kept_between_five_minutes_and_a_day(value: str, rest: timedelta):
    """Seconds and all three HTTP date forms are understood and held within the limits."""
    assert retry_after({"retry-after": value}, NOW) == NOW + rest


@pytest.mark.parametrize("value", ["", "-5", "1e3", "2.5", "soon, maybe", "120, 300", "٣٠٠", "²", "01 Mar 99999"])
def test_retry_after_that_is_no_time_says_nothing(value: str):
    """What is neither seconds nor a date is as good as absent."""
    assert retry_after({"retry-after": value}, NOW) is None


def test_retry_after_absent():
    """Without the header there is no rest to keep."""
    assert retry_after({}, NOW) is None


def test_a_date_counts_from_the_servers_own_clock():
    """A server whose clock runs a year late still gets the half hour that it asked for."""
    late = NOW - timedelta(days=365)
    headers = {"retry-after": format_datetime(late + HOUR / 2, usegmt=True), "date": format_datetime(late, usegmt=True)}
    assert retry_after(headers, NOW) == NOW + HOUR / 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_can_raise_or_leave_the_limits(value: str, date: str):
    """Whatever the headers hold, the answer is None or a time within the limits."""
    found = retry_after({"retry-after": value, "date": date}, NOW)
    assert found is None or NOW + SHORTEST_REST <= found <= NOW + LONGEST_REST


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_http_date_is_understood(moment: datetime):
    """Any date that a server can write is read."""
    assert retry_after({"retry-after": format_datetime(moment, usegmt=True)}, NOW) is not None


@given(st.floats(0, 1e6), st.integers(0, 10**9))
def test_back_off_stays_near_its_middle_and_below_the_ceiling(weight: float, seed: int):
    """The pause is the weighted interval ±10 %, never above the ceiling, and the same for the same item."""
    middle = min(HOUR * max(1.0, weight), DAY)
    found = back_off(weight, HOUR, DAY, seed)
    assert middle * 0.899 <= found <= min(middle * 1.101, DAY)
    assert found == back_off(weight, HOUR, DAY, seed)


def test_back_off_spreads_items():
    """Items that fail together do not come back together, not even at the ceiling."""
    assert len({back_off(3, HOUR, DAY, seed) for seed in range(100)}) > 90
    assert len({back_off(100, HOUR, DAY, seed) for seed in range(100)}) > 90


def test_back_off_is_as_often_shorter_as_longer():
    """The pauses lie evenly around their middle: a tenth either way; at the ceiling a tenth below."""
    found = sorted(back_off(2, HOUR, DAY, seed) / (2 * HOUR) for seed in range(400))
    assert (round(found[0], 2), round(found[200], 1), round(found[-1], 2)) == (0.9, 1.0, 1.1)
    assert min(back_off(100, HOUR, DAY, seed) / DAY for seed in range(400)) == pytest.approx(0.9, abs=0.005)


def test_back_off_grows_linearly():
    """Four failures wait about four times as long as one."""
    assert back_off(4, HOUR, DAY, 1) > 3.5 * HOUR
