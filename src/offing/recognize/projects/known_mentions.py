"""Adds the names of known projects to the mentions of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, product

from offing.model.pairs.pairing import Ref
from offing.model.reading.mention import KnownName, Mention, MentionKind, NameReliability
from offing.recognize.projects.known_names import KnownNames, ReliableName
from offing.recognize.text.draft import Draft
from offing.recognize.text.spans import Span, Spans, longest

BY = "known-name"
_SHOWN = 3  # projects per span
_GEOGRAPHY = (MentionKind.COUNTRY, MentionKind.PLACE)
_BESIDE = frozenset({"demonym", "stem", "currency"})  # mentions that may be another country's: French aid
_NAMES = (MentionKind.FIRM, MentionKind.LENDER)


def find_known(draft: Draft, names: KnownNames) -> None:
    """Add names of known projects whose country the text names, and names that need none; the longest wins.

    If a text names no country except by an adjective, a project counts if two of its names occur: local news seldom
    states its own country. No name counts inside that of a firm or lender.
    """
    firms = Spans((m.start, m.end) for m in draft.of(*_NAMES))
    geography = [m for m in draft.of(*_GEOGRAPHY) if m.key]
    named = {m.key for m in geography} | ({draft.article.country} - {None})
    seen = [(draft.folded.span(*folded), known) for folded, known in names.find(draft.folded)]
    seen = [(span, known) for span, known in seen if not firms.overlap(*span)]
    at_home = draft.article.country is None and all(m.by in _BESIDE for m in geography)
    named_twice = _named_twice(seen) if at_home else frozenset()
    found: dict[Span, list[Mention]] = defaultdict(list)
    for span, known in seen:
        text, apart = draft.text[slice(*span)], known.reliability is NameReliability.APART
        for project in known.projects:
            if apart or named & {*project.countries} or project.target in named_twice:
                value = KnownName(project.countries, project.sector, known.reliability)
                key = str(project.target)
                found[span].append(Mention(MentionKind.PROJECT, *span, text, key, project.name, value, by=BY))
    outer = longest(group[0] for group in found.values())
    draft.mentions += [mention for first in outer for mention in found[first.start, first.end][:_SHOWN]]


def _named_twice(seen: Iterable[tuple[Span, ReliableName]]) -> frozenset[Ref]:
    """The projects with two different names at spans that do not overlap."""
    spans: dict[Ref, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span, known in seen:
        for project in known.projects:
            spans[project.target][known.text].append(span)
    twice = set()
    for target, by_name in spans.items():
        pairs = (pair for one, other in combinations(by_name.values(), 2) for pair in product(one, other))
        if any(first[1] <= second[0] or second[1] <= first[0] for first, second in pairs):
            twice.add(target)
    return frozenset(twice)
