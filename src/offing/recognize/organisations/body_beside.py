"""Reads organisations by position: joined to a Chinese firm ("UTEC y Huawei"), or abbreviated after an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.spans import Span, Spans

_SHORTEST = 3
_REACH = 30
_NAMED = frozenset(
    {
        *(MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA),
        *(MentionKind.MONEY, MentionKind.DATE, MentionKind.QUANTITY),
    }
)


class BesideReader:
    """Reads organisations by position, in texts in Latin script.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        context = contexts(words)
        self._capitals = CapitalRuns(PatternGrammar(words))
        joining, article = context.choice("joining"), f"(?:{context.spaced('body_articles')})?"
        self._joined_behind = re.compile(rf",? (?:{joining}) {article}")
        self._joined_before = re.compile(rf" (?:{joining}) {article}(?:(?:{context.choice('plain_nouns')}) )?$")
        self._with_article = re.compile(
            rf"(?<![\w’'-])(?:{context.opening('before_initials')}) ?"
            r"(?P<name>[A-ZÀ-Þ]{3,8}(?:-[A-Z]{1,4})?)(?![\w’'-])"
        )
        # International bodies, taxes and technologies are no organisation of a host country.
        self._no_bodies = re.compile(context.choice("no_initials"))

    def beside_firms(self, draft: Draft) -> Iterator[Span]:
        """Names that "and" or "with" joins to a Chinese firm."""
        text = draft.text
        taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
        for firm in draft.of(MentionKind.FIRM):
            behind = self._joined_behind.match(text, firm.end)
            before = self._joined_before.search(text, max(0, firm.start - _REACH), firm.start)
            runs = (
                self._capitals.run_from(text, behind.end()) if behind else [],
                self._capitals.run_before(text, before.start()) if before else [],
            )
            for start, end in ((run[0].start, run[-1].end) for run in runs if run):
                if end - start >= _SHORTEST and not taken.overlap(start, end):
                    yield start, end

    def with_article(self, draft: Draft) -> Iterator[Span]:
        """Abbreviations after an article, as domestic organisations are written: "da EDM", "la UTEC"."""
        taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
        for found in self._with_article.finditer(draft.text):
            if not self._no_bodies.fullmatch(found["name"]) and not taken.overlap(*found.span("name")):
                yield found.span("name")
