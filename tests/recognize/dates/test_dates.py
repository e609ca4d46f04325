"""Dates in seven languages, as precise as they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.model.reading.mention import DatePoint, DatePrecision
from offing.model.sources.article import Article
from offing.recognize.dates.dates import DateReader
from offing.recognize.text.folded_text import fold
from recognize.samples import article, found, recognizer, shipped_wording


def dates(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The dates of a text published on 5 March 2021: as written, ISO day, precision."""
    read = []
    for mention in found(text, "date", language):
        assert isinstance(mention.value, DatePoint)
        read.append((mention.text, mention.value.day.isoformat(), mention.value.precision))
    return read


@pytest.mark.parametrize(
    ("language", "text", "day", "precision"),
    [
        ("en", "12 March 2020", "2020-03-12", "day"),
        ("en", "12th March, 2020", "2020-03-12", "day"),
        ("en", "March 12, 2020", "2020-03-12", "day"),
        ("en", "Sept. 3, 2019", "2019-09-03", "day"),
        ("en", "March 2020", "2020-03-01", "month"),
        ("en", "2020-03-12", "2020-03-12", "day"),
        ("en", "25/12/2020", "2020-12-25", "day"),
        ("en", "12/25/2020", "2020-12-25", "day"),
        ("en", "2020", "2020-01-01", "year"),
        ("en", "March 3", "2021-03-03", "day"),
        ("en", "24 December", "2020-12-24", "day"),
        ("fr", "1er mai 2018", "2018-05-01", "day"),
        ("fr", "mai 2018", "2018-05-01", "month"),
        ("es", "12 de marzo de 2020", "2020-03-12", "day"),
        ("pt", "Dezembro de 2019", "2019-12-01", "month"),
        ("ru", "12 марта 2020", "2020-03-12", "day"),
        ("ar", "12 مارس 2020", "2020-03-12", "day"),
        ("ar", "آذار 2020", "2020-03-01", "month"),
        ("zh", "2020年3月12日", "2020-03-12", "day"),
        ("zh", "2020年3月", "2020-03-01", "month"),
        ("zh", "2020年", "2020-01-01", "year"),
        ("zh", "3月1日", "2021-03-01", "day"),
    ],
)
def test_formats(language: str, text: str, day: str, precision: str):
    """Each manner of writing a date is one span with its day and precision."""
    assert dates(text, language) == [(text, day, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2020",
        "12 of them in may",
        "2020 km",
        "$2020",
        "3.2020.1",
        "version 1.2020",
        "2020年13月1日",
    ],
)
def test_what_is_no_date(text: str):
    """Days that no month has, months that are words, and numbers of another kind are no dates of their own."""
    language = "zh" if "年" in text else "en"
    assert all(precision != "day" for _, _, precision in dates(text, language))


def test_a_day_without_year_needs_the_articles_own_date():
    """Where the article has no date, a day without year is none."""
    undated = Article(1, "", ("On March 3 it rained.",), "en")
    assert not [m for m in recognizer().recognize(undated) if m.kind == "date"]


def test_a_year_inside_a_sum_is_none():
    """The digits of a sum are not a year too."""
    assert dates("it costs 2020 dollars") == []
    kinds = {mention.kind for mention in recognizer().recognize(article("it costs 2020 dollars"))}
    assert "money" in kinds


@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"])
)
@settings(deadline=None)
def test_every_day_comes_back(day: date, style: str):
    """A day in any of the usual English styles is read again."""
    read = DateReader(shipped_wording().pattern_words, "en").read(fold(day.strftime(style)), None)
    assert [dated.point for dated in read] == [DatePoint(day, DatePrecision.DAY)]


@given(st.text(alphabet="0123456789/-., 年月日marchMai", max_size=50))
@settings(deadline=None)
def test_any_mixture_is_read_or_left(text: str):
    """No mixture of digits, signs and months raises."""
    for language in ("en", "zh"):
        for dated in DateReader(shipped_wording().pattern_words, language).read(fold(text), date(2021, 3, 5)):
            assert dated.start < dated.end
