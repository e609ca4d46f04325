"""Counterparts: which host-side organisations take part in a project."""

from __future__ import annotations

import math
from collections.abc import Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.classifier import (
    Features,
    Group,
    GroupFeatures,
    circumstances,
    full_names,
    group_features,
    grouped,
    in_full,
    likeliest,
)
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

COUNTERPARTS = "counterparts"  # name of the weights and of the encoder's tag
_MOST = 4
_ONLOOKER = "onlooker"  # recognition's tag for a parliament, a court, a union
_PERSON = r"(?i:(?:%s)\b)"
_LONGEST = 8


def choose_counterparts(scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None) -> list[Ranked]:
    """The organisations of the target countries, likeliest first; none of another country.

    Args:
        scope: the lines of the project.
        targets: its countries.
        encoded: the encoded project, if any.
    """
    found = counterpart_features(scope, targets, encoded)
    return [in_full(value) for value in likeliest(scope, COUNTERPARTS, found, _MOST)]


def counterpart_features(
    scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None
) -> list[GroupFeatures]:
    """All organisations that may take part, each with its features."""
    mentions = [
        (line, mention)
        for line, mention in scope.of(MentionKind.COUNTERPART)
        if mention.key is None or mention.key in targets
    ]
    person = pattern(_PERSON, words(scope.rules, "persons"))
    full = full_names(_name(mention) for _, mention in mentions)

    def weight(line: Line, mention: Mention) -> float:
        return scope.weight(line, COUNTERPARTS) * mention.weight

    def features(group: Group) -> Features:
        own = [mention for _, _, mention in group.votes]
        longest = max((mention.text for mention in own), key=len)
        return {
            **circumstances(group),
            "crowd": math.log(len(groups)),
            "title": float(any(line.zone is Zone.TITLE for _, line, _ in group.votes)),
            "onlooker": float(any(mention.by == _ONLOOKER for mention in own)),
            "person": float(person.match(longest) is not None),
            "words": float(min(len(longest.split()), _LONGEST)),
            "of-target": float(any(mention.key for mention in own)),
        }

    groups = grouped(((full[_name(mention)], line, mention) for line, mention in mentions), weight)
    return group_features(COUNTERPARTS, groups, features, encoded)


def _name(mention: Mention) -> str:
    return (mention.name or mention.text).casefold()
