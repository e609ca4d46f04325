"""Holds the mentions of one article while its pipeline runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from offing.model.reading.mention import Mention, MentionKind
from offing.model.sources.article import Article
from offing.recognize.text.folded_text import Folded
from offing.recognize.text.number import Number
from offing.recognize.text.patterns import Hit
from offing.recognize.text.tables import Payload

Entity = tuple[int, int, str]  # a span and a model's label


@dataclass(slots=True)
class Draft:
    """An article, its folded text, the automaton's hits, and the mentions so far.

    `text` is the part of the article that is read. Spans of mentions refer to it, spans of hits to `folded`.
    `spent` are the spans of the folded text whose numbers are part of a sum or date. `entities` are the spans
    and labels from a spaCy model, if one has read the text.
    """

    article: Article
    text: str
    folded: Folded
    language: str
    hits: list[Hit[Payload]]
    entities: list[Entity] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    spent: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def add(self, kind: MentionKind, start: int, end: int, **fields: Any) -> None:
        """Add a mention at a span of the original text."""
        self.mentions.append(Mention(kind, start, end, self.text[start:end], **fields))

    def of(self, *kinds: MentionKind) -> list[Mention]:
        """The mentions of some kinds so far, by start."""
        return sorted((m for m in self.mentions if m.kind in kinds), key=lambda m: (m.start, -m.end))

    def drop(self, unwanted: Iterable[Mention]) -> None:
        """Remove mentions."""
        ids = {id(mention) for mention in unwanted}
        self.mentions = [mention for mention in self.mentions if id(mention) not in ids]
