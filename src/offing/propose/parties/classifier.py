"""The probability that an organisation or a place belongs to the project: a logistic regression on features.

The weights of the features (log-odds) are in `scoring.toml`, each with its meaning.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.tags import Tag
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.tagged import BY
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked, Vote
from offing.propose.reading.scope import Line, Scope

_PAST = frozenset({"history", "old-date"})
_OTHERS = frozenset({"other-donor", "other-contractor"})
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_DEAL = (MentionKind.STATUS, MentionKind.MODE, MentionKind.FLOW, MentionKind.ROLE)
_FAINT = 0.03  # keeps the logarithm of negligible weights bounded
_SUREST = 4.0  # cap on the log-odds of a tag
_REPEATS = 3
# The encoder's tag for each field.
TAGS = {"firms": Tag.FIRM, "lenders": Tag.LENDER, "counterparts": Tag.BODY}
TAGS |= {"amounts": Tag.AMOUNT, "quantities": Tag.SIZE, "places": Tag.PLACE}
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one organisation or place, and the weight of each."""

    key: str
    votes: tuple[Vote, ...]

    @property
    def strength(self) -> float:
        """The logarithm of its total weight in the text."""
        return math.log(sum(weight for weight, _, _ in self.votes) + _FAINT)


@dataclass(frozen=True, slots=True)
class GroupFeatures:
    """A group and its features, by name, for belonging to the project."""

    group: Group
    features: Features


def group_features(
    field: str, groups: Sequence[Group], features_of: Callable[[Group], Features], encoded: EncodedPart | None
) -> list[GroupFeatures]:
    """The groups with their features.

    Args:
        field: selects the tag.
        groups: candidates for belonging to the project.
        features_of: computes the features of a group that are specific to the field.
        encoded: the encoded project, if any.
    """
    strongest = max((group.strength for group in groups), default=0.0)
    return [
        GroupFeatures(
            group, {**_common_features(group, strongest), **features_of(group), **_tag_features(encoded, field, group)}
        )
        for group in groups
    ]


def likeliest(scope: Scope, field: str, found: Iterable[GroupFeatures], most: int) -> list[Ranked]:
    """The groups above the field's `least` probability, likeliest first.

    Args:
        scope: the lines of the project.
        field: selects the table of weights and the threshold.
        found: candidates for belonging to it.
        most: the maximum number of results.
    """
    ranked = [Ranked(each.group.key, likelihood(scope, field, each.features), each.group.votes) for each in found]
    ranked.sort(key=lambda value: (-value.score, value.first.start))
    return [value for value in ranked if value.score >= scope.level(f"limits.{field}_least")][:most]


def likelihood(scope: Scope, field: str, features: Features) -> float:
    """The probability that a candidate with these features belongs to the project, by its field's weights."""
    total = scope.level(f"{field}.bias") + sum(scope.level(f"{field}.{name}") * size for name, size in features.items())
    return 1 / (1 + math.exp(-total))


def grouped(pairs: Iterable[tuple[str, Line, Mention]], weight_of: Callable[[Line, Mention], float]) -> list[Group]:
    """Group the mentions by key, each with its weight, strongest first."""
    found: dict[str, list[Vote]] = {}
    for key, line, mention in pairs:
        found.setdefault(key, []).append((weight_of(line, mention), line, mention))
    return [Group(key, tuple(sorted(votes, key=lambda v: (-v[0], v[2].start)))) for key, votes in found.items()]


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Map each name to the longest one that starts or ends with it: "Hormuud" is short for "Hormuud Telecom".

    Among equally long ones the first wins.
    """
    ordered = sorted(dict.fromkeys(names), key=len, reverse=True)
    return {name: next(o for o in ordered if o.startswith(name) or o.endswith(name)) for name in ordered}


def in_full(value: Ranked) -> Ranked:
    """The value with its longest writing first."""
    return replace(value, votes=tuple(sorted(value.votes, key=lambda vote: (-len(vote[2].text), -vote[0]))))


def circumstances(group: Group) -> Features:
    """Features of the sentences of an organisation or place: a Chinese party's deal, or only negations."""
    lines = [line for _, line, _ in group.votes]
    return {
        "deal": float(any(line.of(*_PARTIES) and line.of(*_DEAL) for line in lines)),
        "negated": float(all("negation" in line.marks for line in lines)),
    }


def is_near(pair: tuple[Line, Mention], kind: MentionKind, reach: int) -> bool:
    """Whether a mention of a kind is within some characters of another one, in its sentence."""
    line, mention = pair
    return any(max(cue.start - mention.end, mention.start - cue.end) <= reach for cue in line.of(kind))


def log_odds(share: float) -> float:
    """A probability as log-odds, capped at ±`_SUREST`."""
    found = math.log(max(share, 1e-6) / max(1 - share, 1e-6))
    return max(-_SUREST, min(_SUREST, found))


def _tag_features(encoded: EncodedPart | None, field: str, group: Group) -> Features:
    """The encoder's highest tag probability over its mentions, in log-odds; or the feature that none is available."""
    places = ((mention.start, mention.end) for _, _, mention in group.votes) if encoded else ()
    shares = [
        share for place in places if encoded and (share := encoded.article.share(TAGS[field], *place)) is not None
    ]
    return {"tag": log_odds(max(shares)), "no-tag": 0.0} if shares else {"tag": 0.0, "no-tag": 1.0}


def _common_features(group: Group, strongest: float) -> Features:
    lines = [line for _, line, _ in group.votes]
    return {
        "strength": group.strength,
        "share": group.strength - strongest,
        "repeated": float(min(len(lines) - 1, _REPEATS)),
        "history": float(all(line.marks & _PAST for line in lines)),
        "other-donor": float(all(line.signals() & _OTHERS for line in lines)),
        "tail-only": float(all(line.zone is Zone.TAIL for line in lines)),
        "lender": float(any(line.of(MentionKind.LENDER) for line in lines)),
        "only-tagged": float(all(mention.by == BY for _, _, mention in group.votes)),
    }
