"""Counterparts: which organisations of the host side take part in a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, Vote, rank

_MOST = 4
_FACTS = (MentionKind.STATUS, MentionKind.MONEY, MentionKind.FLOW, MentionKind.MODE, MentionKind.ROLE)
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_NEAR = 60  # characters between an organisation and a party or wording of the project


def choose_counterparts(scope: Scope, targets: Sequence[str]) -> list[Ranked]:
    """The organisations of the target countries, the likeliest first."""
    mentions = [
        (line, mention)
        for line, mention in scope.of(MentionKind.COUNTERPART)
        if mention.key is None or mention.key in targets
    ]
    names = _full_names(mention for _, mention in mentions)
    votes: list[tuple[str, Vote]] = [
        (names[_name(mention)], (_weight(scope, line, mention), line, mention)) for line, mention in mentions
    ]
    ranked = [_in_full(value) for value in rank(votes, scope.level("limits.cue_fade"))]
    return [value for value in ranked if value.score >= scope.level("limits.counterparts_least")][:_MOST]


def _name(mention: Mention) -> str:
    return (mention.name or mention.text).casefold()


def _full_names(mentions: Iterable[Mention]) -> dict[str, str]:
    """For each name the longest one that starts or ends with it: "Hormuud" is short for "Hormuud Telecom"."""
    names = sorted({_name(mention) for mention in mentions}, key=len, reverse=True)
    return {name: next(other for other in names if other == name or _is_short_for(name, other)) for name in names}


def _is_short_for(name: str, other: str) -> bool:
    return other.startswith(name) or other.endswith(name)


def _in_full(value: Ranked) -> Ranked:
    """The value with its longest name first among mentions of the same strength or nearly."""
    votes = sorted(value.votes, key=lambda vote: (-len(vote[2].text), -vote[0]))
    return replace(value, votes=tuple(votes))


def _weight(scope: Scope, line: Line, mention: Mention) -> float:
    return scope.weight(line, "counterparts") * mention.weight
