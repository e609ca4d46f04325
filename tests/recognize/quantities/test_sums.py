"""Sums of money in all manners of seven languages."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.model.reading.mention import Money
from offing.recognize.places.nearby import Nearby
from offing.recognize.quantities.sums import SumReader
from offing.recognize.text.folded_text import fold
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
        ("en", "TOP$14 million", 14_000_000, "TOP"),
        ("en", "FJD$2.5m", 2_500_000, "FJD"),
        ("es", "DOP$900 millones", 900_000_000, "DOP"),
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


def both(text: str, low: int, high: int) -> list[tuple[str, int, str]]:
    """The two ends of a range, each written as the whole of it."""
    return [(text, low, "from"), (text, high, "to")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "10-15 million dollars", [*both("10-15 million dollars", 10_000_000, 15_000_000)]),
        ("en", "$10-15 million", [*both("$10-15 million", 10_000_000, 15_000_000)]),
        ("en", "between 10 and 15 million dollars", [*both("10 and 15 million dollars", 10_000_000, 15_000_000)]),
        ("en", "10 million to 15 million dollars", [*both("10 million to 15 million dollars", 10_000_000, 15_000_000)]),
        ("en", "$10 million to $15 million", [("$10 million", 10_000_000, ""), ("$15 million", 15_000_000, "")]),
        ("en", "$100m-$200m", [("$100m", 100_000_000, ""), ("$200m", 200_000_000, "")]),
        ("en", "2 dollars and 15 million dollars", [("2 dollars", 2, ""), ("15 million dollars", 15_000_000, "")]),
        ("en", "In 5 and 10 million dollars", [("10 million dollars", 10_000_000, "")]),
        ("zh", "10至15亿美元", [*both("10至15亿美元", 1_000_000_000, 1_500_000_000)]),
        ("zh", "投资5亿美元，其中3亿，用于", [("5亿美元", 500_000_000, ""), ("3亿", 300_000_000, "")]),
        ("fr", "entre 10 et 15 millions d'euros", [*both("10 et 15 millions d'euros", 10_000_000, 15_000_000)]),
    ],
)
def test_ranges(language: str, text: str, expected: list[tuple[str, int, str]]):
    """The two ends of a range are two sums with the words of both; sums with a currency each keep their own."""
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


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "The state owes 2 million euros. In all it has invested 6.5 million, it says.", 2),
        ("en", "The state owes 2 million euros. In all it has fed 6.5 million, it says.", 1),
        ("fr", "L'État doit 2 millions d'euros. Elle dit avoir investi 6,5 millions (près de la moitié).", 2),
        (
            "es",
            "El paquete es de 500 millones de dólares. A la presa le corresponden 86 millones, puestos por todos.",
            2,
        ),
        ("pt", "São 500 milhões de euros. Na ponte foram gastos 86 milhões, disse.", 2),
        ("ru", "Кредит — 500 млн долларов. Мост обойдётся в 86 млн, сказал он.", 2),
        ("ar", "القرض 500 مليون دولار. الجسر كلفته 86 مليون، كما قال.", 2),
    ],
)
def test_a_price_may_leave_its_currency_to_an_earlier_sentence(language: str, text: str, count: int):
    """A word of paying, costing or investing before a large number makes it a sum."""
    assert len(sums(text, language)) == count


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


BATTERY = [
    ("en", "a 40-million-dollar loan", "40e6 USD", ""),
    ("en", "KES 17.5bn", "17.5e9 KES", ""),
    ("en", "Sh17.5bn", "17.5e9 KES", ""),
    ("en", "Ksh. 3,500,000", "3.5e6 KES", ""),
    ("en", "Shs 4.2 trillion", "4.2e12 UGX", "UGA"),
    ("en", "Tk 1,200 crore", "1.2e10 BDT", ""),
    ("en", "Rs 45.6 billion", "45.6e9 PKR", "PAK"),
    ("en", "Rs. 2.5 lakh crore", "2.5e12 INR", ""),
    ("en", "NPR 5.2 billion", "5.2e9 NPR", ""),
    ("en", "US$ 1.2 bn", "1.2e9 USD", ""),
    ("en", "$1.2B", "1.2e9 USD", ""),
    ("en", "USD1.2m", "1.2e6 USD", ""),
    ("en", "$150-million", "150e6 USD", ""),
    ("en", "€88m", "88e6 EUR", ""),
    ("en", "EUR88 million", "88e6 EUR", ""),
    ("en", "RMB 600 million", "6e8 CNY", ""),
    ("en", "600 million renminbi", "6e8 CNY", ""),
    ("en", "100m yuan", "1e8 CNY", ""),
    ("en", "N12.5 billion", "12.5e9 NGN", "NGA"),
    ("en", "₦12.5bn", "12.5e9 NGN", ""),
    ("en", "GH¢1.2 billion", "1.2e9 GHS", ""),
    ("en", "K450 million", "450e6 PGK", "PNG"),
    ("en", "R1.2 billion", "1.2e9 ZAR", "ZAF"),
    ("en", "P20 billion", "20e9 PHP", "PHL"),
    ("en", "P20-B", "20e9 PHP", "PHL"),
    ("en", "Rp 1.2 trillion", "1.2e12 IDR", ""),
    ("en", "RM2.3 billion", "2.3e9 MYR", ""),
    ("en", "2.3 billion ringgit", "2.3e9 MYR", ""),
    ("en", "Birr 1.5 billion", "1.5e9 ETB", ""),
    ("en", "1.5 billion birr", "1.5e9 ETB", ""),
    ("en", "CFA46bn", "46e9 XOF", ""),
    ("en", "46 billion CFA francs", "46e9 XOF", ""),
    ("en", "FCFA 46 billion", "46e9 XOF", ""),
    ("en", "12 billion Central African francs", "12e9 XAF", ""),
    ("en", "T$12 million", "12e6 TOP", ""),
    ("en", "SBD 500 million", "5e8 SBD", ""),
    ("en", "TT$45 million", "45e6 TTD", ""),
    ("en", "J$4.5 billion", "4.5e9 JMD", ""),
    ("en", "G$12 billion", "12e9 GYD", ""),
    ("en", "EC$70 million", "70e6 XCD", ""),
    ("en", "B$40 million", "40e6 BND", "BRN"),
    ("en", "Bds$40 million", "40e6 BBD", ""),
    ("en", "FJ$30 million", "30e6 FJD", ""),
    ("en", "WST 12 million", "12e6 WST", ""),
    ("en", "MVR 400 million", "4e8 MVR", ""),
    ("en", "Nu. 300 million", "3e8 BTN", "BTN"),
    ("en", "Tk 300 crore", "3e9 BDT", ""),
    ("en", "LKR 18 billion", "18e9 LKR", ""),
    ("en", "KZT 12.4 billion", "12.4e9 KZT", ""),
    ("en", "12.4 billion tenge", "12.4e9 KZT", ""),
    ("en", "45 billion soums", "45e9 UZS", ""),
    ("en", "2 billion som", "2e9 KGS", "KGZ"),
    ("en", "350 million somoni", "3.5e8 TJS", ""),
    ("en", "30 million manat", "3e7 AZN", "AZE"),
    ("en", "14 million lari", "14e6 GEL", ""),
    ("en", "5 billion dram", "5e9 AMD", "ARM"),
    ("en", "25 million dinars", "25e6 TND", "TUN"),
    ("en", "Dh 2.5 billion", "2.5e9 AED", "ARE"),
    ("en", "AED 2.5 billion", "2.5e9 AED", ""),
    ("en", "SAR 894 million", "894e6 SAR", ""),
    ("en", "KD 21.7 million", "21.7e6 KWD", "KWT"),
    ("en", "OMR 9.6m", "9.6e6 OMR", ""),
    ("en", "QR 73 million", "73e6 QAR", "QAT"),
    ("en", "EGP 5bn", "5e9 EGP", ""),
    ("en", "E£5 billion", "5e9 EGP", ""),
    ("en", "LE 5 billion", "5e9 EGP", "EGY"),
    ("en", "2 trillion rials", "2e12 IRR", "IRN"),
    ("en", "4 trillion Iraqi dinars", "4e12 IQD", ""),
    ("en", "HUF 120 billion", "120e9 HUF", ""),
    ("en", "300 million leva", "3e8 BGN", "BGR"),
    ("en", "BAM 300 million", "3e8 BAM", "BIH"),
    ("en", "300 million convertible marks", "3e8 BAM", ""),
    ("en", "2 billion denars", "2e9 MKD", "MKD"),
    ("en", "700 million lek", "7e8 ALL", "ALB"),
    ("en", "5 billion dinars", "5e9 RSD", "SRB"),
    ("en", "500 million zlotys", "5e8 PLN", ""),
    ("en", "6 trillion dong", "6e12 VND", "VNM"),
    ("en", "VND 7.9 trillion", "7.9e12 VND", ""),
    ("en", "1.63 billion kyat", "1.63e9 MMK", ""),
    ("en", "K1.63 billion", "1.63e9 MMK", "MMR"),
    ("en", "200 billion kip", "2e11 LAK", ""),
    ("en", "475 million baht", "475e6 THB", ""),
    ("en", "4 billion riel", "4e9 KHR", ""),
    ("en", "3 million Maldivian rufiyaa", "3e6 MVR", ""),
    ("en", "MK 50 billion", "50e9 MWK", "MWI"),
    ("en", "M205 million", "205e6 LSL", "LSO"),
    ("en", "E450 million", "450e6 SZL", "SWZ"),
    ("en", "P450 million", "450e6 BWP", "BWA"),
    ("en", "D400 million", "4e8 GMD", "GMB"),
    ("en", "Le 40 million", "40e6 SLE", "SLE"),
    ("en", "MZN 3 billion", "3e9 MZN", ""),
    ("en", "Kz 27 billion", "27e9 AOA", ""),
    ("en", "N$450 million", "450e6 NAD", ""),
    ("en", "MUR 2.2 billion", "2.2e9 MUR", ""),
    ("en", "Rs2.2 billion", "2.2e9 MUR", "MUS"),
    ("en", "SCR 40 million", "40e6 SCR", ""),
    ("en", "Ar 6 billion", "6e9 MGA", "MDG"),
    ("en", "A$120 million", "120e6 AUD", ""),
    ("en", "HK$1.2 billion", "1.2e9 HKD", ""),
    ("en", "between $45 million and $60 million", "45e6 USD;60e6 USD", ""),
    ("en", "$10-15 million", "10e6 USD;15e6 USD", ""),
    ("en", "10 to 15 million dollars", "10e6 USD;15e6 USD", ""),
    ("en", "half a billion dollars", "5e8 USD", ""),
    ("en", "two billion dollars", "2e9 USD", ""),
    ("en", "one and a half billion dollars", "1.5e9 USD", ""),
    ("en", "a quarter of a billion dollars", "2.5e8 USD", ""),
    ("en", "twenty-five million euros", "25e6 EUR", ""),
    ("en", "US$1,200,000", "1.2e6 USD", ""),
    ("en", "$2.5 million (about Sh320 million)", "2.5e6 USD;320e6 KES", ""),
    ("fr", "85 millions d'euros", "85e6 EUR", ""),
    ("fr", "1,2 milliard FCFA", "1.2e9 XOF", ""),
    ("fr", "1,2 milliard de FCFA", "1.2e9 XOF", ""),
    ("fr", "30 milliards F CFA", "30e9 XOF", ""),
    ("fr", "30 milliards de francs CFA", "30e9 XAF", "CMR"),
    ("fr", "160 millions de dinars", "160e6 TND", "TUN"),
    ("fr", "18,7 milliards de dinars algériens", "18.7e9 DZD", ""),
    ("fr", "18,7 milliards DA", "18.7e9 DZD", "DZA"),
    ("fr", "500 MDH", "500e6 MAD", ""),
    ("fr", "2 milliards de dirhams", "2e9 MAD", "MAR"),
    ("fr", "1,38 milliard d'ouguiyas", "1.38e9 MRU", ""),
    ("fr", "6 milliards d'ariary", "6e9 MGA", ""),
    ("fr", "12 milliards de francs guinéens", "12e9 GNF", ""),
    ("fr", "12 000 milliards GNF", "12e12 GNF", ""),
    ("fr", "40 milliards de francs congolais", "40e9 CDF", ""),
    ("fr", "3 milliards de gourdes", "3e9 HTG", ""),
    ("fr", "2 milliards de francs Djibouti", "2e9 DJF", ""),
    ("fr", "5 milliards de francs comoriens", "5e9 KMF", ""),
    ("fr", "dix millions de dollars", "10e6 USD", ""),
    ("fr", "deux cent cinquante millions de dollars", "250e6 USD", ""),
    ("fr", "un milliard de dollars", "1e9 USD", ""),
    ("fr", "un demi-milliard de yuans", "5e8 CNY", ""),
    ("fr", "entre 48 et 55 millions de dollars", "48e6 USD;55e6 USD", ""),
    ("fr", "57 107 286,55 dollars", "57107286.55 USD", ""),
    ("fr", "100 millions US$", "1e8 USD", ""),
    ("fr", "100 M$", "1e8 USD", ""),
    ("fr", "100 M€", "1e8 EUR", ""),
    ("fr", "1,5 Md€", "1.5e9 EUR", ""),
    ("fr", "4 mille milliards de francs", "4e12 XOF", "SEN"),
    ("es", "1.300 millones de dólares", "1.3e9 USD", ""),
    ("es", "mil millones de dólares", "1e9 USD", ""),
    ("es", "dos mil millones de dólares", "2e9 USD", ""),
    ("es", "1,3 billones de pesos", "1.3e12 COP", "COL"),
    ("es", "$ 1.200 millones", "1.2e9 USD", ""),
    ("es", "S/ 96,8 millones", "96.8e6 PEN", ""),
    ("es", "96,8 millones de soles", "96.8e6 PEN", ""),
    ("es", "Bs 450 millones", "450e6 BOB", ""),
    ("es", "450 millones de bolivianos", "450e6 BOB", ""),
    ("es", "12.000 millones de guaraníes", "12e9 PYG", ""),
    ("es", "3.000 millones de colones", "3e9 CRC", "CRI"),
    ("es", "500 millones de lempiras", "5e8 HNL", ""),
    ("es", "500 millones de quetzales", "5e8 GTQ", ""),
    ("es", "Q500 millones", "5e8 GTQ", "GTM"),
    ("es", "C$300 millones", "3e8 NIO", "NIC"),
    ("es", "300 millones de córdobas", "3e8 NIO", ""),
    ("es", "RD$2,500 millones", "2.5e9 DOP", ""),
    ("es", "2.500 millones de pesos dominicanos", "2.5e9 DOP", ""),
    ("es", "45.000 millones de pesos", "45e9 CLP", "CHL"),
    ("es", "45.000 millones de pesos", "45e9 ARS", "ARG"),
    ("es", "US$ 32 millones", "32e6 USD", ""),
    ("es", "32 MDD", "32e6 USD", ""),
    ("es", "32 mdd", "32e6 USD", ""),
    ("es", "500 mdp", "5e8 MXN", ""),
    ("es", "veinticinco millones de euros", "25e6 EUR", ""),
    ("es", "397 millones de euros", "397e6 EUR", ""),
    ("es", "96 millones de yuanes", "96e6 CNY", ""),
    ("es", "medio millón de dólares", "5e5 USD", ""),
    ("es", "un millón y medio de dólares", "1.5e6 USD", ""),
    ("es", "entre 10 y 15 millones de dólares", "10e6 USD;15e6 USD", ""),
    ("es", "20 millones de balboas", "20e6 PAB", "PAN"),
    ("pt", "R$ 1,2 bilhão", "1.2e9 BRL", ""),
    ("pt", "R$ 38,7 milhões", "38.7e6 BRL", ""),
    ("pt", "1,2 mil milhões de dólares", "1.2e9 USD", ""),
    ("pt", "4,5 mil milhões de dólares", "4.5e9 USD", ""),
    ("pt", "27 mil milhões de kwanzas", "27e9 AOA", ""),
    ("pt", "3 mil milhões de meticais", "3e9 MZN", ""),
    ("pt", "500 milhões de escudos", "5e8 CVE", "CPV"),
    ("pt", "1,1 milhão de contos", "1.1e9 CVE", "CPV"),
    ("pt", "30 mil contos", "3e7 CVE", "CPV"),
    ("pt", "40 milhões de dobras", "40e6 STN", ""),
    ("pt", "12 milhões de patacas", "12e6 MOP", ""),
    ("pt", "mil milhões de yuans", "1e9 CNY", ""),
    ("pt", "84,5 milhões de renminbis", "84.5e6 CNY", ""),
    ("pt", "US$ 2 bi", "2e9 USD", ""),
    ("pt", "US$ 45 mi", "45e6 USD", ""),
    ("pt", "entre 150 e 180 milhões de euros", "150e6 EUR;180e6 EUR", ""),
    ("pt", "dois milhões de dólares", "2e6 USD", ""),
    ("pt", "meio bilhão de dólares", "5e8 USD", ""),
    ("pt", "duzentos milhões de dólares", "2e8 USD", ""),
    ("pt", "3 biliões de francos CFA", "3e12 XOF", "GNB"),
    ("zh", "1.86亿元人民币", "1.86e8 CNY", ""),
    ("zh", "2.05亿马洛蒂", "2.05e8 LSL", ""),
    ("zh", "10亿东加勒比元", "1e9 XCD", ""),
    ("zh", "7.9万亿越南盾", "7.9e12 VND", ""),
    ("zh", "23亿卢比", "23e8 MUR", "MUS"),
    ("zh", "5000万美元", "5e7 USD", ""),
    ("zh", "5千万美元", "5e7 USD", ""),
    ("zh", "3百万欧元", "3e6 EUR", ""),
    ("zh", "约12亿先令", "12e8 KES", "KEN"),
    ("zh", "12亿坦桑尼亚先令", "12e8 TZS", ""),
    ("zh", "45亿坚戈", "45e8 KZT", ""),
    ("zh", "6亿索姆", "6e8 KGS", "KGZ"),
    ("zh", "60亿苏姆", "6e9 UZS", ""),
    ("zh", "12亿兰特", "12e8 ZAR", ""),
    ("zh", "8亿第纳尔", "8e8 DZD", "DZA"),
    ("zh", "8亿迪拉姆", "8e8 AED", "ARE"),
    ("zh", "8亿沙特里亚尔", "8e8 SAR", ""),
    ("zh", "300亿西非法郎", "3e10 XOF", ""),
    ("zh", "300亿中非法郎", "3e10 XAF", ""),
    ("zh", "5亿克瓦查", "5e8 ZMW", "ZMB"),
    ("zh", "5亿比尔", "5e8 ETB", ""),
    ("zh", "5亿奈拉", "5e8 NGN", ""),
    ("zh", "5亿塞地", "5e8 GHS", ""),
    ("zh", "20亿宽扎", "2e9 AOA", ""),
    ("zh", "20亿梅蒂卡尔", "2e9 MZN", ""),
    ("zh", "3亿普拉", "3e8 BWP", ""),
    ("zh", "3亿基纳", "3e8 PGK", ""),
    ("zh", "3亿瓦图", "3e8 VUV", ""),
    ("zh", "3亿斐济元", "3e8 FJD", ""),
    ("zh", "5亿索莫尼", "5e8 TJS", ""),
    ("zh", "5亿马纳特", "5e8 AZN", "AZE"),
    ("zh", "5亿拉里", "5e8 GEL", ""),
    ("zh", "5亿德拉姆", "5e8 AMD", ""),
    ("zh", "50亿图格里克", "5e9 MNT", ""),
    ("zh", "500亿基普", "5e10 LAK", ""),
    ("zh", "1000亿缅币", "1e11 MMK", ""),
    ("zh", "30亿泰铢", "3e9 THB", ""),
    ("zh", "20亿6000万令吉", "2.06e9 MYR", ""),
    ("zh", "2万亿印尼盾", "2e12 IDR", ""),
    ("zh", "30亿菲律宾比索", "3e9 PHP", ""),
    ("zh", "50亿塔卡", "5e9 BDT", ""),
    ("zh", "20亿尼泊尔卢比", "2e9 NPR", ""),
    ("zh", "2亿拉菲亚", "2e8 MVR", ""),
    ("zh", "3亿雷亚尔", "3e8 BRL", ""),
    ("zh", "3亿索尔", "3e8 PEN", ""),
    ("zh", "30亿哥伦比亚比索", "3e9 COP", ""),
    ("zh", "2亿玻利维亚诺", "2e8 BOB", ""),
    ("zh", "3亿福林", "3e8 HUF", ""),
    ("zh", "3亿波黑马克", "3e8 BAM", ""),
    ("zh", "3亿塞尔维亚第纳尔", "3e8 RSD", ""),
    ("zh", "3亿兹罗提", "3e8 PLN", ""),
    ("zh", "3亿列弗", "3e8 BGN", ""),
    ("zh", "3亿卢布", "3e8 RUB", ""),
    ("zh", "3亿埃镑", "3e8 EGP", ""),
    ("zh", "3亿阿里亚里", "3e8 MGA", ""),
    ("zh", "3亿加纳塞地", "3e8 GHS", ""),
    ("zh", "3亿卢旺达法郎", "3e8 RWF", ""),
    ("zh", "3亿达拉西", "3e8 GMD", ""),
    ("zh", "3亿乌吉亚", "3e8 MRU", ""),
    ("zh", "3亿古德", "3e8 HTG", ""),
    ("zh", "3亿牙买加元", "3e8 JMD", ""),
    ("zh", "3亿圭亚那元", "3e8 GYD", ""),
    ("zh", "10至15亿美元", "10e8 USD;15e8 USD", ""),
    ("zh", "五千万美元", "5e7 USD", ""),
    ("zh", "三亿元", "3e8 CNY", ""),
    ("zh", "价值2000多万元", "2e7 CNY", ""),
    ("ru", "1,05 млрд юаней", "1.05e9 CNY", ""),
    ("ru", "110 миллионов юаней", "110e6 CNY", ""),
    ("ru", "полтора миллиарда долларов", "1.5e9 USD", ""),
    ("ru", "21,4 млн лари", "21.4e6 GEL", ""),
    ("ru", "45 млрд тенге", "45e9 KZT", ""),
    ("ru", "550 миллионов сомони", "550e6 TJS", ""),
    ("ru", "1,34 миллиарда сомов", "1.34e9 KGS", ""),
    ("ru", "12 млрд сумов", "12e9 UZS", ""),
    ("ru", "12 трлн сумов", "12e12 UZS", ""),
    ("ru", "300 млн манатов", "300e6 AZN", "AZE"),
    ("ru", "300 млн манатов", "300e6 TMT", "TKM"),
    ("ru", "52,3 миллиона леев", "52.3e6 MDL", "MDA"),
    ("ru", "5 млрд драмов", "5e9 AMD", ""),
    ("ru", "200 млн белорусских рублей", "2e8 BYN", ""),
    ("ru", "15 миллиардов рублей", "15e9 RUB", ""),
    ("ru", "10 млрд руб.", "10e9 RUB", ""),
    ("ru", "$58,4 млн", "58.4e6 USD", ""),
    ("ru", "$58,4 миллиона", "58.4e6 USD", ""),
    ("ru", "58,4 миллиона долларов США", "58.4e6 USD", ""),
    ("ru", "двести миллионов долларов", "2e8 USD", ""),
    ("ru", "двадцать пять миллионов евро", "25e6 EUR", ""),
    ("ru", "от 10 до 15 млн долларов", "10e6 USD;15e6 USD", ""),
    ("ru", "500 тыс. долларов", "5e5 USD", ""),
    ("ru", "3 млрд тугриков", "3e9 MNT", ""),
    ("ru", "40 миллионов гривен", "40e6 UAH", ""),
    ("ru", "200 миллионами долларов", "2e8 USD", ""),
    ("ru", "2 млрд динаров", "2e9 RSD", "SRB"),
    ("ar", "مليار دولار", "1e9 USD", ""),
    ("ar", "ملياري دولار", "2e9 USD", ""),
    ("ar", "4 تريليونات دينار", "4e12 IQD", "IRQ"),
    ("ar", "300 مليون دولار", "3e8 USD", ""),
    ("ar", "خمسة ملايين دولار", "5e6 USD", ""),
    ("ar", "خمسين مليون يورو", "50e6 EUR", ""),
    ("ar", "مئة وخمسين مليون دولار", "150e6 USD", ""),
    ("ar", "مليار ونصف المليار دولار", "1.5e9 USD", ""),
    ("ar", "894 مليون ريال", "894e6 SAR", "SAU"),
    ("ar", "73 مليون ريال قطري", "73e6 QAR", ""),
    ("ar", "٩٫٦ مليون ريال عُماني", "9.6e6 OMR", ""),
    ("ar", "20 مليار درهم", "20e9 MAD", "MAR"),
    ("ar", "18,7 مليار دينار", "18.7e9 DZD", "DZA"),
    ("ar", "5 مليارات جنيه", "5e9 EGP", "EGY"),
    ("ar", "5 مليارات جنيه سوداني", "5e9 SDG", ""),
    ("ar", "2.5 مليار دينار كويتي", "2.5e9 KWD", ""),
    ("ar", "50 مليار ليرة لبنانية", "50e9 LBP", ""),
    ("ar", "50 مليار ليرة", "50e9 SYP", "SYR"),
    ("ar", "360 مليون يوان", "360e6 CNY", ""),
    ("ar", "ملياري أوقية جديدة", "2e9 MRU", ""),
    ("ar", "300 مليار فرنك", "300e9 DJF", "DJI"),
    ("ar", "500 ألف دولار", "5e5 USD", ""),
    ("ar", "تسعة ملايين دولار أمريكي", "9e6 USD", ""),
    ("ar", "4 بلايين دولار", "4e9 USD", ""),
    ("ar", "بين 10 و15 مليون دولار", "10e6 USD;15e6 USD", ""),
    ("ar", "40 مليون دينار أردني", "40e6 JOD", ""),
    ("ar", "40 مليون دينار تونسي", "40e6 TND", ""),
    ("ar", "40 مليون دينار ليبي", "40e6 LYD", ""),
    ("ar", "40 مليون درهم مغربي", "40e6 MAD", ""),
    ("ar", "3 تريليونات ريال يمني", "3e12 YER", ""),
]


@pytest.fixture(scope="module")
def readers() -> dict[str, SumReader]:
    """A reader of sums for each language, with the wordings that ship."""
    wording = load_wording(Layers.of(None))
    return {language: SumReader(wording, language) for language in ("en", "fr", "es", "pt", "zh", "ru", "ar")}


@pytest.mark.parametrize(("language", "text", "expected", "country"), BATTERY)
def test_how_the_press_writes_sums(
    readers: dict[str, SumReader], language: str, text: str, expected: str, country: str
):
    """Currencies by name, sign, code and short form, in the country where they are meant; scales, words, ranges."""
    reader = readers[language]
    folded = fold(f"金额{text}。" if language == "zh" else f"Cost {text}.")
    countries = Nearby(Counter({country: 3} if country else {}))
    read = [(found.value, found.currency) for found in reader.read(folded, reader.numbers(folded), countries)]
    assert read == [(Decimal(each.split()[0]), each.split()[1]) for each in expected.split(";")]


@given(
    millions=st.integers(1, 999_999),
    form=st.sampled_from(
        [
            ("en", "US${} million"),
            ("en", "{} million dollars"),
            ("fr", "{} millions de dollars"),
            ("es", "{} millones de dólares"),
            ("pt", "{} milhões de dólares"),
            ("ru", "{} млн долларов"),
            ("ar", "{} مليون دولار"),
            ("zh", "{}百万美元"),
        ]
    ),
)
@example(millions=1000, form=("es", "{} millones de dólares"))
def test_whole_millions_of_dollars(readers: dict[str, SumReader], millions: int, form: tuple[str, str]):
    """Any whole number of millions is read as it is written, in every language."""
    language, pattern = form
    reader, folded = readers[language], fold(pattern.format(millions))
    read = reader.read(folded, reader.numbers(folded), Nearby(Counter()))
    assert [(found.value, found.currency) for found in read] == [(Decimal(millions) * 1_000_000, "USD")]


@given(text=st.text(max_size=60), language=st.sampled_from(["en", "fr", "es", "pt", "zh", "ru", "ar"]))
def test_any_text_can_be_read(readers: dict[str, SumReader], text: str, language: str):
    """Sums lie inside the text, in order, whatever it holds."""
    reader, folded = readers[language], fold(text)
    read = list(reader.read(folded, reader.numbers(folded), Nearby(Counter())))
    assert all(0 <= found.start < found.end <= len(folded.text) for found in read)
    assert [found.start for found in read] == sorted(found.start for found in read)


def test_ligatures_before_a_sum_move_nothing():
    """The country before a sum tells whose shillings they are, however much longer the text gets by folding."""
    text = "œ" * 300 + " Kenya pays 5 million shillings. Uganda looks on."
    assert sums(text) == [("5 million shillings", 5_000_000, "KES")]


@pytest.mark.parametrize(
    ("language", "text", "country", "expected"),
    [
        ("es", "El contrato es de L 412,960,300 y dura un año.", "HND", [("L 412,960,300", 412_960_300, "HNL")]),
        ("es", "El contrato es de L412,960,300 y dura un año.", "HND", [("L412,960,300", 412_960_300, "HNL")]),
        ("es", "El contrato es de Q 100,000 y dura un año.", "GTM", [("Q 100,000", 100_000, "GTQ")]),
        ("en", "The works cost K 250,000 in all.", "ZMB", [("K 250,000", 250_000, "ZMW")]),
        ("en", "The works are shown on page K 99,999 of it.", "ZMB", []),
        ("es", "Véase la lámina L 412 del pliego.", "HND", []),
        ("es", "El contrato es de L 412,960,300 y dura un año.", "FRA", []),
    ],
)
def test_one_letter_before_a_large_number_is_the_currency_of_its_country(
    language: str, text: str, country: str, expected: list[tuple[str, int, str]]
) -> None:
    """A letter and a blank are a currency from a hundred thousand on, where the article's country pays in it."""
    assert sums(text, language, country) == expected
