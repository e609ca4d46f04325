"""How likely a named Chinese firm belongs to the project and not to the background: the logistic of a sum of signs.

The weights (log-odds) stand in `scoring.toml` under `firms`, fitted on annotated articles (docs/quality.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from offing.propose.layout import Zone
from offing.propose.reading import Scope
from offing.propose.votes import Ranked

_LATE = frozenset({Zone.BODY, Zone.TAIL})
_FAINT = 0.03  # keeps the logarithm of what hardly counts within bounds
_FAINTEST = 0.1  # the score below which a firm is taken out: it lost, or its part is denied
_REPEATS = 3


def likely_firms(scope: Scope, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The firms that are likelier than `limits.firms_least`, strongest first.

    Args:
        scope: the lines of the project.
        ranked: all Chinese firms in them, strongest first.
    """
    for party in (party for party in ranked if party.score >= _FAINTEST):
        signs = _signs(party, ranked[0])
        total = scope.level("firms.bias") + sum(scope.level(f"firms.{sign}") * size for sign, size in signs.items())
        if 1 / (1 + math.exp(-total)) >= scope.level("limits.firms_least"):
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
