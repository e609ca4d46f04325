"""Quantities: which of an article's quantities belong to the project."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from offing.model.reading.mention import Mention, MentionKind, Quantity
from offing.model.values.vocabulary import Mode
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.classifier import (
    Features,
    Group,
    GroupFeatures,
    group_features,
    grouped,
    is_near,
    likeliest,
)
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import names_only_others

QUANTITIES = "quantities"  # name of the weights and of the encoder's tag
_MOST = 10
_SMALL = 5
_MANY_PEOPLE = 20_000  # more than that are a town's inhabitants, not somebody's staff
_MOST_LISTED, _MOST_ALIKE = 4, 3
_NEAR_WORKS, _NEAR_ROLE = 30, 40  # characters
_PEOPLE = "persons"
_ANY_KIND = "unit"  # for units that `kinds` does not name, and for mentions that older rules stored without one


def choose_quantities(scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None) -> list[Ranked]:
    """The quantities of the project, each number and unit once, likeliest first.

    Args:
        scope: the lines of the project.
        targets: its countries.
        encoded: the encoded project, if any.
    """
    return likeliest(scope, QUANTITIES, quantity_features(scope, targets, encoded), _MOST)


def quantity_features(scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None) -> list[GroupFeatures]:
    """All quantities of the text, each with the features of belonging to the project."""
    own = [(line, mention) for line, mention in scope.of(MentionKind.QUANTITY) if mention.key is None]
    sizes = (size_of(mention) for _, mention in own)
    keys = (f"{size.value.normalize():f} {size.unit}" for size in sizes)
    pairs = [(key, line, mention) for key, (line, mention) in zip(keys, own, strict=True)]

    def weight(line: Line, _: Mention) -> float:
        factor = scope.level("limits.party_other_country") if names_only_others(line, targets) else 1.0
        return scope.weight(line, QUANTITIES) * factor

    groups = grouped(pairs, weight)
    return group_features(QUANTITIES, groups, lambda group: _features(group, groups), encoded)


def size_of(mention: Mention) -> Quantity:
    """The quantity of a mention of one."""
    assert isinstance(mention.value, Quantity)
    return mention.value


def _features(group: Group, groups: Sequence[Group]) -> Features:
    """Features that only quantities have: the kind of their unit, their size, what is beside them."""
    votes = [(line, mention) for _, line, mention in group.votes]
    mention = votes[0][1]
    size = size_of(mention)
    sizes = [size_of(other.votes[0][2]) for other in groups]
    alike = [other.value for other in sizes if other.unit == size.unit]
    listed = (sum(other.key is None for other in line.of(MentionKind.QUANTITY)) for line, _ in votes)
    people = size.unit == _PEOPLE
    trained = any(mode.key == Mode.TRAINING for line, _ in votes for mode in line.of(MentionKind.MODE))
    return {
        mention.by or _ANY_KIND: 1.0,
        "title": float(any(line.zone is Zone.TITLE for line, _ in votes)),
        "listed": float(min(max(listed) - 1, _MOST_LISTED)),
        "crowd": math.log(len(groups)),
        "alike": float(min(len(alike) - 1, _MOST_ALIKE)),
        "largest": float(size.value >= max(alike)),
        "small": float(size.value < _SMALL),
        "digits": math.log10(max(size.value, Decimal(0)) + 1),
        "population": float(people and size.value > _MANY_PEOPLE),
        "trained": float(people and trained),
        "near-works": float(any(is_near(pair, MentionKind.SECTOR, _NEAR_WORKS) for pair in votes)),
        "near-role": float(any(is_near(pair, MentionKind.ROLE, _NEAR_ROLE) for pair in votes)),
        "status": float(any(line.of(MentionKind.STATUS) for line, _ in votes)),
        "place": float(any(line.of(MentionKind.PLACE) for line, _ in votes)),
        "negation": float(any("negation" in line.marks for line, _ in votes)),
    }
