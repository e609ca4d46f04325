"""Numbers: digits in the manner of seven languages, words, Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.recognize.quantities.chinese_numbers import RUN, value_of
from offing.recognize.quantities.numbers import NumberReader, parse_digits
from offing.recognize.text.folded_text import fold
from recognize.samples import shipped_wording


def numbers(text: str, language: str) -> list[tuple[str, str]]:
    """The numbers of a text: as written, and their value in plain digits."""
    folded = fold(text)
    read = NumberReader(shipped_wording().number_words, shipped_wording().pattern_words, language).read(folded)
    return [(folded.written(n.start, n.end), f"{n.value.normalize():f}") for n in read]


@pytest.mark.parametrize(
    ("written", "language", "scaled", "value"),
    [
        ("1,234.5", "en", False, "1234.5"),
        ("1.234,5", "pt", False, "1234.5"),
        ("1,300", "en", False, "1300"),
        ("1.300", "en", True, "1.300"),
        ("1.300", "es", True, "1300"),
        ("1,300", "es", True, "1300"),
        ("1,234", "fr", True, "1.234"),
        ("1,234", "fr", False, "1234"),
        ("1,000", "fr", True, "1000"),
        ("0,750", "fr", False, "0.750"),
        ("1,5", "ru", True, "1.5"),
        ("1,5", "ar", True, "1.5"),
        ("1.5", "ar", True, "1.5"),
        ("2,00,000", "en", False, "200000"),
        ("1.300.000", "es", False, "1300000"),
        ("1'000'000", "fr", False, "1000000"),
        ("57 107 286,55", "fr", False, "57107286.55"),
        ("12345,678", "en", False, "12345.678"),
    ],
)
def test_points_and_commas_mean_what_the_language_means(written: str, language: str, scaled: bool, value: str):
    """Thousands and decimals are told apart by their number, their place and the language."""
    assert parse_digits(written, language, scale_follows=scaled) == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two hundred million", [("two hundred million", "200000000")]),
        ("en", "318-million-dollar", [("318-million", "318000000")]),
        ("en", "twenty-five crore", [("twenty-five crore", "250000000")]),
        ("en", "2,000 lakh crore", [("2,000 lakh crore", "2000000000000000")]),
        ("en", "23m and 5bn", [("23m", "23000000"), ("5bn", "5000000000")]),
        ("en", "phase 5 200 cameras", [("5", "5"), ("200", "200")]),
        ("en", "5\u00a0200 cameras", [("5\u00a0200", "5200")]),
        ("en", "half a billion", [("half a billion", "500000000")]),
        ("en", "one million two", [("one million", "1000000"), ("two", "2")]),
        ("fr", "vingt-cinq mille milliards", [("vingt-cinq mille milliards", "25000000000000")]),
        ("fr", "15 000 et 33,35 milliards", [("15 000", "15000"), ("33,35 milliards", "33350000000")]),
        ("es", "treinta y cinco millones", [("treinta y cinco millones", "35000000")]),
        ("es", "1,300 mil millones", [("1,300 mil millones", "1300000000000")]),
        ("pt", "dois mil milhões", [("dois mil milhões", "2000000000")]),
        ("ru", "двадцать пять тысяч", [("двадцать пять тысяч", "25000")]),
        ("ar", "خمسة وعشرين مليون", [("خمسة وعشرين مليون", "25000000")]),
        ("ar", "بمليوني", [("مليوني", "2000000")]),
        ("zh", "约20亿6000万和六亿", [("20亿6000万", "2060000000"), ("六亿", "600000000")]),
    ],
)
def test_numbers_of_seven_languages(language: str, text: str, expected: list[tuple[str, str]]):
    """Digits and words are read with the words that scale them."""
    assert numbers(text, language) == expected


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("4.5亿", "450000000"),
        ("1万亿", "1000000000000"),
        ("1亿2千万", "120000000"),
        ("600多万", "6000000"),
        ("一百二十", "120"),
        ("十五", "15"),
        ("两千五百", "2500"),
        ("二〇二一", "2021"),
        ("5,000万", "50000000"),
        ("3.5.1万", "35100"),
    ],
)
def test_chinese_numerals(run: str, value: str):
    """Numerals are read by their units; digit by digit where no unit stands."""
    assert RUN.fullmatch(run)
    read = value_of(run)
    assert read is not None
    assert read[0] == Decimal(value)


@pytest.mark.parametrize("run", ["零万", "5五", "5五万"])
def test_what_is_no_chinese_number(run: str):
    """A digit after a digit, or a unit of nothing, is no number."""
    assert value_of(run) is None


@given(st.integers(1, 10**15 - 1))
@settings(deadline=None)
def test_integers_survive_grouping(value: int):
    """An integer comes back from every manner of grouping its thousands."""
    grouped = f"{value:,}"
    assert parse_digits(grouped, "en") == value
    assert parse_digits(grouped.replace(",", "."), "es") == value
    assert parse_digits(grouped.replace(",", " "), "fr") == value
    assert parse_digits(grouped.replace(",", "'"), "fr") == value


@given(
    st.text(alphabet="0123456789.,' 亿万十百一二多 millonesbn", max_size=60),
    st.sampled_from(["en", "fr", "es", "ru", "ar", "zh"]),
)
@settings(deadline=None)
def test_any_mixture_of_digits_is_read_or_left(text: str, language: str):
    """No mixture of digits, signs and scales raises, and numbers lie inside the text in order."""
    folded = fold(text)
    last = 0
    for number in NumberReader(shipped_wording().number_words, shipped_wording().pattern_words, language).read(folded):
        assert 0 <= number.start < number.end <= len(folded.text)
        assert number.start >= last
        last = number.start
