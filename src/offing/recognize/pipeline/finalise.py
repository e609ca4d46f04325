"""The last step: mark names inside names, and enforce the mention limit of a document."""

from __future__ import annotations

from dataclasses import replace

from offing.model.reading.mention import MentionKind
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
    mentions = [
        replace(m, by=INSIDE_NAME) if m.kind in _GEOGRAPHY and inside.cover(m.start, m.end) else m
        for m in draft.mentions
    ]
    if len(mentions) > MENTION_LIMIT:
        ranks = {kind: rank for rank, kind in enumerate(_FIRST)}
        mentions = sorted(mentions, key=lambda m: (ranks.get(m.kind, len(_FIRST)), m.start))[:MENTION_LIMIT]
    draft.mentions = sorted(mentions, key=lambda m: (m.start, -m.end, m.kind))
