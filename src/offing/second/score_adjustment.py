"""The effect of the second reader on a score: within fixed bounds, and never so that a candidate is lost.

The weights are in scoring.toml; they were set by hand, not fitted. The bounds here hold whatever they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.reading.evidence import FieldName
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.model.review.second_reader import Comparison

AGREES = "second-reader-agrees"
FINDS_NONE = "second-reader-none"
NAMES = (AGREES, FINDS_NONE)
MOST = 1.0  # maximum log-odds either way, whatever the weights are
_CORE = (
    FieldName.COUNTRIES,
    FieldName.FIRMS,
    FieldName.LENDERS,
    FieldName.AMOUNTS,
    FieldName.SECTOR,
    FieldName.STATUS,
)
_LEAST_COMPARED = 2  # core fields; one alone, such as the sector, is no agreement on a project
_LEAST_SHARE = 0.5
_SAFE = 1e-4  # the last digit of a score


@dataclass(frozen=True, slots=True)
class ScoredReasons:
    """A telling's reasons and score without the second reader."""

    reasons: tuple[Reason, ...]
    score: float

    def with_reason(self, reason: Reason | None) -> ScoredReasons:
        """The same with one more reason."""
        if reason is None or not reason.weight:
            return self
        ordered = tuple(sorted((*self.reasons, reason), key=lambda each: -abs(each.weight)))
        odds = _odds(self.score) + reason.weight
        return ScoredReasons(ordered, round(1 / (1 + math.exp(-odds)), 4))


def without(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Reasons without those of a second reader."""
    return tuple(reason for reason in reasons if reason.name not in NAMES)


def adjusted(scored: ScoredReasons, comparison: Comparison | None, rules: ScoringRules, band: float) -> ScoredReasons:
    """The reasons and score of a telling with the second reader's verdict among them.

    Agreement raises the score. Finding no such project lowers it, only within the band around the cut, and never moves
    a telling from above the cut to below: else one sentence in an article could hide it.

    Args:
        scored: without the second reader.
        comparison: of its project with ours; None where it finds none.
        rules: the weights, their sentences, and the cut.
        band: distance from the cut within which a verdict against a project counts.
    """
    if comparison is not None:
        return scored.with_reason(_agreement(comparison, rules))
    if abs(scored.score - rules.cut) > band:
        return scored
    weight = min(0.0, _bounded(rules.weights[FINDS_NONE]))
    if scored.score >= rules.cut:  # down to the cut, never across it
        weight = max(weight, _odds(rules.cut + _SAFE) - _odds(scored.score))
    weight = round(min(0.0, math.ceil(weight * 100) / 100), 2)
    return scored.with_reason(Reason(FINDS_NONE, weight, rules.texts[FINDS_NONE]))


def _agreement(comparison: Comparison, rules: ScoringRules) -> Reason | None:
    agreed = [field for field in comparison.agreed if field in _CORE]
    compared = [field for field in comparison.compared if field in _CORE]
    if len(compared) < _LEAST_COMPARED or len(agreed) < _LEAST_SHARE * len(compared):
        return None
    weight = max(0.0, _bounded(rules.weights[AGREES])) * len(agreed) / len(compared)
    usage = ", ".join(field.value.replace("_", " ") for field in agreed)
    return Reason(AGREES, round(weight, 2), rules.texts[AGREES].replace("{what}", usage))


def _bounded(weight: float) -> float:
    return max(-MOST, min(MOST, weight))


def _odds(score: float) -> float:
    certain = min(max(score, 1e-9), 1 - 1e-9)
    return math.log(certain / (1 - certain))
