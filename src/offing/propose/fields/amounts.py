"""Which sums are the project's, of which kind each is, and which is only a part of another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from offing.model.projects.project import CONVERTED, IN_PART
from offing.model.reading.mention import Mention, MentionKind, Money
from offing.model.values.sums import ROUNDED, differ_by_at_most
from offing.model.values.vocabulary import AmountKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amount_kinds import is_adjective, kind_of, nearness
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
_MARK_FEATURES = frozenset({"claim", "trade", "stock", "side-cost", "earlier-sum"})
_MOST_BESIDE, _MOST_SMALLER = 4, 3.0
_PART_BEFORE, _PART_BEHIND = "sum-part-before", "sum-part-behind"
# The gap between a wording of a part and its sum: nothing, or "about". With "the" the sum is the whole: "of the $200m
# loan".
_TO_SUM = r"[\s,(«\"“–—:-]{0,3}(?:[^\W\d_]{4,}\s(?:(?:%s)\s)?)?"
_TO_WORDING = re.compile(r"[\s,-]{0,2}")

Occurrences = list[tuple[Line, Mention]]  # of one sum


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
    scores = {value.key: value.score for value in likeliest(scope, AMOUNTS, found, len(found))}
    every = _grouped(scope)
    likely = [each for each in every if _key(each) in scores]
    own = [each for each in every if each in likely or any(_is_conversion(scope, each, other) for other in likely)]
    chosen: list[ProjectSum] = []
    for each in sorted(own, key=lambda occurrences: occurrences[0][1].start):
        twin = next((known for known in chosen[-1:] if _is_conversion(scope, each, list(known.mentions))), None)
        kind = twin.kind if twin else kind_of(scope, each)
        money = replace(_as_stated(scope, each), qualifier=CONVERTED) if twin else _as_stated(scope, each)
        chosen.append(ProjectSum(money, kind, scores.get(_key(each), 0.0), tuple(each)))
    return chosen


def sum_features(
    scope: Scope, targets: Sequence[str], parties: frozenset[str], encoded: EncodedPart | None = None
) -> list[GroupFeatures]:
    """All sums of the text, each with the features of belonging to the project."""
    groups = [
        Group(
            _key(each),
            tuple((_weight(scope, line, mention, targets, parties), line, mention) for line, mention in each),
        )
        for each in _grouped(scope)
    ]
    return group_features(AMOUNTS, groups, lambda group: _features(scope, group, groups, parties), encoded)


def is_part(scope: Scope, occurrences: Iterable[tuple[Line, Mention]]) -> bool:
    """Whether a sum is anywhere stated as a part of another: a tranche of a loan, the cost of one phase."""
    to_sum, text = pattern(_TO_SUM, words(scope.rules, "part_of")), scope.article.text
    for line, mention in occurrences:
        start, end = mention.start, mention.end
        for cue in line.of(MentionKind.SIGNAL):
            if cue.key == _PART_BEFORE and cue.end <= start and to_sum.fullmatch(text, cue.end, start):
                return True
            if cue.key == _PART_BEHIND and end <= cue.start and _TO_WORDING.fullmatch(text, end, cue.start):
                return True
    return False


def _money(mention: Mention) -> Money:
    assert isinstance(mention.value, Money)
    return mention.value


def _as_stated(scope: Scope, occurrences: Occurrences) -> Money:
    """A sum as first stated; the qualifier "in part" replaces "about"."""
    money = _money(occurrences[0][1])
    return replace(money, qualifier=IN_PART) if is_part(scope, occurrences) else money


def _grouped(scope: Scope) -> list[Occurrences]:
    """The sums, grouping mentions of the same sum."""
    groups: list[Occurrences] = []
    for line, mention in scope.of(MentionKind.MONEY):
        if not isinstance(mention.value, Money) or mention.value.value <= 0:
            continue
        same = [
            group
            for group, known in ((group, _money(group[0][1])) for group in groups)
            if known.currency == mention.value.currency and differ_by_at_most(ROUNDED, known.value, mention.value.value)
        ]
        if same:
            same[0].append((line, mention))
        else:
            groups.append([(line, mention)])
    return groups


def _key(occurrences: Occurrences) -> str:
    money = _money(occurrences[0][1])
    return f"{money.value:f} {money.currency}"


def _features(scope: Scope, group: Group, groups: Sequence[Group], parties: frozenset[str]) -> Features:
    """Features that only sums have: what is beside them, and how they compare with the others."""
    occurrences, others = _occurrences(group), [_occurrences(other) for other in groups if other is not group]
    lines = [line for line, _ in occurrences]
    money = _money(occurrences[0][1])
    rivals = (_money(other[0][1]) for other in (occurrences, *others))
    largest = max(rival.value for rival in rivals if rival.currency == money.currency)
    digits_smaller = math.log10(largest + 1) - math.log10(money.value + 1)
    return {
        "second": float(any(line.zone is Zone.SECOND for line in lines)),
        "crowd": math.log(len(groups)),
        "beside": float(max(min(len(line.of(MentionKind.MONEY)) - 1, _MOST_BESIDE) for line in lines)),
        "smaller": min(digits_smaller, _MOST_SMALLER),
        "converted": float(any(_is_conversion(scope, occurrences, other) for other in others)),
        "party": float(any(_names(line, parties) for line in lines)),
        "other-party": float(all(_parties(line) and not _names(line, parties) for line in lines)),
        "near-kind": _nearest(scope, occurrences, MentionKind.FLOW, None),
        "status": float(any(line.of(MentionKind.STATUS) for line in lines)),
        "quantity": float(any(line.of(MentionKind.QUANTITY) for line in lines)),
        "concern": float(any(line.of(MentionKind.CONCERN) for line in lines)),
        "separate": float(all("separate" in line.marks for line in lines)),
        **{mark: _nearest(scope, occurrences, MentionKind.SIGNAL, f"{MARKS}{mark}") for mark in sorted(_MARK_FEATURES)},
    }


def _occurrences(group: Group) -> Occurrences:
    return [(line, mention) for _, line, mention in group.votes]


def _nearest(scope: Scope, occurrences: Occurrences, kind: MentionKind, key: str | None) -> float:
    """The nearness of the nearest wording of a kind: 1 right beside the sum, 0 if none is in its sentences."""
    near = (
        nearness(scope.article.text, cue, mention)
        for line, mention in occurrences
        for cue in line.of(kind)
        if key is None or cue.key == key
    )
    return max(near, default=0.0)


def _parties(line: Line) -> tuple[Mention, ...]:
    return line.of(MentionKind.FIRM, MentionKind.LENDER)


def _names(line: Line, parties: frozenset[str]) -> bool:
    return any(mention.key in parties or mention.name in parties for mention in _parties(line))


def _weight(scope: Scope, line: Line, mention: Mention, targets: Sequence[str], parties: frozenset[str]) -> float:
    weight = scope.weight(replace(line, marks=line.marks - _BESIDE), "amounts") * _mark_factor(scope, line, mention)
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
    if line.signals() & {"other-donor", "other-contractor"}:
        weight *= scope.level("limits.amounts_other_donor")
    elif _parties(line) and not _names(line, parties):  # only Chinese parties of other projects
        weight *= scope.level("limits.amounts_other_party")
    return weight


def _mark_factor(scope: Scope, line: Line, mention: Mention) -> float:
    """The factor for markers beside a sum: a fine, a turnover, the price of an earlier system."""
    factor, text = 1.0, scope.article.text
    named_behind = is_adjective(scope, mention)  # a penalty on the $318 million deal
    for mark in sorted(line.marks & _BESIDE):
        cues = [cue for cue in line.of(MentionKind.SIGNAL) if cue.key == f"{MARKS}{mark}"]
        applying = (cue for cue in cues if cue.start >= mention.end or not named_behind)
        near = max((nearness(text, cue, mention) for cue in applying), default=0.0)
        factor *= 1.0 - (1.0 - scope.factor(f"markers.amounts.{mark}")) * near
    return factor


def _is_conversion(scope: Scope, one: Occurrences, known: Occurrences) -> bool:
    """Whether a sum restates a known one in another currency, right beside it."""
    lists = (words(scope.rules, "converted", language) for language in ("", *_UNBOUND))
    converted = pattern(_CONVERTED, *lists)
    for (line, mention), (other_line, other) in product(one, known):
        left, right = (other, mention) if other.start < mention.start else (mention, other)
        between = scope.article.text[left.end : right.start]
        near = line is other_line and 0 <= right.start - left.end <= _CONVERSION
        if near and _money(mention).currency != _money(other).currency and converted.search(between):
            return True
    return False
