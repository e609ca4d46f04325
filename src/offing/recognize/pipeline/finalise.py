"""The last step: mark names inside names, and enforce the mention limit of a document."""

from __future__ import annotations

from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.recognize.text.draft import Draft
from offing.recognize.text.spans import Spans

MENTION_LIMIT = 500  # docs/limits.md, Sizes
INSIDE_NAME = "inside-name"
_GEOGRAPHY = frozenset({MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA})
# Priority of mentions in a text over the limit: names, then facts, then wordings.
_FIRST = (
    MentionKind.PROJECT,
    MentionKind.FIRM,
    MentionKind.LENDER,
    MentionKind.MONEY,
    MentionKind.COUNTRY,
    MentionKind.CHINA,
    MentionKind.PLACE,
)


def finalise(draft: Draft) -> None:
    """Mark countries inside the names of firms and lenders, apply the limit, sort by start."""
    names = [(m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER) if " " in m.text or m.key]
    inside = Spans(names)
    marked = [_marked(mention, inside) for mention in draft.mentions]
    draft.mentions = sorted(_limited(marked), key=lambda m: (m.start, -m.end, m.kind))


def _marked(mention: Mention, names: Spans) -> Mention:
    if mention.kind in _GEOGRAPHY and names.cover(mention.start, mention.end):
        return replace(mention, by=INSIDE_NAME)
    return mention


def _limited(mentions: list[Mention]) -> list[Mention]:
    if len(mentions) <= MENTION_LIMIT:
        return mentions
    ranks = {kind: rank for rank, kind in enumerate(_FIRST)}
    return sorted(mentions, key=lambda m: (ranks.get(m.kind, len(_FIRST)), m.start))[:MENTION_LIMIT]
