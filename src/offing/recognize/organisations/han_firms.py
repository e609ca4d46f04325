"""Reads Chinese firms without a legal form by their role in a Chinese sentence: 由江河水利承建, 深圳企业智芯微中标.

Chinese has no blanks: a name begins after an introduction (a preposition, "contractor", "Shenzhen company") and ends
before a firm's action or a particle. A name in characters that transcribe foreign names is not a Chinese firm. The
words are in `wording/name-grammar/zh.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span, Spans

_SIGNS = "，。、；：！？（）()“”‘’《》\\s\\d"  # not part of any name
_SHORTEST_CORE, _SHORTEST_NAME = 3, 2
_SURE, _LIKELY = "chinese firm", "agent"


class HanAgentReader:
    """Reads firms by their role in a Chinese sentence."""

    def __init__(self, words: Sequence[PatternWord]) -> None:
        own = [w.text for w in words if w.role is PatternRole.CHINESE_REGION and w.language == "zh"]
        named = [w.text for w in words if w.role is PatternRole.FIRM_TRADE and w.language == "zh"]
        grammar = PatternGrammar(words, "zh")
        self._names = _Names(grammar)
        acts, units = grammar.choice("firm_acts"), grammar.choice("firm_units")
        introduction, link = grammar.choice("firm_leads"), f"(?:{grammar.choice('firm_links')})?"
        kind, built = f"(?:{grammar.choice('firm_kinds')})", grammar.choice("firm_built")
        no_start = f"{grammar.choice('no_firm_starts')}|{acts}"
        trades = "|".join(sorted({*grammar.words("firm_trades"), *named}, key=len, reverse=True))
        regions = "|".join(sorted(map(re.escape, own), key=len, reverse=True)) or "(?!)"
        self._regions = re.compile(regions)
        name = f"[^{grammar.characters('not_in_firms', 'not_in_agents')}{_SIGNS}]"
        china, is_ = grammar.choice("of_china"), grammar.choice("copulas")
        cities = f"(?:{regions})(?:{grammar.choice('city_ends')})?"
        end = f'(?=[”"’》）)，。；、！？：（(\\s]|$|{acts})'
        traded = f"(?!{acts}){name}{{1,10}}?(?:{trades})(?:{units})?"
        opening = '[“"‘]?'
        seat, seated, short = map(grammar.choice, ("from_city", "seat_word", "firm_short"))
        # 由X承建, 承建方X表示: with a trade at the end, any position; in quotes or with a place, any form.
        self._agent = re.compile(f"(?:{introduction}){link}{opening}(?:中国(?={regions}))?({traded}){end}")
        builders = grammar.choice("builders")
        # 湖南路通建设承建: a place, a name and a trade.
        self._placed = re.compile(
            f"(?:中国(?={regions}))?((?:{regions})(?!{kind}|{regions})(?:{name}{{1,8}}?(?:{trades})(?:{units})?|{builders})){end}"
        )
        # 由湖南云岭环宇承建: a place and a name, without a trade.
        self._built = re.compile(f"由((?:{regions})(?!{kind}|{regions}|[省市]){name}{{2,6}}?)(?:{built})")
        # 深圳企业智芯微, 中国初创公司“安视宝”, 总部位于深圳的安视宝
        self._described = re.compile(
            f"(?:(?:{china}|{cities})[一-龥]{{0,6}}?{kind}|(?:{seat}){cities}的|(?:{grammar.choice('comes_from')})(?:中国)?{cities}的)"
            f'(?:[“"‘]({name}{{2,10}}?)[”"’]|(?!{no_start})({name}{{3,10}}?){end})'
        )
        # 蓝信科技（北京）, 智芯微（总部深圳）
        self._bracketed = re.compile(
            f'({name}{{2,10}}?)[”"]?[（(](?:(?:{seated})[^）)]{{0,4}})?(?:中国)?{cities}(?:{short})?[）)]'
        )
        before = grammar.choice("before_explained")
        # X…，后者为中国企业; X，一家总部在深圳的公司
        self._explained = re.compile(
            f"(?:{before}|[，。“\\n])({traded}|(?!{acts}){name}{{2,8}}?|[A-Za-z][A-Za-z ]{{2,20}}){end}"
            f"(?=[^，。]{{0,12}}?，"
            f"(?:(?:{grammar.choice('explains')})(?:{is_})|(?:{is_})?(?:{grammar.choice('one_firm')}))"
            f"(?:(?:{seated})[^，。]{{0,4}})?(?:{china}|{cities})[^，。]{{0,8}}?{kind})"
        )

        units_of = grammar.choice("unit_nouns")
        # 在迪拜注册的子公司“智行中东”
        self._unit = re.compile(f'(?:{units_of})(?:{grammar.choice("unit_is")})?[“"‘]({name}{{2,12}}?)[”"’]')

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        text = draft.text
        foreign = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key != "CHN")
        patterns = (
            (self._agent, _LIKELY),
            (self._placed, "region"),
            (self._built, _LIKELY),
            (self._described, _SURE),
            (self._bracketed, _SURE),
            (self._explained, _SURE),
            *(((self._unit, _LIKELY),) if self._regions.search(text) or draft.of(MentionKind.FIRM) else ()),
        )
        for pattern, rule in patterns:
            for match in pattern.finditer(text):
                start, end = match.span(match.lastindex or 1)
                end = self._names.before_act(text, start, end)
                if not foreign.overlap(start, end) and self._names.may_be(text[start:end]):
                    yield (start, end), rule


class _Names:
    """Checks what a name may be, and finds where it ends."""

    def __init__(self, grammar: PatternGrammar) -> None:
        self._does = re.compile(grammar.choice("firm_does"))  # actions of a firm; not part of any name
        self._no_names = re.compile(grammar.choice("no_firm_names"))
        self._no_parts = re.compile(f"{grammar.choice('deals')}|(?:{grammar.choice('people')})$")
        self._acts_as_trades = grammar.words("acts_as_trades")
        self._place_ends = grammar.characters("place_ends")
        self._foreign = frozenset(grammar.words("foreign_characters"))

    def before_act(self, text: str, start: int, end: int) -> int:
        """Where a name ends that runs into its firm's action: 湖南云岭环宇|提供天线."""
        act = self._does.search(text, start, end)
        return act.start() if act else end

    def may_be(self, name: str) -> bool:
        """Whether it is neither a general word nor a transcribed foreign name."""
        if len(name) < _SHORTEST_NAME or self._no_names.fullmatch(name) or self._no_parts.search(name):
            return False
        act = next((trade for trade in self._acts_as_trades if name.endswith(trade)), "")
        if act and (len(name) - len(act) < _SHORTEST_CORE or name[-len(act) - 1] in self._place_ends):
            return False  # 由凭祥市投资: an investor, not a name
        return 2 * sum(char in self._foreign for char in name) < len(name)
