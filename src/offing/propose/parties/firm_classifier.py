"""The probability that a named Chinese firm belongs to the project rather than the background, by wordings alone.

A logistic regression on features, whose weights (log-odds) are in `scoring.toml` under `firms_worded`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from offing.propose.parties.classifier import likelihood
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope

WORDED = "firms_worded"  # name of the weights
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_FAINT = 0.03  # keeps the logarithm of negligible weights bounded
_FAINTEST = 0.1  # the score below which a firm is dropped: it lost, or its part is denied
_REPEATS = 3


def likely_firms(scope: Scope, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The firms likelier than `limits.firms_worded_least`, strongest first.

    Args:
        scope: the lines of the project.
        ranked: all Chinese firms in them, strongest first.
    """
    for party in (party for party in ranked if party.score >= _FAINTEST):
        if likelihood(scope, WORDED, _features(party, ranked[0])) >= scope.level(f"limits.{WORDED}_least"):
            yield party


def _features(party: Ranked, strongest: Ranked) -> Mapping[str, float]:
    zones = {line.zone for line, _ in party.mentions}
    return {
        "strength": _log(party.score),
        "share": _log(party.score) - _log(strongest.score),
        "repeated": float(min(len(party.mentions) - 1, _REPEATS)),
        "late-only": float(zones <= _LATE),
        "tail-only": float(zones == {Zone.TAIL}),
    }


def _log(score: float) -> float:
    return math.log(score + _FAINT)
