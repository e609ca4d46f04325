"""How likely an organisation or a place belongs to the project: the logistic of a sum of signs.

The weights of the signs (log-odds) stand in `scoring.toml`, each with its meaning.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.mention import Mention, MentionKind
from offing.propose.layout import Zone
from offing.propose.meaning import YES, Heard, odds
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, Vote

_PAST = frozenset({"history", "old-date"})
_OTHERS = frozenset({"other-donor", "other-contractor"})
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_DEAL = (MentionKind.STATUS, MentionKind.MODE, MentionKind.FLOW, MentionKind.ROLE)
_FAINT = 0.03  # keeps the logarithm of what hardly counts within bounds
_REPEATS = 3
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one organisation or place, and the strength of each."""

    key: str
    votes: tuple[Vote, ...]

    @property
    def strength(self) -> float:
        """The logarithm of how much the text makes of it."""
        return math.log(sum(weight for weight, _, _ in self.votes) + _FAINT)


@dataclass(frozen=True, slots=True)
class Signed:
    """A group and the signs by which it may belong to the project, each with its size."""

    group: Group
    signs: Signs


def signed(
    field: str, groups: Sequence[Group], signs_of: Callable[[Group], Signs], heard: Heard | None
) -> list[Signed]:
    """The groups with their signs.

    Args:
        field: names the reading of what sentences mean.
        groups: what may belong to the project.
        signs_of: the signs of a group that only its field has.
        heard: what the project's sentences mean, where that is known.
    """
    strongest = max((group.strength for group in groups), default=0.0)
    return [
        Signed(group, {**_common(group, strongest), **signs_of(group), **_by_meaning(heard, field, group)})
        for group in groups
    ]


def choose(scope: Scope, field: str, found: Iterable[Signed], most: int) -> list[Ranked]:
    """The groups that are likelier than the field's `least`, the likeliest first.

    Args:
        scope: the lines of the project.
        field: names the table of weights and the limit.
        found: what may belong to it.
        most: no more than these.
    """
    ranked = [Ranked(each.group.key, likelihood(scope, field, each.signs), each.group.votes) for each in found]
    ranked.sort(key=lambda value: (-value.score, value.votes[0][2].start))
    return [value for value in ranked if value.score >= scope.level(f"limits.{field}_least")][:most]


def likelihood(scope: Scope, field: str, signs: Signs) -> float:
    """How likely what has some signs belongs to the project, by the weights of its field."""
    total = scope.level(f"{field}.bias") + sum(scope.level(f"{field}.{sign}") * size for sign, size in signs.items())
    return 1 / (1 + math.exp(-total))


def grouped(pairs: Iterable[tuple[str, Line, Mention]], weight_of: Callable[[Line, Mention], float]) -> list[Group]:
    """The mentions by key, each with its strength, the strongest first."""
    found: dict[str, list[Vote]] = {}
    for key, line, mention in pairs:
        found.setdefault(key, []).append((weight_of(line, mention), line, mention))
    return [Group(key, tuple(sorted(votes, key=lambda v: (-v[0], v[2].start)))) for key, votes in found.items()]


def in_full(value: Ranked) -> Ranked:
    """The value with its longest writing first."""
    return replace(value, votes=tuple(sorted(value.votes, key=lambda vote: (-len(vote[2].text), -vote[0]))))


def circumstances(group: Group) -> Signs:
    """What the sentences of an organisation or place tell: a Chinese party's deal, or only what is not so."""
    lines = [line for _, line, _ in group.votes]
    return {
        "deal": float(any(line.of(*_PARTIES) and line.of(*_DEAL) for line in lines)),
        "negated": float(all("negation" in line.marks for line in lines)),
    }


def is_near(pair: tuple[Line, Mention], kind: MentionKind, reach: int) -> bool:
    """Whether a mention of a kind stands within some characters of another one, in its sentence."""
    line, mention = pair
    return any(max(cue.start - mention.end, mention.start - cue.end) <= reach for cue in line.of(kind))


def named(field: str) -> str:
    """The reading that says of a mention itself whether it is the project's."""
    return f"{field}_named"


def meant(heard: Heard, field: str, group: Group) -> float:
    """How surely the sentences of a group mean that it is the project's, in log-odds; 0 where none was heard.

    Args:
        heard: what the project's sentences mean.
        field: names the reading.
        group: an organisation or a sum.
    """
    shares = heard.beside(field, [line for _, line, _ in group.votes])
    return odds(shares[YES]) if shares else 0.0


def _by_meaning(heard: Heard | None, field: str, group: Group) -> Signs:
    """What its sentences mean, and what its mentions mean in them; or that nobody can tell."""
    if heard is None:
        return {"meant": 0.0, "named": 0.0, "unheard": 1.0}
    said = heard.named(named(field), [(line, mention) for _, line, mention in group.votes])
    mean = sum(odds(shares[YES]) for shares in said) / max(len(said), 1)
    return {"meant": meant(heard, field, group), "named": mean, "unheard": 0.0}


def _common(group: Group, strongest: float) -> Signs:
    lines = [line for _, line, _ in group.votes]
    return {
        "strength": group.strength,
        "share": group.strength - strongest,
        "repeated": float(min(len(lines) - 1, _REPEATS)),
        "history": float(all(line.marks & _PAST for line in lines)),
        "other-donor": float(all(line.signals() & _OTHERS for line in lines)),
        "tail-only": float(all(line.zone is Zone.TAIL for line in lines)),
        "lender": float(any(line.of(MentionKind.LENDER) for line in lines)),
    }
