"""How likely a named firm or lender takes part in the project, by what its sentences mean and how they are built.

The weights (log-odds) stand in `scoring.toml` under `firms` and `lenders` (`training/fusion/choices.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from offing.model.mention import MentionKind
from offing.propose.givers import GOVERNMENT
from offing.propose.layout import Zone
from offing.propose.likely import Group, Signed, Signs, circumstances, likelihood, signed
from offing.propose.meaning import Heard
from offing.propose.party_votes import LOST
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked

_LATE = frozenset({Zone.BODY, Zone.TAIL})


def likely_parties(
    scope: Scope, field: str, ranked: Sequence[Ranked], firms: Sequence[Ranked], heard: Heard
) -> list[Ranked]:
    """The parties that are likelier than the field's `least`, in their order.

    Args:
        scope: the lines of the project.
        field: names the table of weights, the reading and the limit.
        ranked: all Chinese firms or lenders in them.
        firms: of a project's lenders its firms.
        heard: what its sentences mean.
    """
    least = scope.level(f"limits.{field}_least")
    found = signed_parties(field, ranked, firms, heard)
    likely = {each.group.key for each in found if likelihood(scope, field, each.signs) >= least}
    return [party for party in ranked if party.key in likely]


def signed_parties(
    field: str, ranked: Sequence[Ranked], firms: Sequence[Ranked], heard: Heard | None = None
) -> list[Signed]:
    """All parties that may take part, each with the signs of it."""
    own = [line for firm in firms for line, _ in firm.mentions]
    groups = [Group(party.key, party.votes) for party in ranked]
    return signed(field, groups, partial(_signs, len(groups), own), heard)


def _signs(crowd: int, own: Sequence[Line], group: Group) -> Signs:
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
