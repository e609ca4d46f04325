"""The mentions of one article while its pipeline runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from offing.model.article import Article
from offing.model.mention import Mention, MentionKind
from offing.recognize.fold import Folded
from offing.recognize.number import Number
from offing.recognize.patterns import Hit
from offing.recognize.tables import Payload

if TYPE_CHECKING:  # it asks for the draft's neighbours itself
    from offing.recognize.known_names import KnownNames


Entity = tuple[int, int, str]  # a span and the label of a model


@dataclass(slots=True)
class Draft:
    """An article, its folded text, what the automaton found in it, and the mentions so far.

    `text` is the part of the article that is read. Spans of mentions count in it, spans of hits in `folded`.
    `spent` are the spans of the folded text whose numbers are part of a sum or date. `entities` are the spans
    and labels of a spaCy model, where one has read the text. `known` looks for the names of known projects.
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
    known: KnownNames | None = None

    def add(self, kind: MentionKind, start: int, end: int, **fields: Any) -> None:
        """Add a mention at a span of the original text."""
        self.mentions.append(Mention(kind, start, end, self.text[start:end], **fields))

    def of(self, *kinds: MentionKind) -> list[Mention]:
        """The mentions of some kinds so far, by start."""
        return sorted((m for m in self.mentions if m.kind in kinds), key=lambda m: (m.start, -m.end))

    def drop(self, unwanted: Iterable[Mention]) -> None:
        """Take mentions away."""
        ids = {id(mention) for mention in unwanted}
        self.mentions = [mention for mention in self.mentions if id(mention) not in ids]
