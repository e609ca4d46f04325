"""Reads unlisted Chinese firms in Chinese text: 湖南…有限公司, 中国…集团, 中铁十八局."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span, Spans

_SIGNS = "，。、；：！？（）“”‘’《》\\s\\d"  # never part of a firm's name
_CALLING_REACH = 6
_LONGEST = 30
_SHORTEST = 4
_SHORTEST_CORE = 2


class ChineseFirmReader:
    """Reads unlisted firms in Chinese texts."""

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        grammar = PatternGrammar(words, "zh")
        self._bureau = re.compile(grammar.choice("bureaus"))
        self._introductions = re.compile(grammar.choice("leads_to_firms"))
        self._legal = re.compile(grammar.choice("legal_endings"))
        self._institution = re.compile(grammar.choice("institution_ends"))
        self._calling = re.compile(grammar.choice("callings"))
        self._joint = re.compile(grammar.choice("joint_works"))  # works run jointly by China and the host
        introductions, firms = grammar.choice("chinese_leads"), grammar.choice("chinese_firms")
        self._chinese_introduction = re.compile(f"(?:{introductions})(?:[一-龥]{{0,4}})(?:{firms})")
        self._trade_name = re.compile(f"[一-龥]{{2,8}}(?:{grammar.choice('trade_ends')})")
        self._no_bodies = re.compile(f"(?:{grammar.choice('no_centres')})中心")
        self._school = re.compile(f"[一-龥]{{0,4}}(?:{grammar.choice('schools')})")  # part of a firm, not its works
        self._counted = re.compile(grammar.choice("counted_firms"))  # 大连一家公司: a firm, not its name
        stop = grammar.characters("not_in_firms", "not_in_firm_runs") + _SIGNS
        own = [word for word in words if word.language in ("zh", "*")]
        suffixes = [w.text for w in own if w.role is PatternRole.FIRM_SUFFIX and w.language == "zh"]
        regions = [w.text for w in own if w.role is PatternRole.CHINESE_REGION and w.language == "zh"]
        self._suffix = re.compile("|".join(sorted(map(re.escape, suffixes), key=len, reverse=True)) or r"(?!)")
        self._regions = re.compile("|".join(sorted(map(re.escape, regions), key=len, reverse=True)) or r"(?!)")
        centres = "|".join(w.text for w in own if w.role is PatternRole.PLACED_INSTITUTION) or r"(?!)"
        city = grammar.choice("city_ends")
        self._placed = re.compile(
            f"(?:{self._regions.pattern})(?:{city})?的([^{stop}]{{2,14}}?(?:{self._institution.pattern}|{centres}))(?!{centres})"
            f"|((?:{self._regions.pattern})(?:{city})?[^{stop}]{{2,12}}?(?:{centres}))(?={grammar.choice('institution_acts')})"
        )
        self._run = re.compile(f"[^{stop}]{{{_SHORTEST},{_LONGEST}}}")

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        foreign = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key != "CHN")
        for match in self._bureau.finditer(draft.text):
            yield match.span(), "bureau"
        yield from self._in_place(draft.text, foreign)
        for firm in draft.of(MentionKind.FIRM):  # 国网技术学院: a school of a listed firm
            school = self._school.match(draft.text, firm.end)
            if school and firm.key and not self._calling.match(draft.text, school.end()):
                yield (firm.start, school.end()), "institution"
        for run in self._run.finditer(draft.text):
            yield from self._in_run(draft.text, run, foreign)
            yield from self._institutions(draft.text, run, foreign)
            # 中国企业海能信通科技: an introduction, then a name that ends with its trade at the end of the stretch.
            introduction = self._chinese_introduction.search(draft.text, *run.span())
            name = self._trade_name.fullmatch(draft.text, introduction.end(), run.end()) if introduction else None
            if name and not foreign.overlap(*name.span()):
                yield name.span(), "chinese firm"

    def _institutions(self, text: str, run: re.Match[str], foreign: Spans) -> Iterator[tuple[Span, str]]:
        """A Chinese university, hospital or academy, unless it only employs a person whom the text names."""
        region = self._regions.search(text, *run.span())
        ends = list(self._institution.finditer(text, *run.span())) if region else []
        if not region or not ends or ends[-1].start() < region.end():
            return
        span = (region.start(), ends[-1].end())
        calling = self._calling.search(text, span[1], span[1] + _CALLING_REACH)
        if not calling and not foreign.overlap(*span) and not self._joint.search(text, *span):
            yield span, "institution"

    def _in_place(self, text: str, foreign: Spans) -> Iterator[tuple[Span, str]]:
        """Institutions placed in China, and acting centres: 位于成都的山地灾害研究所, 湖南省…中心承担."""
        for match in self._placed.finditer(text):
            span = match.span(match.lastindex or 0)
            other = self._counted.match(text, *span) or self._no_bodies.search(text, *span)
            joint = self._joint.search(text, *span)
            calling = self._calling.search(text, span[1], span[1] + _CALLING_REACH)
            if not other and not joint and not calling and not foreign.overlap(*span):
                yield span, "institution"

    def _in_run(self, text: str, run: re.Match[str], foreign: Spans) -> Iterator[tuple[Span, str]]:
        """The firm in a stretch of text without particles, up to the last suffix in it."""
        suffixes = list(self._suffix.finditer(text, *run.span()))
        if not suffixes:
            return
        start, rule = self._start(text, run.start(), suffixes[-1])
        span = (start, suffixes[-1].end())
        if rule and not foreign.overlap(*span):
            yield span, rule

    def _start(self, text: str, first: int, ending: re.Match[str]) -> tuple[int, str]:
        """Where the name starts, with the rule: at a Chinese region, or before a legal form, after an introduction.

        The rule is "" if the text before the ending names nobody (中国集团).
        """
        suffix = ending.start()
        region = self._regions.search(text, first, suffix)
        if region:
            inner = self._regions.match(text, region.end()) if region[0] == "中国" else None
            start = inner or region
            is_named = suffix - start.end() >= _SHORTEST_CORE and not self._counted.match(text, start.end(), suffix)
            return start.start(), "region" if is_named else ""
        introductions = [match.end() for match in self._introductions.finditer(text, first, suffix)]
        named = introductions[-1] if introductions else first
        is_name = suffix - named >= _SHORTEST_CORE and self._legal.fullmatch(ending[0]) is not None
        return named, "legal form" if is_name else ""
