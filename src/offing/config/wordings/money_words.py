"""How currencies are written: the site's own wordings, ISO 4217 codes, and CLDR names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from offing.config.files.languages import EVERYWHERE, locale_of
from offing.config.files.wording_shapes import Currencies, Forms
from offing.config.lexicons.world import alpha3
from offing.model.reading.rules import CurrencyForm

_WORLDWIDE = frozenset({"USD", "EUR", "CNY", "GBP", "JPY", "CHF", "CAD", "AUD", "KRW", "HKD", "MOP", "TWD"})
_COUNTS = (1, 2, 5, 11, 100)  # these cover every plural form of the supported languages


def currency_forms(shapes: Sequence[Currencies], languages: Iterable[str]) -> Iterator[CurrencyForm]:
    """Yield all wordings of currencies, then codes and CLDR names in some languages.

    The first of two equal forms counts.
    """
    for shape in shapes:
        for code, forms in shape.always.items():
            yield from _forms(forms, code, ())
    for shape in shapes:
        for code, forms in shape.local.items():
            yield from _forms(forms, code, used_in(code))
    # Wordings that several currencies share: one of the files lists which.
    named = {name: shared for shape in shapes for name, shared in shape.shared.items() if shared.currencies}
    for shape in shapes:
        for name, forms in shape.shared.items():
            for code in named[name].currencies:
                yield from _forms(forms, code, used_in(code))
            if default := named[name].default:
                yield from _forms(forms, default, ())
    wordlike = {code for shape in shapes for code in shape.wordlike_codes}
    for code in _current():
        yield CurrencyForm(code, code, EVERYWHERE, used_in(code) if code in wordlike else ())
    yield from _cldr_names(languages)


def _forms(forms: Forms, code: str, countries: tuple[str, ...]) -> Iterator[CurrencyForm]:
    for language, text in forms.pairs():
        yield CurrencyForm(text, code, language, countries)


@cache
def _current() -> dict[str, tuple[str, ...]]:
    """Return the currencies in use and the countries that use them."""
    users: dict[str, list[str]] = {}
    for territory in map(str, Locale.parse("en").territories):
        code = alpha3(territory) if len(territory) == 2 else None  # noqa: PLR2004 -- the others are continents
        for currency in get_territory_currencies(territory) if code else ():
            users.setdefault(str(currency), []).append(str(code))
    return {currency: tuple(countries) for currency, countries in users.items()}


def used_in(currency: str) -> tuple[str, ...]:
    """Return the countries where a currency is legal tender; for one no longer in use, the country of its code."""
    own = alpha3(currency[:2])
    return _current().get(currency) or ((own,) if own else ())


@cache
def homes() -> dict[str, str]:
    """Return the country of each currency that implies one: used only there, or named after it (MAD).

    Currencies in which contracts are made everywhere imply none.
    """
    found = {}
    for currency in set(_current()) - _WORLDWIDE:
        users, own = used_in(currency), alpha3(currency[:2])
        if len(users) == 1 or own in users:
            found[currency] = own if own in users else users[0]
    return found


def _cldr_names(languages: Iterable[str]) -> Iterator[CurrencyForm]:
    for language in languages:
        locale = locale_of(language)
        for code in _current() if locale else ():
            names = {get_currency_name(code, count, locale).partition(" (")[0] for count in _COUNTS}
            yield from (CurrencyForm(name, code, language) for name in sorted(names) if name != code)
