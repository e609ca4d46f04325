"""How likely a named Chinese firm belongs to the project and not to the background, before its sentences are heard.

The logistic of a sum of signs, whose weights (log-odds) stand in `scoring.toml` under `firms_worded`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from offing.propose.layout import Zone
from offing.propose.likely import likelihood
from offing.propose.reading import Scope
from offing.propose.votes import Ranked

WORDED = "firms_worded"  # names the weights
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_FAINT = 0.03  # keeps the logarithm of what hardly counts within bounds
_FAINTEST = 0.1  # the score below which a firm is taken out: it lost, or its part is denied
_REPEATS = 3


def likely_firms(scope: Scope, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The firms that are likelier than `limits.firms_worded_least`, strongest first.

    Args:
        scope: the lines of the project.
        ranked: all Chinese firms in them, strongest first.
    """
    for party in (party for party in ranked if party.score >= _FAINTEST):
        if likelihood(scope, WORDED, _signs(party, ranked[0])) >= scope.level(f"limits.{WORDED}_least"):
            yield party


def _signs(party: Ranked, strongest: Ranked) -> Mapping[str, float]:
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
