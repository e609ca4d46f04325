"""What else a text tells of a project: quantities."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.mention import Mention, MentionKind, Quantity
from offing.model.project import LoanTerm
from offing.model.vocabulary import AmountKind, LoanTermKind
from offing.propose.money import Sum
from offing.propose.reading import Line, Scope
from offing.propose.targets import names_only_others
from offing.propose.votes import Ranked, Vote, rank

_MOST = {"quantities": 6}

# A size counts in full in a sentence that tells of the works and of the deal.
_PROJECT_WORDS = (MentionKind.SECTOR, MentionKind.STATUS)
_DEAL_WORDS = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.ROLE, MentionKind.FLOW, MentionKind.MONEY)
_ALONE = 0.8
# Units that seldom tell a project's size: who is served, what a building has inside.
_UNIT_SHARES = {"persons": 0.8} | dict.fromkeys(
    ("subscribers", "households", "villages", "storeys", "litres", "lanes", "rooms", "systems"), 0.4
)


def choose_quantities(scope: Scope, targets: Sequence[str]) -> list[Ranked]:
    """The sizes of the project, each number and unit once."""
    votes: list[tuple[str, Vote]] = []
    for line, mention in scope.of(MentionKind.QUANTITY):
        if isinstance(mention.value, Quantity) and mention.key is None:
            key = f"{mention.value.value.normalize():f} {mention.value.unit}"
            weight = _weight(scope, line, "quantities", targets) * _project_share(line, mention)
            votes.append((key, (weight, line, mention)))
    return _kept(scope, votes, "quantities")


def choose_terms(scope: Scope, sums: Sequence[Sum], lenders: Sequence[Ranked]) -> list[LoanTerm]:
    """The terms of the project's loan, the first of each kind that no background sentence tells."""
    if not lenders and not any(each.kind in (AmountKind.LOAN, AmountKind.CREDIT) for each in sums):
        return []
    terms: dict[LoanTermKind, LoanTerm] = {}
    for line, mention in scope.of(MentionKind.QUANTITY):
        told = isinstance(mention.value, Quantity) and mention.key
        if told and scope.weight(line, "amounts") >= scope.level("limits.amounts_least"):
            assert isinstance(mention.value, Quantity)
            kind = LoanTermKind(mention.key or "")
            terms.setdefault(kind, LoanTerm(kind, mention.value.value, mention.value.unit, mention.text))
    return list(terms.values())


def _project_share(line: Line, mention: Mention) -> float:
    """How much of a size is the project's: less without words of the project beside it, and for some units."""
    share = 1.0 if line.of(*_PROJECT_WORDS) else _ALONE
    share *= 1.0 if line.of(*_DEAL_WORDS) else _ALONE
    return share * _UNIT_SHARES.get(mention.name or "", 1.0)


def _kept(scope: Scope, votes: Sequence[tuple[str, Vote]], field: str) -> list[Ranked]:
    ranked = rank(votes, scope.level("limits.cue_fade"))
    return [value for value in ranked if value.score >= scope.level(f"limits.{field}_least")][: _MOST[field]]


def _weight(scope: Scope, line: Line, field: str, targets: Sequence[str]) -> float:
    """The weight of a line; less where it names only countries that are not the project's."""
    factor = scope.level("limits.party_other_country") if names_only_others(line, targets) else 1.0
    return scope.weight(line, field) * factor


def first(value: Ranked) -> Mention:
    """The mention that speaks most for a value."""
    return value.votes[0][2]
