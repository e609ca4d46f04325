"""Mentions that only the encoder finds: the project's firms, lenders, bodies and places missing from the lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.reading.tags import Tag
from offing.model.sources.article import Article
from offing.propose.encoder.encoded import EncodedArticle

BY = "encoder"  # `by` of a mention found only by the encoder, or of a sentence that supports a value without a wording
_FIRM, _LENDER, _BODY, _PLACE = MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTERPART, MentionKind.PLACE
_COUNTRY, _CHINA = MentionKind.COUNTRY, MentionKind.CHINA
# The kind of mention that each tag yields, and the kinds of mentions that already cover a span.
_KINDS: Mapping[Tag, tuple[MentionKind, frozenset[MentionKind]]] = {
    Tag.FIRM: (_FIRM, frozenset({_FIRM, _LENDER, _COUNTRY, _CHINA, _PLACE, _BODY})),
    Tag.LENDER: (_LENDER, frozenset({_LENDER, _CHINA, _COUNTRY, _PLACE, _BODY})),
    Tag.BODY: (_BODY, frozenset({_BODY, _FIRM, _LENDER, _COUNTRY, _CHINA})),
    Tag.PLACE: (_PLACE, frozenset({_PLACE, _COUNTRY, _CHINA, _FIRM, _LENDER, _BODY})),
}
# Minimum probability of a span. On annotated articles that the encoder had not seen, seven of ten such firms and
# places, four of five lenders and half of the bodies were right (the extent of a body's own name is less clear).
_LEAST: Mapping[Tag, float] = {Tag.FIRM: 0.75, Tag.LENDER: 0.85, Tag.BODY: 0.8, Tag.PLACE: 0.6}
_NAMES = frozenset({Tag.FIRM, Tag.LENDER, Tag.PLACE})
_SHORTEST = 2  # characters
_WORD = re.compile(r"\S+")
_BRACKETS = {")": "(", "）": "（", "»": "«", "”": "“"}


def united(article: Article, mentions: Sequence[Mention], encoded: EncodedArticle) -> tuple[Mention, ...]:
    """The mentions of lists and patterns with those that only the encoder finds, in text order."""
    found = list(mentions)
    for tag, (_, covering) in _KINDS.items():
        known = [mention for mention in found if mention.kind in covering]
        firms = [mention for mention in found if mention.kind is _FIRM and mention.by != EntityKind.PUBLIC_BODY]
        found += [
            mention
            for mention in _found(article, encoded, tag)
            if not any(each.start < mention.end and mention.start < each.end for each in known)
            and not any(_is_within(mention, firm) for firm in firms)
        ]
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def _is_within(mention: Mention, firm: Mention) -> bool:
    """Whether a mention is one word or more of a firm's longer name: "Corporation" is no lender there.

    Public bodies are not asked: "Ministry of Science" lends in "Ministry of Science of China", too.
    """
    inside = firm.start <= mention.start and mention.end <= firm.end
    return inside and mention.end - mention.start < firm.end - firm.start


def _found(article: Article, encoded: EncodedArticle, tag: Tag) -> Iterator[Mention]:
    """The mentions that the encoder tags, each span once: two spans in one word are one.

    A name has no lower-case words at its ends; scripts without lower case keep everything.
    """
    kind, _ = _KINDS[tag]
    last = 0
    for span in encoded.spans(tag):
        start, end = _whole_words(article.text, span.start, span.end)
        if tag in _NAMES:
            words = [word for word in _WORD.finditer(article.text, start, end) if not word[0].islower()]
            start, end = (words[0].start(), words[-1].end()) if words else (start, start)
        if span.share >= _LEAST[tag] and end - start >= _SHORTEST and start >= last:
            text = article.text[start:end]
            yield Mention(kind, start, end, text, name=text, weight=span.share, by=BY)
            last = end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span trimmed to letters and digits at its ends, and extended to whole words.

    A bracket that closes one inside the span stays: "Huawei (Zambia)".
    """
    while start < end and not _is_letter(text[start]):
        start += 1
    while end > start and not (_is_letter(text[end - 1]) or _closes(text, start, end)):
        end -= 1
    if start == end:
        return start, end
    while start > 0 and _goes_on(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and _goes_on(text[end - 1], text[end]):
        end += 1
    return start, end + _closes(text, start, end + 1)


def _is_letter(character: str) -> bool:
    """Whether a character is a letter, a digit, or a combining mark."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a span ends with a bracket that it also opens."""
    closing = text[end - 1 : end]
    opening = _BRACKETS.get(closing, "")
    return opening != "" and text.count(opening, start, end) == text.count(closing, start, end)


def _goes_on(one: str, other: str) -> bool:
    """Whether two characters belong to one word; each Chinese character is its own."""
    return _is_letter(one) and _is_letter(other) and not ("一" <= one <= "鿿" or "一" <= other <= "鿿")
