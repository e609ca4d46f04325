"""Quantities whose number and unit do not stand side by side."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.model.reading.mention import Quantity
from offing.recognize.quantities.sizes import SizeReader
from offing.recognize.quantities.sums import SumReader
from offing.recognize.text.folded_text import fold
from recognize.samples import found, shipped_wording

_UNITS = {
    "en": ("cameras", "cameras"),
    "es": ("cámaras", "cameras"),
    "ru": ("камер", "cameras"),
    "zh": ("摄像头", "cameras"),
}


def sizes(text: str, language: str = "en") -> list[str]:
    """The quantities of a text: value and unit."""
    read = []
    for mention in found(text, "quantity", language):
        assert isinstance(mention.value, Quantity)
        read.append(f"{mention.value.value.normalize():f} {mention.value.unit}")
    return read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Stations: 16. Trains: thirty.", "16 stations;30 trains"),
        ("en", "The project has cameras numbering 400.", "400 cameras"),
        ("en", "The ring road (bridges: 12) is open", "12 bridges"),
        ("en", "8.2 – kilometres of road", "8.2 km"),
        ("fr", "Les caméras, au nombre de 400, marchent", "400 cameras"),
        ("pt", "Quantas câmaras? Noventa e duas.", "92 cameras"),
        ("ru", "Камеры: 120.", "120 cameras"),
        ("ar", "الأرصفة: أربعة.", "4 berths"),
        ("zh", "智能电表共35.2万只、集中器4100台以及软件", "352000 meters;4100 concentrators"),
        ("zh", "采购大巴30辆，安装摄像头约1200个", "30 buses;1200 cameras"),
    ],
)
def test_a_unit_told_before_its_number(language: str, text: str, expected: str):
    """Labels, brackets, Chinese nouns before their measure word: the unit may come first."""
    assert sizes(text, language) == expected.split(";")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "18 of the 45 boreholes are drilled", "18 boreholes;45 boreholes"),
        ("en", "Of 165 villages on the list, 93 have been lit", "165 villages;93 villages"),
        ("ru", "540 камер, из них 110 — с распознаванием лиц", "540 cameras;110 cameras"),
        ("es", "4,7 kilómetros de 23,9, según el informe", "4.7 km;23.9 km"),
        ("zh", "发卡近700万张，换发首批100万张。", "7000000 cards;1000000 cards"),
        ("en", "Smart meters: 60 000 units arrived", "60000 meters"),
        ("es", "Las cámaras llegaron: 540 equipos", "540 cameras"),
        ("en", "It delivered 540 devices", "540 devices"),
    ],
)
def test_a_number_that_leaves_its_unit_out(language: str, text: str, expected: str):
    """Parts of a whole count what the whole counts; "units" stands for what was named."""
    assert sizes(text, language) == expected.split(";")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("محطتي ضخ ومركزي بيانات", "2 pumping stations;2 data centres"),
        ("وصلت رافعتان جديدتان", "2 cranes"),
        ("في الحوضين", ""),
        ("ألواحا شمسية", ""),
        ("مهندسين صينيين", ""),
    ],
)
def test_arabic_pairs(text: str, expected: str):
    """An ending says two; names with the article, plurals and people's plurals do not."""
    assert sizes(text, "ar") == [size for size in expected.split(";") if size]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Question no. 874 - Scanners"),
        ("en", "two evaluators had been guests"),
        ("en", "8 years ministries waited"),
        ("fr", "340 pages que le ministère a lues"),
        ("ru", "на восемь лет министерство"),
    ],
)
def test_words_that_end_what_is_counted(language: str, text: str):
    """Behind a year, a verb or a relative no noun is counted any more."""
    assert sizes(text, language) == []


@cache
def _readers(language: str) -> tuple[SumReader, SizeReader]:
    return SumReader(shipped_wording(), language), SizeReader(shipped_wording(), language)


@given(number=st.integers(10, 999_999), language=st.sampled_from(sorted(_UNITS)))
@example(number=2_000, language="zh")
def test_any_number_of_things(number: int, language: str):
    """Whatever number stands before a unit, it is read with that unit; a year is followed by no measure word."""
    written, unit = _UNITS[language]
    sums, reader = _readers(language)
    folded = fold(f"{number}个{written}" if language == "zh" else f"{number} {written}")
    read = [(int(size.number.value), size.unit) for size in reader.read(folded, sums.numbers(folded))]
    assert read == ([] if 1900 <= number <= 2099 and language != "zh" else [(number, unit)])


@given(text=st.text(max_size=60), language=st.sampled_from(["en", "fr", "es", "pt", "zh", "ru", "ar"]))
@example(text="：12", language="zh")
@example(text="0 0", language="ar")
def test_any_text_can_be_read(text: str, language: str):
    """Sizes lie within their text, whatever stands in it."""
    sums, reader = _readers(language)
    folded = fold(text)
    for size in reader.read(folded, sums.numbers(folded)):
        assert 0 <= size.start <= size.number.start < size.number.end <= len(folded.text)
        assert size.number.end <= size.end <= len(folded.text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "6 regional and 12 district hospitals", "6 hospitals;12 hospitals"),
        ("ru", "9 областных и 41 районных больниц", "9 hospitals;41 hospitals"),
        ("en", "3 firms and 12 cameras", "12 cameras"),
        ("en", "850 cameras in Gweru and 300 in Mutare", "850 cameras;300 cameras"),
        ("fr", "700 caméras à Zinder et 150 à Agadez", "700 cameras;150 cameras"),
        ("es", "40 km en Cuenca y 22 en Loja", "40 km;22 km"),
        ("pt", "60 câmaras na Beira e 25 em Chimoio", "60 cameras;25 cameras"),
        ("ru", "500 камер в Оше и 120 в Нарыне", "500 cameras;120 cameras"),
        ("en", "850 cameras were bought. In May 300 in the city voted", "850 cameras"),
        ("es", "De los 80 kilómetros de cable ya se han tendido 35.", "80 km;35 km"),
        ("ru", "Из 90 вышек смонтировано 40.", "90 towers;40 towers"),
        ("fr", "26 carrefours sont équipés, sur les 60 que prévoit la ville", "26 junctions;60 junctions"),
        ("fr", "Les véhicules de patrouille, au nombre de 36, sont là", "36 vehicles"),
        ("zh", "采购30万张带防伪芯片的电子身份证", "300000 cards"),
        ("ru", "24 компьютерных томографа", "24 CT scanners"),
        ("en", "Eighteen hundred cameras hang there", "1800 cameras"),
        ("en", "FOUR SCHOOLS", "4 schools"),
        ("en", "48 primary and all-age schools", "48 schools"),
        ("en", "12 friends and other schools", ""),
        ("en", "will install 2 450 cameras", "2450 cameras"),
        ("en", "4 million square metres of film a year", "4000000 m2/year"),
    ],
)
def test_a_number_whose_noun_stands_elsewhere(language: str, text: str, expected: str):
    """Numbers share a noun, go on at another place, or tell how much of the whole is done."""
    assert sizes(text, language) == [size for size in expected.split(";") if size]


def test_a_paragraph_may_start_with_a_number():
    """The full stop of the paragraph before does not make the number part of a code."""
    assert sizes("The deal is done.\n\nTwelve cameras are up.") == ["12 cameras"]
