"""Dates as feeds and pages write them, parsed strictly: an uncertain date is no date. Pure.

Part of the model because polling and extraction share these rules but may not import each other.
Lenient parsers silently return wrong days (docs/limits.md, L10), so a text must match one of the forms
below from end to end, or it is not parsed; the caller stores the raw text beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
FUTURE = timedelta(days=2)
_LONGEST = 120  # characters; no date is longer
_DAY = timedelta(hours=24)  # a day's end is a plausible time, too
_FARTHEST = 14 * 60  # minutes from UTC; Kiribati

# RFC 822 section 5, and other abbreviations that outlets use; minutes east of Greenwich.
_ZONES = {
    name: round(float(hours) * 60)
    for hours, names in (
        *(
            ("0", "UT UTC GMT Z WET"),
            ("1", "CET MEZ MET BST WEST WAT"),
            ("2", "EET CEST CAT SAST"),
            ("3", "MSK EEST EAT TRT"),
        ),
        *(("5", "PKT"), ("5.5", "IST"), ("5.75", "NPT"), ("7", "ICT WIB"), ("8", "HKT SGT MYT"), ("9", "JST KST")),
        *(("10", "AEST"), ("11", "AEDT"), ("12", "NZST"), ("13", "NZDT"), ("-3", "BRT ART"), ("-4", "CLT VET EDT")),
        *(("-5", "COT PET EST CDT"), ("-6", "CST MDT"), ("-7", "MST PDT"), ("-8", "PST")),
    )
    for name in names.split()
}
# Abbreviations used in several parts of the world; the feed's own zone decides between them.
_AMBIGUOUS = frozenset({"CST", "IST", "BST", "MST", "PST", "MET"})

_MONTH_NAMES = (
    "jan january janv janvier ene enero janeiro января январь янв يناير januari januar gennaio ocak",
    "feb february févr fév février fevr fevrier febrero fevereiro февраля февраль фев فبراير februari februar şubat",
    "mar march mars marzo março marco марта март мар مارس maret märz mär mart",
    "apr april avr avril abr abril апреля апрель апр أبريل ابريل aprile nisan",
    "may mai mayo maio мая май مايو mei maggio mayıs",
    "jun june juin junio junho июня июнь июн يونيو juni giugno haziran",
    "jul july juil juillet julio julho июля июль июл يوليو juli luglio temmuz",
    "aug august août aout agosto ago августа август авг أغسطس اغسطس agustus ağustos",
    "sep sept september septembre septiembre setiembre set setembro сентября сентябрь сен сент سبتمبر settembre eylül",
    "oct october octobre octubre out outubro октября октябрь окт أكتوبر اكتوبر oktober okt ottobre ekim",
    "nov november novembre noviembre novembro ноября ноябрь ноя نوفمبر kasım",
    "dec december déc décembre decembre dic diciembre dez dezembro декабря декабрь дек ديسمبر desember dicembre aralık",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_TIME = (
    r"(?P<hour>\d{1,2})(?:[:：h](?P<minute>\d{2})|时(?:(?P<minute2>\d{1,2})分)?)"
    r"(?:[:：](?P<second>\d{2})(?:[.,]\d{1,9})?|(?P<second2>\d{1,2})秒)?\s*(?P<half>[ap]\.?m\.?)?"
)
_ZONE = (
    r"(?:\s*(?P<zone>[A-Za-z]{1,5})?\s*(?P<sign>[+\u2212-])\s?(?P<zh>\d{1,2}):?(?P<zm>\d{2})?"
    r"|\s*(?P<name>[A-Za-z]{1,5}))?"
)
_WEEKDAY = r"(?:[^\W\d]{2,13}(?:-feira)?(?:\.?[,،]\s*|\.?\s+))?"
_MONTH = r"(?P<month>[^\W\d]{3,10})\.?"
_YEAR = r"(?P<year>\d{4})"

_ISO = rf"{_YEAR}([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}})(?:(?:\s*[T,]\s*|\s+){_TIME}{_ZONE})?"
_COMPACT = (
    r"(?P<year>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<name>Z)?)?"
)
_DAY_FIRST = (
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?{_MONTH}[\s,-]+(?:de\s+|del\s+)?"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:\s*г\.?)?(?:[\s,T-]+(?:at\s+|à\s+|в\s+)?{_TIME}{_ZONE})?"
)
_MONTH_FIRST = rf"{_WEEKDAY}{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?:[\s,-]+(?:at\s+)?{_TIME}{_ZONE})?"
_YEAR_LAST = rf"{_WEEKDAY}{_MONTH}\s+(?P<d>\d{{1,2}})\s+{_TIME}\s+{_ZONE}?\s*{_YEAR}"
_CHINESE = (
    rf"{_YEAR}\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日\s*"
    rf"(?P<part>上午|下午|晚上|凌晨|中午)?(?:\s*{_TIME}{_ZONE})?"
)
_NUMERIC = rf"(?P<a>\d{{1,2}})(?P<between>[/.-])(?P<b>\d{{1,2}})(?P=between){_YEAR}(?:[\s,T-]+{_TIME}{_ZONE})?"

_FORMS = tuple(
    re.compile(rf"{form}\s*", re.IGNORECASE)
    for form in (_ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST, _YEAR_LAST, _CHINESE, _NUMERIC)
)
_COMMENT = re.compile(r"\([^()]{0,40}\)$")
_CHINESE_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_AFTERNOON = ("下午", "晚上", "中午", "pm")


def read_date(raw: str, now: datetime, zone: str | None = None) -> datetime | None:
    """Return the moment that a text states, in aware UTC, or None if it states none that is certain and plausible.

    RFC 822 and RFC 3339 with their usual variants, month names of our seven languages, Chinese dates. A date
    without a time is the beginning of that day.

    Args:
        raw: the text as in the feed or page.
        now: aware UTC; more than two days after it is not plausible, nor is earlier than 1990.
        zone: IANA name of the zone for dates without one; also resolves an ambiguous `CST`.
    """
    text = _COMMENT.sub("", _CHINESE_WEEKDAY.sub("", raw[: _LONGEST + 1]).strip()).strip()
    if len(text) > _LONGEST:
        return None
    local = zone_of(zone)
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return plausible(_moment({k: v for k, v in match.groupdict().items() if v}, local), now)
    return None


def plausible(moment: datetime | None, now: datetime) -> datetime | None:
    """Return the moment in UTC if it lies in the window in which news can have appeared, else None."""
    if moment is None:
        return None
    try:
        found = moment.astimezone(UTC)
    except OverflowError:  # the first and last days of the calendar cannot be converted to UTC
        return None
    return found if EARLIEST <= found <= now + FUTURE else None


def zone_of(name: str | None) -> tzinfo | None:
    """Return the time zone of an IANA name; None if the name is None or unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _moment(parts: Mapping[str, str], local: tzinfo | None) -> datetime | None:
    day = _day(parts)
    clock = _clock(parts)
    if day is None or clock is None:
        return None
    try:
        naive = datetime(*day) + clock  # noqa: DTZ001 - the zone is found for this very moment
    except (ValueError, OverflowError):
        return None
    where = _zone(parts, naive, local)
    return None if where is None else naive.replace(tzinfo=where)


def _day(parts: Mapping[str, str]) -> tuple[int, int, int] | None:
    year = int(parts["year"])
    if len(parts["year"]) == 2:  # noqa: PLR2004 - RFC 2822 4.3
        year += 2000 if year < 50 else 1900  # noqa: PLR2004 -- the century of two digits, as RFC 2822 has it
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        return (year, second, first) if parts["between"] == "." else _numeric_day(first, second, year)
    month = int(parts["m"]) if "m" in parts else _MONTHS.get(parts["month"].lower().rstrip("."))
    return (year, month, int(parts["d"])) if month else None


def _numeric_day(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """05/03/2024 is unambiguous only if one of the two numbers cannot be a month."""
    if first > 12 >= second or first == second:  # noqa: PLR2004 - months
        return year, second, first
    return (year, first, second) if second > 12 >= first else None  # noqa: PLR2004 -- months of a year


def _clock(parts: Mapping[str, str]) -> timedelta | None:
    hour = int(parts.get("hour", 0))
    minute = int(parts.get("minute") or parts.get("minute2") or 0)
    second = min(int(parts.get("second") or parts.get("second2") or 0), 59)  # a leap second becomes the one before it
    half = (parts.get("half", "").lower().replace(".", "") or parts.get("part", "")).strip()
    if half in _AFTERNOON and hour < 12:  # noqa: PLR2004 -- hours of half a day
        hour += 12
    elif half == "am" and hour == 12:  # noqa: PLR2004 -- midnight is 12 a.m.
        hour = 0
    found = timedelta(hours=hour, minutes=minute, seconds=second)
    return None if minute > 59 or found > _DAY else found  # noqa: PLR2004 -- minutes of an hour


def _zone(parts: Mapping[str, str], naive: datetime, local: tzinfo | None) -> tzinfo | None:
    """Return the zone as written, or the feed's default; None if the written zone is invalid."""
    if "sign" in parts:
        return _offset(parts)
    name = parts.get("name", "").upper()
    if not name:
        return local or UTC
    if local and (name in _AMBIGUOUS or local.tzname(naive) == name):
        return local
    return timezone(timedelta(minutes=_ZONES[name])) if name in _ZONES else None


def _offset(parts: Mapping[str, str]) -> tzinfo | None:
    hours, minutes = int(parts["zh"]), int(parts.get("zm", 0))
    if parts.get("zone", "GMT").upper() not in ("GMT", "UTC", "UT", "Z") or minutes > 59:  # noqa: PLR2004 -- minutes of an hour
        return None
    total = hours * 60 + minutes
    if total > _FARTHEST:
        return None
    return timezone(timedelta(minutes={"+": total}.get(parts["sign"], -total)))
