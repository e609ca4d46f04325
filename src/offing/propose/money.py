"""Which sums are the project's, and what each is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from offing.model.mention import Mention, MentionKind, Money
from offing.model.vocabulary import AmountKind, Role
from offing.propose.reading import Line, Scope
from offing.propose.targets import names_only_others

_CONVERSION = 60  # characters within which a second sum may be the same one in another currency
_CONVERTED = re.compile(
    r"[(（]|\b(?:about|around|roughly|approximately|equivalent|or|soit|environ|équivalent|unos|cerca|aproximadamente"
    r"|equivalente|около|примерно|эквивалент)\b|约|合|折合|أي|نحو|حوالي|ما يعادل",
    re.IGNORECASE,
)
_NO_PRICE = "marks-no-price"
_FLOW_REACH = 45.0  # characters over which a wording's say on a sum fades to a third
_LENDER_SAYS, _BUILDER_SAYS = 0.5, 0.25  # beside a wording of 1.0 that names the kind itself
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
    return [Sum(_money(group[0][1]), _kind(scope, group), score, tuple(group)) for score, group in kept]


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
    weight = scope.weight(line, "amounts")
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


def _kind(scope: Scope, group: Group) -> AmountKind:
    """The kind that the wordings around a sum speak for, the nearest most."""
    scores: dict[str, float] = {}
    for line, mention in group:
        for key, vote in _kind_votes(line, mention):
            scores[key] = scores.get(key, 0.0) + vote * scope.level(f"zones.{line.zone}") ** 0.5
    if not scores:
        scores = _neighbours(scope, group[0][0])
    return AmountKind(max(scores, key=lambda key: scores[key])) if scores else AmountKind.UNSPECIFIED


def _kind_votes(line: Line, mention: Mention) -> Iterable[tuple[str, float]]:
    """The wordings of its sentence; where none tells, a lender beside a sum makes it a loan, a builder a contract."""
    for cue in line.of(MentionKind.FLOW):
        yield cue.key or "", cue.weight * _nearness(cue, mention)
    for lender in line.of(MentionKind.LENDER):
        yield AmountKind.LOAN, _LENDER_SAYS * _nearness(lender, mention)
    for cue in line.of(MentionKind.ROLE):
        if cue.key == Role.CONTRACTOR:
            yield AmountKind.CONTRACT, _BUILDER_SAYS * _nearness(cue, mention)


def _nearness(cue: Mention, mention: Mention) -> float:
    return math.exp(-max(cue.start - mention.end, mention.start - cue.end, 0) / _FLOW_REACH)


def _neighbours(scope: Scope, line: Line) -> dict[str, float]:
    """The wordings of the paragraph, where the sentence of a sum has none."""
    scores: dict[str, float] = {}
    for other in scope.lines:
        if other.sentence.paragraph == line.sentence.paragraph:
            for cue in other.of(MentionKind.FLOW):
                scores[cue.key or ""] = scores.get(cue.key or "", 0.0) + cue.weight
    return scores
