"""Concerns: what kinds of worry a text states about its project, and in which words."""

from __future__ import annotations

from collections.abc import Iterator

from offing.model.mention import Mention, MentionKind
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, Vote, rank

_WORRY = "worry"  # somebody worries, asks, warns, finds fault
_PLAIN = 1.0  # weight from which a wording names a worry by itself
_OUTSPOKEN = 1.3
MOST = 4


def choose_concerns(scope: Scope) -> list[Ranked]:
    """The kinds of worry that the text states, strongest first.

    A wording that names a worry itself ("debt trap") counts alone, though less; one that only names its field
    ("servers") counts where somebody worries in the same sentence, or in the next one of the paragraph.
    """
    ranked = rank(_votes(scope), scope.level("limits.concern_fade"))
    if not ranked:
        return []
    least, share = scope.level("limits.concerns_least"), scope.level("limits.concerns_share") * ranked[0].score
    return [v for v in ranked if v.score >= least and (v.score >= share or _is_outspoken(v))][:MOST]


def _is_outspoken(value: Ranked) -> bool:
    """Whether a wording states it so plainly that others, told at more length, do not outdo it."""
    return any(mention.weight >= _OUTSPOKEN for _, mention in value.mentions)


def _votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for place, line in enumerate(scope.lines):
        for mention in line.of(MentionKind.CONCERN):
            kind = mention.key or ""
            weight = mention.weight * _said(scope, place, mention) * _marked(scope, line)
            yield kind, (weight * scope.level(f"concerns.{kind}"), line, mention)


def _said(scope: Scope, place: int, mention: Mention) -> float:
    """How far somebody says it as a worry."""
    line = scope.lines[place]
    if _WORRY in line.marks:
        return 1.0
    beside = scope.lines[max(0, place - 1) : place + 2]
    if any(_WORRY in other.marks and other.sentence.paragraph == line.sentence.paragraph for other in beside):
        return scope.level("limits.concern_beside")
    return scope.level("limits.concern_alone" if mention.weight >= _PLAIN else "limits.concern_bare")


def _marked(scope: Scope, line: Line) -> float:
    factor = 1.0
    for mark in line.marks:
        factor *= scope.level(f"markers.concerns.{mark}")
    return factor
