"""Reads Chinese firms by the grammar of their names: a Chinese place, a name in pinyin, a trade, a legal form.

"Henan Road Company", "Ningbo Haichuang Vision", "Zhonghao Engineering", "Xinyan Vision (重庆新眼视觉)". The place or
the pinyin makes a name Chinese, the trade or legal form makes it a firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.places.sites import SITE
from offing.recognize.text.capitals import CapitalRuns, CapitalWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.pinyin import is_distinctive_pinyin, is_naming_pinyin, is_pinyin
from offing.recognize.text.spans import Span, Spans

_OWNERS_PLACE = ("'s", "’s")  # Changsha's Zhongnan Media
_WORDS_OF_WEAK = 3  # "Beijing GS Technology", but not "Beijing Technology"
_CAPITAL = re.compile(r"(?<![\w'’&-])[A-ZÀ-ÖØ-Þ][\w'’]{1,30}")
_PLACE_AND_NAME = 2
_TITLED = 0.7  # the share of capitalised words from which a line is in title case
_FEWEST_LETTERS = 4
_MOST_WORDS = 7  # of a name in quotes
_SEAT = re.compile(r"[ \u00a0]\(([A-Z][a-z']{2,15})\)")
_IN_HAN = re.compile(r"[ \u00a0]?[(（][“\"]?([\u4e00-\u9fff]{4,24})[”\"]?[)）]")


class TradeNameReader:
    """Reads Chinese firm names in Latin script, in a text of any language."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        self.suffixes = folded(own, PatternRole.FIRM_SUFFIX)
        self._trades = self.suffixes | folded(own, PatternRole.FIRM_TRADE)
        self._finder = RegionFinder(words, language)
        self._regions = self._finder.names
        grammar = PatternGrammar(words)
        self._owning = self._regions.difference(grammar.words("no_owners"))
        self._of = re.compile(rf"[ \u00a0](?:{grammar.choice('firm_of_place')}) $")
        self._sino = re.compile(PatternGrammar(words, "*").choice("coined_with_china"))
        self.joins = joins(grammar)
        self._capitals = CapitalRuns(grammar)
        self._strong, self._no_firms, self._between, self._works, self._purposes = (
            frozenset(grammar.words(part))
            for part in ("firm_ends", "no_firms", "works_of_two", "works_as_trade", "purposes")
        )

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        geography = draft.of(MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA)
        china = [m for m in geography if m.key == "CHN" or m.kind is MentionKind.CHINA]
        chinese = bool(china) or bool(draft.of(MentionKind.FIRM, MentionKind.LENDER))
        capitals = list(_CAPITAL.finditer(draft.text))
        named = (match.start() for match in capitals if match[0] in self._regions)
        regions = (region.start for region in self._finder.find(draft.text))
        for start in sorted({*(m.start for m in china), *named, *regions}):
            span = self._after_region(draft.text, start)
            if span:
                yield span, "region"
        places = Spans((m.start, m.end) for m in geography if m.by != SITE)
        if chinese:
            yield from ((span, "pinyin") for span in self._of_pinyin(draft.text, capitals, places))
        yield from ((span, "in han") for span in self._before_han(draft.text))
        yield from ((span, "of place") for span in self._before_place(draft.text, china))
        yield from ((span, "sino") for span in self._of_sino(draft.text, capitals))
        for seat in _SEAT.finditer(draft.text):  # Sunline (Shenzhen)
            words = self._capitals.run_before(draft.text, seat.start()) if seat[1] in self._regions else []
            if words and words[0].text not in ("China", "The") and self._is_no_place(words):
                yield (words[0].start, words[-1].end), "region"

    def _after_region(self, text: str, start: int) -> Span | None:
        """The firm whose name starts with a place or with China at an offset."""
        words = self._first_firm(without_brackets(self._capitals.run_from(text, start)))
        # A purpose after the trade is no part of the name: Guangzhou Haoshi Vision Technology | for the Police Force.
        traded = [False, *(fold_form(word.text) in self._trades for word in words)]
        purposes = (n for n in range(_PLACE_AND_NAME + 1, len(words)) if traded[n] and words[n].text in self._purposes)
        words = words[: next(purposes, None)]
        if is_title_case(text, start):
            words = self._until_trade(words)
        if len(words) > _PLACE_AND_NAME and words[0].text.endswith(_OWNERS_PLACE):
            # Changsha's Zhongnan Media, but no ministry of China's.
            owned = words[0].text[:-2] in self._owning and "of" not in {word.text for word in words}
            named = owned and fold_form(words[-1].text) in self._trades and self._is_no_place(words)
            return (words[1].start, words[-1].end) if named else None
        if text[start - 1 : start] == "-" or not begins_like_firm(words, self.joins):
            return None
        last, enough = fold_form(words[-1].text), len(words) >= _WORDS_OF_WEAK
        joint = "-" in words[0].text  # a China-Uganda Friendship Hall is no firm, a China-Uganda company may be one
        is_firm = last in self.suffixes and (last in self._strong or (enough and not joint))
        return (words[0].start, words[-1].end) if is_firm or self._is_trade_name(words) else None

    def _first_firm(self, words: list[CapitalWord]) -> list[CapitalWord]:
        """The first of firms that "and" joins, without "Shanghai-based" before its name."""
        if words and words[0].text.endswith("-based"):
            words = words[1:]
        for number in range(2, len(words) - 1):
            if words[number].text not in self.joins:
                continue
            before, behind = fold_form(words[number - 1].text), fold_form(words[number + 1].text)
            if before in self._strong or behind not in self._trades or words[number + 1].text in self._regions:
                return words[:number]
        return words

    def _until_trade(self, words: list[CapitalWord]) -> list[CapitalWord]:
        """In a title-case headline, the words up to the last one that fits into a name."""
        known = [n for n, word in enumerate(words) if fold_form(word.text) in self._trades or is_pinyin(word.text)]
        return words[: known[-1] + 1] if known else words

    def _is_trade_name(self, words: list[CapitalWord]) -> bool:
        """Whether pinyin follows a place, or a name that ends with a trade: Zhejiang Supcon Information."""
        double = f"{words[0].text} {words[1].text}" in self._regions
        rest = words[2 if double else 1 :]
        named = double or (words[0].text in self._regions and words[0].text not in ("China", "Sino"))
        if words[0].text == "China" and len(rest) > 1 and is_pinyin(rest[0].text) and rest[0].text not in self._regions:
            named = fold_form(rest[-1].text) in self._trades
        if not rest or not named or not self._is_no_place(rest):
            return False
        last, core = fold_form(rest[-1].text), rest[0].text
        if is_pinyin(core) and core not in self._regions:
            return True
        return len(rest) > 1 and last in self._trades and (core not in self._regions or last not in self._between)

    def _of_pinyin(self, text: str, capitals: list[re.Match[str]], places: Spans) -> Iterator[Span]:
        """A pinyin word that is no place, followed by a trade or legal form with only capitalised words between."""
        for match in capitals:
            distinctive = is_distinctive_pinyin(match[0])
            naming = is_naming_pinyin(match[0])
            if not (distinctive or naming) or places.overlap(*match.span()):
                continue
            words = self._first_firm(without_brackets(self._capitals.run_from(text, match.start())))
            if is_title_case(text, match.start()):
                words = self._until_trade(words)
            fine = len(words) > 1 and self._is_no_place(words)
            if fine and fold_form(words[-1].text) in (self._trades if naming else self.suffixes):
                yield words[0].start, words[-1].end
            elif fine and naming and is_naming_pinyin(words[1].text):  # a person's first name is one syllable
                yield words[0].start, words[1].end

    def _before_han(self, text: str) -> Iterator[Span]:
        """A name followed by its Chinese form in brackets: Xinyan Vision (重庆新眼视觉)."""
        for match in _IN_HAN.finditer(text):
            words = self._capitals.run_before(text, match.start())
            trade = bool(words) and fold_form(words[-1].text) in self._trades
            if len(words) > 1 and (trade or words[0].text in self._regions) and self._is_no_place(words):
                yield words[0].start, words[-1].end

    def _of_sino(self, text: str, capitals: list[re.Match[str]]) -> Iterator[Span]:
        """Names coined with Sino, which is rare elsewhere: Sinotech, Sinosoar Engineering."""
        for match in capitals:
            if self._sino.fullmatch(match[0]):
                words = self._until_trade(without_brackets(self._capitals.run_from(text, match.start())))
                traded = len(words) > 1 and fold_form(words[-1].text) in self._trades
                yield match.start(), words[-1].end if traded else match.end()

    def _before_place(self, text: str, china: list[Mention]) -> Iterator[Span]:
        """A name that ends with a trade before "of" and a Chinese place, or a group "of China"."""
        regions = ((region.start, region.end) for region in self._finder.find(text))
        for start, end in sorted({*((m.start, m.end) for m in china), *regions}):
            linked = self._of.search(text, max(0, start - 6), start)
            words = without_brackets(self._capitals.run_before(text, linked.start())) if linked else []
            last = fold_form(words[-1].text) if words else ""
            country = text[start:end] == "China"
            if len(words) > 1 and last in (self._strong if country else self._trades) and self._is_no_place(words):
                yield words[0].start, end if country else words[-1].end

    def _is_no_place(self, words: list[CapitalWord]) -> bool:
        """Whether no word of a name denotes a street, a conference or the like."""
        behind = [word.text.lower() for word in words[1:]]
        return not any(
            word.text.lower() in self._no_firms and not (word.text.lower() in self._works and after in self.joins)
            for word, after in zip(words, [*behind, ""], strict=True)
        )


def folded(words: Iterable[PatternWord], role: PatternRole) -> frozenset[str]:
    """The words of a role, folded, without a final stop."""
    return frozenset(fold_form(word.text).rstrip(".") for word in words if word.role is role)


def joins(grammar: PatternGrammar) -> frozenset[str]:
    """The words that join the words of a firm's name, and the names of two firms."""
    return frozenset({*grammar.words("firm_joins"), "&"})


def begins_like_firm(words: list[CapitalWord], joins: frozenset[str]) -> bool:
    """Whether words begin like a firm: no "China's", "China and Zimbabwe", "the", or Chinese institute's president."""
    if len(words) <= 1 or words[0].text.endswith(("'s", "’s", "-aided")):
        return False
    inner = {word.text for word in words[1:-1]}
    return (
        words[1].text not in joins and not inner & {"the", "for"} and not (words[0].text == "Chinese" and "of" in inner)
    )


def without_brackets(words: list[CapitalWord]) -> list[CapitalWord]:
    """The words without a final abbreviation in brackets."""
    while words and words[-1].is_bracketed:
        words = words[:-1]
    return words


def is_name(quoted: str) -> bool:
    """Whether a quoted text may be a name rather than a saying: few words, a capital first."""
    return len(quoted.split()) <= _MOST_WORDS and quoted[0].isalnum() and not (quoted[0].islower() and quoted.islower())


def is_title_case(text: str, place: int) -> bool:
    """Whether most longer words of the line are capitalised, so that capitals are weak evidence."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    line = text[start : end if end >= 0 else None][:400]
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _FEWEST_LETTERS]
    return bool(sum(word[0].isupper() for word in words) >= _TITLED * max(len(words), 1))
