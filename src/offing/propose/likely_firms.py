"""How likely a named Chinese firm belongs to the project and not to the background: the logistic of a sum of signs.

The weights (log-odds) stand in `scoring.toml` under `firms`, fitted on annotated articles (docs/quality.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from offing.model.mention import MentionKind
from offing.propose.layout import Zone
from offing.propose.reading import Scope
from offing.propose.roles import governs
from offing.propose.votes import Ranked

_PAST = frozenset({"history", "old-date"})
_APART = frozenset({"elsewhere", "separate"})
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_FAINT = 0.03  # keeps the logarithm of what hardly counts within bounds
_FAINTEST = 0.1  # the score below which a firm is taken out: it lost, or its part is denied
_REPEATS = 3
_MOST_WEIGHT = 1.5


def likely_firms(scope: Scope, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The firms that are likelier than `limits.firms_least`, strongest first.

    Args:
        scope: the lines of the project.
        ranked: all Chinese firms in them, strongest first.
    """
    for party in (party for party in ranked if party.score >= _FAINTEST):
        signs = _signs(scope, party, ranked[0])
        total = scope.level("firms.bias") + sum(scope.level(f"firms.{sign}") * size for sign, size in signs.items())
        if 1 / (1 + math.exp(-total)) >= scope.level("limits.firms_least"):
            yield party


def _signs(scope: Scope, party: Ranked, strongest: Ranked) -> Mapping[str, float]:
    lines = [line for line, _ in party.mentions]
    zones = {line.zone for line in lines}
    return {
        "strength": _log(party.score),
        "share": _log(party.score) - _log(strongest.score),
        "repeated": float(min(len(lines) - 1, _REPEATS)),
        "title": float(Zone.TITLE in zones),
        "lead": float(Zone.LEAD in zones),
        "late-only": float(zones <= _LATE),
        "tail-only": float(zones == {Zone.TAIL}),
        "history": float(all(line.marks & _PAST for line in lines)),
        "apart": float(all(line.marks & _APART for line in lines)),
        "listed": float(party.votes[0][2].key is not None),
        "role": _role(scope, party),
    }


def _log(score: float) -> float:
    return math.log(score + _FAINT)


def _role(scope: Scope, party: Ranked) -> float:
    """How surely some wording says what the firm does, in a sentence that counts."""
    says = (
        min(weight, _MOST_WEIGHT) * cue.weight * governs(scope.article.text, line, mention, cue)
        for weight, line, mention in party.votes
        for cue in line.of(MentionKind.ROLE)
    )
    return min(max(says, default=0.0), _MOST_WEIGHT)
