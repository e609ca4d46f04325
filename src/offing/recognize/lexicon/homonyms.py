"""Disambiguates short names that several countries share: whose Exim Bank, whose development bank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.folded_text import is_han
from offing.recognize.text.pattern_grammar import contexts
from offing.recognize.text.spans import Span
from offing.recognize.text.tables import CHINA_CODE, Name

_BEFORE = re.compile(r"(?:['’]s)?[\s-]")
_LONGEST_BEHIND, _LONGEST_BEFORE = 24, 3  # characters at most: " (de los the ", "'s "
Named = tuple[Span, Name]


class CountryBeside:
    """Checks for a country right beside a short name, and which names require China there.

    Args:
        words: the rules' pattern words.
        china: the names of China; a name that requires one of these beside it is no evidence for China itself.
    """

    def __init__(self, words: Iterable[PatternWord], china: Iterable[str]) -> None:
        context = contexts(words)
        # Links between a name and its country: "Exim Bank of India", "Eximbank (Korea)", "Eximbank da Coreia".
        of, the = context.spaced("of_country"), context.spaced("the_country")
        self._behind = re.compile(rf"\s?[(（-]?\s?(?:(?:{of})\s?)?(?:{the})?")
        self._china = frozenset(china)

    def is_short(self, name: Name) -> bool:
        """Whether several countries share a name."""
        return name.kind is MentionKind.LENDER and bool(self._china & {*name.near})

    def is_behind(self, text: str, span: Span, starts: AbstractSet[int]) -> bool:
        """Whether a country, starting at one of `starts`, follows a name directly."""
        start, end = span
        if is_han(text[start]):
            return False
        near = range(end, end + _LONGEST_BEHIND + 1)
        return any(place in starts and self._behind.fullmatch(text, end, place) for place in near)

    def is_before(self, text: str, span: Span, ends: AbstractSet[int]) -> bool:
        """Whether a country, ending at one of `ends`, directly precedes a name."""
        start = span[0]
        if is_han(text[start]):
            return start in ends
        near = range(max(0, start - _LONGEST_BEFORE), start)
        return any(place in ends and _BEFORE.fullmatch(text, place, start) for place in near)


class Homonyms:
    """The short names in a text that are another country's.

    A name that requires context is another country's if one stands right beside it; without a country it is whichever
    institution the text names first.
    """

    def __init__(self, text: str, accepted: Iterable[Named], excluded: Iterable[Named], beside: CountryBeside) -> None:
        """Collect what the text names in full.

        Args:
            text: the folded text, which the spans refer to.
            accepted: its names outside false friends.
            excluded: its names inside one.
            beside: checks what stands beside them.
        """
        self._is_short = beside.is_short
        names = list(accepted)
        # A country or its capital stands for a government; China's own does not count.
        foreign = [(span, name) for span, name in names if name.key != CHINA_CODE]
        countries = [
            span
            for span, name in foreign
            if name.kind is MentionKind.COUNTRY or (name.kind is MentionKind.PLACE and name.by == "capital")
        ]
        short = [(span, name) for span, name in names if beside.is_short(name)]
        starts, ends = {start for start, _ in countries}, {end for _, end in countries}
        self._foreign = {
            span for span, _ in short if beside.is_behind(text, span, starts) or beside.is_before(text, span, ends)
        }
        self._bare = {span for span, _ in short} - self._foreign
        theirs = [
            (span[0], name.key)
            for span, name in (*short, *excluded)
            if span not in self._bare and beside.is_short(name)
        ]
        ours = [(span[0], name.key) for span, name in names if name.kind is MentionKind.LENDER and not name.near]
        self._theirs, self._ours = _first(theirs), _first(ours)

    def hold(self, span: Span, name: Name) -> bool:
        """Whether a name is another country's here."""
        if not self._is_short(name):
            return False
        first = self._theirs.get(name.key)
        if span in self._foreign or first is None:
            return span in self._foreign
        return first < self._ours.get(name.key, first + 1)


def _first(places: Iterable[tuple[int, str]]) -> dict[str, int]:
    first: dict[str, int] = {}
    for place, key in places:
        first[key] = min(place, first.get(key, place))
    return first
