"""Complete the annotation of an article with recognised mentions: short names of its firms, and other firms and sums.

An annotation quotes each value once, in full. Another mention that recognition resolves to the same firm, lender or sum
also belongs to the project; mentions that match no annotated value do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.tags import Tag
from training.reader.texts import Span, Text

# The tag of a mention that belongs to the project, and of one that does not; None if that cannot be decided.
_TAGS: Mapping[MentionKind, tuple[Tag, Tag | None]] = {
    MentionKind.FIRM: (Tag.FIRM, Tag.OTHER_FIRM),
    MentionKind.LENDER: (Tag.LENDER, None),
    MentionKind.MONEY: (Tag.AMOUNT, Tag.OTHER_AMOUNT),
    MentionKind.QUANTITY: (Tag.SIZE, Tag.OTHER_SIZE),
}
_OTHERS = frozenset(other for _, other in _TAGS.values() if other)


def completed(text: Text, mentions: Sequence[Mention]) -> Text:
    """Return an annotated article with the spans that recognition adds.

    The tags of other firms, sums and sizes then count as exhaustively annotated.
    """
    found = [span for kind in _TAGS for span in _spans(text, [m for m in mentions if m.kind is kind])]
    return replace(text, spans=(*text.spans, *found), tags=text.tags | _OTHERS) if text.projects else text


def _spans(text: Text, mentions: Sequence[Mention]) -> Iterator[Span]:
    """Yield spans for the mentions of one kind, except those that overlap annotated spans."""
    known = _known(text, mentions)
    for mention in mentions:
        own, other = _TAGS[mention.kind]
        if any(mention.start < span.end and span.start < mention.end for span in text.spans):
            continue
        spans = known.get(_identity(mention), [])
        if len({each.project for each in spans}) == 1:
            yield replace(spans[0], start=mention.start, end=mention.end, tag=own)
        elif not spans and other:
            yield Span(mention.start, mention.end, other)


def _known(text: Text, mentions: Sequence[Mention]) -> dict[object, list[Span]]:
    """Return the annotated spans by the identity of the mentions in them."""
    found: dict[object, list[Span]] = {}
    for mention in mentions:
        own, _ = _TAGS[mention.kind]
        for span in text.spans:
            if span.tag is own and mention.start < span.end and span.start < mention.end:
                found.setdefault(_identity(mention), []).append(span)
    return found


def _identity(mention: Mention) -> object:
    return mention.value or mention.key or mention.name.casefold()
