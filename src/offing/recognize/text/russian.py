"""Handles Russian case endings in folded form (й is и, ё is е), so that names are found in every case."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SHORTEST_STEM = 3
# Endings of nouns and adjectives, all cases, both numbers (Zaliznyak's tables), folded.
_FORMS = (
    *("а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах", "я", "ю", "ем", "ев", "ям", "ями", "ях"),
    *("ои", "ою", "еи", "ею", "ь", "ью", "ия", "ии", "ию", "ием", "иям", "иями", "иях"),
    *("ыи", "ии", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ую", "юю", "ым", "им"),
    *("ых", "их", "ыми", "ими"),
)
# For a noun that ends in a consonant or -а: Нигер, Нигера, never Нигерия; Куба, Кубой.
_HARD_NOUN = ("а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ам", "ами", "ах", "ои", "ою", "еи", "ею")


def _any_of(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(set(forms), key=lambda e: (-len(e), e))) + r")?\b"


_ENDINGS, _HARD_NOUN_ENDINGS = _any_of(_FORMS), _any_of(_HARD_NOUN)
_ADJECTIVE = re.compile("(?:ыи|ии|ая|ое|ые|ие|ои)$")
_MASCULINE = ("скии", "цкии")  # Уханьский, Ланьчжоуский: -ий of an adjective, not of a noun in -ия
_NOUN = re.compile("[аяьы]$")
_FOREIGN = re.compile("[аеоуиыэюя]а$")  # -оа, -уа: Самоа, Никарагуа do not inflect
_SOFT = re.compile("[аеоуяюэ]и$")  # -ай, -ей, -ой: Китай, Шанхай


def stem(word: str) -> str | None:
    """The part of a folded Russian word that all its cases share; None if it does not inflect."""
    if not _CYRILLIC.search(word) or len(word) <= _SHORTEST_STEM:
        return None
    base = _base(word)
    return base if base and len(base) >= _SHORTEST_STEM else None


def endings(word: str) -> str:
    """The regular expression of the endings that may follow the stem of a folded Russian word."""
    return _HARD_NOUN_ENDINGS if _base(word) == word or word.endswith("а") else _ENDINGS


def _base(word: str) -> str | None:
    last = word[-1]
    if word.endswith(_MASCULINE):
        return word[:-2]
    if _FOREIGN.search(word):
        return None
    if word.endswith(("ия", "ии", "ие")):
        return word[:-1]
    if _ADJECTIVE.search(word) and len(word) > 5:  # noqa: PLR2004 -- longer than Китай, shorter than северный
        return word[:-2]
    if _SOFT.search(word) or _NOUN.search(word):
        return word[:-1]
    return None if last in "еиоуэю" else word
