"""Countries by their money: a sum in meticais or Comorian francs tells where it is paid."""

from __future__ import annotations

import re

from offing.model.mention import MentionKind
from offing.model.rules import CurrencyForm, Wording
from offing.recognize.draft import Draft
from offing.recognize.fold import is_han
from offing.recognize.patterns import Form, Matcher

CURRENCY = "currency"  # what recognition says of a country found by its money
_WEIGHT = 0.6
_SHORTEST = 3  # letters of a wording; G$ and the like count as well
_SIGN = "$"
_DIGITS = re.compile(r"[\d.,]+")


class CurrencyCountryReader:
    """Finds the wordings of currencies that mean one country's wherever they stand.

    Args:
        wording: has the forms of currencies and the country of each currency that tells one.
        language: of the texts.
    """

    def __init__(self, wording: Wording, language: str) -> None:
        own = [form for form in wording.currencies if form.language in (language, "*")]
        shared = {form.text.casefold() for form in own if form.countries}
        self._homes = wording.currency_homes
        self._forms = Matcher(
            Form(form.text, form) for form in own if form.text.casefold() not in shared and self._tells(form)
        )

    def country(self, written: str) -> str | None:
        """The country that a folded sum tells by its currency."""
        found = next((hit.payload for hit in self._forms.find(_DIGITS.sub(" ", written))), None)
        return self._homes[found.currency] if found else None

    def _tells(self, form: CurrencyForm) -> bool:
        long_enough = len(form.text) >= _SHORTEST or form.text.endswith(_SIGN) or is_han(form.text[0])
        return form.currency in self._homes and long_enough


def find_currency_countries(draft: Draft, reader: CurrencyCountryReader) -> None:
    """Add the countries that sums tell, each at its sum."""
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
