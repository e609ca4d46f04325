"""Finds firms, lenders, countries, places and China by lexicon; false friends and missing context exclude names."""

from __future__ import annotations

from offing.model.reading.mention import Mention, MentionKind, Verdict
from offing.recognize.lexicon.disambiguation import Disambiguation, disambiguate
from offing.recognize.text.draft import Draft
from offing.recognize.text.spans import Spans, longest

_GROUPS = (
    (MentionKind.FIRM,),
    (MentionKind.LENDER,),
    (MentionKind.COUNTRY, MentionKind.CHINA, MentionKind.PLACE),
)


def find_names(draft: Draft, readers: Disambiguation) -> None:
    """Add the lexicon names that denote their entity; within a kind the longest wins."""
    mentions = []
    for found in disambiguate(draft, readers):
        if found.verdict is not Verdict.MEANT:
            continue
        name, (start, end) = found.name, draft.folded.span(*found.span)
        mentions.append(Mention(name.kind, start, end, draft.text[start:end], name.key, name.name, by=name.by))
    # Of two equal forms a country wins over a town, and a name over an adjective (Spanish china).
    mentions.sort(key=lambda mention: (mention.kind is MentionKind.PLACE, mention.by != "name"))
    for kinds in _GROUPS:
        draft.mentions += longest(m for m in mentions if m.kind in kinds)
    # A firm whose name only begins a bank's name is none: China Merchants in China Merchants Bank.
    banks = {(m.start, m.end) for m in draft.of(MentionKind.LENDER)}
    inside = Spans(banks)
    firms = draft.of(MentionKind.FIRM)
    draft.drop([m for m in firms if (m.start, m.end) not in banks and inside.cover(m.start, m.end)])
