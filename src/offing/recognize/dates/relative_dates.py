"""Reads dates relative to the article's own: yesterday, last month, on Monday, 去年, вчера."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from offing.model.reading.mention import DatePoint, DatePrecision
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.folded_text import Folded, fold_form
from offing.recognize.text.pattern_grammar import values
from offing.recognize.text.patterns import Form, Matcher

WEEKDAY = "weekday"
_DISTANCE = re.compile(r"(day|week|month|year|weekday)([+-]?\d+)")
_HAN_MONTH = re.compile(r"(\d{1,2})月(?:(\d{1,2})[日号])?")
_HAN_DAY = re.compile(r"(\d{1,2})[日号]")
_HAN_WEEKDAY = re.compile(r"([一二三四五六日天])(?!\d)")
_HAN_WEEKDAYS = "一二三四五六日天"
_WEEK, _MONTHS = 7, 12
_LOOK_AHEAD = 30  # characters after a month in which its year may follow
_LOOK_BACK = 16  # characters before a weekday in which a word for "next" may stand


@dataclass(frozen=True, slots=True)
class Distance:
    """How many units a date is from the article; for a weekday which one, 0 being Monday."""

    unit: str
    steps: int

    @classmethod
    def of(cls, value: str) -> Distance | None:
        """Parse a distance from the config, such as `week-1`; None for anything else."""
        found = _DISTANCE.fullmatch(value)
        return cls(found[1], int(found[2])) if found else None

    def from_day(self, published: date) -> DatePoint | None:
        """The date, as precise as its unit; None outside the calendar."""
        try:
            precision = DatePrecision.DAY if self.unit == WEEKDAY else DatePrecision(self.unit)
            return DatePoint(self._day(published), precision)
        except (ValueError, OverflowError):
            return None

    def _day(self, published: date) -> date:
        if self.unit == WEEKDAY:
            return published - timedelta(days=(published.weekday() - self.steps) % _WEEK)
        if self.unit == DatePrecision.DAY:
            return published + timedelta(days=self.steps)
        if self.unit == DatePrecision.WEEK:
            return published + timedelta(days=_WEEK * self.steps - published.weekday())
        if self.unit == DatePrecision.YEAR:
            return date(published.year + self.steps, 1, 1)
        months = published.year * _MONTHS + published.month - 1 + self.steps
        return date(months // _MONTHS, months % _MONTHS + 1, 1)


def _with_han(text: str, end: int, distance: Distance, point: DatePoint) -> tuple[int, DatePoint]:
    """Extend a date by a Chinese month or day right after it (去年11月, 本月15日, 上周三)."""
    day = point.day
    if distance.unit == "week" and (found := _HAN_WEEKDAY.match(text, end)):
        steps = min(_HAN_WEEKDAYS.index(found[1]), _WEEK - 1)
        return found.end(), DatePoint(day + timedelta(days=steps), DatePrecision.DAY)
    try:
        if distance.unit == "year" and (found := _HAN_MONTH.match(text, end)):
            precise = day.replace(month=int(found[1]), day=int(found[2] or 1))
            return found.end(), DatePoint(precise, DatePrecision.DAY if found[2] else DatePrecision.MONTH)
        if distance.unit == "month" and (found := _HAN_DAY.match(text, end)):
            return found.end(), DatePoint(day.replace(day=int(found[1])), DatePrecision.DAY)
    except ValueError:  # there is no 13th month
        pass
    return end, point


class RelativeReader:
    """Reads relative dates in texts of one language."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        words = tuple(words)
        own = [word for word in words if word.language in (language, "*")]
        distances = [(word, Distance.of(word.value)) for word in own if word.role is PatternRole.RELATIVE_DAY]
        self._days = Matcher(Form(word.text, distance) for word, distance in distances if distance)
        self._link = re.compile(rf" (?:(?:{values(words).choice('links')}) )?")
        ahead = {fold_form(word.text) for word in own if word.role is PatternRole.DAY_AHEAD}
        self._ahead = tuple(sorted(ahead))

    def read(self, folded: Folded, published: date | None) -> Iterator[tuple[int, int, DatePoint]]:
        """Spans and dates; none if the article has no date."""
        if published is None:
            return
        for hit in self._days.find(folded.text):
            point = hit.payload.from_day(published)
            if point and hit.payload.unit == WEEKDAY and self._ahead:
                before = folded.text[max(0, hit.start - _LOOK_BACK) : hit.start].rstrip()
                if before.endswith(self._ahead):  # next Monday
                    point = DatePoint(point.day + timedelta(days=_WEEK), point.precision)
            if point:
                yield hit.start, *_with_han(folded.text, hit.end, hit.payload, point)

    def year_behind(self, text: str, end: int, published: date) -> tuple[int, int] | None:
        """The end of a phrase such as "last year" right after `end`, and that year."""
        link = self._link.match(text, end)
        start = link.end() if link else end
        for hit in self._days.find(text[start : start + _LOOK_AHEAD]):
            if hit.start == 0 and hit.payload.unit == "year":
                return start + hit.end, published.year + hit.payload.steps
        return None
