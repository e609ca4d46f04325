"""Reads short names that a text introduces: "China Harbour Engineering Company (CHEC)", （以下简称“中国港湾”）."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Spans

_SHORT = re.compile(r"[A-Z][\w&.-]{1,14}")
_ENOUGH_CAPITALS = 2
_SAME_START = 3
_MOST = 30
_NAMES = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA)


class Introductions:
    """Reads the short names in brackets after names.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        grammar = PatternGrammar(words)
        here, called, as_ = (grammar.choice(part) for part in ("hereinafter", "called_short", "called_as"))
        self._in_brackets = re.compile(
            rf"[ \u00a0]?[(（]\s?(?:{here})?({called})?(?:{as_})?\s?([“\"«‘']?)\s?"
            r"([^()（）“”\"«»‘’'\n]{2,20}?)\s?[”\"»’']?\s?[)）]"
        )

    def find(self, draft: Draft) -> None:
        """Add later occurrences of a firm or lender under the short name introduced in the text."""
        self._adopt_known(draft)
        introduced: dict[str, Mention] = {}
        for mention in draft.of(MentionKind.FIRM, MentionKind.LENDER):
            short = self.short_name(draft.text, mention.start, mention.end)
            if short and len(introduced) < _MOST:
                introduced.setdefault(short, mention)
        bureaus = (m for m in draft.of(MentionKind.FIRM) if m.key is None and m.by == "bureau")
        draft.drop(mention for mention in bureaus if mention.text in introduced)
        for short, mention in introduced.items():
            taken = Spans((m.start, m.end) for m in draft.of(*_NAMES))
            form = rf"(?<![^\W_]){re.escape(short)}(?![^\W_])" if short.isascii() else re.escape(short)
            draft.mentions += [
                replace(mention, start=found.start(), end=found.end(), text=short, by="introduced")
                for found in re.finditer(form, draft.text)
                if not taken.overlap(*found.span())
            ]

    def short_name(self, text: str, start: int, end: int) -> str | None:
        """The short form in brackets after a name; None if there is none."""
        found = self._in_brackets.match(text, end)
        if not found:
            return None
        short = found[3]
        if found[1]:
            return short
        if not _SHORT.fullmatch(short):
            return None
        capitals = sum(char.isupper() for char in short)
        beginning = short[:_SAME_START].lower()
        alike = any(word.lower().startswith(beginning) for word in text[start:end].split())
        return short if capitals >= _ENOUGH_CAPITALS or found[2] or alike else None

    def _adopt_known(self, draft: Draft) -> None:
        """Give an unlisted firm the entity whose listed short name stands in brackets after it."""
        known = {(m.start, m.end): m for m in draft.of(MentionKind.FIRM) if m.key}
        for mention in draft.of(MentionKind.FIRM):
            bracket = self._in_brackets.match(draft.text, mention.end) if mention.key is None else None
            listed = known.get(bracket.span(3)) if bracket else None
            if listed:
                draft.drop([mention])
                draft.mentions.append(
                    replace(mention, key=listed.key, name=listed.name, weight=listed.weight, by=listed.by)
                )
