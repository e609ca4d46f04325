"""Adds the names of known projects to the mentions of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Thing
from offing.model.reading.mention import KnownName, Mention, MentionKind, NameReliability
from offing.recognize.projects.known_names import KnownNames, ReliableName
from offing.recognize.text.draft import Draft
from offing.recognize.text.spans import Span, Spans, longest

BY = "known-name"
_SHOWN = 3  # projects per span
_ABOUT = (MentionKind.COUNTRY, MentionKind.PLACE)
_BESIDE = frozenset({"demonym", "stem", "currency"})  # mentions that may be another country's: French aid
_NAMES = (MentionKind.FIRM, MentionKind.LENDER)


def find_known(draft: Draft, names: KnownNames) -> None:
    """Add names of known projects whose country the text names, and names that need none; the longest wins.

    If a text names no country except by an adjective, a project is meant if two of its names occur: local news seldom
    states its own country. No project is meant inside the name of a firm or lender.
    """
    firms = Spans((m.start, m.end) for m in draft.of(*_NAMES))
    told_of = [m for m in draft.of(*_ABOUT) if m.key]
    named = {m.key for m in told_of} | ({draft.article.country} - {None})
    seen = [(draft.folded.span(*folded), known) for folded, known in names.find(draft.folded)]
    seen = [(span, known) for span, known in seen if not firms.overlap(*span)]
    at_home = draft.article.country is None and all(m.by in _BESIDE for m in told_of)
    named_twice = _named_twice(seen) if at_home else frozenset()
    found: dict[Span, list[Mention]] = defaultdict(list)
    for span, known in seen:
        apart = known.standing is NameReliability.APART
        matching = [p for p in known.projects if apart or named & {*p.countries} or p.target in named_twice]
        found[span] += [_mention(draft, span, known, each) for each in matching]
    kept = longest(group[0] for group in found.values() if group)
    draft.mentions += [mention for first in kept for mention in found[first.start, first.end][:_SHOWN]]


def _named_twice(seen: Iterable[tuple[Span, ReliableName]]) -> frozenset[Thing]:
    """The projects with two different names at spans that do not overlap."""
    spans: dict[Thing, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span, known in seen:
        for project in known.projects:
            spans[project.target][known.text].append(span)
    return frozenset(target for target, by_name in spans.items() if _are_two(by_name))


def _are_two(by_name: Mapping[str, Sequence[Span]]) -> bool:
    pairs = combinations(by_name.values(), 2)
    return any(not _overlap(one, other) for ones, others in pairs for one, other in product(ones, others))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _mention(draft: Draft, span: Span, known: ReliableName, project: ProjectName) -> Mention:
    value = KnownName(project.countries, project.sector, known.standing)
    text = draft.text[slice(*span)]
    return Mention(MentionKind.PROJECT, *span, text, str(project.target), project.name, value, by=BY)
