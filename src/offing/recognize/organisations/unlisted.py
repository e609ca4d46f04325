"""Adds unlisted firms and reconciles them with the listed ones around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.arabic_verbs import is_verb
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form, is_han
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.pinyin import is_palladius, is_pinyin
from offing.recognize.text.spans import Span, Spans, longest, touched

_WEIGHTS = {"legal form": 0.5, "chinese firm": 0.8, "agent": 0.7, "sino": 0.7}
_PLACE_LENGTHS = (2, 3)  # of Chinese provinces and cities
_SHORT_NAME, _OWN_TRADE = 2, 2  # words
_PLACED = frozenset({"region", "quoted"})  # rules whose names start with a place
_GOES_ON = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zà-ÿ]+")  # Academia Chinesa de Ciências Agrícolas is another academy


class UnlistedFirmReader(Protocol):
    """Finds unlisted firms in a text."""

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans with the rule that found them."""


class UnlistedFirms:
    """Adds unlisted firms to those of a text.

    Args:
        readers: find them.
        suffixes: words that end firm names, folded.
        words: the rules' pattern words.
    """

    def __init__(
        self, readers: Iterable[UnlistedFirmReader], suffixes: frozenset[str], words: Iterable[PatternWord]
    ) -> None:
        self._readers, self._suffixes = tuple(readers), suffixes
        grammar = PatternGrammar(words)
        self._capitals = CapitalRuns(grammar)
        article = grammar.spaced("general_articles")
        joined = rf"[^,.;()]*? (?:{grammar.choice('sets_off')})"
        # A body that a firm reader included in its match: "the Ministry of Health and Xiangya Remote Medicine Co."
        self._body_and = re.compile(
            rf"(?:(?:{grammar.choice('bodies_and')})\b{joined} (?:{article})?"
            rf"|(?:{grammar.choice('schools_and')})\b{joined} (?:{article}))(?=[^\W\d_][\w-]* \w)"
        )
        self._numbered = re.compile(rf"\d|第|\b(?:{grammar.choice('numbers_of_firms')})\b")
        self._general = re.compile(f"(?:{grammar.choice('general_names')})*(?:{grammar.choice('firm_words')})")
        self._firm_words, self._unit_ends = grammar.words("firm_words"), grammar.words("unit_ends")
        self._state_owned = grammar.words("state_owned")
        self._unit_of = re.compile(grammar.choice("units_of"))

    def find(self, draft: Draft) -> None:
        """Add unlisted firms; extend listed ones by the generic words after them ("Huawei Technologies (Thailand)")."""
        countries = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY) if m.by == "name")
        # A listed name directly after a country is that country's: 乌兹别克斯坦国家电网公司 is not China's.
        ends = {mention.end for mention in draft.of(MentionKind.COUNTRY)}
        actors = draft.of(MentionKind.FIRM, MentionKind.LENDER)
        draft.drop([m for m in actors if m.text.startswith(self._state_owned) and m.start in ends])
        firms = draft.of(MentionKind.FIRM)
        draft.drop(firms)
        draft.mentions += longest(self._extended(draft.text, mention, countries) for mention in firms)
        listed = draft.of(MentionKind.FIRM)
        lenders = Spans((m.start, m.end) for m in draft.of(MentionKind.LENDER))
        dates = Spans((m.start, m.end) for m in draft.of(MentionKind.DATE))
        places = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA))
        replaced: list[Mention] = []
        for found in longest(self._candidates(draft)):
            span = found.start, found.end
            touching = touched(listed, *span)
            before = touched(listed, found.start - 2, found.start)
            if found.by == "region" and any(m.end == found.start - 1 and draft.text[m.end] == " " for m in before):
                continue  # TBEA Xinjiang New Energy is TBEA
            bare = fold_form(found.text).rstrip(".") in self._suffixes
            is_other = (
                bare
                or is_verb(found.text)
                or lenders.overlap(*span)
                or dates.overlap(*span)
                or places.cover(*span)
                or len(found.text) <= 1
            )
            if not is_other and all(self._is_part_of(found, mention) for mention in touching):
                replaced += touching
                draft.mentions.append(found)
        draft.drop(replaced)

    def _candidates(self, draft: Draft) -> Iterator[Mention]:
        for reader in self._readers:
            for (start, end), rule in reader.read(draft):
                body = self._body_and.match(draft.text, start, end)
                first = body.end() if body else start
                text = draft.text[first:end]
                yield Mention(MentionKind.FIRM, first, end, text, None, text, weight=_WEIGHTS.get(rule, 1.0), by=rule)

    def _is_part_of(self, found: Mention, listed: Mention) -> bool:
        """Whether a listed name is only part of the found one, which is another firm: a numbered bureau, a branch."""
        if found.by == "institution" and found.start < listed.start and listed.end <= found.end:
            return True  # an institution of a listed one, which ends its name: a hospital of a university
        if not (found.start <= listed.start and listed.end < found.end):
            return False
        rest = found.text[listed.end - found.start :]
        if found.by == "institution" and found.start == listed.start and _GOES_ON.match(rest):
            return True
        if is_han(listed.text[-1]):
            numbered = found.start == listed.start and self._numbered.search(rest) is not None
            # Of a unit's name at most a place precedes the listed one, and more than general words follow it.
            before = found.text[: listed.start - found.start]
            placed = (not before or len(before) in _PLACE_LENGTHS) and rest.endswith(self._unit_ends)
            owned = self._unit_of.match(rest)  # 中兴软创旗下子公司 names the owner only
            return numbered or (placed and not owned and self._general.fullmatch(rest) is None)
        if found.start < listed.start:
            # A place before a listed name of Chinese syllables, and a trade after it, make it another firm's: Hubei
            # Hengtong Road Construction is not Hengtong, which makes cables and whose full name is listed too.
            first = listed.text.split()[0]
            return found.by in _PLACED and (is_pinyin(first) or is_palladius(first))
        numbered = self._numbered.search(rest) is not None and self._numbered.search(listed.text) is None
        # A listed name of place and one word goes on with a trade of its own: Shandong Luneng City Cameras.
        short = found.by == "region" and len(listed.text.split()) == _SHORT_NAME
        return numbered or (short and len(rest.split()) >= _OWN_TRADE)

    def _extended(self, text: str, mention: Mention, countries: Spans) -> Mention:
        """A listed firm extended by the generic words and the country after its name."""
        if is_han(mention.text[-1]):
            found = self._general.match(text, mention.end)
            end = found.end() if found and not mention.text.endswith(self._firm_words) else mention.end
        else:
            end = self._end_in_latin(text, mention, countries)
        return replace(mention, end=end, text=text[mention.start : end]) if end > mention.end else mention

    def _end_in_latin(self, text: str, mention: Mention, countries: Spans) -> int:
        end = mention.end
        for word in self._capitals.run_from(text, mention.start):
            if word.start < mention.end:
                continue
            bare = fold_form(word.text).rstrip(".")
            if bare not in self._suffixes and not countries.overlap(word.start, word.end):
                break
            end = word.end
        return end
