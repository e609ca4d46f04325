"""The manners of languages: in what they differ for the readers that several languages share.

A language that has no line here has the manners that suit most: what is not known of it is looked for either way. The
grammar of single languages (genitives in Russian, the article in Arabic) stands with its reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from offing.model.scripts import LATIN, script_of


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language builds what is read by the order and endings of its words.

    Args:
        adjectives_before: "Chinese firm X".
        adjectives_behind: "empresa china X".
        accents_tell: an accent tells words apart ("signé" is signed, "signe" a sign).
        adjectives_name: the adjective with an article stands for a firm ("le chinois X").
    """

    adjectives_before: bool = True
    adjectives_behind: bool = True
    accents_tell: bool = True
    adjectives_name: bool = False


_ROMANCE = Manner(adjectives_before=False, adjectives_name=True)
_MANNERS = {
    "en": Manner(adjectives_behind=False, accents_tell=False),
    "fr": _ROMANCE,
    "es": _ROMANCE,
    "pt": _ROMANCE,
    "zh": Manner(adjectives_behind=False, accents_tell=False),
    "ru": Manner(adjectives_behind=False, accents_tell=False),
    "ar": Manner(adjectives_before=False, accents_tell=False),
}


def manner_of(language: str) -> Manner:
    """The manner of a language."""
    return _MANNERS.get(language, Manner())


def is_latin(language: str) -> bool:
    """Whether a language is written in Latin letters."""
    return script_of(language) == LATIN


@cache
def has_comma_decimals(language: str) -> bool:
    """Whether 1,3 is a decimal in a language, and 1.300 a thousand: by CLDR; a point where CLDR does not know it."""
    try:
        symbols = Locale.parse(language).number_symbols
    except (ValueError, UnknownLocaleError):
        return False
    return bool(symbols.get("latn", {}).get("decimal") == ",")
