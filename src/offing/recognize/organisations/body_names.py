"""The grammar of organisation names, by language: a head and its complements.

In French, Spanish and Portuguese adjectives and "de …" complete a head (Agence nationale de la sécurité), in Russian
words in the genitive and adjectives before it (Государственный таможенный комитет), in Arabic words with the article.
The words are in `wording/name-grammar/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from offing.model.reading.patterns import PatternWord
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,30}"
_SMALL = r"[a-zà-ÿ][\w’'-]{2,30}"
_ANY_CAPITAL = r"(?![a-zà-öø-ÿа-яё])[^\W\d_][\w’'-]{0,30}"  # of any script; caseless letters count, too
_ANY_SMALL = r"(?=[^\W\d_])[^\WA-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{2,24}"
_NOTHING = "(?!)"  # the pattern that `alternatives` returns for no words
_RU_ENDING = r"(?:а|(?<!а)я|и|ы|ов|ев|ей|ий|ого|его|ых|их|ой)"
_RU_VERB = re.compile(r"(?:[аеиоуыя]л[аио]?(?:сь|ся)?|[уюаи]т(?:ся)?|ются)$")
_RU_WORD = re.compile(r"[^\W\d_][\w-]*")
_RU_BEFORE = re.compile(
    r"(?:[А-ЯЁ][а-яё-]{2,30}(?:-[А-ЯЁ][а-яё]{2,30})?(?:ый|ий|ая|яя|ое|ее|ого|его|ой|ей|ому|ему|ым|им|ую|юю|ом) )?"
    r"(?:[а-яё-]{3,30}(?:ый|ий|ая|ое|ого|ой|ому|ым|им|ую|ом) ){0,2}$"
)
_ARABIC_WORD = "[\u0621-\u064a\u064b-\u0652]{2,20}"


class Grammar(Protocol):
    """Reads the name that a head starts."""

    def __init__(self, words: Sequence[PatternWord]) -> None: ...

    def read(self, text: str, head: Span, folded_head: str) -> Span | None:
        """The name; None if the head starts none."""


class Romance:
    """French, Spanish and Portuguese, with the words of all three."""

    def __init__(self, words: Sequence[PatternWord]) -> None:
        grammar = PatternGrammar(words, "fr", "es", "pt")
        self._general, self._weak = (
            frozenset(map(fold_form, grammar.words(f"{kind}_heads"))) for kind in ("general", "weak")
        )
        self._link_ends = tuple(f" {word}" for word in grammar.words("link_ends"))
        links = (
            word.replace("'", "['’]") if word.endswith("'") else f"{word} " for word in grammar.words("body_links")
        )
        link = f"(?:{'|'.join(sorted(links, key=len, reverse=True))})"
        # Lower-case adjectives by their endings: nationale, supérieur, togolais, hospitalière, público.
        adjective = (
            rf"(?!(?:{grammar.choice('no_adjectives')})\b)"
            rf"[a-zà-ÿ-]{{2,24}}(?:{grammar.choice('adjective_endings')})(?![\w’'-])"
        )
        joined, docent = grammar.choice("and_in_bodies"), grammar.choice("hospital_words")
        and_ = grammar.spaced("and_in_bodies")
        self._full = re.compile(
            rf"(?: {adjective}){{0,3}} {link}(?:{_CAPITAL}|{_SMALL})"
            rf"(?:,? (?:{and_})?{link}{_CAPITAL}|,? (?:{joined}) {_CAPITAL}"
            rf"|, {_CAPITAL}(?=[^.;:\n]{{0,60}} (?:{joined}) )| {_CAPITAL}| {adjective}"
            rf"| (?:{and_}){adjective}| {link}{_SMALL}(?= {adjective}| {link}|[,.;:)»”\n]| (?:{joined}) ))"
            r"{0,7}"
        )
        name = rf"{link}?{_CAPITAL}"
        self._capitalised = re.compile(rf"(?: {adjective}){{0,2}}(?: {name})(?: {name}| (?:{joined}) {name}){{0,6}}")
        self._hospital = re.compile(rf"(?: {adjective}| (?:{docent})){{0,3}}(?: {_CAPITAL}){{1,4}}")
        self._alone = re.compile(rf"(?: {adjective}){{1,3}}(?![\w’'-])")

    def read(self, text: str, head: Span, folded_head: str) -> Span | None:
        """The name that a head starts; None if it starts none."""
        start, end = head
        if folded_head.endswith(self._link_ends):
            end = start + text[start:end].rindex(" ")
        capital = text[start].isupper()
        if folded_head in self._general and not capital:
            named = self._hospital.match(text, end) if folded_head == "hospital" else None
            return (start, named.end()) if named else None
        if folded_head in self._weak or folded_head.removesuffix(" de") in self._weak:
            found = self._capitalised.match(text, end) or (
                self._full.match(text, end) if capital and not _opens(text, start) else None
            )
        else:
            found = self._full.match(text, end) or self._capitalised.match(text, end)
            if found is None and capital and not _opens(text, start):
                found = self._alone.match(text, end)
        return (start, found.end()) if found else None


def _opens(text: str, start: int) -> bool:
    """Whether a position starts a sentence, where a capital is no evidence."""
    before = text[max(0, start - 2) : start].strip()
    return not before or before[-1] in '.!?:«»“"—–\n'


class Russian:
    """Adjectives before a head, genitives after it."""

    def __init__(self, words: Sequence[PatternWord]) -> None:
        grammar = PatternGrammar(words, "ru")
        self._general = grammar.words("general_heads")
        levels = "|".join(f"[{stem[0].upper()}{stem[0]}]{stem[1:]}" for stem in grammar.words("levels")) or _NOTHING
        joined, field = grammar.choice("and_in_bodies"), grammar.choice("fields_with")
        self._small = frozenset((*grammar.words("and_in_bodies"), *grammar.words("fields_with")))
        self._behind = re.compile(
            rf"(?:(?:,? (?:{joined})|,)? (?:(?:{field}) )?(?:[а-яё]{{2,30}}{_RU_ENDING}|[а-яё]{{3,30}}(?:ию|ам|ям)"
            rf"|[А-ЯЁ][\w-]{{1,30}})(?![\w-])){{1,7}}"
        )
        self._level = re.compile(rf"(?:{levels})(?:[а-я]{{2,4}}) $")

    def read(self, text: str, head: Span, folded_head: str) -> Span | None:
        """The name around a head; None if there is none."""
        start, end = head
        before = _RU_BEFORE.search(text, max(0, start - 90), start)
        first = before.start() if before and text[before.start() : before.start() + 1].strip() else start
        level = self._level.search(text, max(0, start - 30), start)
        if first < start and not text[first].isupper():
            first = level.start() if level else start
        behind = self._behind.match(text, end)
        last = self._until_verb(text, end, behind.end()) if behind else end
        if (
            folded_head.startswith(self._general)
            and first == start
            and not any(char.isupper() for char in text[end:last])
            and not text[start].isupper()
        ):
            return None
        return (first, last) if last > end or first < start else None

    def _until_verb(self, text: str, start: int, end: int) -> int:
        """Where the genitives end: before the first word that looks like a verb or starts another phrase."""
        last = start
        for word in _RU_WORD.finditer(text, start, end):
            if _RU_VERB.search(word[0]) and not word[0][0].isupper():
                break
            if word[0] not in self._small:
                last = word.end()
        return last


class Arabic:
    """A head with or without the article, and complements with theirs."""

    def __init__(self, words: Sequence[PatternWord]) -> None:
        grammar = PatternGrammar(words, "ar")
        word = _ARABIC_WORD
        stop = rf"(?!(?:و|ف)?(?:{grammar.choice('no_names')})(?![\u0621-\u064a]))"
        self._indefinite = re.compile(
            rf"(?: {stop}(?:(?:و|لل|ل)?ال{word}|لل{word}|ل{word}(?= ال)"
            rf"|و?{word}(?= ال)|عبد {word}|{word}(?= لل)"
            rf"|{word}(?= {word} ال[\u0621-\u064a]+ي?ة?(?:[ .،]|$)))){{1,6}}"
        )
        # The first adjective identifies the name: one in -iyya or -i (القومية, السعودي), or one of a few others.
        self._definite = re.compile(
            rf" {stop}ال(?:{word}(?:ية|ي|يّة)|{grammar.choice('adjectives')})(?![\u0621-\u064a])"
            rf"(?: {stop}(?:و?ال{word}|لل{word}|ل{word}(?: ال{word})?)){{0,4}}"
            rf"| ال(?:{grammar.choice('charged')}) (?:{grammar.choice('charged_with')})? ?(?:ال|ب)?{word}"
        )

    def read(self, text: str, head: Span, folded_head: str) -> Span | None:  # noqa: ARG002 -- as all grammars
        """The name that a head without the article starts."""
        found = self._indefinite.match(text, head[1])
        return (head[0], found.end()) if found else None

    def definite(self, text: str, head: Span) -> Span | None:
        """The name that a head with the article starts."""
        found = self._definite.match(text, head[1])
        return (head[0], found.end()) if found else None


GRAMMARS: Mapping[str, type[Grammar]] = {"fr": Romance, "es": Romance, "pt": Romance, "ru": Russian, "ar": Arabic}


def linked(links: str) -> re.Pattern[str]:
    """The complement of a head in a language without a grammar here: small adjectives, then linked capitalised words.

    Args:
        links: alternatives of the linking words in names (dei, della, dell'); without any nothing matches.
    """
    link = rf"(?:(?:{links})(?:(?<=['’])| ))"
    return re.compile(
        rf"(?: {_ANY_SMALL}){{0,2}}? {link}{_ANY_CAPITAL}(?: {link}?{_ANY_CAPITAL}){{0,5}}"
        if links != _NOTHING
        else _NOTHING
    )
