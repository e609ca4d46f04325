"""Dates: those that are sure are read, all others are none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.text.dates import plausible, read_date, zone_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2026, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis wants its bounds without a zone
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(MOMENTS, OFFSETS)
def test_rfc_822_and_iso_8601_come_back(moment: datetime, zone: timezone) -> None:
    """What the standard library writes is read as the same moment, in every zone."""
    moment = moment.replace(microsecond=0)
    local = moment.astimezone(zone)
    assert read_date(format_datetime(local), NOW) == moment
    assert read_date(local.isoformat(), NOW) == moment
    assert read_date(f"{local:%Y-%m-%d %H:%M:%S %z}", NOW) == moment


@given(MOMENTS)
def test_chinese_dates_come_back(moment: datetime) -> None:
    """A Chinese date without a zone is meant in the feed's own."""
    zone = zone_of("Asia/Shanghai")
    local = moment.replace(second=0, microsecond=0).astimezone(zone)
    text = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    assert read_date(text, NOW, "Asia/Shanghai") == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Tue, 05 Mar 2024 09:30:00 +0800", "2024-03-05T01:30"),
        ("Tue,05 Mar 2024 09:30 GMT", "2024-03-05T09:30"),
        ("Tue, 05 Mar 24 09:30 EST", "2024-03-05T14:30"),
        ("05 Mar 97 09:30 UT", "1997-03-05T09:30"),
        ("Tue, 5 March 2024 09:30:00 Z", "2024-03-05T09:30"),
        ("Tue, 05 Mar 2024 09:30:00 +0000 (UTC)", "2024-03-05T09:30"),
        ("Tue Mar 05 09:30:00 CST 2024", "2024-03-05T15:30"),
        ("Tue Mar  5 09:30:00 2024", "2024-03-05T09:30"),
        ("2024-03-05T09:30:00.123456789Z", "2024-03-05T09:30"),
        ("2024-03-05T09:30:60Z", "2024-03-05T09:30:59"),
        ("2024-03-05T24:00:00Z", "2024-03-06T00:00"),
        ("2024-03-05 9:30 AM", "2024-03-05T09:30"),
        ("2024-03-05 12:05 am", "2024-03-05T00:05"),
        ("2024-03-05 12:05 p.m.", "2024-03-05T12:05"),
        ("2024-03-05 09:30:00 UTC+8", "2024-03-05T01:30"),
        ("2024/03/05 09:30", "2024-03-05T09:30"),
        ("2024.03.05", "2024-03-05T00:00"),
        ("20240305T093000Z", "2024-03-05T09:30"),
        ("20240305", "2024-03-05T00:00"),
        ("March 5, 2024 at 9:30 pm EST", "2024-03-06T02:30"),
        ("Tuesday, March 5th, 2024", "2024-03-05T00:00"),
        ("05-Mar-2024", "2024-03-05T00:00"),
        ("mar., 05 mars 2024 09:30:00 +0100", "2024-03-05T08:30"),
        ("mardi 5 mars 2024 à 09h30", "2024-03-05T09:30"),
        ("1er août 2023", "2023-08-01T00:00"),
        ("viernes, 05 de abril de 2024", "2024-04-05T00:00"),
        ("terça-feira, 5 de março de 2024", "2024-03-05T00:00"),
        ("5 марта 2024 г. 09:30", "2024-03-05T09:30"),
        ("الثلاثاء، 5 مارس 2024 09:30", "2024-03-05T09:30"),
        ("2024年3月5日 下午3时30分", "2024-03-05T15:30"),
        ("2024年3月5日 星期二 09:30:00", "2024-03-05T09:30"),
        ("2024年03月05日", "2024-03-05T00:00"),
        ("05.03.2024 09:30", "2024-03-05T09:30"),
        ("15/03/2024", "2024-03-15T00:00"),
        ("03/15/2024", "2024-03-15T00:00"),
        ("05/05/2024", "2024-05-05T00:00"),
        ("13/12/2024", "2024-12-13T00:00"),
        ("12/13/2024", "2024-12-13T00:00"),
        ("2024-03-05 11:59 PM", "2024-03-05T23:59"),
        ("2024-03-05T23:59:59+14:00", "2024-03-05T09:59:59"),
        ("2024-03-05T00:00:00-00:59", "2024-03-05T00:59"),
        ("2024-03-05T00:00:00\u221200:59", "2024-03-05T00:59"),
        ("1990-01-01", "1990-01-01T00:00"),
        ("2024-03-05 12:30", "2024-03-05T12:30"),
        ("2024-03-05 13:05 am", "2024-03-05T13:05"),
        ("2024年3月5日 3时", "2024-03-05T03:00"),
        ("2024年3月5日 中午12时", "2024-03-05T12:00"),
        ("2024年3月5日 3时30分15秒", "2024-03-05T03:30:15"),
        ("2024年" + " " * 111 + "3月5日", "2024-03-05T00:00"),
    ],
)
def test_common_forms_are_read(text: str, read: str) -> None:
    """The forms that feeds and pages of seven languages use."""
    assert read_date(text, NOW) == datetime.fromisoformat(read).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "1709627400", "-1", "2024", "2024-03", "05/03/2024", "Tue, 31 Feb 2024 09:30:00 GMT"),
        *(
            "Tue, 05 Mar 2024 25:61:61 GMT",
            "2024-13-45T99:99:99Z",
            "0000-00-00 00:00:00",
            "Tue, 05 Mar 2024 09:30:00 XYZ",
        ),
        *(
            "Tue, 05 Mar 2024 09:30:00 +9999",
            "2024-03-05T09:30:00+08:99",
            "2024-03-05 09:30 EST+3",
            "12024-03-05T09:30:00Z",
        ),
        *("12/05/2024", "05/12/2024", "2024-03-05T09:60:00Z", "2024-03-05T25:00:00Z", "2024-03-05T24:01:00Z"),
        *("2024-03-05T24:00:01Z", "2024-03-05T09:30:00+14:01", "2024-03-05T09:30:00+08:60"),
        *("2024-03-05T09:30:00 Europe/Berlin", "5 Smarch 2024", "2024-03-05T24:30:00Z", "9999-12-31T23:59:59-12:00"),
        *(
            "0001-01-01T00:00:00+14:00",
            "9" * 5000,
            " " * 300,
            "2024-03-05 or so",
            "2024-03-05" + " " * 110 + "x",
            "9999-12-31T24:00:00Z",
        ),
        *("05-03-2024", "13/13/2024", "2024年" + " " * 112 + "3月5日", "1989-12-31T23:59:59Z"),
    ],
)
def test_what_is_not_sure_is_no_date(text: str) -> None:
    """Where lenient readers give a wrong day, this one gives none."""
    assert read_date(text, NOW) is None


@pytest.mark.parametrize("text", ["1989-12-31", "2026-03-04", "1970-01-01T00:00:00Z", "2124-03-05"])
def test_implausible_dates_are_none(text: str) -> None:
    """News appeared after 1990 and not later than two days from now."""
    assert read_date(text, NOW) is None


def test_the_window_ends_two_days_from_now() -> None:
    """A publisher's clock may be a little fast."""
    assert read_date("2026-03-03T12:00:00Z", NOW) == NOW + timedelta(days=2)
    assert plausible(None, NOW) is None
    assert plausible(datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), NOW) is None


@pytest.mark.parametrize(
    ("text", "zone", "read"),
    [
        ("Tue, 05 Mar 2024 09:30:00 CST", "Asia/Shanghai", "2024-03-05T01:30"),
        ("Tue, 05 Mar 2024 09:30:00 CST", "America/Chicago", "2024-03-05T15:30"),
        ("Tue, 05 Mar 2024 09:30:00 CST", None, "2024-03-05T15:30"),
        ("Tue, 05 Mar 2024 09:30:00 BST", "Asia/Dhaka", "2024-03-05T03:30"),
        ("Fri, 05 Jul 2024 09:30:00 BST", "Europe/London", "2024-07-05T08:30"),
        ("Tue, 05 Mar 2024 09:30:00 GMT", "Asia/Shanghai", "2024-03-05T09:30"),
        ("Tue, 05 Mar 2024 09:30:00 EST", "Africa/Accra", "2024-03-05T14:30"),
        ("2024-03-05 09:30:00", "Africa/Nairobi", "2024-03-05T06:30"),
        ("2024-03-05 09:30:00", "Nowhere/Land", "2024-03-05T09:30"),
    ],
)
def test_the_feeds_zone_tells_what_is_meant(text: str, zone: str | None, read: str) -> None:
    """It stands in where a date has no zone, and decides between the meanings of CST; it overrules nothing else."""
    assert read_date(text, NOW, zone) == datetime.fromisoformat(read).replace(tzinfo=UTC)


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../../etc/passwd", "America", "x" * 300, "a\0b"])
def test_what_is_no_zone_is_none(name: str | None) -> None:
    """Whatever a person or a feed writes."""
    assert zone_of(name) is None


@given(st.text(max_size=130))
def test_no_text_raises(text: str) -> None:
    """Any text is a date or none."""
    found = read_date(text, NOW)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize("text", ["1" * 120, "a " * 60, "2024-" * 24, "Mon," * 30, "5-" * 60, "1:" * 60])
def test_no_text_is_slow(text: str) -> None:
    """A text of the longest length is judged in less than a tenth of a second."""
    start = time.process_time()
    read_date(text, NOW)
    assert time.process_time() - start < 0.1
