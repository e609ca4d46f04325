"""Names normalised for comparison: folded, word by word, in any script, with their weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from offing.match.text.tokens import fold, words
from offing.match.text.vectors import Rarity
from offing.model.text.sounds import script_of, sound

Sounds = Mapping[tuple[str, str], float]  # (script, sound) with its weight

SHORTEST = 3  # letters, or consonants of a sound
_COMMON, _SPAN = 3.5, 5.0  # rarity from which a name has any weight, and the span up to full weight
_BY_LENGTH = {3: 0.5, 4: 0.8}  # factor on names that only sound alike, by number of consonants; 1 for longer ones
_PREFIX = 4
_CYRILLIC_END = re.compile(
    r"(?<=[а-я]{3})(?:ами|ями|ого|его|ому|ему|ыми|ими|ов|ев|ом|ем|ах|ях|ам|ям|[аеиоуыэюяьй]{1,2})$"
)


def name_words(names: Iterable[str]) -> Iterator[str]:
    """The words of names for comparison: folded, Russian ones without endings."""
    for name in names:
        for word in name.replace("-", " ").replace("–", " ").split():
            plain = _plain(word)
            if len(plain) >= (SHORTEST if plain.isascii() else 2):
                yield plain


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    return without_ending("".join(words(fold(word))) if script_of(word) != "han" else word)


def without_ending(word: str) -> str:
    """A folded word; a Russian one without its ending."""
    return _CYRILLIC_END.sub("", word)


def name_weight(name: str, countries: Iterable[str], rarity: Rarity) -> float:
    """The weight of a name that two accounts share: 0 for a frequent word, 1 for a very rare one.

    The name of a large town of the country has weight 0, as many projects are there.
    """
    codes = tuple(countries)
    return 0.0 if any(f"{code} {name}" in rarity.plain for code in codes) else place_weight(name, codes, rarity)


def place_weight(name: str, countries: Iterable[str], rarity: Rarity) -> float:
    """The weight of a name as that of a place, including large towns.

    A name that every tenth account of its country has, or that of the country or its capital, has weight 0; so do
    weekdays and ordinary words.
    """
    form = name if script_of(name) == "latin" else f"~{sound(name)}"
    frequent_there = any(f"{code} {name}" in rarity.common.names or f"{code} {form}" in rarity for code in countries)
    if frequent_there or name in rarity.plain:
        return 0.0
    return scaled(min(rarity[name], rarity[form]))


def plain_words(words_: Iterable[str], towns: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The plain words of a table of rarities: those that identify no project.

    Args:
        words_: ordinary words, names of days and the like, as written.
        towns: names of large towns by the alpha-3 code of their country.
    """
    own = {f"{code} {word}" for code, names in towns.items() for word in name_words(names)}
    return frozenset({*name_words(words_), *own})


def scaled(rarity: float) -> float:
    """A rarity scaled to a weight from 0 to 1."""
    return max(0.0, min((rarity - _COMMON) / _SPAN, 1.0))


def sound_similarity(ours: Sounds, theirs: Sounds) -> float:
    """The best weight among names that sound alike in two scripts: that of the Latin one, reduced for short ones."""
    best = 0.0
    for ((script, of), ours_weight), ((other_script, other), theirs_weight) in product(ours.items(), theirs.items()):
        if script != other_script and sound_alike(of, other):
            weight = min(ours_weight, theirs_weight)
            if "latin" in (script, other_script):
                weight = ours_weight if script == "latin" else theirs_weight
            best = max(best, weight * _BY_LENGTH.get(min(len(of), len(other)), 1.0))
    return best


def sound_alike(one: str, other: str) -> bool:
    """Whether two sounds are equal, or the longer begins with the other: endings differ between languages."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _PREFIX and long.startswith(short))
