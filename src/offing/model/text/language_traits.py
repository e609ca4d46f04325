"""Language traits for the readers that several languages share.

A language without an entry gets the default traits: a feature whose order is unknown is looked for either way. Grammar
of a single language (genitives in Russian, the article in Arabic) is kept with its reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from offing.model.text.scripts import LATIN, script_of


@dataclass(frozen=True, slots=True)
class LanguageTraits:
    """How a language builds what is recognised by the order and endings of its words.

    Args:
        adjectives_before: "Chinese firm X".
        adjectives_behind: "empresa china X".
        accents_tell: an accent distinguishes words ("signé" is signed, "signe" a sign).
        adjectives_name: the adjective with an article refers to a firm ("le chinois X").
    """

    adjectives_before: bool = True
    adjectives_behind: bool = True
    accents_tell: bool = True
    adjectives_name: bool = False


_ROMANCE = LanguageTraits(adjectives_before=False, adjectives_name=True)
_MANNERS = {
    "en": LanguageTraits(adjectives_behind=False, accents_tell=False),
    "fr": _ROMANCE,
    "es": _ROMANCE,
    "pt": _ROMANCE,
    "zh": LanguageTraits(adjectives_behind=False, accents_tell=False),
    "ru": LanguageTraits(adjectives_behind=False, accents_tell=False),
    "ar": LanguageTraits(adjectives_before=False, accents_tell=False),
}


def traits_of(language: str) -> LanguageTraits:
    """Return the traits of a language."""
    return _MANNERS.get(language, LanguageTraits())


def is_latin(language: str) -> bool:
    """Return whether a language is written in Latin letters."""
    return script_of(language) == LATIN


@cache
def has_comma_decimals(language: str) -> bool:
    """Return whether a language writes 1,3 for a decimal and 1.300 for a thousand, by CLDR.

    False if CLDR does not know it.
    """
    try:
        symbols = Locale.parse(language).number_symbols
    except (ValueError, UnknownLocaleError):
        return False
    return bool(symbols.get("latn", {}).get("decimal") == ",")
