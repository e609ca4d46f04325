"""Short names that a text introduces itself: "China Harbour Engineering Company (CHEC)", （以下简称“中国港湾”）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.recognize.draft import Draft
from offing.recognize.spans import Spans

_IN_BRACKETS = re.compile(
    r"[ \u00a0]?[(（]\s?(?:以下|下)?(简称|称)?[为]?\s?([“\"«‘']?)\s?([^()（）“”\"«»‘’'\n]{2,20}?)\s?[”\"»’']?\s?[)）]"
)
_SHORT = re.compile(r"[A-Z][\w&.-]{1,14}")
_ENOUGH_CAPITALS = 2
_SAME_START = 3
_MOST = 30


def find_introduced(draft: Draft) -> None:
    """Add the other places where a firm or lender stands under the short name that the text gave it."""
    _adopt_known(draft)
    introduced: dict[str, Mention] = {}
    for mention in draft.of(MentionKind.FIRM, MentionKind.LENDER):
        short = short_name(draft.text, mention.start, mention.end)
        if short and len(introduced) < _MOST:
            introduced.setdefault(short, mention)
    draft.drop(m for m in draft.of(MentionKind.FIRM) if m.key is None and m.text in introduced and m.by == "bureau")
    for short, mention in introduced.items():
        draft.mentions += _places_of(draft, mention, short)


def _adopt_known(draft: Draft) -> None:
    """Give a firm that no list has the entity whose listed short name stands in brackets behind it."""
    known = {(m.start, m.end): m for m in draft.of(MentionKind.FIRM) if m.key}
    for mention in draft.of(MentionKind.FIRM):
        bracket = _IN_BRACKETS.match(draft.text, mention.end) if mention.key is None else None
        listed = known.get(bracket.span(3)) if bracket else None
        if listed:
            draft.drop([mention])
            draft.mentions.append(
                replace(mention, key=listed.key, name=listed.name, weight=listed.weight, by=listed.by)
            )


def short_name(text: str, start: int, end: int) -> str | None:
    """The short form that a text gives in brackets behind a name, None if it gives none."""
    found = _IN_BRACKETS.match(text, end)
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


def _places_of(draft: Draft, mention: Mention, short: str) -> Iterator[Mention]:
    kinds = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA)
    taken = Spans((m.start, m.end) for m in draft.of(*kinds))
    for found in re.finditer(
        rf"(?<![^\W_]){re.escape(short)}(?![^\W_])" if short.isascii() else re.escape(short), draft.text
    ):
        if not taken.overlap(*found.span()):
            yield replace(mention, start=found.start(), end=found.end(), text=short, by="introduced")
