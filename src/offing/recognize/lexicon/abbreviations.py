"""Reads organisations that a text introduces: "the operator Telma", an abbreviation in brackets and its later uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span, Spans

_QUOTED = re.compile(r"[«“\"„]([^«»“”\"„\n]{2,60})[»”\"]")
_BRACKETS = re.compile(r"[»”\"]?[ \u00a0]?[(（]([A-Z][A-Za-z.&-]{1,14}|[А-ЯЁ]{2,10})[)）]")
_FEWEST, _LONGEST = 2, 5
_CAPITALS = re.compile(r"[A-ZÀ-Þ]")
_ALIKE = 0.6


class ShortReader:
    """Reads organisations after a word that introduces them, and by their legal form.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        grammar = PatternGrammar(words)
        self._demonym = re.compile(rf" [a-zà-ÿ]{{3,20}}(?:{grammar.choice('demonym_endings')}) ")
        self._capitals = CapitalRuns(grammar)
        self._and = frozenset(grammar.words("joins_two"))
        barred = "|".join(f"{word}\\b" for word in grammar.words("no_words_before_quotes")) or "(?!)"
        self._between = re.compile(rf"(?: (?!{barred})[a-zà-ÿа-яё\u0621-\u064a-]{{3,20}}){{0,2}} ")
        links = grammar.choice("form_links_american")
        self._legal = re.compile(
            rf"(?<![\w.])(?:[A-ZÀ-ÖØ-Þ][\w’'-]{{1,30}} (?:(?:{links}|&) )?){{1,5}}"
            rf"(?:{grammar.choice('legal_forms_american')})"
        )

    def introduced(self, text: str, introducer: re.Pattern[str]) -> Iterator[Span]:
        """Names in quotes or with capitals right after a word for their kind of organisation."""
        for word in introducer.finditer(text):
            place = word.end() + 1
            quoted = _QUOTED.match(text, place)
            if quoted is None and (between := self._between.match(text, word.end())):
                quoted = _QUOTED.match(text, between.end())
            if quoted:
                if _is_name(quoted[1]):
                    yield quoted.span(1)
                continue
            adjective = self._demonym.match(text, word.end())
            run = self._capitals.run_from(text, adjective.end() if adjective else place)
            run = run[: next((number for number, word in enumerate(run) if word.text in self._and), len(run))]
            if run and not run[0].text.isdigit() and len(run[0].text) >= _FEWEST:
                yield run[0].start, run[-1].end

    def incorporated(self, text: str) -> Iterator[Span]:
        """Local firms with a legal form: "Sekur Andina S.A.C."."""
        for found in self._legal.finditer(text):
            yield found.span()


def quoted_twice(text: str) -> Iterator[Span]:
    """Quoted names that a text repeats, as the Russian and Arabic press writes firms."""
    for found in _QUOTED.finditer(text):
        if len(found[1].split()) < _LONGEST and _is_name(found[1]) and text.count(found[1]) > 1:
            yield found.span(1)


def _is_name(quoted: str) -> bool:
    """Whether a quoted text may be a name: a few words, the first with a capital if the script has them."""
    first = quoted[0]
    return len(quoted.split()) <= _LONGEST and not first.islower() and not first.isdigit()


class InitialsReader:
    """Reads names followed by their own initials: "Regadio do Baixo Limpopo (RBL)".

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        grammar = PatternGrammar(words)
        small, article = grammar.choice("initials_links"), grammar.spaced("initials_articles")
        self._before_brackets = re.compile(
            rf"(?:{article})?"
            rf"([A-ZÀ-ÖØ-Þ][\w’'-]{{1,30}}(?:,? (?:(?:{small}) |d['’]|l['’]){{0,3}}[A-ZÀ-ÖØ-Þ][\w’'-]{{0,30}}"
            r"| [a-zà-ÿ]{4,20}(?= [A-ZÀ-Þ(])){1,9})"
            r" \(([A-Z][A-Za-z]{1,9})\)"
        )

    def names(self, text: str) -> Iterator[Span]:
        """The spans of such names."""
        return (found.span(1) for found in self._with_initials(text))

    def own(self, text: str) -> Iterator[str]:
        """The initials, all in capitals, that stand in brackets after their own full name."""
        return (found[2] for found in self._with_initials(text) if found[2].isupper())

    def _with_initials(self, text: str) -> Iterator[re.Match[str]]:
        for found in self._before_brackets.finditer(text):
            initials = "".join(_CAPITALS.findall(found[1])).lower()
            short = "".join(char for char in found[2] if char.isupper()).lower() or found[2].lower()
            common = sum(char in initials for char in short)
            if len(short) >= _FEWEST and common >= _ALIKE * len(short):
                yield found


def with_short(draft: Draft, bodies: Sequence[Mention]) -> list[Mention]:
    """Add the later occurrences of abbreviations that stand in brackets after an organisation's name.

    An abbreviation that is also in a list gets the name given in the text.
    """
    short: dict[str, Mention] = {}
    for body in bodies:
        if bracket := _BRACKETS.match(draft.text, body.end):
            short.setdefault(bracket[1], body)
    named = [replace(m, name=short[m.text].name) if m.text in short else m for m in bodies]
    taken = Spans((m.start, m.end) for m in (*bodies, *draft.of(MentionKind.FIRM, MentionKind.LENDER)))
    for text, body in short.items():
        named += [
            replace(body, start=found.start(), end=found.end(), text=text, by="short")
            for found in re.finditer(rf"(?<![\w-]){re.escape(text)}(?![\w-])", draft.text)
            if not taken.overlap(*found.span())
        ]
    return named
