"""Numbers by which a title tells its project from its neighbours: the 21st team, phase II, the year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offing.match.words import fold

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {word: value for value, word in enumerate(_ROMANS, 1)}
_SPELLED = {
    fold(word): value
    for value, words in {
        1: "first one premiere الاولى اولى primera primeira первая первой первую первый первого первом",
        2: "second two deuxieme الثانية ثانية segunda вторая второй вторую второго втором",
        3: "third three troisieme الثالثة ثالثة tercera terceira третья третьей третью третий третьего третьем",
        4: "fourth four quatrieme cuarta quarta",
        5: "fifth five cinquieme quinta",
    }.items()
    for word in words.split()
}
_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{one}十" for one in _ONES[2:]))
_HAN = {tens + ones: 10 * i + j for i, tens in enumerate(_TENS) for j, ones in enumerate(_ONES)}
_STAGE = r"phase|phases|stage|tranche|lot|fase|etapa|etape|(?:ال)?مرحل[ةه]|этап\w*|очеред\w*|фаз\w*"
_NUMBER = rf"\d{{1,3}}|[ivx]{{1,4}}|{'|'.join(_SPELLED)}"
_STAGES = re.compile(rf"\b(?:{_STAGE})|[期阶]")
_PHASES = (
    re.compile(rf"\b(?:{_STAGE})\s*({_NUMBER})\b"),
    re.compile(rf"\b({_NUMBER})(?:st|nd|rd|th|e|eme|a)?\s+(?:{_STAGE})\b"),
    re.compile(r"(?<![一二三四五六七八九十百零〇\d])([一二三四五六七八九十]{1,3}|\d{1,2})(?:期|阶段)"),
)
# "25 o más", "12 a day", "3 a 5 km": letters that are words of their own make no ordinal.
_ORDINAL = re.compile(r"\b(\d{1,3})(?:\s?(?:st|nd|rd|th|eme|-и|-я)|[ao])\b|第(\d{1,3})")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
_ANY = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers of a title, by what they tell."""

    phases: frozenset[int]
    ordinals: frozenset[int]
    years: frozenset[int]
    others: frozenset[str]


def numbered(folded: str) -> Numbered:
    """The numbers of a folded title."""
    ordinals = {int(match[1] or match[2]) for match in _ORDINAL.finditer(folded)}
    years = {int(match[0]) for match in _YEAR.finditer(folded)}
    others = {match[0].rstrip(".,").replace(",", "") for match in _ANY.finditer(folded)}
    return Numbered(phases_of(folded), frozenset(ordinals), frozenset(years), frozenset(others))


def phases_of(folded: str) -> frozenset[int]:
    """The phases that a folded text names."""
    if not _STAGES.search(folded):  # most texts name none, and looking for their numbers takes long
        return frozenset()
    return frozenset({_value(match[1]) for pattern in _PHASES for match in pattern.finditer(folded)} - {0})


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else _SPELLED.get(word) or _ROMAN.get(word) or _HAN.get(word, 0)
