"""Firms, lenders, countries, places and China, by the lexicon; false friends and missing context rule out."""

from __future__ import annotations

from offing.model.mention import Mention, MentionKind, Verdict
from offing.recognize.draft import Draft
from offing.recognize.judging import Judged, judge
from offing.recognize.spans import Spans, longest

_GROUPS = (
    (MentionKind.FIRM,),
    (MentionKind.LENDER,),
    (MentionKind.COUNTRY, MentionKind.CHINA, MentionKind.PLACE),
)


def find_names(draft: Draft) -> None:
    """Add the names of the lexicon that are meant; within a kind the longest wins."""
    meant = [_mention(draft, found) for found in judge(draft) if found.verdict is Verdict.MEANT]
    # Of two forms alike a country is meant rather than a town, the name rather than the adjective (Spanish china).
    meant.sort(key=lambda mention: (mention.kind is MentionKind.PLACE, mention.by != "name"))
    for kinds in _GROUPS:
        draft.mentions += longest(m for m in meant if m.kind in kinds)
    _drop_parts_of_banks(draft)


def _drop_parts_of_banks(draft: Draft) -> None:
    """Take away firms whose name only begins that of a bank: China Merchants in China Merchants Bank."""
    banks = {(m.start, m.end) for m in draft.of(MentionKind.LENDER)}
    held = Spans(banks)
    draft.drop([m for m in draft.of(MentionKind.FIRM) if (m.start, m.end) not in banks and held.cover(m.start, m.end)])


def _mention(draft: Draft, found: Judged) -> Mention:
    start, end = draft.folded.span(*found.span)
    name = found.name
    return Mention(name.kind, start, end, draft.text[start:end], name.key, name.name, by=name.by)
