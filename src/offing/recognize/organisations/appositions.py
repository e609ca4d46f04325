"""Reads firms placed in China by an apposition: "Westwell, a Shanghai start-up", "a maker from Hefei, X".

Also "X, of Shenzhen", "X, based in Wuhan", "une société de Ningbo, X", «X» из Шэньчжэня, and subsidiaries of a known
Chinese firm: "X, a unit of Y", "Y's subsidiary X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.organisations.trade_names import is_name, without_brackets
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.patterns import alternatives
from offing.recognize.text.spans import Span

_REACH = 110
_W = r"[^\W\d_][\w'’-]*"
_STOP = re.compile(r"[.!?;:\n](?=\s|$)|\n")
_QUOTED_BEFORE = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"],?[ \u00a0]?$")
_QUOTED_BEHIND = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")


class AppositionReader:
    """Reads firms that a text assigns to a Chinese place or to a Chinese firm."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        self._finder = RegionFinder(words, language)
        grammar = PatternGrammar(words)
        general_article = f"(?:{grammar.spaced('general_articles')})"
        own = [word for word in words if word.language in (language, "*")]
        context = contexts(words)
        self._capitals = CapitalRuns(grammar)
        self._names = _Names(context, self._capitals)
        # Places beside a name.
        nouns, article = alternatives(own, PatternRole.FIRM_NOUN), f"(?:{context.choice('articles')})"
        kinds, of = context.choice("town_kinds"), context.choice("of_town")
        region = rf"(?:{general_article}?(?:{_W} )?(?:{kinds}) (?:{of}) )?"
        tail = rf"(?:{nouns})\b(?: {_W}){{0,4}}? (?:{context.choice('seated', 'from_place')}) {region}$"
        # X, a (commercial satellite) firm (that is) from <place>
        self._behind = re.compile(rf"(,|[ \u00a0][(–—-])[ \u00a0]?(?:{article}[ \u00a0']?)?(?:{_W} ){{0,5}}?{tail}")
        # a firm from <place>, X
        self._ahead = re.compile(rf"(?<![\w'’])(?:{_W} ){{0,1}}{tail}")
        which, seated = context.choice("which_is"), context.choice("seated", "seat_is")
        self._based = re.compile(rf"(,|[ \u00a0]\()[ \u00a0]?(?:(?:{which}|{article}) )?(?:{seated}) {region}$")
        city = rf"(?:{general_article}?(?:{_W} ){{0,3}}(?:{kinds}) (?:{of}) )?"
        self._bare = re.compile(rf"(,)[ \u00a0](?:{context.choice('whence')}) {city}$")
        # Owners beside a name.
        subs = alternatives(own, PatternRole.SUBSIDIARY)
        place = context.choice("seated", "from_place")
        self._chinese_owned = re.compile(rf",[ \u00a0](?:{context.choice('chinese_owned')})")
        # X, part of China's Y; X, controlled by Chinese state money.
        self._part = re.compile(
            rf",[ \u00a0](?:(?:{context.choice('which_is')}) )?(?:{context.choice('owned_by')})"
            rf"(?: {article})? (?:(?:{context.choice('capital')}) )?$"
        )
        self._unit = re.compile(
            rf"(,|[ \u00a0][(–—-])[ \u00a0]?(?:{article}[ \u00a0']?)?(?:{_W} ){{0,3}}?(?:{subs})\b"
            rf"(?: {_W}){{0,3}}? (?:{place}) (?:{article}[ \u00a0]?)?(?:{_W} ){{0,3}}?$"
        )
        self._owner = re.compile(rf"(?:['’]s)?,?(?: {_W}){{0,3}}? (?:{subs})[,:]? (?:(?:{context.choice('called')}) )?")

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        places = {(region.start, region.end) for region in self._finder.find(draft.text) if not region.is_adjective}
        # Adjectives among the mentions count too: only wordings that expect a place or China precede them.
        mentions = draft.of(MentionKind.PLACE, MentionKind.CHINA)
        places |= {(m.start, m.end) for m in mentions if m.kind is MentionKind.CHINA or m.key == "CHN"}
        for start, end in sorted(places):
            yield from ((span, "chinese firm") for span in self._of_place(draft.text, start, end))
        for owned in self._chinese_owned.finditer(draft.text):
            yield from ((span, "chinese firm") for span in self._names.before(draft.text, owned.start()))
        for owner in draft.of(MentionKind.FIRM):
            if owner.key:
                yield from ((span, "unit of") for span in self._of_owner(draft.text, owner.start, owner.end))

    def _of_place(self, text: str, start: int, end: int) -> Iterator[Span]:
        before = _before(text, start)
        for pattern in (self._behind, self._based):
            found = pattern.search(before)
            if found:
                yield from self._names.before(text, start - len(before) + found.start())
                break
        found = self._bare.search(before)
        if found and text[end : end + 1] in (",", ")", "."):
            yield from self._names.before(text, start - len(before) + found.start())
        found = self._part.search(before)
        if found:
            yield from self._names.before(text, start - len(before) + found.start())
        if self._ahead.search(before):
            yield from self._names.behind(text, end)
        found = self._unit.search(before)
        if found and len(without_brackets(self._capitals.run_from(text, start))) > 1:  # X, the local arm of Henan Y
            yield from self._names.before(text, start - len(before) + found.start())

    def _of_owner(self, text: str, first: int, last: int) -> Iterator[Span]:
        before = _before(text, first)
        found = self._unit.search(before)
        if found:
            yield from self._names.before(text, first - len(before) + found.start())
        behind = self._owner.match(text, last)
        if behind:
            words = self._capitals.run_from(text, behind.end())
            if words:
                yield words[0].start, words[-1].end


def _before(text: str, end: int) -> str:
    """The text before a place in its sentence, as far as a name may reach."""
    window = text[max(0, end - _REACH) : end]
    stops = list(_STOP.finditer(window))
    return window[stops[-1].end() :] if stops else window


class _Names:
    """Finds the names before and after an apposition."""

    def __init__(self, context: PatternGrammar, capitals: CapitalRuns) -> None:
        self._capitals = capitals
        self._joined_before = re.compile(rf" (?:{context.choice('in_field')}) $")
        self._opening_noun = re.compile(
            rf"(?:L['’])?(?:{context.opening('opening_nouns')})|{context.choice('opening_articles')}"
        )
        self._opening = re.compile(
            rf"(,)?[ \u00a0]?(?:(?:{context.choice('called')}) )?(?:(?:{context.choice('name_articles')}) ?(?=[A-Z]))?"
        )

    def before(self, text: str, comma: int) -> Iterator[Span]:
        """The name that ends at a comma."""
        quoted = _QUOTED_BEFORE.search(text, max(0, comma - 70), comma)
        if quoted and is_name(quoted[1]):
            yield quoted.span(1)
            return
        words = without_brackets(self._capitals.run_before(text, comma))
        # A noun may open the sentence before the name: L'entreprise X, La société X.
        name = (n for n, word in enumerate(words) if self._opening_noun.fullmatch(word.text) is None)
        words = words[next(name, 0) :]
        if words:
            joined = self._joined_before.search(text, max(0, words[0].start - 5), words[0].start)
            more = self._capitals.run_before(text, joined.start()) if joined else []
            yield (more or words)[0].start, words[-1].end

    def behind(self, text: str, place: int) -> Iterator[Span]:
        """The name that begins after a place."""
        opening = self._opening.match(text, place)
        start = opening.end() if opening else place
        quoted = _QUOTED_BEHIND.match(text, start)
        if quoted and is_name(quoted[1]):
            yield quoted.span(1)
            return
        words = without_brackets(self._capitals.run_from(text, start))
        if words and len(words[0].text) > 1:
            yield words[0].start, words[-1].end
