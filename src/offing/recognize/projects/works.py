"""Finds works and systems by kind and place, in all languages: autoroute Bar-Boljare, a Bar–Boljare motorway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offing.model.pairs.naming import NUMBER
from offing.model.reading.patterns import PatternRole
from offing.model.reading.rules import RecognitionRules
from offing.model.text.sounds import han_names, sound
from offing.recognize.text.folded_text import Folded, fold_form, is_arabic, is_han
from offing.recognize.text.patterns import Form, Matcher
from offing.recognize.text.russian import stem
from offing.recognize.text.spans import Span

_BEFORE, _BEHIND = 70, 70  # characters beside a kind in which its place may stand
_HAN_BEFORE = 16
_MOST_BEFORE, _MOST_BEHIND = 5, 7  # words
_SHORTEST_SOUND = 3
_SHORTEST_HAN = 2
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LONGEST_PHRASE = 3  # words
_LONGEST_GAP = 13  # characters between an ordinal and a kind: a word and the blanks around it
_JOINED = re.compile(r"[ –—-]")
_LINKED = re.compile(r"[\s«“\"-]{0,3}(?:[^\W\d_]{1,16}['’ «“\"-]{1,3})?")
_CLAUSE = re.compile(r"[.;:!?؟] |[。；！？\n]")
_PREFIX = re.compile("^[وف]?(?:[بك]?ال|لل)")
_RUSSIAN_END = re.compile("(?:ского|скому|скои|скую|ским|ском|ская|скии|ское|ские|ских|[аеиоуыэюяь]{1,2})$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A kind of works at a span of a folded text, and the words around it that may be its place."""

    start: int
    end: int
    kind: str
    words: tuple[Span, ...]


class WorksReader:
    """Finds kinds of works in texts of any language.

    Args:
        rules: their words, and which of them are unique in a country or in a town.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        words = rules.wording.pattern_words
        forms = [_form(word.text, word.value) for word in words if word.role is PatternRole.WORKS_KIND]
        forms += [_form(w.text, NUMBER + w.value) for w in words if w.role is PatternRole.ORDINAL]
        self._matcher = Matcher(forms)
        reach = [word for word in words if word.role is PatternRole.WORKS_REACH]
        self.nationwide = frozenset(word.text for word in reach if word.value == "country")
        self.citywide = frozenset(word.text for word in reach if word.value == "town")
        self.systems = self.nationwide & self.citywide

    def spots(self, folded: Folded) -> Iterator[Spot]:
        """The kinds of works in a text, the longest wordings of each kind."""
        reach: dict[str, int] = {}
        hits = (hit for hit in self._matcher.find(folded.text) if not hit.payload.startswith(NUMBER))
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= reach.get(hit.payload, 0):
                reach[hit.payload] = hit.end
                yield Spot(hit.start, hit.end, hit.payload, tuple(_around(folded.text, (hit.start, hit.end))))

    def numbers(self, folded: Folded) -> Iterator[tuple[Spot, str]]:
        """The kinds of works identified by a number: the fourth bridge, la línea 3."""
        ordinals = {}
        for hit in self._matcher.find(folded.text):
            if hit.payload.startswith(NUMBER):
                ordinals[hit.start, hit.end] = hit.payload
        for spot in self.spots(folded) if ordinals else ():
            for (start, end), number in ordinals.items():
                overlaps = start < spot.end and spot.start < end
                gap = folded.text[min(end, spot.end) : max(start, spot.start)]
                near = len(gap) <= _LONGEST_GAP and len(_WORD.findall(gap)) <= 1 and not _CLAUSE.search(gap)
                if overlaps or near:
                    yield spot, number


def phrases(text: str, spot: Spot) -> Iterator[Span]:
    """The words around a kind, alone and in phrases of up to three adjacent words."""
    for place, (start, end) in enumerate(spot.words):
        yield start, end
        reached = end
        for following, last in spot.words[place + 1 : place + _LONGEST_PHRASE]:
            if following != reached + 1 or is_han(text[start]) or not _JOINED.fullmatch(text, reached, following):
                break
            yield start, last
            reached = last


def is_right_beside(text: str, one: Span, other: Span) -> bool:
    """Whether at most one word, and no separator, stands between two spans of a folded text."""
    between = text[min(one[1], other[1]) : max(one[0], other[0])]
    return _LINKED.fullmatch(between) is not None


def keys_of(word: str) -> frozenset[str]:
    """The look-up keys of a word for a place: its spelling in its own script, its sound in others."""
    script = _script(word)
    folded = fold_form(word)
    if script == "arabic":
        bare = _PREFIX.sub("", folded)
        return frozenset({f"{script} {bare}", *_sounds(script, bare)})
    if script == "cyrillic":
        bare = _RUSSIAN_END.sub("", folded)
        return frozenset({f"{script} {stem(folded) or folded}", f"{script} {bare}", *_sounds(script, bare)})
    return frozenset({f"{script} {folded}", *_sounds(script, folded)})


@lru_cache(maxsize=65_536)
def sought_by(word: str) -> frozenset[str]:
    """The keys of known places that a word of a text matches: spelling in its script, sounds of all others."""
    script = _script(word)
    return frozenset(
        key if not key.startswith("~") else f"~{other} {key.split()[1]}"
        for key in keys_of(word)
        for other in (_SCRIPTS if key.startswith("~") else ("",))
        if other != script
    )


_SCRIPTS = ("latin", "cyrillic", "arabic", "han")


def _script(word: str) -> str:
    first = word[0]
    if is_han(first):
        return "han"
    if is_arabic(first):
        return "arabic"
    return "cyrillic" if _CYRILLIC.match(first) else "latin"


def _sounds(script: str, word: str) -> Iterator[str]:
    # Slavic j and English w are consonants in some languages, vowels in others.
    for spelled in {word, word.replace("j", ""), word.replace("w", "")} if script == "latin" else {word}:
        if len(of := sound(spelled)) >= _SHORTEST_SOUND:
            yield f"~{script} {of}"


def _form(text: str, key: str) -> Form[str]:
    return Form(text, key, inflects=True, takes_article=True)


def _around(text: str, span: Span) -> Iterator[Span]:
    """The words in the clause around a kind of works that may be its place."""
    start, end = span
    if is_han(text[start]):
        before = text[max(0, start - _HAN_BEFORE) : start]
        yield from _han_places(before, start - len(before))
        return
    before = text[max(0, start - _BEFORE) : start]
    cut = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
    found = [(m.start() + start - len(before), m.end() + start - len(before)) for m in _WORD.finditer(before, cut)]
    yield from found[-_MOST_BEFORE:]
    stop = _CLAUSE.search(text, end, end + _BEHIND)
    behind = _WORD.finditer(text, end, stop.start() if stop else min(len(text), end + _BEHIND))
    yield from [(m.start(), m.end()) for m in behind][:_MOST_BEHIND]


def _han_places(text: str, offset: int) -> Iterator[Span]:
    """Candidate foreign names right before a Chinese kind of works: whole transliterated runs and their ends."""
    place = 0
    for run in han_names(text):
        place = text.index(run, place)
        first, last = offset + place, offset + place + len(run)
        yield first, last
        for length in range(_SHORTEST_HAN, len(run)):
            yield from ((last - length, last), (first, first + length))
        place += len(run)
