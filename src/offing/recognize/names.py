"""Firms, lenders, countries, places and China, by the lexicon; false friends and missing context rule out."""

from __future__ import annotations

import re

from offing.model.mention import Mention, MentionKind
from offing.recognize.context import Nearness, Traps, is_written
from offing.recognize.draft import Draft
from offing.recognize.spans import Span, Spans, longest
from offing.recognize.tables import CHINA_CODE, Name

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_GROUPS = (
    (MentionKind.FIRM,),
    (MentionKind.LENDER,),
    (MentionKind.COUNTRY, MentionKind.CHINA, MentionKind.PLACE),
)
_ACTORS = (MentionKind.FIRM, MentionKind.LENDER)

Written = tuple[Span, Name]


def find_names(draft: Draft) -> None:
    """Add the names of the lexicon that are meant; within a kind the longest wins."""
    addresses = Spans(match.span() for match in _ADDRESS.finditer(draft.text))
    meant = [_mention(draft, span, name) for span, name in _meant(draft)]
    # Of two forms alike a country is meant rather than a town, the name rather than the adjective (Spanish china).
    meant.sort(key=lambda mention: (mention.kind is MentionKind.PLACE, mention.by != "name"))
    for kinds in _GROUPS:
        found = (m for m in meant if m.kind in kinds and not addresses.overlap(m.start, m.end))
        draft.mentions += longest(found)


def _meant(draft: Draft) -> list[Written]:
    """The names that stand in the text as they need to: spelling, false friends, context."""
    traps = Traps(draft)
    written = [
        ((hit.start, hit.end), hit.payload)
        for hit in draft.hits
        if isinstance(hit.payload, Name)
        and is_written(draft.folded, (hit.start, hit.end), hit.payload.text, hit.payload.case)
        and not traps.hold(hit.payload, (hit.start, hit.end))
    ]
    in_full = frozenset(name.key for _, name in written if " " in name.text)
    near = Nearness(draft.folded.text, _among_chinese([name for _, name in written]))
    return [pair for pair in written if near.allows(pair[1]) and not traps.abbreviate(pair[1], in_full)]


def _among_chinese(names: list[Name]) -> bool:
    """Whether other names tell that the text speaks of Chinese parties: a certain one, China, or two short ones.

    CHEC alone may be anything; CHEC beside CCCC is hardly two others.
    """
    if any(name.key == CHINA_CODE or (name.kind in _ACTORS and not name.near) for name in names):
        return True
    return len({name.key for name in names if name.kind is MentionKind.FIRM and "China" in name.near}) > 1


def _mention(draft: Draft, span: Span, name: Name) -> Mention:
    start, end = draft.folded.span(*span)
    return Mention(name.kind, start, end, draft.text[start:end], name.key, name.name, by=name.by)
