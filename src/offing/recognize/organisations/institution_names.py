"""Finds the boundaries of institution names around a Chinese place, in Romance languages and Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from offing.model.reading.patterns import PatternWord
from offing.recognize.text.arabic_verbs import ArabicVerbs
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.spans import Span

_A = "[\u0621-\u0652\u0670-\u06d3]"
_MORE = re.compile(r"(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){0,2}")  # Hospital de China Occidental
_OF_SCIENCES = r"(?: (?:{links})[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+){{0,2}})+"
_FEWEST_WORDS = 2


class PlacedNames:
    """Finds such names in the match of a pattern.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        grammar = PatternGrammar(words)
        link = grammar.spaced("institution_links")
        self._verbs = ArabicVerbs(words)
        # "L'Université de X signera à Pékin": a location only; in "l'Institut X, à Pékin" the name is read separately.
        self._locative = re.compile(rf"[ ,](?:{contexts(words).choice('where')}) $")
        # "un laboratoire commun avec l'institut de radar de Nankin": the institution follows.
        self._with = re.compile(rf" (?:{grammar.choice('run_with')}) (?:l['’]|{grammar.spaced('general_articles')})?")
        # معهد نينغبو للمقاييس: an institute's field, unless it is for works or a person named there.
        self._arabic_more = re.compile(
            rf"(?: لل(?!{grammar.choice('no_aims')}){_A}{{3,16}}(?: و(?:ال|لل){_A}{{3,12}})?(?: ال{_A}{{2,10}}ية)?)?"
        )
        self._within = re.compile(rf"[ ,]*(?:{link}|[A-ZÀ-ÖØ-Þ][\w'’-]*[ ,]*|{_A}{{2,12}} ){{0,4}}")
        self._and_another = re.compile(
            rf" (?:{grammar.choice('and_another')}) (?:l['’]|d['’]|(?:{grammar.choice('another_begins')})\b)|,| و"
        )
        # Mere descriptions of an institution.
        levels = grammar.choice("described_levels")
        self._described = re.compile(rf"(?:{grammar.choice('described_heads')})(?! (?:{levels}) d)(?: [^A-ZÀ-Ý\d]+)$")
        self._bare = re.compile(rf"(?:\W|{grammar.choice('bare_heads')}|{grammar.choice('chinese')})+", re.IGNORECASE)
        self._adjective = re.compile(grammar.choice("chinese_begins"))
        # Academia Chinesa de Ciências Agrícolas
        self._of_sciences = re.compile(_OF_SCIENCES.format(links=grammar.spaced("sciences_links")))

    def up_to_china(self, pattern: re.Pattern[str], text: str, china: list[Span], group: int = 0) -> Iterator[Span]:
        """The match of a pattern up to its last Chinese place, unless that is a bare adjective after the noun."""
        match = pattern.search(text)
        while match:
            span = self._named(pattern, text, match.span(group), china, is_arabic=bool(group))
            if span:
                yield span
            # A match without a Chinese place may contain one with it: "la Universidad X estudia con el Instituto Y".
            match = pattern.search(text, match.end() if span else match.start() + 1)

    def _named(
        self, pattern: re.Pattern[str], text: str, found: Span, china: list[Span], *, is_arabic: bool
    ) -> Span | None:
        """The Chinese institution in the match of a pattern; None if there is none."""
        start = found[0]
        end = self._verbs.before(text, *found)
        inside = [span for span in china if start < span[0] and span[1] <= end]
        if inside:
            # Something is run or signed with the institution that follows.
            linked = list(self._with.finditer(text, start, inside[0][0]))
            start = linked[-1].end() if linked else start
            if linked and not pattern.match(text, start):
                return None
            inside = [span for span in inside if not self._locative.search(text, start, span[0])]
        if not inside:
            return None
        if self._and_another.match(text, inside[0][1]):
            inside = inside[:1]
        # A verb or the like between two places parts them.
        parted = (
            number
            for number, (one, other) in enumerate(pairwise(inside), 1)
            if not self._within.fullmatch(text, one[1], other[0])
        )
        inside = inside[: next(parted, None)]
        last = self._end_of_name(text, start, inside, self._arabic_more if is_arabic else _MORE)
        return (start, last) if last is not None else None

    def _end_of_name(self, text: str, start: int, inside: list[Span], more: re.Pattern[str]) -> int | None:
        """The end of a name with the given Chinese places; None if they only describe something unnamed."""
        last = max(span[1] for span in inside)
        adjective = self._adjective.match(text, inside[-1][0]) is not None
        if self._bare.fullmatch(text, start, last):
            sciences = self._of_sciences.match(text, last) if text[start].isupper() else None
            return sciences.end() if sciences else None
        described = self._described.match(text[start : inside[-1][0]]) is not None or text.startswith(" «", last)
        if described or (adjective and len(fold_form(text[start:last]).split()) <= _FEWEST_WORDS):
            return None
        return last if adjective else more.match(text, last).end()  # type: ignore[union-attr]
