"""Numbers of several words and parts in six languages."""

from __future__ import annotations

import itertools
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.recognize.quantities.sums import SumReader
from offing.recognize.text.folded_text import fold
from recognize.samples import shipped_wording

_ENGLISH = dict(
    enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
) | dict(
    zip(range(20, 100, 10), ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), strict=True)
)
_SPANISH = dict(
    enumerate(
        (
            *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"),
            *("doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte"),
            *("uno", "dós", "trés", "cuatro", "cinco", "séis", "siete", "ocho", "nueve", "treinta"),
        )
    )
) | dict(zip(range(40, 100, 10), ("cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"), strict=True))
_SPANISH |= {n: f"veinti{_SPANISH[n]}" for n in range(21, 30)}
_HUNDREDS = {
    1: "ciento",
    2: "doscientos",
    3: "trescientos",
    4: "cuatrocientos",
    5: "quinientos",
    6: "seiscientos",
    7: "setecientos",
    8: "ochocientos",
    9: "novecientos",
}


def _english(number: int) -> str:
    if number >= 1000:
        return " ".join(
            filter(None, (_english(number // 1000), "thousand", _english(number % 1000) if number % 1000 else ""))
        )
    if number >= 100:
        rest = f" and {_english(number % 100)}" if number % 100 else ""
        return f"{_english(number // 100)} hundred{rest}"
    return _ENGLISH.get(number) or f"{_ENGLISH[number // 10 * 10]}-{_ENGLISH[number % 10]}"


def _spanish(number: int) -> str:
    if number >= 1000:
        head = "mil" if number // 1000 == 1 else f"{_spanish(number // 1000)} mil"
        return f"{head} {_spanish(number % 1000)}" if number % 1000 else head
    if number == 100:
        return "cien"
    if number > 100:
        return f"{_HUNDREDS[number // 100]} {_spanish(number % 100)}" if number % 100 else _HUNDREDS[number // 100]
    return _SPANISH.get(number) or f"{_SPANISH[number // 10 * 10]} y {_SPANISH[number % 10]}"


@cache
def _reader(language: str) -> SumReader:
    return SumReader(shipped_wording(), language)


def read(text: str, language: str) -> list[str]:
    """The values of the numbers of a text."""
    return [f"{number.value.normalize():f}" for number in _reader(language).numbers(fold(text))]


@given(number=st.integers(2, 999_999))
@example(number=1_000)
@example(number=2_500)
@example(number=21_021)
@example(number=2_100)
def test_any_number_in_english_and_spanish_words(number: int):
    """Whatever a number is, its words are read as that number."""
    assert read(f"about {_english(number)} cameras", "en") == [str(number)]
    assert read(f"unas {_spanish(number)} cámaras", "es") == [str(number)]


def test_a_hundred_behind_a_thousand_is_added():
    """Deux mille cent is 2,100, cent mille 100,000."""
    assert read("environ deux mille cent caméras", "fr") == ["2100"]
    assert read("umas duas mil e cem câmeras", "pt") == ["2100"]
    assert read("cent mille foyers et cien mil", "fr")[0] == "100000"


@given(whole=st.integers(2, 999), rest=st.integers(100, 999))
def test_digits_with_two_scales(whole: int, rest: int):
    """2 billion 300 million is one number, and so is Mexico's 2 mil 337 millones."""
    assert read(f"{whole} billion {rest} million dollars", "en") == [str(whole * 10**9 + rest * 10**6)]
    assert read(f"{whole} mil {rest} millones de pesos", "es") == [str((whole * 1000 + rest) * 10**6)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "nineteen point two million pula", "19200000"),
        ("en", "two-and-a-half million cards", "2500000"),
        ("en", "60 000 units", "60000"),
        ("en", "two hundred in one town and three in another", "200;3"),
        ("fr", "soixante-douze caméras", "72"),
        ("fr", "quatre-vingt-dix-sept écoles", "97"),
        ("fr", "un million deux cent mille cartes", "1200000"),
        ("pt", "dois mil e quinhentos trabalhadores", "2500"),
        ("ru", "двадцатью пятью школами", "25"),
        ("ru", "двухсот пятидесяти километров", "250"),
        ("ar", "ثلاثة آلاف وخمسمئة كاميرا", "3500"),
        ("ar", "لخمسة وعشرين ميغاواط", "25"),
        ("ar", "مليون ومئتي ألف دولار", "1200000"),
    ],
)
def test_parts_of_one_number(language: str, text: str, expected: str):
    """Joiners, cases and scales of each language put a number together; a new thing counted starts another."""
    values = read(text, language)
    assert [value for value in values if value != "1"] == expected.split(";")


@given(
    text=st.text(alphabet="onetwmilhudrd 0123456789.,-yepaoqucisv", max_size=40),
    language=st.sampled_from(["en", "es", "fr", "pt"]),
)
def test_numbers_stay_in_their_order_and_apart(text: str, language: str):
    """Whatever stands in a text, numbers come by start, do not overlap and are not negative."""
    numbers = _reader(language).numbers(fold(text))
    assert all(first.end <= second.start for first, second in itertools.pairwise(numbers))
    assert all(number.value >= Decimal(0) for number in numbers)
