"""What else a text tells of a project: the terms of its loan."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.mention import Mention, MentionKind, Quantity
from offing.model.project import LoanTerm
from offing.model.vocabulary import AmountKind, LoanTermKind
from offing.propose.money import Sum
from offing.propose.reading import Scope
from offing.propose.votes import Ranked


def choose_terms(scope: Scope, sums: Sequence[Sum], lenders: Sequence[Ranked]) -> list[LoanTerm]:
    """The terms of the project's loan, the first of each kind that no background sentence tells."""
    if not lenders and not any(each.kind in (AmountKind.LOAN, AmountKind.CREDIT) for each in sums):
        return []
    terms: dict[LoanTermKind, LoanTerm] = {}
    for line, mention in scope.of(MentionKind.QUANTITY):
        told = isinstance(mention.value, Quantity) and mention.key
        if told and scope.weight(line, "amounts") >= scope.level("limits.terms_least"):
            assert isinstance(mention.value, Quantity)
            kind = LoanTermKind(mention.key or "")
            terms.setdefault(kind, LoanTerm(kind, mention.value.value, mention.value.unit, mention.text))
    return list(terms.values())


def first(value: Ranked) -> Mention:
    """The mention that speaks most for a value."""
    return value.votes[0][2]
