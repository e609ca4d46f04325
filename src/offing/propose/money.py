"""Which sums are the project's, and what each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from offing.model.mention import Mention, MentionKind, Money
from offing.model.vocabulary import AmountKind
from offing.propose.kinds import is_adjective, kind_of, nearness
from offing.propose.reading import MARKS, Line, Scope
from offing.propose.targets import names_only_others

_CONVERSION = 60  # characters within which a second sum may be the same one in another currency
_CONVERTED = re.compile(
    r"[(（]|\b(?:about|around|roughly|approximately|equivalent|or|soit|environ|équivalent|unos|cerca|aproximadamente"
    r"|equivalente|около|примерно|эквивалент)\b|约|合|折合|أي|نحو|حوالي|ما يعادل",
    re.IGNORECASE,
)
_NO_PRICE = "marks-no-price"
# Markers that tell what a single sum is; they count the less the farther they stand from it.
_BESIDE = frozenset({"unit-price", "stock", "state-share", "claim", "trade", "earlier-sum", "side-cost"})
_SAME = Decimal("0.02")  # two writings of one sum: $154m and $154.2 million


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of the project with the places where it stands."""

    money: Money
    kind: AmountKind
    score: float
    mentions: tuple[tuple[Line, Mention], ...]


def choose_sums(scope: Scope, targets: Sequence[str], parties: frozenset[str]) -> list[Sum]:
    """The sums of a project, in the order of the text.

    Args:
        scope: the lines of the project.
        targets: its countries.
        parties: keys of its firms and lenders.
    """
    grouped = _grouped(scope)
    scored = [(max(_score(scope, line, m, targets, parties) for line, m in group), group) for group in grouped]
    if not scored:
        return []
    best = max(score for score, _ in scored)
    least = max(_least(scope), scope.level("limits.amounts_share") * best)
    kept = [(score, group) for score, group in scored if score >= least]
    kept += [(s, g) for s, g in scored if (s, g) not in kept and any(_is_conversion(scope, g, k) for _, k in kept)]
    kept.sort(key=lambda item: item[1][0][1].start)
    chosen: list[Sum] = []
    for score, group in kept:
        twin = next((known for known in chosen[-1:] if _is_conversion(scope, group, list(known.mentions))), None)
        kind = twin.kind if twin else kind_of(scope, group)
        chosen.append(Sum(_money(group[0][1]), kind, score, tuple(group)))
    return chosen


def _least(scope: Scope) -> float:
    """What a sum must weigh; more where the article says that the price is not known."""
    unknown = any(_NO_PRICE in line.signals() for line in scope.lines)
    return scope.level("limits.amounts_least") * (scope.level("limits.amounts_no_price") if unknown else 1.0)


Group = list[tuple[Line, Mention]]


def _money(mention: Mention) -> Money:
    assert isinstance(mention.value, Money)
    return mention.value


def _grouped(scope: Scope) -> list[Group]:
    """The sums, those that are one sum written twice together."""
    groups: list[Group] = []
    for line, mention in scope.of(MentionKind.MONEY):
        if not isinstance(mention.value, Money) or mention.value.value <= 0:
            continue
        same = next((group for group in groups if _same(_money(group[0][1]), mention.value)), None)
        if same is None:
            groups.append([(line, mention)])
        else:
            same.append((line, mention))
    return groups


def _same(a: Money, b: Money) -> bool:
    return a.currency == b.currency and abs(a.value - b.value) <= _SAME * max(a.value, b.value)


def _score(scope: Scope, line: Line, mention: Mention, targets: Sequence[str], parties: frozenset[str]) -> float:
    weight = scope.weight(replace(line, marks=line.marks - _BESIDE), "amounts") * _side(scope, line, mention)
    for kinds, name in (
        ((MentionKind.FLOW,), "near_flow"),
        ((MentionKind.SECTOR, MentionKind.STATUS), "near_project"),
        ((MentionKind.QUANTITY,), "near_quantity"),
    ):
        weight *= scope.level(f"limits.amounts_{name}") if line.of(*kinds) else 1.0
    if any(m.key in parties or m.name in parties for m in line.of(MentionKind.FIRM, MentionKind.LENDER)):
        weight *= scope.level("limits.amounts_near_party")
    if _money(mention).value < Decimal(str(scope.level("limits.amounts_small"))):
        weight *= scope.level("limits.amounts_small_factor")
    if names_only_others(line, targets):
        weight *= scope.level("limits.amounts_other_country")
    return weight * _other_party(scope, line, parties)


def _side(scope: Scope, line: Line, mention: Mention) -> float:
    """What markers beside a sum leave of it: a fine, a turnover, the price of an earlier system."""
    factor, text = 1.0, scope.article.text
    named_behind = is_adjective(text, mention)  # a penalty on the $318 million deal
    for mark in sorted(line.marks & _BESIDE):
        cues = [cue for cue in _cues(line, mark) if cue.start >= mention.end or not named_behind]
        near = max((nearness(text, cue, mention) for cue in cues), default=0.0)
        factor *= 1.0 - (1.0 - scope.level(f"markers.amounts.{mark}")) * near
    return factor


def _cues(line: Line, mark: str) -> list[Mention]:
    return [cue for cue in line.of(MentionKind.SIGNAL) if cue.key == f"{MARKS}{mark}"]


def _other_party(scope: Scope, line: Line, parties: frozenset[str]) -> float:
    """Less for a sum beside another donor, another country's firm, or Chinese parties of other projects only."""
    if line.signals() & {"other-donor", "other-contractor"}:
        return scope.level("limits.amounts_other_donor")
    named = line.of(MentionKind.FIRM, MentionKind.LENDER)
    if named and not any(m.key in parties or m.name in parties for m in named):
        return scope.level("limits.amounts_other_party")
    return 1.0


def _is_conversion(scope: Scope, group: Group, kept: Group) -> bool:
    """Whether a sum is a kept one in another currency, told right beside it."""
    for line, mention in group:
        for other_line, other in kept:
            left, right = (other, mention) if other.start < mention.start else (mention, other)
            between = scope.article.text[left.end : right.start]
            near = line is other_line and 0 <= right.start - left.end <= _CONVERSION
            if near and _money(mention).currency != _money(other).currency and _CONVERTED.search(between):
                return True
    return False
