"""Which sums are the project's, and of which kind each is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from offing.model.projects.project import CONVERTED, IN_PART
from offing.model.reading.mention import Mention, MentionKind, Money
from offing.model.values.sums import ROUNDED, differ_by_at_most
from offing.model.values.vocabulary import AmountKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amount_kinds import is_adjective, kind_of, nearness
from offing.propose.fields.tranches import is_part
from offing.propose.parties.classifier import Features, Group, GroupFeatures, group_features, likeliest
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import MARKS, Line, Scope
from offing.propose.reading.targets import names_only_others

AMOUNTS = "amounts"  # name of the weights and of the encoder's tag
_CONVERSION = 60  # characters within which a second sum may convert the first into another currency
_UNBOUND = ("zh", "ar")  # languages whose words are not delimited, or carry prefixes
_CONVERTED = r"(?i:[(（]|\b(?:%s)\b|%s|%s)"
# Markers that qualify a single sum; their effect decays with the distance from it.
_BESIDE = frozenset({"unit-price", "stock", "state-share", "claim", "trade", "earlier-sum", "side-cost"})
_TELLING = frozenset({"claim", "trade", "stock", "side-cost", "earlier-sum"})
_MOST_BESIDE, _MOST_SMALLER = 4, 3.0


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """A sum of the project with its occurrences."""

    money: Money
    kind: AmountKind
    score: float
    mentions: tuple[tuple[Line, Mention], ...]

    @property
    def is_converted(self) -> bool:
        """Whether it restates the sum before it in another currency."""
        return self.money.qualifier == CONVERTED


def choose_sums(
    scope: Scope, targets: Sequence[str], parties: frozenset[str], encoded: EncodedPart | None = None
) -> list[ProjectSum]:
    """The sums of a project, in text order.

    Args:
        scope: the lines of the project.
        targets: its countries.
        parties: keys of its firms and lenders.
        encoded: the encoded project, if any.
    """
    found = sum_features(scope, targets, parties, encoded)
    likely = likeliest(scope, AMOUNTS, found, len(found))
    sure = {value.key: value.score for value in likely}
    every = _grouped(scope)
    kept = [places for places in every if _key(places) in sure]
    kept_or_converted = [p for p in every if p in kept or any(_is_conversion(scope, p, other) for other in kept)]
    chosen: list[ProjectSum] = []
    for places in sorted(kept_or_converted, key=lambda places: places[0][1].start):
        twin = next((known for known in chosen[-1:] if _is_conversion(scope, places, list(known.mentions))), None)
        kind = twin.kind if twin else kind_of(scope, places)
        money = replace(_as_stated(scope, places), qualifier=CONVERTED) if twin else _as_stated(scope, places)
        chosen.append(ProjectSum(money, kind, sure.get(_key(places), 0.0), tuple(places)))
    return chosen


def sum_features(
    scope: Scope, targets: Sequence[str], parties: frozenset[str], encoded: EncodedPart | None = None
) -> list[GroupFeatures]:
    """All sums of the text, each with the features of belonging to the project."""
    groups = [_group(scope, places, targets, parties) for places in _grouped(scope)]
    return group_features(AMOUNTS, groups, lambda group: _features(scope, group, groups, parties), encoded)


Places = list[tuple[Line, Mention]]


def _money(mention: Mention) -> Money:
    assert isinstance(mention.value, Money)
    return mention.value


def _as_stated(scope: Scope, places: Places) -> Money:
    """A sum as first stated; the qualifier "in part" replaces "about"."""
    money = _money(places[0][1])
    return replace(money, qualifier=IN_PART) if is_part(scope, places) else money


def _grouped(scope: Scope) -> list[Places]:
    """The sums, grouping mentions of the same sum."""
    groups: list[Places] = []
    for line, mention in scope.of(MentionKind.MONEY):
        if not isinstance(mention.value, Money) or mention.value.value <= 0:
            continue
        same = next((group for group in groups if _is_same(_money(group[0][1]), mention.value)), None)
        if same is None:
            groups.append([(line, mention)])
        else:
            same.append((line, mention))
    return groups


def _is_same(one: Money, other: Money) -> bool:
    return one.currency == other.currency and differ_by_at_most(ROUNDED, one.value, other.value)


def _group(scope: Scope, places: Places, targets: Sequence[str], parties: frozenset[str]) -> Group:
    votes = [(_score(scope, line, mention, targets, parties), line, mention) for line, mention in places]
    return Group(_key(places), tuple(votes))


def _key(places: Places) -> str:
    money = _money(places[0][1])
    return f"{money.value:f} {money.currency}"


def _features(scope: Scope, group: Group, groups: Sequence[Group], parties: frozenset[str]) -> Features:
    """Features that only sums have: what is beside them, and how they compare with the others."""
    places = _places(group)
    lines = [line for line, _ in places]
    return {
        "second": float(any(line.zone is Zone.SECOND for line in lines)),
        "crowd": math.log(len(groups)),
        "beside": float(max(min(len(line.of(MentionKind.MONEY)) - 1, _MOST_BESIDE) for line in lines)),
        "smaller": _smaller(group, groups),
        "converted": float(any(_is_conversion(scope, places, _places(g)) for g in groups if g is not group)),
        "party": float(any(_names(line, parties) for line in lines)),
        "other-party": float(all(_parties(line) and not _names(line, parties) for line in lines)),
        "near-kind": _nearest(scope, places, MentionKind.FLOW, None),
        "status": float(any(line.of(MentionKind.STATUS) for line in lines)),
        "quantity": float(any(line.of(MentionKind.QUANTITY) for line in lines)),
        "concern": float(any(line.of(MentionKind.CONCERN) for line in lines)),
        "separate": float(all("separate" in line.marks for line in lines)),
        **{mark: _nearest(scope, places, MentionKind.SIGNAL, f"{MARKS}{mark}") for mark in sorted(_TELLING)},
    }


def _places(group: Group) -> Places:
    return [(line, mention) for _, line, mention in group.votes]


def _smaller(group: Group, groups: Sequence[Group]) -> float:
    """By how many digits a sum is smaller than the largest one in its currency."""
    money = _money(group.votes[0][2])
    others = (_money(other.votes[0][2]) for other in groups)
    largest = max(other.value for other in others if other.currency == money.currency)
    return min(math.log10(largest + 1) - math.log10(money.value + 1), _MOST_SMALLER)


def _nearest(scope: Scope, places: Places, kind: MentionKind, key: str | None) -> float:
    """The nearness of the nearest wording of a kind: 1 right beside the sum, 0 if none is in its sentences."""
    near = (
        nearness(scope.article.text, cue, mention)
        for line, mention in places
        for cue in line.of(kind)
        if key is None or cue.key == key
    )
    return max(near, default=0.0)


def _parties(line: Line) -> tuple[Mention, ...]:
    return line.of(MentionKind.FIRM, MentionKind.LENDER)


def _names(line: Line, parties: frozenset[str]) -> bool:
    return any(mention.key in parties or mention.name in parties for mention in _parties(line))


def _score(scope: Scope, line: Line, mention: Mention, targets: Sequence[str], parties: frozenset[str]) -> float:
    weight = scope.weight(replace(line, marks=line.marks - _BESIDE), "amounts") * _side(scope, line, mention)
    for kinds, name in (
        ((MentionKind.FLOW,), "near_flow"),
        ((MentionKind.SECTOR, MentionKind.STATUS), "near_project"),
        ((MentionKind.QUANTITY,), "near_quantity"),
    ):
        weight *= scope.level(f"limits.amounts_{name}") if line.of(*kinds) else 1.0
    if _names(line, parties):
        weight *= scope.level("limits.amounts_near_party")
    if _money(mention).value < Decimal(str(scope.level("limits.amounts_small"))):
        weight *= scope.level("limits.amounts_small_factor")
    if names_only_others(line, targets):
        weight *= scope.level("limits.amounts_other_country")
    return weight * _other_party(scope, line, parties)


def _side(scope: Scope, line: Line, mention: Mention) -> float:
    """The factor for markers beside a sum: a fine, a turnover, the price of an earlier system."""
    factor, text = 1.0, scope.article.text
    named_behind = is_adjective(scope, mention)  # a penalty on the $318 million deal
    for mark in sorted(line.marks & _BESIDE):
        cues = [cue for cue in _cues(line, mark) if cue.start >= mention.end or not named_behind]
        near = max((nearness(text, cue, mention) for cue in cues), default=0.0)
        factor *= 1.0 - (1.0 - scope.factor(f"markers.amounts.{mark}")) * near
    return factor


def _cues(line: Line, mark: str) -> list[Mention]:
    return [cue for cue in line.of(MentionKind.SIGNAL) if cue.key == f"{MARKS}{mark}"]


def _other_party(scope: Scope, line: Line, parties: frozenset[str]) -> float:
    """The penalty for a sum beside another donor, another country's firm, or only Chinese parties of other projects."""
    if line.signals() & {"other-donor", "other-contractor"}:
        return scope.level("limits.amounts_other_donor")
    if _parties(line) and not _names(line, parties):
        return scope.level("limits.amounts_other_party")
    return 1.0


def _is_conversion(scope: Scope, group: Places, kept: Places) -> bool:
    """Whether a sum restates a kept one in another currency, right beside it."""
    lists = (words(scope.rules, "converted", language) for language in ("", *_UNBOUND))
    converted = pattern(_CONVERTED, *lists)
    for line, mention in group:
        for other_line, other in kept:
            left, right = (other, mention) if other.start < mention.start else (mention, other)
            between = scope.article.text[left.end : right.start]
            near = line is other_line and 0 <= right.start - left.end <= _CONVERSION
            if near and _money(mention).currency != _money(other).currency and converted.search(between):
                return True
    return False
