"""Convert sums by the rate of a day.

Rates come, in this order, from the European Central Bank's reference rates (shipped with CurrencyConverter, so that no
network is needed), from a fixed rate to a currency that has one, and from yearly rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from currency_converter import CurrencyConverter, RateNotFoundError

from offing.model.values.rate import Converted, Peg, RateRules, Worth

EURO, DOLLAR = "EUR", "USD"
ECB, YEARLY = "ECB", "AidData"
_CLOSED = 10  # days for which markets may be closed
_STALE = timedelta(days=366)  # how long a currency's last rate is used
_NEAR_YEARS = (0, -1, 1)  # the rate of the year before or after is the fallback


class NoRate(LookupError):
    """No rate is known for a currency on a day."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """The value of one unit in euros."""

    euros: Decimal
    day: date
    source: str


class Converter:
    """Converts with the shipped rates; loading them takes a second."""

    def __init__(self, rules: RateRules) -> None:
        self._rules = rules
        self._ecb = CurrencyConverter(decimal=True)

    def convert(self, value: Decimal, currency: str, to: str, day: date) -> Converted:
        """Convert a sum at the rate of a day, or of the last day before it with a rate.

        Args:
            value: in whole units of `currency`.
            currency: ISO 4217.
            to: ISO 4217.
            day: the date of the article.

        Raises:
            NoRate: there is none for a currency on this day.
        """
        if currency == to:
            return Converted(value, to, day, "same currency")
        ours, theirs = self._rate(currency, day), self._rate(to, day)
        rate = theirs if currency == EURO else ours
        return Converted(value * ours.euros / theirs.euros, to, rate.day, rate.source)

    def worth(self, value: Decimal, currency: str, day: date) -> Worth:
        """Return what a sum was worth on a day, in dollars and euros, and in dollars of the base year.

        Constant dollars are nominal ones times the US consumer prices of the base year over those of the day's year.

        Args:
            value: in whole units of `currency`.
            currency: ISO 4217.
            day: of the rate.

        Raises:
            NoRate: there is none for the currency on this day.
        """
        dollars, euros = self.convert(value, currency, DOLLAR, day), self._euros(value, currency, day)
        rated = euros if euros and currency == DOLLAR else dollars
        prices, base = self._rules.prices, self._rules.base_year
        then = prices.get(day.year)
        return Worth(
            usd=dollars.value,
            eur=euros.value if euros else None,
            usd_constant=dollars.value * prices[base] / then if then else None,
            base_year=base,
            rate=self.convert(Decimal(1), currency, DOLLAR, day).value,
            day=rated.day,
            source=rated.source,
        )

    def _euros(self, value: Decimal, currency: str, day: date) -> Converted | None:
        try:
            return self.convert(value, currency, EURO, day)
        except NoRate:  # sums in dollars are known beyond the days of the bank's rates
            return None

    def _rate(self, currency: str, day: date) -> _Rate:
        if currency == EURO:
            return _Rate(Decimal(1), day, ECB)
        found = self._of_bank(currency, day) or self._pegged(currency, day) or self._of_year(currency, day)
        if found is None:
            raise NoRate(f"no rate for {currency} on {day}")
        return found

    def _of_bank(self, currency: str, day: date) -> _Rate | None:
        bounds = self._ecb.bounds.get(currency)
        if bounds is None or day < bounds.first_date or day > bounds.last_date + _STALE:
            return None
        last = min(day, bounds.last_date)
        for back in range(_CLOSED):
            tried = last - timedelta(days=back)
            try:
                return _Rate(Decimal(self._ecb.convert(1, currency, EURO, date=tried)), tried, ECB)
            except (RateNotFoundError, ValueError):
                continue
        return None

    def _pegged(self, currency: str, day: date) -> _Rate | None:
        peg = next((p for p in self._rules.pegs if p.currency == currency and p.since <= day <= p.until), None)
        if peg is None:
            return None
        anchor = self._rate(peg.anchor, day)
        return _Rate(anchor.euros / peg.units, anchor.day, _peg_name(peg))

    def _of_year(self, currency: str, day: date) -> _Rate | None:
        years = self._rules.yearly.get(currency, {})
        for near in _NEAR_YEARS:
            units = years.get(day.year + near)
            if units:
                dollar = self._rate(DOLLAR, day)
                return _Rate(dollar.euros / units, date(day.year + near, 7, 1), f"{YEARLY} {day.year + near}")
        return None


def _peg_name(peg: Peg) -> str:
    return f"fixed to {peg.anchor}"
