"""Dates told by their distance from the article's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.mention import DatePoint
from offing.recognize.dates.relative_dates import Distance
from recognize.samples import found


@pytest.mark.parametrize(
    ("language", "text", "written", "value"),
    [
        ("en", "It was signed yesterday", "yesterday", ("2021-03-04", "day")),
        ("en", "It was signed on Monday", "Monday", ("2021-03-01", "day")),
        ("en", "It was signed on Friday", "Friday", ("2021-03-05", "day")),
        ("en", "It opens next Friday", "Friday", ("2021-03-12", "day")),
        ("en", "It opened last month", "last month", ("2021-02-01", "month")),
        ("en", "It was signed in December", "December", ("2020-12-01", "month")),
        ("en", "Works began in May", "May", ("2020-05-01", "month")),
        ("en", "It was signed in March last year", "March last year", ("2020-03-01", "month")),
        ("en", "It will open in June next year", "June next year", ("2022-06-01", "month")),
        ("es", "Se firmó en marzo del año pasado", "marzo del año pasado", ("2020-03-01", "month")),
        ("es", "Se abrirá en marzo próximo", "marzo", ("2022-03-01", "month")),
        ("fr", "Il ouvrira en juin prochain", "juin", ("2021-06-01", "month")),
        ("pt", "Foi assinado em março do ano passado", "março do ano passado", ("2020-03-01", "month")),
        ("fr", "Signé mardi", "mardi", ("2021-03-02", "day")),
        ("fr", "Signé l'an dernier", "l'an dernier", ("2020-01-01", "year")),
        ("es", "Se firmó la semana pasada", "la semana pasada", ("2021-02-22", "week")),
        ("pt", "Foi assinado na quarta-feira", "quarta-feira", ("2021-03-03", "day")),
        ("zh", "昨天签署", "昨天", ("2021-03-04", "day")),
        ("zh", "上周三签署", "上周三", ("2021-02-24", "day")),
        ("zh", "去年11月开工", "去年11月", ("2020-11-01", "month")),
        ("zh", "今年2月8日开工", "今年2月8日", ("2021-02-08", "day")),
        ("zh", "本月3日签署", "本月3日", ("2021-03-03", "day")),
        ("zh", "今年13月", "今年", ("2021-01-01", "year")),
        ("ru", "подписан в среду", "среду", ("2021-03-03", "day")),
        ("ar", "وقع العقد أمس", "أمس", ("2021-03-04", "day")),
    ],
)
def test_days_are_counted_from_the_article(language: str, text: str, written: str, value: tuple[str, str]) -> None:
    """As precise as the word is; the article is of Friday, 5 March 2021."""
    dates = [mention for mention in found(text, "date", language) if mention.by == "relative"]
    assert [mention.text for mention in dates] == [written]
    point = dates[0].value
    assert isinstance(point, DatePoint)
    assert (point.day.isoformat(), point.precision) == value


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "Se firmó en Santo Domingo"), ("en", "They march in step and may build"), ("en", "todays yesterdays")],
)
def test_names_and_other_words_are_no_days(language: str, text: str) -> None:
    """A town named after Sunday, verbs that look like months, words that only begin alike."""
    assert [mention.text for mention in found(text, "date", language)] == []


@pytest.mark.parametrize("value", ["", "day", "weekday", "fortnight-1", "day-1 "])
def test_other_forms_are_no_distance(value: str) -> None:
    """The config's forms only."""
    assert Distance.of(value) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_one(day: date, weekday: int) -> None:
    """At most six days back, and that day of the week."""
    point = Distance("weekday", weekday).from_day(day)
    assert point is not None
    assert 0 <= (day - point.day).days <= 6
    assert point.day.weekday() == weekday


@given(st.dates(), st.sampled_from(["day", "week", "month", "year"]), st.integers(-9, 9))
def test_every_distance_is_a_date_or_none(day: date, unit: str, steps: int) -> None:
    """At the ends of the calendar too; months and years start with their first day."""
    point = Distance(unit, steps).from_day(day)
    if point and unit in ("month", "year"):
        assert point.day.day == 1
