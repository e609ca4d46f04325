"""Short names that several countries share: whose Exim Bank, whose development bank a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from offing.model.mention import MentionKind
from offing.recognize.fold import is_han
from offing.recognize.spans import Span
from offing.recognize.tables import CHINA_CODE, Name

# What may stand between the name and its country: "Exim Bank of India", "Eximbank (Korea)", "Eximbank da Coreia".
_BEHIND = re.compile(r"\s?[(（-]?\s?(?:of |de la |de l['’]\s?|de los |del? |du |des |da |do |dos |d['’]\s?)?(?:the )?")
_BEFORE = re.compile(r"(?:['’]s)?[\s-]")
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
        countries = [(span, name.key) for span, name in names if _tells_country(name)]
        short = [(span, name) for span, name in names if _is_short(name)]
        self._foreign = {span for span, _ in short if _is_beside(text, span, countries)}
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


def _is_beside(text: str, span: Span, countries: Sequence[tuple[Span, str]]) -> bool:
    return any(_touch(text, span, country) for country, _ in countries)


def _touch(text: str, span: Span, country: Span) -> bool:
    start, end = span
    if country[0] >= end:
        return bool(_BEHIND.fullmatch(text, end, country[0])) and not is_han(text[start])
    if country[1] <= start:
        return country[1] == start if is_han(text[start]) else bool(_BEFORE.fullmatch(text, country[1], start))
    return False
