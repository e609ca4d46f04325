"""Names of unlisted firms: whether two denote the same firm, in full or short form, within or across scripts.

"Jiahe" is Jiahe Card Technology, 浙江华陆科技 is Zhejiang Hualu Technology: apart from place, trade and legal form a
firm's name is one word, which Chinese characters write as it is read in pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from offing.match.text.name_weights import name_words
from offing.match.text.vectors import Rarity
from offing.model.text.sounds import script_of, sound

_SHORTEST = 4  # letters of a distinctive word
_SHORTEST_HAN = 2  # characters
_SHORTEST_SOUND = 2  # consonants
_HAN_LENGTHS = (2, 3, 4)  # characters of a name
_ID = re.compile(r"[a-z0-9-]+")
_SOUND_LENGTH = 4  # total consonants of the words that sound alike from which two names match


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name for comparison: its script, its distinctive words, and the sounds of these and of the others."""

    script: str
    own: frozenset[str]
    own_sounds: frozenset[str]
    other_sounds: frozenset[str]

    def is_same(self, other: FirmName) -> bool:
        """Whether two names denote one firm: a shared distinctive word, or the same sound in two scripts."""
        if self.own & other.own:
            return True
        if self.script == other.script:
            return False
        own = (self.own_sounds & other.sounds) | (self.sounds & other.own_sounds)
        return bool(own) and sum(map(len, self.sounds & other.sounds)) >= _SOUND_LENGTH

    @property
    def sounds(self) -> frozenset[str]:
        """The sounds of all its words."""
        return self.own_sounds | self.other_sounds


@lru_cache(maxsize=8192)
def firm_name(name: str, rarity: Rarity) -> FirmName:
    """Prepare a firm's name for comparison.

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
    """The pinyin of a name's first two to four characters: no list may know where it ends and the trade begins."""
    from pypinyin import lazy_pinyin  # takes half a second, for tables that only a Chinese name needs

    syllables = lazy_pinyin(name)
    for length in _HAN_LENGTHS:
        read = "".join(syllables[:length])
        if length <= len(syllables) and len(read) >= _SHORTEST:
            yield read


def _bare_han(name: str, rarity: Rarity) -> str:
    """A Chinese name without the leading place and the trailing trades and legal form."""
    for length in range(min(len(name) - _SHORTEST_HAN, 4), 1, -1):
        if name[:length] in rarity.plain:
            name = name[length:]
            break
    while True:
        longest = min(len(name) - _SHORTEST_HAN, 6)
        ending = next((length for length in range(longest, 1, -1) if name[-length:] in rarity.plain), 0)
        if not ending:
            return name
        name = name[:-ending]


def _sounds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(of for word in words if len(of := sound(word)) >= _SHORTEST_SOUND)


def same_firms(ours: Iterable[str], theirs: Iterable[str], rarity: Rarity) -> Iterator[tuple[str, str]]:
    """The pairs of names, one of each side, that denote one firm though written differently.

    Two lexicon ids are never one firm: the lexicon distinguishes State Grid from Southern Grid.
    """
    for one, other in product(ours, theirs):
        both_listed = _ID.fullmatch(one) and _ID.fullmatch(other)
        if one != other and not both_listed and firm_name(one, rarity).is_same(firm_name(other, rarity)):
            yield one, other
