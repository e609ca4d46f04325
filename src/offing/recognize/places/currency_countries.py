"""Infers countries from their money: a sum in meticais or Comorian francs shows where it is paid."""

from __future__ import annotations

import re

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Wording
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import is_han
from offing.recognize.text.patterns import Form, Matcher

CURRENCY = "currency"  # the `by` of a country mention inferred from its money
_WEIGHT = 0.6
_SHORTEST = 3  # letters of a wording; G$ and the like count as well
_SIGN = "$"
_DIGITS = re.compile(r"[\d.,]+")


class CurrencyCountryReader:
    """Finds currency wordings that always mean one country's currency.

    Args:
        wording: has the forms of currencies, and the country of each currency that implies one.
        language: of the texts.
    """

    def __init__(self, wording: Wording, language: str) -> None:
        own = [form for form in wording.currencies if form.language in (language, "*")]
        shared = {form.text.casefold() for form in own if form.countries}
        self._countries = wording.currency_countries
        self._forms = Matcher(
            Form(form.text, form)
            for form in own
            if form.currency in self._countries
            and form.text.casefold() not in shared
            and (len(form.text) >= _SHORTEST or form.text.endswith(_SIGN) or is_han(form.text[0]))
        )

    def country(self, written: str) -> str | None:
        """The country that a folded sum implies by its currency."""
        found = next((hit.payload for hit in self._forms.find(_DIGITS.sub(" ", written))), None)
        return self._countries[found.currency] if found else None


def find_currency_countries(draft: Draft, reader: CurrencyCountryReader) -> None:
    """Add the countries that sums imply, each at its sum."""
    for start, end in draft.spent:
        country = reader.country(draft.folded.text[start:end])
        if country:
            draft.add(
                MentionKind.COUNTRY,
                *draft.folded.span(start, end),
                key=country,
                name=country,
                weight=_WEIGHT,
                by=CURRENCY,
            )
