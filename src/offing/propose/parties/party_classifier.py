"""The probability that a named firm or lender takes part in the project, by encoder and wordings.

The weights (log-odds) are in `scoring.toml` under `firms` and `lenders` (`training/fusion/choices.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from offing.model.reading.mention import MentionKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.classifier import Features, Group, GroupFeatures, circumstances, group_features, likelihood
from offing.propose.parties.funders import GOVERNMENT
from offing.propose.parties.party_ranking import LOST
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

_LATE = frozenset({Zone.BODY, Zone.TAIL})


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
    groups = [Group(party.key, party.votes) for party in ranked]
    return group_features(field, groups, partial(_features, len(groups), own), encoded)


def _features(crowd: int, own: Sequence[Line], group: Group) -> Features:
    lines = [line for _, line, _ in group.votes]
    return {
        **circumstances(group),
        "crowd": math.log(crowd),
        "late-only": float(all(line.zone in _LATE for line in lines)),
        "title": float(any(line.zone is Zone.TITLE for line in lines)),
        "lost": float(all(line.marks & LOST for line in lines)),
        "unlisted": float(group.votes[0][2].key is None),
        "government": float(group.key == GOVERNMENT),
        "money": float(any(line.of(MentionKind.MONEY) for line in lines)),
        "own-firm": float(any(line in own for line in lines)),
    }
