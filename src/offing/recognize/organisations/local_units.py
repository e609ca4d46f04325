"""Reads local subsidiaries of Chinese firms with names of their own: Lanton Serviços Moçambique, «Ланьтун Ош».

Such a name begins with the brand of a Chinese firm named in the text, and contains the host country, one of its towns
or a region (Lanton Caribbean Services). A listed firm with only a country after it ("Huawei Kenya") is the firm itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from offing.model.reading.mention import LOCAL_UNIT, Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.organisations.trade_names import folded, is_title_case
from offing.recognize.text.capitals import CapitalRuns, CapitalWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form, is_arabic
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.patterns import alternatives
from offing.recognize.text.pinyin import is_palladius, is_pinyin
from offing.recognize.text.spans import Span, Spans

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_FEWEST_LETTERS = 3
_MOST_WORDS, _PAIR = 6, 2
_HAN_BRAND, _SHORTEST = 4, 2  # characters at most, and at least
_HAN = "[\u4e00-\u9fff]"


class LocalUnitReader:
    """Reads local subsidiaries in texts of one language."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        self._local = folded(own, PatternRole.LOCAL_UNIT)
        self._general = folded(own, PatternRole.FIRM_SUFFIX) | folded(own, PatternRole.FIRM_TRADE)
        self._finder = RegionFinder(words, language)
        grammar = PatternGrammar(words)
        self._capitals = CapitalRuns(grammar)
        self._legal = re.compile(rf",? (?:{grammar.choice('legal_tails')})(?!\w)")
        branch = grammar.choice("branch_forms")
        self._branch = re.compile(rf"({_HAN}{{2,12}})（({_HAN}{{2,6}})）(?:{branch})")
        # Words after a country that make it a location only: 华为塞尔维亚项目.
        self._behind = re.compile(
            rf"(?:{grammar.choice('local_forms')})?(?={grammar.choice('behind_country')}|，|。|；|、|”|）)"
        )
        self._introductions = re.compile(f"(?:{grammar.choice('unit_leads')})(?=.{{2}})")
        named = [word for word in own if word.language == "zh"]
        self._han_trade = alternatives([w for w in named if w.role is PatternRole.LOCAL_UNIT], PatternRole.LOCAL_UNIT)

    def read(self, draft: Draft) -> Iterator[Span]:
        """Spans of subsidiaries, from their brand to the last word of their name."""
        hosts = [m for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key not in (None, "CHN")]
        if draft.language == "zh":
            yield from self._in_han(draft, hosts)
            return
        brands = {brand for firm in draft.of(MentionKind.FIRM) for brand in self._brands(firm)}
        lands = Spans((m.start, m.end) for m in hosts)
        for found in _WORD.finditer(draft.text) if brands else ():
            if found[0] in brands and not is_title_case(draft.text, found.start()):
                words = self._words(draft.text, found.start())
                # «Ланьтун Ош»: quotes enclose a brand and one word that is no trade, perhaps an unlisted town.
                pair = len(words) == _PAIR and fold_form(words[1].text) not in self._general
                opens = pair and draft.text[words[0].start - 1] in "«“"
                quoted = opens and draft.text[words[1].end : words[1].end + 1] in ("»", "”")
                if quoted or self._is_local(words, lands):
                    legal = self._legal.match(draft.text, words[-1].end)
                    yield found.start(), legal.end() if legal else words[-1].end

    def _brands(self, firm: Mention) -> Iterator[str]:
        """The distinctive word of a firm's name: Lanton of Shenzhen Lanton Information."""
        words = _WORD.findall(firm.text)
        regions = {word for word in words if next(self._finder.find(word), None)}
        own = [word for word in words if word not in regions and fold_form(word) not in self._general]
        if own and len(own[0]) >= _FEWEST_LETTERS and not is_arabic(own[0][0]) and own[0][0].isupper():
            distinctive = is_pinyin(own[0]) or is_palladius(own[0]) or own[0].isupper() or firm.key is None
            if distinctive or len(words) == 1:
                yield own[0]

    def _words(self, text: str, start: int) -> list[CapitalWord]:
        """The capitalised words of a name, without its legal form."""
        words = [word for word in self._capitals.run_from(text, start) if not word.is_bracketed]
        while words and (self._legal.match(text, words[-1].start - 1) or len(words[-1].text) == 1):
            words.pop()
        return words

    def _is_local(self, words: list[CapitalWord], lands: Spans) -> bool:
        """Whether the host or a region follows a brand, and after that at most a trade or legal form."""
        if not 1 < len(words) <= _MOST_WORDS or any(word.text[0].islower() for word in words):
            return False
        local = [
            word for word in words[1:] if lands.overlap(word.start, word.end) or fold_form(word.text) in self._local
        ]
        return bool(local) and (local[-1] is words[-1] or fold_form(words[-1].text) in self._general)

    def _in_han(self, draft: Draft, hosts: Iterable[Mention]) -> Iterator[Span]:
        """蓝岭云服务（老挝）公司, 大蓝科技塞尔维亚."""
        countries = {m.start: m for m in hosts if m.kind is MentionKind.COUNTRY}
        names = [m.text for m in draft.of(MentionKind.FIRM)]
        for branch in self._branch.finditer(draft.text):
            if branch.start(2) in countries and countries[branch.start(2)].end == branch.end(2):
                introductions = list(self._introductions.finditer(draft.text, *branch.span(1)))
                start = introductions[-1].end() if introductions else branch.start()
                if any(draft.text[start : start + _SHORTEST] in name for name in names):
                    yield start, branch.end()
        for start, country in countries.items():
            before = re.search(
                rf"({_HAN}{{2,{_HAN_BRAND}}})(?:{self._han_trade})$", draft.text[max(0, start - 8) : start]
            )
            ends = (before[1][n:] for n in range(len(before[1]) - 1)) if before else ()
            brand = next((end for end in ends if any(end in name for name in names)), "")
            end = self._behind.match(draft.text, country.end)
            if before and brand and end:
                yield start - len(before[0]) + len(before[1]) - len(brand), end.end()


def find_local_units(draft: Draft, reader: LocalUnitReader) -> None:
    """Add local subsidiaries, replacing the short form of their parent and a counterpart at the same span."""
    firms = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    listed = {m.start: m for m in draft.of(MentionKind.FIRM) if m.key}
    spans = [span for span in reader.read(draft) if not firms.cover(*span)]
    inside = Spans(spans)
    kinds = (MentionKind.FIRM, MentionKind.COUNTERPART)
    draft.drop([m for m in draft.of(*kinds) if inside.overlap(m.start, m.end)])
    for start, end in spans:
        text, mother = draft.text[start:end], listed.get(start)
        if mother and text.startswith("（", len(mother.text)):  # 中国电信（老挝）公司 is China Telecom
            draft.mentions.append(replace(mother, end=end, text=text))
        else:
            draft.add(MentionKind.FIRM, start, end, name=text, by=LOCAL_UNIT)
