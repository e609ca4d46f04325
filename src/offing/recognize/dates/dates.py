"""Reads dates as precisely as the text gives them: day, month or year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offing.model.reading.mention import DatePoint, DatePrecision, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.dates.relative_dates import RelativeReader
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import Folded
from offing.recognize.text.pattern_grammar import values
from offing.recognize.text.patterns import Form, Hit, Matcher
from offing.recognize.text.spans import Spans

_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?![\d-])")
_SLASHED = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
_CHINESE = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?|(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_YEAR = re.compile(r"(?<![\w.,/$€£¥%-])((?:19[5-9]|20[0-5])\d)(?![\w%]|[.,:/-]\d)")
RELATIVE = "relative"
_LOOK_BACK = 20
_OLDEST, _NEWEST = timedelta(days=300), timedelta(days=65)  # how far a day without a year may be from the article


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at a span of the folded text."""

    start: int
    end: int
    point: DatePoint
    by: str


class DateReader:
    """Reads the dates of texts in one language."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        months = [word for word in words if word.role is PatternRole.MONTH and word.language in (language, "*")]
        self._months = Matcher(Form(word.text, int(word.value)) for word in months)
        self._relative = RelativeReader(words, language)
        grammar = values(words)
        ordinal = grammar.choice("ordinal_ends")
        self._day_behind = re.compile(rf" (\d{{1,2}})(?:{ordinal})?(?!\d|[.,:]\d)(?:,? ((?:19|20)\d\d)(?!\d))?")
        self._day_before = re.compile(
            rf"(?<![\d.,])(\d{{1,2}})(?:{ordinal})?(?: (?:{grammar.choice('before_months')}))? ?$"
        )
        self._year_behind = re.compile(rf"(?: (?:{grammar.choice('before_years')})|,|\.)? ?((?:19|20)\d\d)(?!\d)")
        self._in = re.compile(rf"(?:^|[^\w'’-])(?:{grammar.choice('in_months')}) $")
        self._next = re.compile(rf" (?:{grammar.choice('coming')})\b")

    def read(self, folded: Folded, published: date | None) -> list[Dated]:
        """The dates of a text, by start; days without a year get theirs from `published`."""
        read = (*self._with_months(folded.text, published), *_numeric(folded.text, published))
        found = [dated for dated in read if dated]
        whole = Spans((dated.start, dated.end) for dated in found)
        years = (match for match in _YEAR.finditer(folded.text) if not whole.overlap(*match.span()))
        found += [
            Dated(*match.span(), DatePoint(date(int(match[1]), 1, 1), DatePrecision.YEAR), "year") for match in years
        ]
        found += [Dated(start, end, point, RELATIVE) for start, end, point in self._relative.read(folded, published)]
        outermost: list[Dated] = []
        for dated in sorted(found, key=lambda d: (d.start, -d.end)):
            if not outermost or dated.start >= outermost[-1].end:
                outermost.append(dated)
        return outermost

    def _with_months(self, text: str, published: date | None) -> Iterator[Dated | None]:
        """The date of each name of a month; None for one that the calendar lacks, or a month without a year."""
        for hit in self._months.find(text):
            day_before = self._day_before.search(text, max(0, hit.start - _LOOK_BACK), hit.start)
            year = self._year_behind.match(text, hit.end)
            dated = _day_first(hit, day_before, year, published) or _month_first(
                hit, self._day_behind.match(text, hit.end), published
            )
            if dated is None and year:
                dated = _dated(hit.start, year.end(), (int(year[1]), hit.payload, None), DatePrecision.MONTH)
            if dated is None and published:
                dated = self._month_alone(hit, text, published)
            yield dated

    def _month_alone(self, hit: Hit[int], text: str, published: date) -> Dated | None:
        """A month without a year: the last one up to the article's own month; with "next year" that of the next."""
        if not self._in.search(text, max(0, hit.start - _LOOK_BACK), hit.start):
            return None
        year = self._relative.year_behind(text, hit.end, published)
        if year:
            return _month(hit.start, year[0], (year[1], hit.payload))
        if self._next.match(text, hit.end):
            return _month(hit.start, hit.end, (published.year + (hit.payload <= published.month), hit.payload))
        return _month(hit.start, hit.end, (published.year - (hit.payload > published.month), hit.payload))


def find_dates(draft: Draft, reader: DateReader) -> None:
    """Add the dates of the text that are not part of a sum."""
    published = draft.article.published.date() if draft.article.published else None
    sums = Spans(draft.spent)
    names = Spans((m.start, m.end) for m in draft.mentions)  # Santo Domingo, Friday Harbour
    for dated in reader.read(draft.folded, published):
        start, end = draft.folded.span(dated.start, dated.end)
        named = dated.by == RELATIVE and names.overlap(start, end)
        if not named and not sums.overlap(dated.start, dated.end):
            draft.add(MentionKind.DATE, start, end, value=dated.point, by=dated.by)
            if dated.by not in ("year", RELATIVE):  # a bare 2020 may count megawatts
                draft.spent.append((dated.start, dated.end))


def _day_first(
    hit: Hit[int], day: re.Match[str] | None, year: re.Match[str] | None, published: date | None
) -> Dated | None:
    """12 March 2021, 12 de marzo."""
    if day is None:
        return None
    if year:
        return _dated(day.start(), year.end(), (int(year[1]), hit.payload, int(day[1])), DatePrecision.DAY)
    return _without_year(day.start(), hit.end, (hit.payload, int(day[1])), published)


def _month_first(hit: Hit[int], day: re.Match[str] | None, published: date | None) -> Dated | None:
    """March 12, 2021; March 12."""
    if day is None:
        return None
    if day[2]:
        return _dated(hit.start, day.end(), (int(day[2]), hit.payload, int(day[1])), DatePrecision.DAY)
    return _without_year(hit.start, day.end(), (hit.payload, int(day[1])), published)


def _month(start: int, end: int, year_month: tuple[int, int]) -> Dated | None:
    """A month whose year is not written in the text."""
    found = _dated(start, end, (*year_month, None), DatePrecision.MONTH)
    return Dated(found.start, found.end, found.point, RELATIVE) if found else None


def _numeric(text: str, published: date | None) -> Iterator[Dated | None]:
    """The dates in digits; None for one that the calendar lacks."""
    for match in _ISO.finditer(text):
        yield _dated(*match.span(), (int(match[1]), int(match[2]), int(match[3])), DatePrecision.DAY)
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if second > 12 else (first, second)  # noqa: PLR2004 -- there is no 13th month
        yield _dated(*match.span(), (int(match[4]), month, day), DatePrecision.DAY)
    for match in _CHINESE.finditer(text):
        if match[4]:
            yield _without_year(*match.span(), (int(match[4]), int(match[5])), published)
            continue
        written = (int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
        precision = DatePrecision.DAY if match[3] else DatePrecision.MONTH if match[2] else DatePrecision.YEAR
        yield _dated(*match.span(), written, precision)


def _dated(start: int, end: int, parts: tuple[int, int | None, int | None], precision: DatePrecision) -> Dated | None:
    year, month, day = parts
    try:
        point = DatePoint(date(year, 1 if month is None else month, 1 if day is None else day), precision)
    except ValueError:  # the 31st of February
        return None
    return Dated(start, end, point, precision.value)


def _without_year(start: int, end: int, month_day: tuple[int, int], published: date | None) -> Dated | None:
    """A day in the year that puts it near the article's own date."""
    for year in (published.year, published.year - 1, published.year + 1) if published else ():
        dated = _dated(start, end, (year, *month_day), DatePrecision.DAY)
        if dated and published and -_OLDEST <= dated.point.day - published <= _NEWEST:
            return Dated(start, end, dated.point, "day-without-year")
    return None
