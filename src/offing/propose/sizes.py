"""Quantities: which of the sizes that an article tells are the project's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from offing.model.mention import Mention, MentionKind, Quantity
from offing.model.vocabulary import Mode
from offing.propose.layout import Zone
from offing.propose.likely import Group, Signed, Signs, choose, grouped, is_near, signed
from offing.propose.meaning import Heard
from offing.propose.reading import Line, Scope
from offing.propose.targets import names_only_others
from offing.propose.votes import Ranked

QUANTITIES = "quantities"  # names the weights, and the reading of what sentences mean
_MOST = 10
_SMALL = 5
_MANY_PEOPLE = 20_000  # more are a town's inhabitants, not somebody's staff
_MOST_LISTED, _MOST_ALIKE = 4, 3
_NEAR_WORKS, _NEAR_ROLE = 30, 40  # characters
_PEOPLE = "persons"
_ANY_KIND = "unit"  # of units that `kinds` does not name, and of mentions that older rules stored without one


def choose_quantities(scope: Scope, targets: Sequence[str], heard: Heard | None = None) -> list[Ranked]:
    """The sizes of the project, each number and unit once, the likeliest first.

    Args:
        scope: the lines of the project.
        targets: its countries.
        heard: what its sentences mean, where that is known.
    """
    return choose(scope, QUANTITIES, signed_quantities(scope, targets, heard), _MOST)


def signed_quantities(scope: Scope, targets: Sequence[str], heard: Heard | None = None) -> list[Signed]:
    """All sizes that the text tells, each with the signs that it is one of the project."""
    pairs = [(_key(mention), line, mention) for line, mention in scope.of(MentionKind.QUANTITY) if mention.key is None]

    def weight(line: Line, _: Mention) -> float:
        factor = scope.level("limits.party_other_country") if names_only_others(line, targets) else 1.0
        return scope.weight(line, QUANTITIES) * factor

    groups = grouped(pairs, weight)
    return signed(QUANTITIES, groups, lambda group: _signs(group, groups), heard)


def _key(mention: Mention) -> str:
    size = _size(mention)
    return f"{size.value.normalize():f} {size.unit}"


def _size(mention: Mention) -> Quantity:
    assert isinstance(mention.value, Quantity)
    return mention.value


def _signs(group: Group, groups: Sequence[Group]) -> Signs:
    """What only sizes have: the kind of their unit, how large they are, what stands beside them."""
    votes = [(line, mention) for _, line, mention in group.votes]
    mention = votes[0][1]
    size = _size(mention)
    alike = [_size(other.votes[0][2]).value for other in groups if _size(other.votes[0][2]).unit == size.unit]
    people = size.unit == _PEOPLE
    return {
        mention.by or _ANY_KIND: 1.0,
        "title": float(any(line.zone is Zone.TITLE for line, _ in votes)),
        "listed": float(max(min(len(_of(line)) - 1, _MOST_LISTED) for line, _ in votes)),
        "crowd": math.log(len(groups)),
        "alike": float(min(len(alike) - 1, _MOST_ALIKE)),
        "largest": float(size.value >= max(alike)),
        "small": float(size.value < _SMALL),
        "digits": math.log10(max(size.value, Decimal(0)) + 1),
        "population": float(people and size.value > _MANY_PEOPLE),
        "trained": float(people and any(_trains(line) for line, _ in votes)),
        "near-works": float(any(is_near(pair, MentionKind.SECTOR, _NEAR_WORKS) for pair in votes)),
        "near-role": float(any(is_near(pair, MentionKind.ROLE, _NEAR_ROLE) for pair in votes)),
        "status": float(any(line.of(MentionKind.STATUS) for line, _ in votes)),
        "place": float(any(line.of(MentionKind.PLACE) for line, _ in votes)),
        "negation": float(any("negation" in line.marks for line, _ in votes)),
    }


def _of(line: Line) -> list[Mention]:
    return [mention for mention in line.of(MentionKind.QUANTITY) if mention.key is None]


def _trains(line: Line) -> bool:
    return any(mention.key == Mode.TRAINING for mention in line.of(MentionKind.MODE))
