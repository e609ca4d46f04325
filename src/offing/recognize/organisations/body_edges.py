"""Finds where names of bodies begin and end, beside firms, China and people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.capitals import CapitalWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.spans import Span

_OF_PLACE = 24  # characters from a head to its place
_PEOPLE_OF = 2


class BodyEdges:
    """Finds the boundaries of names of bodies.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        grammar = PatternGrammar(words)
        self._people = frozenset(grammar.words("body_people"))
        self._of = frozenset(grammar.words("people_links"))
        trailing = "|".join(f"{word}(?!\\w)" for word in grammar.words("trailing"))
        self._trailing = re.compile(rf"(?:\s*(?:,|\b(?:{trailing})|و))*\s*$")
        joining = contexts(words).choice("joining")
        self._and_china = re.compile(rf",? (?:{joining}) (?:{grammar.spaced('general_articles')})?$")
        links, china = grammar.spaced("of_china_links"), grammar.choice("china_behind")
        self._china_behind = re.compile(
            rf"[»\"”]?,? ?(?:{links})?(?:the )?(?:{grammar.spaced('peoples_republic')})?(?:{china})"
        )
        # A ministry's remit may contain words that name no body elsewhere: media, programmes, information.
        self._ministry = re.compile(grammar.spaced("ministries"))
        self._in = tuple(f"{word} " for word in grammar.words("in_places"))
        barred = "|".join(f"{word} " for word in grammar.words("no_fields")) or "(?!)"
        self._between = re.compile(rf" (?:(?!{barred}|و|ال|لل|ب)[\u0621-\u064a]{{3,10}} ){{0,2}}")

    def is_ministry(self, text: str, span: Span) -> bool:
        """Whether a name is a ministry's, whatever its remit."""
        return self._ministry.match(text, *span) is not None

    def is_before_china(self, text: str, end: int) -> bool:
        """Whether China follows a name that ends at `end`, as its owner."""
        return self._china_behind.match(text, end) is not None

    def of_place(self, draft: Draft, head: Span) -> Span | None:
        """An Arabic head with the place that completes it, with or without its remit: سلطة موانئ بونتلاند."""
        if draft.text.endswith(self._in, 0, head[0]):  # "in the governorate of X" is a location
            return None
        for place in draft.of(MentionKind.PLACE, MentionKind.COUNTRY):
            near = 0 < place.start - head[1] <= _OF_PLACE
            if near and self._between.fullmatch(draft.text, head[1], place.start):
                return head[0], place.end
        return None

    def first_of(self, words: list[CapitalWord]) -> CapitalWord | None:
        """The first word of a body's name among capitalised words: after "and the", without "The"."""
        articles = [n for n, word in enumerate(words) if word.text.lower() == "the" or word.text.endswith("-based")]
        rest = words[articles[-1] + 1 :] if articles else words
        if len(rest) > _PEOPLE_OF and rest[0].text in self._people and rest[1].text in self._of:
            rest = rest[_PEOPLE_OF:]
        return rest[0] if rest else None

    def before_actor(self, text: str, span: Span, actors: list[int]) -> Span | None:
        """A span cut before a firm that its grammar included: "le ministère de la Santé et Huawei"."""
        start, end = span
        number = bisect_right(actors, start)
        if number == len(actors) or actors[number] >= end:
            return span
        name = self._trailing.sub("", text[start : actors[number]])
        return (start, start + len(name)) if " " in name else None

    def before_china(self, text: str, span: Span, chinese: list[int]) -> Span:
        """A span without a final "and Beijing": "la Secretaría de Educación y Pekín"; `chinese` locates China."""
        start, end = span
        for begin in chinese[bisect_right(chinese, start) : bisect_left(chinese, end)]:
            joined = self._and_china.search(text, start, begin)
            if joined:
                return start, joined.start()
        return span
