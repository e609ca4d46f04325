"""Reads host-side organisations by words beside their names: shares, nationality, seat, a description after a comma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.spans import Span, Spans

LEGAL_FORM = "legal-form"
_SHORTEST = 3
_BASED = re.compile(r"-based (?=[A-ZÀ-Þ])")
_OF_A_PLACE = frozenset({"es", "pt"})
_NAMED = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA, MentionKind.MONEY, MentionKind.DATE})


class PartnerReader:
    """Reads organisations by the words beside them, in texts in Latin script.

    Args:
        introducers: alternatives of the words for kinds of organisation: operator, utility.
        words: the rules' pattern words.
        language: of the texts.
    """

    def __init__(self, introducers: str, words: Iterable[PatternWord], language: str) -> None:
        self._language = language
        words = tuple(words)
        context, grammar = contexts(words), PatternGrammar(words)
        self._capitals = CapitalRuns(grammar)
        self._legal = re.compile(
            rf"(?:[A-ZÀ-ÖØ-Þ][\w’'&-]{{1,30}},? (?:(?:{grammar.choice('form_links')}|&) )?){{1,6}}?"
            rf"(?:{grammar.choice('legal_forms')})(?![\w])"
        )
        self._prefixed = re.compile(rf"(?<![\w])(?:{grammar.choice('legal_forms_before')}) (?=[A-Z][a-z])")
        article = context.choice("articles", "definite")
        self._behind = re.compile(rf", (?:{article}) ?(?:[a-zà-ÿ-]+ ){{0,2}}(?:{introducers})\b")
        self._before = re.compile(rf"\b(?:{introducers}|{context.choice('body_nouns')}), (?=[A-ZÀ-Þ])")
        self._where = frozenset(context.words("where_opening"))  # "In Bolivia, the state company YLB"
        percent = context.choice("percent")
        self._share = re.compile(rf",? ?\(?\d{{1,2}}(?:[.,]\d{{1,2}})? ?(?:%|{percent})")
        local = re.compile(rf"\b(?:{context.choice('local')}) (?:[a-z-]{{3,20}} ){{1,2}}(?=[A-Z])")
        # "la tampiqueña Semáforos y Control": only an adjective of a place between article and name.
        of_a_town = re.compile(
            rf"(?<![\w])(?:{context.opening('before_townspeople')}) (?!{context.choice('no_townspeople')})"
            rf"[a-zà-ÿ]{{3,16}}(?:{context.choice('townspeople_endings')}) (?=[A-ZÀ-Þ])"
        )
        introductions = {"en": (_BASED, local), **dict.fromkeys(_OF_A_PLACE, (of_a_town,))}
        self._introductions: tuple[re.Pattern[str], ...] = introductions.get(language, ())

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """The spans of such organisations with the rule; firms and sums are left out."""
        taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
        legal = [(found.span(), LEGAL_FORM) for found in self._legal.finditer(draft.text)]
        for span, by in (*legal, *((span, "partner") for span in self._all(draft))):
            if span[1] - span[0] >= _SHORTEST and not taken.overlap(*span):
                yield span, by

    def _all(self, draft: Draft) -> Iterator[Span]:
        """The names that the words beside them mark as an organisation's."""
        text = draft.text
        for found in self._prefixed.finditer(text):
            words = self._capitals.run_from(text, found.end())
            yield found.start(), words[-1].end if words else found.end()
        # Names with a share beside a Chinese firm's share: (Suzhou Keda, 60 %; Redes del Norte, 40 %).
        shared = any(self._share.match(text, firm.end) for firm in draft.of(MentionKind.FIRM))
        for share in self._share.finditer(text) if shared else ():
            words = self._capitals.run_before(text, share.start())
            if words:
                yield words[0].start, words[-1].end
        yield from self._beside_descriptions(text)
        # A name starts after a nationality, a seat or "local".
        countries = (m for m in draft.of(MentionKind.COUNTRY) if m.text[0].islower())
        starts = [m.end + 1 for m in countries if text[m.end : m.end + 1] == " "]
        starts += [found.end() for pattern in self._introductions for found in pattern.finditer(text)]
        for place in starts:
            words = self._capitals.run_from(text, place)
            if words:
                yield words[0].start, words[-1].end

    def _beside_descriptions(self, text: str) -> Iterator[Span]:
        """Names beside a description that a comma sets off: the operator, X; X, the national utility."""
        for found in self._before.finditer(text):
            words = self._capitals.run_from(text, found.end())
            if words and text[words[-1].end : words[-1].end + 1] == ",":
                yield words[0].start, words[-1].end
        for found in self._behind.finditer(text):
            words = self._capitals.run_before(text, found.start())
            if words and text[words[0].start : words[0].end] not in self._where:
                yield words[0].start, words[-1].end
