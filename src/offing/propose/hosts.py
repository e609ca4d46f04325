"""Counterparts: which organisations of the host side take part in a project."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial

from offing.model.mention import Mention, MentionKind
from offing.model.rules import ScoringRules
from offing.propose.grammar import pattern, words
from offing.propose.layout import Zone
from offing.propose.likely import Group, Signed, Signs, choose, circumstances, grouped, in_full, signed
from offing.propose.meaning import Heard
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked

COUNTERPARTS = "counterparts"  # names the weights, and the reading of what sentences mean
_MOST = 4
_ONLOOKER = "onlooker"  # what recognition says of a parliament, a court, a union
_PERSON = r"(?i:(?:%s)\b)"
_LONGEST = 8


def choose_counterparts(scope: Scope, targets: Sequence[str], heard: Heard | None = None) -> list[Ranked]:
    """The organisations of the target countries, the likeliest first; none that is another country's.

    Args:
        scope: the lines of the project.
        targets: its countries.
        heard: what its sentences mean, where that is known.
    """
    found = signed_counterparts(scope, targets, heard)
    return [in_full(value) for value in choose(scope, COUNTERPARTS, found, _MOST)]


def signed_counterparts(scope: Scope, targets: Sequence[str], heard: Heard | None = None) -> list[Signed]:
    """All organisations that may take part, each with the signs of it."""
    mentions = [
        (line, mention)
        for line, mention in scope.of(MentionKind.COUNTERPART)
        if mention.key is None or mention.key in targets
    ]
    names = _full_names(mention for _, mention in mentions)

    def weight(line: Line, mention: Mention) -> float:
        return scope.weight(line, COUNTERPARTS) * mention.weight

    groups = grouped(((names[_name(mention)], line, mention) for line, mention in mentions), weight)
    return signed(COUNTERPARTS, groups, partial(_signs, scope.rules, len(groups)), heard)


def _signs(rules: ScoringRules, crowd: int, group: Group) -> Signs:
    mentions = [mention for _, _, mention in group.votes]
    longest = max((mention.text for mention in mentions), key=len)
    return {
        **circumstances(group),
        "crowd": math.log(crowd),
        "title": float(any(line.zone is Zone.TITLE for _, line, _ in group.votes)),
        "onlooker": float(any(mention.by == _ONLOOKER for mention in mentions)),
        "person": float(pattern(_PERSON, words(rules, "persons")).match(longest) is not None),
        "words": float(min(len(longest.split()), _LONGEST)),
        "of-target": float(any(mention.key for mention in mentions)),
    }


def _name(mention: Mention) -> str:
    return (mention.name or mention.text).casefold()


def _full_names(mentions: Iterable[Mention]) -> dict[str, str]:
    """For each name the longest one that starts or ends with it: "Hormuud" is short for "Hormuud Telecom".

    Of two as long it is the one that stands first.
    """
    names = sorted(dict.fromkeys(map(_name, mentions)), key=len, reverse=True)
    return {name: next(other for other in names if other.startswith(name) or other.endswith(name)) for name in names}
