"""Chinese provinces that give or pay: "la province du Gansu offre …", платит провинция Хубэй, 湖南省政府赠送."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.model.rules import EntityKind
from offing.recognize.draft import Draft
from offing.recognize.regions import RegionFinder
from offing.recognize.spans import Span, Spans

_CUES = frozenset({"marks-giving", "marks-paying"})
_REACH = 45
_BEFORE = re.compile(
    r"(?:[Pp]rovince d[ue] |[Pp]rovince of |[Pp]rovincia de |[Pp]rovíncia de |[Пп]ровинци\w{1,3} |مقاطعة )$"
)
_BEHIND = re.compile(r" (?:[Pp]rovincial [Gg]overnment|[Pp]rovince|[Mm]unicipal [Gg]overnment)")
_HAN_BEHIND = "省(?:人民政府|政府)?|市(?:人民)?政府"


class ProvinceReader:
    """Reads Chinese provinces and cities that are named as such."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        self._finder = RegionFinder(words, language)
        self._han = _han(words) if language == "zh" else None

    def read(self, text: str) -> Iterable[Span]:
        """The spans of provinces with the word that makes them one."""
        if self._han is not None:
            yield from (match.span() for match in self._han.finditer(text))
        for region in self._finder.find(text):
            before = _BEFORE.search(text, max(0, region.start - 16), region.start)
            behind = None if before else _BEHIND.match(text, region.end)
            if before:
                yield before.start(), region.end
            elif behind:
                yield region.start, behind.end()


def find_giving_provinces(draft: Draft, reader: ProvinceReader) -> None:
    """Add provinces near a wording of giving or paying as lenders that no list has."""
    cues = [m for m in draft.of(MentionKind.SIGNAL) if m.key in _CUES]
    if not cues:
        return
    reach = Spans((cue.start - _REACH, cue.end + _REACH) for cue in cues)
    taken = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    for start, end in reader.read(draft.text):
        if reach.overlap(start, end) and not taken.overlap(start, end):
            draft.add(MentionKind.LENDER, start, end, name=draft.text[start:end], by=EntityKind.GOVERNMENT.value)


def _han(words: Iterable[PatternWord]) -> re.Pattern[str]:
    names = (w.text for w in words if w.role is PatternRole.CHINESE_REGION and w.language == "zh")
    return re.compile("(?:" + "|".join(sorted(names, key=len, reverse=True)) + f")(?:{_HAN_BEHIND})")
