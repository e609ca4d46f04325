"""Sums of money in all manners of seven languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.model.mention import Money
from recognize.samples import found


def sums(text: str, language: str = "en", country: str | None = None) -> list[tuple[str, int, str]]:
    """The sums of a text: as written, value, currency."""
    read = []
    for mention in found(text, "money", language, country=country):
        assert isinstance(mention.value, Money)
        read.append((mention.text, int(mention.value.value), mention.value.currency))
    return read


@pytest.mark.parametrize(
    ("language", "text", "value", "currency"),
    [
        ("en", "US$1.2 bn", 1_200_000_000, "USD"),
        ("en", "$154 million", 154_000_000, "USD"),
        ("en", "US$23m", 23_000_000, "USD"),
        ("en", "USD5m", 5_000_000, "USD"),
        ("en", "5 million US dollars", 5_000_000, "USD"),
        ("en", "318-million-dollar", 318_000_000, "USD"),
        ("en", "half a billion dollars", 500_000_000, "USD"),
        ("en", "RMB 600 million", 600_000_000, "CNY"),
        ("en", "310-million-yuan", 310_000_000, "CNY"),
        ("en", "€88 million", 88_000_000, "EUR"),
        ("en", "EUR 1.2bn", 1_200_000_000, "EUR"),
        ("en", "CFA46bn", 46_000_000_000, "XOF"),
        ("en", "KSh 17.5 billion", 17_500_000_000, "KES"),
        ("en", "Rs 2,000 crore", 20_000_000_000, "INR"),
        ("en", "Tk 5,883 crore", 58_830_000_000, "BDT"),
        ("en", "N$20 million", 20_000_000, "NAD"),
        ("en", "15,000 baht", 15_000, "THB"),
        ("en", "1.5 trillion Indonesian rupiah", 1_500_000_000_000, "IDR"),
        ("en", "C$5 million in Nicaragua", 5_000_000, "NIO"),
        ("fr", "85 millions d'euros", 85_000_000, "EUR"),
        ("fr", "1,2 milliard FCFA", 1_200_000_000, "XOF"),
        ("fr", "15 milliards de francs CFA", 15_000_000_000, "XOF"),
        ("fr", "120 M$", 120_000_000, "USD"),
        ("fr", "1,5 Md€", 1_500_000_000, "EUR"),
        ("fr", "57\u00a0107\u00a0286,50 dollars", 57_107_286, "USD"),
        ("fr", "11 milliards de francs burundais", 11_000_000_000, "BIF"),
        ("es", "1.300 millones de dólares", 1_300_000_000, "USD"),
        ("es", "mil millones de euros", 1_000_000_000, "EUR"),
        ("es", "$us 50 millones", 50_000_000, "USD"),
        ("es", "150 mdd", 150_000_000, "USD"),
        ("es", "96 millones de yuanes", 96_000_000, "CNY"),
        ("es", "Bs 50 millones", 50_000_000, "BOB"),
        ("pt", "R$ 300 milhões", 300_000_000, "BRL"),
        ("pt", "1,5 bilhão de reais", 1_500_000_000, "BRL"),
        ("pt", "180 mil milhões de kwanzas", 180_000_000_000, "AOA"),
        ("pt", "dois milhões de dólares norte-americanos", 2_000_000, "USD"),
        ("ru", "120 млн долларов", 120_000_000, "USD"),
        ("ru", "1,5 млрд юаней", 1_500_000_000, "CNY"),
        ("ru", "$50 млн", 50_000_000, "USD"),
        ("ru", "550 миллионов сомони", 550_000_000, "TJS"),
        ("ru", "полмиллиарда долларов США", 500_000_000, "USD"),
        ("ar", "85 مليون دولار", 85_000_000, "USD"),
        ("ar", "٢٫٥ مليار يورو", 2_500_000_000, "EUR"),
        ("ar", "مليوني دولار", 2_000_000, "USD"),
        ("ar", "خمسة ملايين دولار أمريكي", 5_000_000, "USD"),
        ("zh", "4.5亿美元", 450_000_000, "USD"),
        ("zh", "六亿元", 600_000_000, "CNY"),
        ("zh", "人民币6亿元", 600_000_000, "CNY"),
        ("zh", "600万元人民币", 6_000_000, "CNY"),
        ("zh", "20亿6000万令吉", 2_060_000_000, "MYR"),
        ("zh", "1.2万亿日元", 1_200_000_000_000, "JPY"),
    ],
)
def test_formats(language: str, text: str, value: int, currency: str):
    """Each manner of writing a sum is read with its value and currency, and as one span."""
    read = sums(text, language)
    assert [(v, c) for _, v, c in read] == [(value, currency)]
    assert read[0][0] == text.removesuffix(" in Nicaragua")


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Kenya will pay Sh17.5 billion", None, "KES"),
        ("Tanzania will pay Sh716 billion, not Kenya, said Tanzania", None, "TZS"),
        ("It costs Sh716 billion", "UGA", "UGX"),
        ("It costs Sh716 billion", None, "KES"),
        ("Zambia pays K214 million", None, "ZMW"),
        ("Papua New Guinea pays K214 million", None, "PGK"),
        ("Manila: the Philippines pay P20-billion", None, "PHP"),
        ("Botswana pays P20 billion", None, "BWP"),
        ("Pakistan pays Rs5 trillion", None, "PKR"),
        ("Cameroon pays CFA46bn", None, "XAF"),
        ("Chile pays 48 million pesos", None, "CLP"),
        ("Egypt pays 500 million pounds", None, "EGP"),
        ("It pays 500 million pounds", None, "GBP"),
        ("Jamaica pays 5 million dollars", None, "USD"),
    ],
)
def test_the_country_tells_whose_money_it_is(text: str, country: str | None, expected: str):
    """A form that currencies share is the money of the country named most often, else its default."""
    assert [currency for _, _, currency in sums(text, country=country)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "K214 million",  # no country whose money it could be
        "48 million pesos",
        "800 km",
        "20 K in Zambia",
        "TOP 10",
        "one dollar",
        "the $ sign",
        "millions of dollars",
        "ALL 500 homes",
        "population of 13 million",
    ],
)
def test_what_is_no_sum(text: str):
    """Numbers without a currency, signs without a number and words that look like codes are no sums."""
    assert sums(text) == []


@pytest.mark.parametrize(
    ("language", "text", "qualifier"),
    [
        ("en", "about $5 million", "about"),
        ("en", "more than  $5 million", "more-than"),
        ("en", "up to US$5 million", "up-to"),
        ("fr", "près de 5 millions d'euros", "about"),
        ("zh", "约5亿美元", "about"),
        ("ru", "около 5 млн долларов", "about"),
        ("en", "whereabout5 $5 million", ""),
    ],
)
def test_qualifiers(language: str, text: str, qualifier: str):
    """The word before a sum that makes it rough is kept beside it."""
    value = found(text, "money", language)[0].value
    assert isinstance(value, Money)
    assert value.qualifier == qualifier


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "10-15 million dollars", [("10-15 million dollars", 15_000_000, "from 10000000")]),
        ("en", "$10-15 million", [("$10-15 million", 15_000_000, "from 10000000")]),
        ("en", "between 10 and 15 million dollars", [("10 and 15 million dollars", 15_000_000, "from 10000000")]),
        ("en", "10 million to 15 million dollars", [("10 million to 15 million dollars", 15_000_000, "from 10000000")]),
        ("en", "$10 million to $15 million", [("$10 million", 10_000_000, ""), ("$15 million", 15_000_000, "")]),
        ("en", "$100m-$200m", [("$100m", 100_000_000, ""), ("$200m", 200_000_000, "")]),
        ("en", "2 dollars and 15 million dollars", [("2 dollars", 2, ""), ("15 million dollars", 15_000_000, "")]),
        ("en", "In 5 and 10 million dollars", [("10 million dollars", 10_000_000, "")]),
        ("zh", "10至15亿美元", [("10至15亿美元", 1_500_000_000, "from 1000000000")]),
        ("zh", "投资5亿美元，其中3亿，用于", [("5亿美元", 500_000_000, ""), ("3亿", 300_000_000, "")]),
        ("fr", "entre 10 et 15 millions d'euros", [("10 et 15 millions d'euros", 15_000_000, "from 10000000")]),
    ],
)
def test_ranges(language: str, text: str, expected: list[tuple[str, int, str]]):
    """The two ends of a range are one sum of the upper end; sums with a currency each stay two."""
    read = []
    for mention in found(text, "money", language):
        assert isinstance(mention.value, Money)
        read.append((mention.text, int(mention.value.value), mention.value.qualifier))
    assert read == expected


def test_a_sum_may_leave_its_currency_to_the_one_before():
    """13 million "of which" after 15 million dollars are dollars; a new sentence or a thing counted ends that."""
    assert sums("It costs 15 million dollars, 13 million of which is a loan") == [
        ("15 million dollars", 15_000_000, "USD"),
        ("13 million", 13_000_000, "USD"),
    ]
    assert len(sums("It costs 15 million dollars. 13 million of them came")) == 1
    assert len(sums("It costs 15 million dollars for 13 million inhabitants")) == 1
    assert len(sums("It costs 15 million dollars" + " and so on" * 40 + ", 13 million in all")) == 1
    assert len(sums("It costs 15 million dollars and 13m")) == 1


def test_sums_in_words_need_a_thousand_and_a_currency_behind():
    """A number in words is a sum with "billion" in it; "one dollar" is a manner of speaking."""
    assert sums("two billion dollars") == [("two billion dollars", 2_000_000_000, "USD")]
    assert sums("$ two") == []


STYLES = {
    "en": ["US${n:,}", "${n:,}", "{n:,} dollars", "USD {n:,}", "USD{n}"],
    "fr": ["{s} dollars", "{n} dollars", "{s} $"],
    "es": ["US$ {d}", "{d} dólares"],
    "pt": ["US$ {d}", "{d} dólares"],
    "ru": ["{s} долларов", "${n}"],
    "zh": ["{n}美元", "{n:,}美元"],
    "ar": ["{n} دولار", "{n:,} دولار"],
}


@given(st.integers(1000, 10**13), st.sampled_from(sorted(STYLES)), st.integers(0, 4))
@settings(deadline=None)
def test_whole_sums_come_back(value: int, language: str, style: int):
    """A value written in any style of a language is read again as that value."""
    form = STYLES[language][style % len(STYLES[language])]
    grouped = f"{value:,}"
    text = form.format(n=value, s=grouped.replace(",", "\u202f"), d=grouped.replace(",", "."))
    assert sums(text, language) == [(text, value, "USD")]


SCALES = [
    ("en", "${x} million", 10**6, "."),
    ("en", "US${x}bn", 10**9, "."),
    ("fr", "{x} millions de dollars", 10**6, ","),
    ("es", "{x} mil millones de dólares", 10**9, ","),
    ("pt", "{x} bilhões de dólares", 10**9, ","),
    ("ru", "{x} млн долларов", 10**6, ","),
    ("ar", "{x} مليون دولار", 10**6, "."),
    ("zh", "{x}亿美元", 10**8, "."),
]


@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from(SCALES))
@settings(deadline=None)
def test_scaled_sums_come_back(whole: int, fraction: int, scale: tuple[str, str, int, str]):
    """A decimal and a scale word give the product, exactly."""
    language, form, factor, point = scale
    text = form.format(x=f"{whole}{point}{fraction:02d}")
    value = found(text, "money", language)[0].value
    assert isinstance(value, Money)
    assert value == Money(Decimal(f"{whole}.{fraction:02d}") * factor, "USD")
