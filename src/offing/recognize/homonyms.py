"""Short names that several countries share: whose Exim Bank, whose development bank a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from offing.model.mention import MentionKind
from offing.recognize.fold import is_han
from offing.recognize.spans import Span
from offing.recognize.tables import CHINA_CODE, Name

# What may stand between the name and its country: "Exim Bank of India", "Eximbank (Korea)", "Eximbank da Coreia".
_BEHIND = re.compile(r"\s?[(（-]?\s?(?:of |de la |de l['’]\s?|de los |del? |du |des |da |do |dos |d['’]\s?)?(?:the )?")
_BEFORE = re.compile(r"(?:['’]s)?[\s-]")
_LONGEST_BEHIND, _LONGEST_BEFORE = 14, 3  # what these match at most: " (de los the ", "'s "
_CHINA = frozenset({"China", "中国"})  # a name that needs one of these beside it says nothing of China itself
Named = tuple[Span, Name]


class Homonyms:
    """The short names in a text that are another country's.

    A name that needs context is another country's where one stands right beside it; without a country it is
    whose the text names first.
    """

    def __init__(self, text: str, meant: Iterable[Named], trapped: Iterable[Named]) -> None:
        """What the text names in full.

        Args:
            text: the folded text, in which the spans count.
            meant: the names that stand there and lie in no false friend.
            trapped: those that lie in one.
        """
        names = list(meant)
        countries = [span for span, name in names if _tells_country(name)]
        short = [(span, name) for span, name in names if _is_short(name)]
        starts, ends = {start for start, _ in countries}, {end for _, end in countries}
        self._foreign = {span for span, _ in short if _is_behind(text, span, starts) or _is_before(text, span, ends)}
        self._bare = {span for span, _ in short} - self._foreign
        theirs = [
            (span[0], name.key) for span, name in (*short, *trapped) if span not in self._bare and _is_short(name)
        ]
        ours = [(span[0], name.key) for span, name in names if name.kind is MentionKind.LENDER and not name.near]
        self._theirs, self._ours = _first(theirs), _first(ours)

    def hold(self, span: Span, name: Name) -> bool:
        """Whether a name is another country's here."""
        if not _is_short(name):
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


def _is_short(name: Name) -> bool:
    return name.kind is MentionKind.LENDER and bool(_CHINA & {*name.near})


def _tells_country(name: Name) -> bool:
    """Whether a name stands for a government other than China's: a country, or its capital."""
    country = name.kind is MentionKind.COUNTRY or (name.kind is MentionKind.PLACE and name.by == "capital")
    return country and name.key != CHINA_CODE


def _is_behind(text: str, span: Span, starts: AbstractSet[int]) -> bool:
    """Whether one of the countries that start somewhere stands right behind a name."""
    start, end = span
    if is_han(text[start]):
        return False
    near = range(end, end + _LONGEST_BEHIND + 1)
    return any(place in starts and _BEHIND.fullmatch(text, end, place) for place in near)


def _is_before(text: str, span: Span, ends: AbstractSet[int]) -> bool:
    """Whether one of the countries that end somewhere stands right before a name."""
    start = span[0]
    if is_han(text[start]):
        return start in ends
    near = range(max(0, start - _LONGEST_BEFORE), start)
    return any(place in ends and _BEFORE.fullmatch(text, place, start) for place in near)
