"""Reads Chinese provinces and cities as givers or payers: "la province du Gansu offre …", 湖南省教育厅赠送.

Their bodies count, too. A bare name counts only right after the wording: "a gift of Yunnan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import EntityKind
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import is_han
from offing.recognize.text.patterns import alternatives
from offing.recognize.text.spans import Span, Spans

_CUES = frozenset({"marks-giving", "marks-paying"})
_REACH = 45
_NAME_REACH = 60  # characters for the words before a name: "Department of Education of the Province of"
_FIRM_REACH = 30  # characters; "empresa da província de Zhejiang" only has its seat there
_HAN_BETWEEN = 3  # 湖南省为当地援建
_SMALL_WORDS = re.compile(r"\s(?:[^\W\d_]{1,4}['’]?\s?){0,2}")
_BARE_END = re.compile(r"\s*(?:$|[.,;:!?)»”\"\n]|[-–—])")


class ProvinceReader:
    """Reads Chinese provinces and cities that are named as such."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language == language]
        self._finder = RegionFinder(words, language)
        self._before = re.compile(rf"(?<!\w)(?:{alternatives(own, PatternRole.AUTHORITY_BEFORE)})\s?$", re.IGNORECASE)
        self._behind = re.compile(rf"\s(?:{alternatives(own, PatternRole.AUTHORITY_BEHIND)})(?!\w)", re.IGNORECASE)
        self._firms = re.compile(rf"(?:{alternatives(own, PatternRole.FIRM_NOUN)})(?!\w)", re.IGNORECASE)
        self._han = _han(own) if language == "zh" else None

    def read(self, text: str, cues: Sequence[Mention]) -> Iterator[Span]:
        """The spans of provinces with the word that marks them as one.

        Args:
            text: the text.
            cues: the wordings of giving or paying; after one a bare name is a province, too.
        """
        if self._han is not None:
            starts = [cue.start for cue in cues]
            for match in self._han.finditer(text):
                # A longer name is another (江苏省新兴产业基金), unless this one names a body or a cue follows.
                whole = len(match[1]) > 1 or not is_han(text[match.end() : match.end() + 1] or " ")
                if whole or any(0 <= start - match.end() <= _HAN_BETWEEN for start in starts):
                    yield match.span()
        ends = sorted(cue.end for cue in cues)
        for region in self._finder.find(text):
            before = self._before.search(text, max(0, region.start - _NAME_REACH), region.start)
            behind = None if before else self._behind.match(text, region.end)
            start, end = before.start() if before else region.start, behind.end() if behind else region.end
            if not (before or behind):
                # A bare name must directly follow a wording of giving, and not go on to a longer name.
                gaps = (text[cue : region.start] for cue in ends if 0 <= region.start - cue <= 2 * _REACH)
                if not any(map(_SMALL_WORDS.fullmatch, gaps)) or not _BARE_END.match(text, region.end):
                    continue
            # The seat of a firm that precedes it, unless a wording of giving stands between.
            firms = [match.end() for match in self._firms.finditer(text, max(0, start - _FIRM_REACH), start)]
            if not firms or any(firms[-1] <= cue <= start for cue in ends):
                yield start, end


def find_giving_provinces(draft: Draft, reader: ProvinceReader) -> None:
    """Add provinces near a wording of giving or paying as unlisted lenders."""
    cues = [m for m in draft.of(MentionKind.SIGNAL) if m.key in _CUES]
    if not cues:
        return
    reach = Spans((cue.start - _REACH, cue.end + _REACH) for cue in cues)
    taken = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    capital = {(m.start, m.end) for m in draft.of(MentionKind.CHINA)}  # a bare Beijing is the government
    for start, end in reader.read(draft.text, cues):
        if (start, end) not in capital and reach.overlap(start, end) and not taken.overlap(start, end):
            draft.add(MentionKind.LENDER, start, end, name=draft.text[start:end], by=EntityKind.GOVERNMENT.value)


def _han(words: Sequence[PatternWord]) -> re.Pattern[str]:
    names = alternatives(words, PatternRole.CHINESE_REGION)
    return re.compile(f"(?:{names})({alternatives(words, PatternRole.AUTHORITY_BEHIND)})")
