"""Adds the names of known projects to the mentions of a text."""

from __future__ import annotations

from collections import defaultdict

from offing.model.mention import KnownName, Mention, MentionKind, Standing
from offing.model.naming import ProjectName
from offing.recognize.draft import Draft
from offing.recognize.known_names import Known
from offing.recognize.spans import Span, Spans, longest

BY = "known-name"
_SHOWN = 3  # projects that one place of a text tells
_ABOUT = (MentionKind.COUNTRY, MentionKind.PLACE)
_NAMES = (MentionKind.FIRM, MentionKind.LENDER)


def find_known(draft: Draft) -> None:
    """Add the names of known projects whose country the text names, and those that need none; the longest wins.

    Inside the name of a firm or lender none is meant.
    """
    firms = Spans((m.start, m.end) for m in draft.of(*_NAMES))
    named = {m.key for m in draft.of(*_ABOUT)} | {draft.article.country}
    found: dict[Span, list[Mention]] = defaultdict(list)
    for folded, known in draft.known.find(draft.folded) if draft.known else ():
        span = draft.folded.span(*folded)
        if not firms.overlap(*span):
            meant = [each for each in known.projects if known.standing is Standing.APART or named & {*each.countries}]
            found[span] += [_mention(draft, span, known, each) for each in meant]
    kept = longest(group[0] for group in found.values() if group)
    draft.mentions += [mention for first in kept for mention in found[first.start, first.end][:_SHOWN]]


def _mention(draft: Draft, span: Span, known: Known, project: ProjectName) -> Mention:
    value = KnownName(project.countries, project.sector, known.standing)
    text = draft.text[slice(*span)]
    return Mention(MentionKind.PROJECT, *span, text, str(project.target), project.name, value, by=BY)
