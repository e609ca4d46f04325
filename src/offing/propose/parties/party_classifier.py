"""The probability that a named Chinese firm or lender takes part in the project rather than in the background.

Logistic regressions, whose weights (log-odds) are in `scoring.toml`: under `firms` and `lenders` by encoder and
wordings (`training/fusion/choices.py`), under `firms_worded` by wordings alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import MentionKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.classifier import Features, Group, GroupFeatures, circumstances, group_features, likelihood
from offing.propose.parties.funders import GOVERNMENT
from offing.propose.parties.party_ranking import LOST
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope

WORDED = "firms_worded"  # name of the weights by wordings alone
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_FAINT = 0.03  # keeps the logarithm of negligible weights bounded
_FAINTEST = 0.1  # the score below which a firm is dropped: it lost, or its part is denied
_REPEATS = 3


def likely_firms(scope: Scope, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The firms that wordings alone make likelier than `limits.firms_worded_least`, strongest first.

    Args:
        scope: the lines of the project.
        ranked: all Chinese firms in them, strongest first.
    """
    for party in (party for party in ranked if party.score >= _FAINTEST):
        zones = {line.zone for line, _ in party.mentions}
        strength = math.log(party.score + _FAINT)
        features = {
            "strength": strength,
            "share": strength - math.log(ranked[0].score + _FAINT),
            "repeated": float(min(len(party.mentions) - 1, _REPEATS)),
            "late-only": float(zones <= _LATE),
            "tail-only": float(zones == {Zone.TAIL}),
        }
        if likelihood(scope, WORDED, features) >= scope.level(f"limits.{WORDED}_least"):
            yield party


def likely_parties(
    scope: Scope, field: str, ranked: Sequence[Ranked], firms: Sequence[Ranked], encoded: EncodedPart
) -> list[Ranked]:
    """The parties above the field's `least` probability, in their order.

    Args:
        scope: the lines of the project.
        field: selects the table of weights, the tag and the threshold.
        ranked: all Chinese firms or lenders in them.
        firms: for lenders, the project's firms.
        encoded: the encoded project.
    """
    least = scope.level(f"limits.{field}_least")
    found = party_features(field, ranked, firms, encoded)
    likely = {each.group.key for each in found if likelihood(scope, field, each.features) >= least}
    return [party for party in ranked if party.key in likely]


def party_features(
    field: str, ranked: Sequence[Ranked], firms: Sequence[Ranked], encoded: EncodedPart | None = None
) -> list[GroupFeatures]:
    """All parties that may take part, each with its features."""
    own = [line for firm in firms for line, _ in firm.mentions]

    def features(group: Group) -> Features:
        lines = [line for _, line, _ in group.votes]
        return {
            **circumstances(group),
            "crowd": math.log(len(ranked)),
            "late-only": float(all(line.zone in _LATE for line in lines)),
            "title": float(any(line.zone is Zone.TITLE for line in lines)),
            "lost": float(all(line.marks & LOST for line in lines)),
            "unlisted": float(group.votes[0][2].key is None),
            "government": float(group.key == GOVERNMENT),
            "money": float(any(line.of(MentionKind.MONEY) for line in lines)),
            "own-firm": float(any(line in own for line in lines)),
        }

    return group_features(field, [Group(party.key, party.votes) for party in ranked], features, encoded)
