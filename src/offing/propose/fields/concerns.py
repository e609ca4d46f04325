"""Concerns: which kinds of concern a text states about its project, and in which words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import Concern
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.fusion import proofs_of
from offing.propose.parties.classifier import likelihood, log_odds
from offing.propose.reading.ranking import Ranked, Vote, rank
from offing.propose.reading.scope import Scope

_WORRY = "worry"  # marks a sentence in which somebody worries, asks, warns or criticises
_PLAIN = 1.0  # weight from which a wording states a concern by itself
_OUTSPOKEN = 1.3
_MOST = 4
CONCERNS = "concerns"  # name of the head
WEIGHTS = "fusion.concern"  # name of the table of weights
_FAINT = 0.1  # keeps the share of faint wordings small


def choose_concerns(scope: Scope, encoded: EncodedPart | None = None) -> list[Ranked]:
    """The kinds of concern that the text states, strongest first.

    A wording that states a concern itself ("debt trap") counts alone, at a reduced weight; one that only names its
    subject ("servers") counts where somebody worries in the same sentence or an adjacent one of the paragraph.

    Args:
        scope: the lines of the project.
        encoded: the encoded project; None where it was not encoded, and wordings decide alone.
    """
    if encoded and encoded.fields and scope.lines:
        rated = [(likelihood(scope, WEIGHTS, each.features), each) for each in concern_features(scope, encoded)]
        rated.sort(key=lambda pair: -pair[0])
        likely = [(share, each) for share, each in rated if share >= scope.level(f"{WEIGHTS}.least")][:_MOST]
        return [Ranked(each.kind, share, _proof(scope, each, encoded)) for share, each in likely]
    ranked = rank(_votes(scope), scope.level("limits.concern_fade"))
    if not ranked:
        return []
    least, share = scope.level("limits.concerns_least"), scope.level("limits.concerns_share") * ranked[0].score
    # A plain wording stands even beside concerns treated at more length.
    plain = {value.key for value in ranked if any(mention.weight >= _OUTSPOKEN for _, mention in value.mentions)}
    return [v for v in ranked if v.score >= least and (v.score >= share or v.key in plain)][:_MOST]


@dataclass(frozen=True, slots=True)
class ConcernFeatures:
    """A kind of concern with its wordings, the score of the strongest concern, and the encoder's probability of it."""

    kind: str
    wordings: Ranked | None
    strongest: float
    share: float

    @property
    def features(self) -> dict[str, float]:
        """Its features, each by the name of its weight in `[fusion.concern]`."""
        strength = self.wordings.score if self.wordings else 0.0
        return {
            "wording": math.log1p(strength),
            "share": strength / (self.strongest + _FAINT),
            "encoded": log_odds(self.share),
        }


def concern_features(scope: Scope, encoded: EncodedPart) -> list[ConcernFeatures]:
    """Each kind of concern with its features."""
    ranked = {value.key: value for value in rank(_votes(scope), scope.level("limits.concern_fade"))}
    strongest = max((value.score for value in ranked.values()), default=0.0)
    return [ConcernFeatures(kind, ranked.get(kind), strongest, encoded.fields[CONCERNS][kind]) for kind in Concern]


def _proof(scope: Scope, each: ConcernFeatures, encoded: EncodedPart) -> tuple[Vote, ...]:
    """The wordings that prove a concern, those of the weightiest sentence first; without wordings, that sentence."""
    if each.wordings is None:
        return proofs_of(scope, MentionKind.CONCERN, each.kind, encoded)[:1]
    lines = [line for _, line, _ in each.wordings.votes]
    contributions = encoded.contributions(
        CONCERNS, each.kind, [(line.sentence.start, line.sentence.end) for line in lines]
    )
    pairs = zip(contributions, each.wordings.votes, strict=True)
    return tuple(vote for _, vote in sorted(pairs, key=lambda pair: (-pair[0], pair[1][2].start)))


def _votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for place, line in enumerate(scope.lines):
        marked = math.prod(scope.factor(f"markers.concerns.{mark}") for mark in sorted(line.marks))  # as `Scope.weight`
        for mention in line.of(MentionKind.CONCERN):
            kind = mention.key or ""
            weight = mention.weight * _clarity(scope, place, mention) * marked
            yield kind, (weight * scope.factor(f"concerns.{kind}"), line, mention)


def _clarity(scope: Scope, place: int, mention: Mention) -> float:
    """The factor for how clearly somebody states it as a concern."""
    line = scope.lines[place]
    if _WORRY in line.marks:
        return 1.0
    beside = scope.lines[max(0, place - 1) : place + 2]
    if any(_WORRY in other.marks and other.sentence.paragraph == line.sentence.paragraph for other in beside):
        return scope.level("limits.concern_beside")
    return scope.level("limits.concern_alone" if mention.weight >= _PLAIN else "limits.concern_bare")
