"""Concerns: what kinds of worry a text states about its project, and in which words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from offing.model.mention import Mention, MentionKind
from offing.model.vocabulary import Concern
from offing.propose.meaning import Heard, mention_of
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, Vote, rank

_WORRY = "worry"  # somebody worries, asks, warns, finds fault
_PLAIN = 1.0  # weight from which a wording names a worry by itself
_OUTSPOKEN = 1.3
_MOST = 4
CONCERN = "concern"  # names the reading of what sentences mean, and its weights
_FAINT, _SURE = 0.003, 0.03  # keep the log-odds of what sentences mean within bounds
_UNMEANT = 0.1  # the share below which no sentence with its wordings means a worry, where another does
_TOUCHED = 0.1  # keeps a share of faint wordings small


def choose_concerns(scope: Scope, heard: Heard | None = None) -> list[Ranked]:
    """The kinds of worry that the text states, strongest first.

    Args:
        scope: the lines of the project.
        heard: what its sentences mean; None where nobody has heard them, and wordings decide alone.
    """
    return _by_wordings(scope) if heard is None else _heard(scope, heard)


def _by_wordings(scope: Scope) -> list[Ranked]:
    """The kinds of worry that wordings state.

    A wording that names a worry itself ("debt trap") counts alone, though less; one that only names its field
    ("servers") counts where somebody worries in the same sentence, or in the next one of the paragraph.
    """
    ranked = rank(_votes(scope), scope.level("limits.concern_fade"))
    if not ranked:
        return []
    least, share = scope.level("limits.concerns_least"), scope.level("limits.concerns_share") * ranked[0].score
    return [v for v in ranked if v.score >= least and (v.score >= share or _is_outspoken(v))][:_MOST]


@dataclass(frozen=True)
class Worded:
    """A kind of worry with its wordings, and how surely each sentence means it."""

    kind: str
    wordings: Ranked | None
    strongest: float
    heard: tuple[tuple[Line, float], ...]

    @cached_property
    def signs(self) -> dict[str, float]:
        """What speaks for it: the strength of its wordings, their share of the strongest, and what sentences mean."""
        strength = self.wordings.score if self.wordings else 0.0
        meant = 1.0 - math.prod(1.0 - share for _, share in self.heard)
        return {
            "wording": math.log1p(strength),
            "share": strength / (self.strongest + _TOUCHED),
            "meant": math.log(max(meant, _FAINT) / max(1.0 - meant, _SURE)),
        }


def worded(scope: Scope, heard: Heard) -> list[Worded]:
    """Each kind of worry with all that speaks for it."""
    ranked = {value.key: value for value in rank(_votes(scope), scope.level("limits.concern_fade"))}
    strongest = max((value.score for value in ranked.values()), default=0.0)
    each = heard.each(CONCERN)
    return [
        Worded(kind, ranked.get(kind), strongest, tuple((line, shares.get(kind, 0.0)) for line, shares in each))
        for kind in Concern
    ]


def _heard(scope: Scope, heard: Heard) -> list[Ranked]:
    """The kinds of worry that wordings and meaning together make likely, the likeliest first."""
    ranked = [_ranked(scope, each) for each in worded(scope, heard)]
    ranked.sort(key=lambda value: -value.score)
    return [value for value in ranked if value.score >= scope.level(f"meaning.{CONCERN}.least")][:_MOST]


def _ranked(scope: Scope, each: Worded) -> Ranked:
    total = scope.level(f"meaning.{CONCERN}.bias")
    total += sum(scope.level(f"meaning.{CONCERN}.{sign}") * size for sign, size in each.signs.items())
    return Ranked(each.kind, 1 / (1 + math.exp(-total)), tuple(_proof(scope, each)))


def _proof(scope: Scope, each: Worded) -> list[Vote]:
    """The wordings that prove a worry, in the sentence that means it most first; else that sentence."""
    said = {id(line): share for line, share in each.heard}
    votes = each.wordings.votes if each.wordings else ()
    told = [(said.get(id(line), 0.0), line, mention) for _, line, mention in votes]
    best, share = max(each.heard, key=lambda pair: pair[1])
    if not told or (max(vote[0] for vote in told) < _UNMEANT < share):
        return [(share, best, mention_of(scope, MentionKind.CONCERN, best, each.kind, share))]
    return sorted(told, key=lambda vote: (-vote[0], vote[2].start))


def _is_outspoken(value: Ranked) -> bool:
    """Whether a wording states it so plainly that others, told at more length, do not outdo it."""
    return any(mention.weight >= _OUTSPOKEN for _, mention in value.mentions)


def _votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for place, line in enumerate(scope.lines):
        for mention in line.of(MentionKind.CONCERN):
            kind = mention.key or ""
            weight = mention.weight * _said(scope, place, mention) * _marked(scope, line)
            yield kind, (weight * scope.factor(f"concerns.{kind}"), line, mention)


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
    for mark in sorted(line.marks):  # as in `Scope.weight`
        factor *= scope.factor(f"markers.concerns.{mark}")
    return factor
