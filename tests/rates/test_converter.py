"""What sums are worth on a day."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.sites.rates import load_rates
from offing.model.values.rate import RateRules
from offing.rates import Converter, NoRate
from shared_data import shared


@pytest.fixture(scope="module")
def converter() -> Converter:
    """With the rates that ship."""
    return Converter(load_rates(Layers.of(None)))


def test_a_bank_rate_has_its_day_and_source(converter: Converter) -> None:
    """On a Sunday the rate of the Friday before counts, and is named."""
    found = converter.convert(Decimal(1000), "EUR", "USD", date(2021, 3, 7))
    assert (found.day, found.source, found.currency) == (date(2021, 3, 5), "ECB", "USD")
    assert found.value == Decimal(1000) * Decimal("1.1938")


def test_the_worth_of_a_sum_has_its_rate_and_the_dollars_of_a_base_year(converter: Converter) -> None:
    """Constant dollars are nominal ones by the US consumer prices of both years: 270.970 in 2021, 218.056 in 2010."""
    found = converter.worth(Decimal(1000), "EUR", date(2010, 6, 1))
    assert found.usd == Decimal(1000) * found.rate
    assert (found.eur, found.day, found.source, found.base_year) == (Decimal(1000), date(2010, 6, 1), "ECB", 2021)
    assert found.usd_constant == found.usd * Decimal("270.970") / Decimal("218.056")
    same_year = converter.worth(Decimal(1000), "USD", date(2021, 6, 1))
    assert (same_year.usd, same_year.usd_constant, same_year.rate) == (Decimal(1000), Decimal(1000), Decimal(1))
    assert same_year.source == "ECB", "of the euro"


def test_what_is_not_known_of_a_worth_is_empty(converter: Converter) -> None:
    """Dollars need no rate; euros do, and constant dollars the prices of the year."""
    found = converter.worth(Decimal(5), "USD", date(2050, 1, 1))
    assert (found.usd, found.eur, found.usd_constant) == (Decimal(5), None, None)
    with pytest.raises(NoRate):
        converter.worth(Decimal(5), "XXX", date(2021, 6, 1))


def test_a_fixed_rate(converter: Converter) -> None:
    """CFA francs are 655.957 for one euro, whatever the day; loti are rand."""
    assert converter.convert(Decimal(655957), "XOF", "EUR", date(2019, 5, 6)).value == pytest.approx(Decimal(1000))
    loti = converter.convert(Decimal(100), "LSL", "USD", date(2019, 5, 6))
    rand = converter.convert(Decimal(100), "ZAR", "USD", date(2019, 5, 6))
    assert (loti.value, loti.day, loti.source) == (rand.value, rand.day, "fixed to ZAR")


def test_a_peg_ends(converter: Converter) -> None:
    """Lebanon gave up its rate in 2023; from then on none is known."""
    assert converter.convert(Decimal(1507500), "LBP", "USD", date(2015, 6, 1)).value == pytest.approx(Decimal(1000))
    with pytest.raises(NoRate, match="LBP"):
        converter.convert(Decimal(1), "LBP", "USD", date(2024, 6, 1))


def test_a_yearly_rate_and_its_neighbours(converter: Converter) -> None:
    """Where only a year's rate is known, it is named with its year; one year on it stands in, later none does."""
    told = converter.convert(Decimal(1000), "KES", "USD", date(2014, 2, 3))
    assert told.source == "AidData 2014"
    assert 10 < told.value < 13
    with pytest.raises(NoRate):
        converter.convert(Decimal(1), "KES", "USD", date(2023, 1, 1))


def test_the_last_rate_of_a_currency_grows_old(converter: Converter) -> None:
    """The bank's last rate of the rouble is of 2022: it counts for a year."""
    assert converter.convert(Decimal(1), "RUB", "EUR", date(2022, 9, 1)).day == date(2022, 3, 1)
    with pytest.raises(NoRate):
        converter.convert(Decimal(1), "RUB", "EUR", date(2024, 9, 1))


def test_what_has_no_rate() -> None:
    """An unknown code, and a day before all rates, have none; the same currency needs none."""
    bare = Converter(RateRules())
    for currency, day in (("XXX", date(2020, 1, 1)), ("JPY", date(1990, 1, 1)), ("XOF", date(2020, 1, 1))):
        with pytest.raises(NoRate):
            bare.convert(Decimal(1), currency, "USD", day)
    assert bare.convert(Decimal(5), "XXX", "XXX", date(2020, 1, 1)).value == 5


@given(
    cents=st.integers(1, 10**14),
    currency=st.sampled_from(["CNY", "XOF", "AED", "ZAR", "CVE", "NPR", "IQD", "BOB", "SVC", "AZN", "MOP"]),
)
def test_there_and_back(converter: Converter, cents: int, currency: str) -> None:
    """A sum converted and converted back is the same."""
    value, day = Decimal(cents) / 100, date(2020, 2, 2)
    dollars = converter.convert(value, currency, "USD", day).value
    assert abs(converter.convert(dollars, "USD", currency, day).value / value - 1) < Decimal("1e-9")


def test_what_aiddata_reckoned(converter: Converter) -> None:
    """Sums in yuan, euros and pegged currencies are within a tenth of what AidData says for their year."""
    rows = [json.loads(line) for line in gzip.decompress(shared("fx/fx_gold.jsonl.gz").read_bytes()).splitlines()]
    told = [row for row in rows if row["currency"] in {"CNY", "EUR", "XOF", "XAF", "NZD", "ZAR"} and row["usd_nominal"]]
    near = 0
    for row in told:
        found = converter.convert(Decimal(str(row["amount"])), row["currency"], "USD", date(row["year"], 7, 1))
        near += abs(float(found.value) / row["usd_nominal"] - 1) < 0.1
    assert near / len(told) > 0.98


@given(
    code=st.sampled_from(sorted({peg.currency for peg in load_rates(Layers.of(None)).pegs})), days=st.integers(0, 9000)
)
def test_fixed_rates_never_contradict_each_other(code: str, days: int):
    """On any day a currency has at most one fixed rate, and its anchor can be converted or says that it has no rate."""
    rules, day = load_rates(Layers.of(None)), date(2002, 1, 1) + timedelta(days=days)
    assert sum(peg.currency == code and peg.since <= day <= peg.until for peg in rules.pegs) <= 1


def test_each_time_of_a_fixed_rate_has_its_own(converter: Converter) -> None:
    """Iraq moved its dinar twice; each article is converted at the rate of its day."""
    rates = [
        converter.convert(Decimal(1), "USD", "IQD", day).value
        for day in (date(2019, 1, 2), date(2022, 1, 3), date(2024, 1, 3))
    ]
    assert [round(rate) for rate in rates] == [1182, 1450, 1300]


def test_the_year_before_goes_before_the_year_after() -> None:
    """Where a year has no rate, that of the year before stands in, that of the year after only without it."""
    rules = RateRules(yearly={"KES": {2013: Decimal(80), 2015: Decimal(100)}, "UGX": {2015: Decimal(100)}})
    yearly, day = Converter(rules), date(2014, 2, 3)
    found = yearly.convert(Decimal(8000), "KES", "USD", day)
    assert (found.source, found.day) == ("AidData 2013", date(2013, 7, 1))
    assert found.value == pytest.approx(Decimal(100))
    assert yearly.convert(Decimal(8000), "UGX", "USD", day).source == "AidData 2015"
    with pytest.raises(NoRate):
        yearly.convert(Decimal(1), "KES", "USD", date(2017, 2, 3))
