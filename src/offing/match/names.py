"""Names as they are compared: folded, word by word, in any script, and what each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from offing.match.vectors import Rarity
from offing.match.words import fold, words
from offing.model.sounds import script_of, sound

Sounds = Mapping[tuple[str, str], float]  # script and sound, with its worth

SHORTEST = 3  # letters, or consonants of a sound
_COMMON, _SPAN = 3.5, 5.0  # rarity from which on a name tells anything, and by how much more it tells all
_BY_LENGTH = {3: 0.5, 4: 0.8}  # what a name that only sounds alike is worth, by its consonants; longer ones are all
_PREFIX = 4
_CYRILLIC_END = re.compile(
    r"(?<=[а-я]{3})(?:ами|ями|ого|его|ому|ему|ыми|ими|ов|ев|ом|ем|ах|ях|ам|ям|[аеиоуыэюяьй]{1,2})$"
)


def name_words(names: Iterable[str]) -> Iterator[str]:
    """The words of names as they are compared: folded, Russian ones without endings."""
    for name in names:
        for word in name.replace("-", " ").replace("–", " ").split():
            plain = _plain(word)
            if len(plain) >= (SHORTEST if plain.isascii() else 2):
                yield plain


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    return without_ending("".join(words(fold(word))) if script_of(word) != "han" else word)


def without_ending(word: str) -> str:
    """A folded word, a Russian one without its ending."""
    return _CYRILLIC_END.sub("", word)


def worth_of(name: str, countries: Iterable[str], rarity: Rarity) -> float:
    """What it tells that two accounts have a name: nothing for a word that many have, 1 for one that hardly any has.

    A large town of the country has many projects, so that its name is none of one.
    """
    codes = tuple(countries)
    return 0.0 if any(f"{code} {name}" in rarity.plain for code in codes) else place_worth(name, codes, rarity)


def place_worth(name: str, countries: Iterable[str], rarity: Rarity) -> float:
    """What a name is worth as that of a place, a large town too.

    A name that each tenth account of its country has, that of the country or its capital, tells nothing; nor does a
    weekday or an ordinary word.
    """
    form = name if script_of(name) == "latin" else f"~{sound(name)}"
    if name in rarity.plain or any(_is_of_country(name, form, country, rarity) for country in countries):
        return 0.0
    return scaled(min(rarity[name], rarity[form]))


def _is_of_country(name: str, form: str, country: str, rarity: Rarity) -> bool:
    """Whether a name is the country's own, in whichever language, or one that each tenth account of it has."""
    return f"{country} {name}" in rarity.common.names or f"{country} {form}" in rarity


def plain_words(words_: Iterable[str], towns: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What tells no project, as a table of rarities has it.

    Args:
        words_: ordinary words, names of days and the like, as written.
        towns: names of large towns by the alpha-3 code of their country.
    """
    own = {f"{code} {word}" for code, names in towns.items() for word in name_words(names)}
    return frozenset({*name_words(words_), *own})


def scaled(told: float) -> float:
    """A rarity as a worth from 0 to 1."""
    return max(0.0, min((told - _COMMON) / _SPAN, 1.0))


def heard(ours: Sounds, theirs: Sounds) -> float:
    """What it tells that names in two scripts sound alike: the worth of the Latin one, less for a short one."""
    found = 0.0
    for ((script, of), worth), ((other_script, other), other_worth) in product(ours.items(), theirs.items()):
        if script != other_script and sound_alike(of, other):
            told = worth if script == "latin" else other_worth if other_script == "latin" else min(worth, other_worth)
            found = max(found, told * _BY_LENGTH.get(min(len(of), len(other)), 1.0))
    return found


def sound_alike(one: str, other: str) -> bool:
    """Whether two sounds are one, or the longer begins with the other: endings differ between languages."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _PREFIX and long.startswith(short))
