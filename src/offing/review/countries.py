"""Countries as a person writes them: codes and English names (ISO 3166-1 and CLDR)."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale

from offing.model.values import iso

KOSOVO = ("XK", "XKX")  # user-assigned codes, in common use; ISO 3166-1 has none
OLDER_NAMES = {
    "turkey": "TUR",
    "ivory coast": "CIV",
    "swaziland": "SWZ",
    "burma": "MMR",
    "cape verde": "CPV",
    "czech republic": "CZE",
    "macedonia": "MKD",
    "east timor": "TLS",
    "drc": "COD",
    "dr congo": "COD",
    "congo-kinshasa": "COD",
    "congo-brazzaville": "COG",
    "uae": "ARE",
    "uk": "GBR",
    "usa": "USA",
}


AMBIGUOUS = frozenset({"congo"})  # ISO 3166-1 gives it to one country, common usage to two


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a code or English name; None if unknown, or shared by two countries."""
    name = _folded(text)
    return None if name in AMBIGUOUS else _names().get(name)


def countries_called(text: str) -> tuple[str, ...]:
    """Return the codes of the countries that an ambiguous name may mean: both Koreas for Korea.

    None for an unknown name.

    The exact name of a country (Niger, Guinea) means that one, although others contain it.
    """
    name = _folded(text)
    if country_code(text):
        return ()
    return tuple(code for code, english in _english().items() if f" {name} " in f" {_folded(english)} ")


def country_name(code: str) -> str:
    """Return the English name of an alpha-3 code, or the code itself if unknown."""
    return _english().get(code, code)


def names_of(code: str) -> tuple[str, ...]:
    """Return the names under which a country is known here: the English one, then all of them in lower case."""
    return (country_name(code), *(name for name, meant in _names().items() if meant == code))


def _folded(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


@cache
def _english() -> dict[str, str]:
    cldr = Locale("en").territories
    codes = [(country.alpha2, country.alpha3) for country in iso.countries()]
    return {alpha_3: str(cldr.get(alpha_2, alpha_3)) for alpha_2, alpha_3 in (*codes, KOSOVO)}


@cache
def _names() -> dict[str, str]:
    names = {_folded(name): code for code, name in _english().items()}
    for country in iso.countries():
        written = (_folded(name) for name in country.called if name != country.numeric)
        names.update(dict.fromkeys(written, country.alpha3))
    return {**names, **dict.fromkeys(map(str.casefold, KOSOVO), KOSOVO[1]), **OLDER_NAMES}
