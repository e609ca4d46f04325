"""Reads Chinese firms in quotes or after a noun in Russian and Arabic, where capitals help little or not at all.

«Ганьсу Тяньлу» (a Chinese place, or syllables in the Palladius system); شركة «إنفيكول» الصينية, «X» الصينية, شركة بكين
أوريجين.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.text.arabic_verbs import ArabicVerbs
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.pinyin import is_palladius
from offing.recognize.text.spans import Span

_QUOTED = re.compile(r"[«“\"„]\s?([^«»“”„\"\n]{2,50}?)\s?[»”\"“]")
_A = "[\u0621-\u0652\u0670-\u06d3]"
_MOST_WORDS = 6
_NOUN_REACH = 40


class QuotedNameReader:
    """Reads quoted names of Chinese firms in Russian or Arabic texts; nothing in other languages."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        nouns = [w.text for w in words if w.role is PatternRole.FIRM_NOUN and w.language == language]
        listed = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True))) or "(?!)"
        self._finder = RegionFinder(words, language)
        self._language = language
        self._noun = re.compile(rf"(?:^|(?<=[^\w]))[وبلف]?(?:{listed})\b[^«»\"“”\n.،:]*$", re.IGNORECASE)
        context = contexts(words, "ru", "ar")
        main, within = (PatternGrammar(words, "ar").choice(part) for part in ("main_seat", "seat_in"))
        self._seat = re.compile(
            rf" (?:{context.choice('seat_behind')})(?: (?:{main}))?(?: (?:{within}))?"
            rf"(?: (?:{context.choice('tied_places')}))? "
        )
        self._owned = re.compile(rf"[»”],? (?:{context.choice('chinese_owned_quoted')})")
        quoted = PatternGrammar([word for word in words if word.language != "*"], "ru", "ar")
        self._not_firms = frozenset(quoted.words("no_quoted_firms"))
        self._sino = re.compile(quoted.choice("coined_with_china"))
        self._from = re.compile(rf"[»”] (?:{quoted.choice('quoted_from')})")
        self._from_china = quoted.words("from_china")
        chinese = quoted.choice("chinese_behind")
        self._chinese_behind = re.compile(rf"(?: \([^()\n]{{2,30}}\))?(?: {_A}+){{0,1}}? (?:{chinese})(?!{_A})")
        self._chinese_before = re.compile(rf"(?:{quoted.choice('chinese_before')})(?: (?!و){_A}+){{0,2}},? $")
        self._read_arabic(words)

    def _read_arabic(self, words: Sequence[PatternWord]) -> None:
        """Compile the patterns of Arabic names without quotes."""
        grammar = PatternGrammar(words, "ar")
        of_trade = f"لل(?:{grammar.choice('trades_for')})"
        regions = [w.text for w in words if w.role is PatternRole.CHINESE_REGION and w.language == "ar"]
        places = "|".join(map(re.escape, sorted(regions, key=len, reverse=True))) or "(?!)"
        sounds = grammar.choice("name_sounds")
        firm = grammar.choice("a_firm_named")
        named, the_chinese = f"{firm}|{grammar.choice('an_institution_named')}", f"(?:{grammar.choice('the_chinese')})"
        giant = f"{grammar.choice('a_giant')}|{firm}"
        chinese = rf"(?:(?:{grammar.choice('the_firm')}) {the_chinese}|(?:{giant}) [^\s]+ {the_chinese})"
        tail = rf"(?: {of_trade}| (?:{grammar.choice('firm_forms')}))"
        first = rf"(?!ال|{grammar.spaced('no_firm_begins')}){_A}{{2,14}}"
        traded = rf"(?:{first} ){{0,2}}?(?!ال){_A}{{2,14}}{tail}{{1,3}}"
        self._beside = re.compile(rf"{chinese} ({traded}|(?!ال){_A}*(?:{sounds}){_A}*)(?!{_A})")
        self._seated = re.compile(
            rf"(?:{named}) ((?:{_A}{{2,14}} ){{0,3}}?{_A}{{2,14}})،?(?: (?:{grammar.choice('seated')}))"
            rf"(?: (?:{grammar.choice('main_seat')}))?(?: (?:{grammar.choice('seat_in')}))?"
            rf"(?: (?:{grammar.choice('kinds_of_place')}))? (?:{places})"
        )
        # The name goes on after a place: words with the article, none of which is a time.
        participle = ArabicVerbs(words).participle
        trade = (
            rf"(?: (?!ال(?:{grammar.choice('times')}))(?:و?(?:ال|لل|ل)){_A}{{2,20}}"
            rf"| (?:{grammar.choice('international')})"
            rf"| (?!{participle} ){_A}{{2,20}}(?= (?:{grammar.choice('behind_trades')})))"
        )
        self._bare = re.compile(rf"(?:{named}|{grammar.choice('two_firms')}) ((?:{places}) {_A}{{2,20}}{trade}{{0,4}})")

        # مكتب شانشي للاستشارات الهندسية, فرق من تشانغتشون للصيانة: a kind of firm, a place and a trade.
        self._workers = re.compile(
            rf"(?:{grammar.choice('workers')})(?: من)? ((?:{places}) {of_trade}(?: ال{_A}{{2,10}}ية)?)(?!{_A})"
        )

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        text = draft.text
        chinese = bool(draft.of(MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER))
        for quote in _QUOTED.finditer(text):
            name = quote[1]
            if len(name.split()) > _MOST_WORDS or name.casefold() in self._not_firms:
                continue
            if not name[0].isalnum() or name[0].islower():
                continue
            begins_in_china = any(region.start == 0 and region.end < len(name) for region in self._finder.find(name))
            # «X» из провинции Хэнань, «X» с китайским капиталом.
            seat = self._from.match(text, quote.end() - 1)
            near = text[seat.end() :][:20] if seat else ""
            placed = any(region.start == 0 for region in self._finder.find(near)) or near.startswith(self._from_china)
            owned = self._owned.match(text, quote.end() - 1)
            if begins_in_china or placed or owned or (chinese and self._is_firm(text, quote)):
                yield quote.span(1), "quoted"
        for sino in self._sino.finditer(text):
            yield sino.span(), "sino"
        if self._language == "ar":
            for pattern in (self._bare, self._workers, self._seated, *((self._beside,) if chinese else ())):
                yield from ((match.span(1), "region") for match in pattern.finditer(text))

    def _is_firm(self, text: str, quote: re.Match[str]) -> bool:
        """Whether Chinese syllables, or the words around quotes, make what is in them a Chinese firm."""
        before = text[max(0, quote.start() - _NOUN_REACH) : quote.start()]
        noun = self._noun.search(before) is not None
        if self._language == "ru":
            words = re.findall(r"\w+", quote[1])
            if len(words) > 1 and all(map(is_palladius, words)):  # Хуася Чжитун
                return True
            # After a noun one word, or two short ones together, suffice: Чжун Цзи.
            return noun and any(is_palladius(word) for word in (*words, *map("".join, pairwise(words))))
        if self._chinese_before.search(before):
            return noun
        if self._chinese_behind.match(text, quote.end()):
            return True
        seat = self._seat.match(text, quote.end())
        return seat is not None and any(region.start == 0 for region in self._finder.find(text[seat.end() :][:20]))
