"""Names of firms that no list has: whether two are one firm's, in full or in short, in one script or in two.

"Jiahe" is Jiahe Card Technology, 浙江华陆科技 is Zhejiang Hualu Technology: what a firm is called beside its place, its
trade and its legal form is one word, which Chinese characters write as it is read in pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from offing.match.names import name_words
from offing.match.vectors import Rarity
from offing.model.sounds import script_of, sound

_SHORTEST = 4  # letters of a word that tells a firm
_SHORTEST_HAN = 2  # characters
_SHORTEST_SOUND = 2  # consonants
_HAN_LENGTHS = (2, 3, 4)  # characters of a name
_ID = re.compile(r"[a-z0-9-]+")
_HEARD = 4  # consonants of the words that sound alike, from which two names do


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name as it is compared: its script, the words that are its own, and how these and the others sound."""

    script: str
    own: frozenset[str]
    own_sounds: frozenset[str]
    other_sounds: frozenset[str]

    def is_same(self, other: FirmName) -> bool:
        """Whether two names are one firm's: they share a word of its own, or sound alike in two scripts."""
        if self.own & other.own:
            return True
        return self.script != other.script and self._sounds_like(other)

    def _sounds_like(self, other: FirmName) -> bool:
        own = (self.own_sounds & other.sounds) | (self.sounds & other.own_sounds)
        return bool(own) and sum(map(len, self.sounds & other.sounds)) >= _HEARD

    @property
    def sounds(self) -> frozenset[str]:
        """How all its words sound."""
        return self.own_sounds | self.other_sounds


@lru_cache(maxsize=8192)
def firm_name(name: str, rarity: Rarity) -> FirmName:
    """A firm's name ready to be compared.

    Args:
        name: as it is written, in any script.
        rarity: knows the words of places, trades and legal forms.
    """
    script = script_of(name)
    if script == "han":
        own, others = set(_readings(_bare_han(name, rarity))), set[str]()
    else:
        words = list(name_words([name]))
        own = {word for word in words if word not in rarity.plain and len(word) >= _SHORTEST}
        others = set(words) - own
    return FirmName(script, frozenset(own), _sounds(own), _sounds(others))


def _readings(name: str) -> Iterator[str]:
    """How the first characters of a name are read: where it ends and its trade begins, no list may know."""
    from pypinyin import lazy_pinyin  # half a second, for tables that only a Chinese name needs

    syllables = lazy_pinyin(name)
    for length in _HAN_LENGTHS:
        read = "".join(syllables[:length])
        if length <= len(syllables) and len(read) >= _SHORTEST:
            yield read


def _bare_han(name: str, rarity: Rarity) -> str:
    """A Chinese name without the place before and the trades and legal form behind it."""
    for length in range(min(len(name) - _SHORTEST_HAN, 4), 1, -1):
        if name[:length] in rarity.plain:
            name = name[length:]
            break
    while cut := _ending(name, rarity):
        name = name[:-cut]
    return name


def _ending(name: str, rarity: Rarity) -> int:
    """How many characters at the end of a name are a plain word, 0 for none."""
    longest = min(len(name) - _SHORTEST_HAN, 6)
    return next((length for length in range(longest, 1, -1) if name[-length:] in rarity.plain), 0)


def _sounds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(of for word in words if len(of := sound(word)) >= _SHORTEST_SOUND)


def same_firms(ours: Iterable[str], theirs: Iterable[str], rarity: Rarity) -> Iterator[tuple[str, str]]:
    """The pairs of names, one of each side, that are one firm's though they are written otherwise.

    Two ids of the lexicon are never one firm's: it knows State Grid from Southern Grid.
    """
    for one, other in product(ours, theirs):
        both_listed = _ID.fullmatch(one) and _ID.fullmatch(other)
        if one != other and not both_listed and firm_name(one, rarity).is_same(firm_name(other, rarity)):
            yield one, other
