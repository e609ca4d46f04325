"""What else a text tells of a project: the terms of its loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind, Quantity
from offing.model.project import LoanTerm
from offing.model.vocabulary import AmountKind, LoanTermKind
from offing.propose.money import Sum
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the loan and the mentions that tell it, the first of the text first."""

    told: LoanTerm
    mentions: tuple[tuple[Line, Mention], ...]


def choose_terms(scope: Scope, sums: Sequence[Sum], lenders: Sequence[Ranked]) -> list[Term]:
    """The terms of the project's loan, the first of each kind that no background sentence tells."""
    if not lenders and not any(each.kind in (AmountKind.LOAN, AmountKind.CREDIT) for each in sums):
        return []
    least = scope.level("limits.terms_least")
    found: dict[LoanTermKind, Term] = {}
    for line, mention in scope.of(MentionKind.QUANTITY):
        told = _term(mention) if scope.weight(line, "amounts") >= least else None
        if told is None:
            continue
        known = found.setdefault(told.kind, Term(told, ()))
        if known.told.written == told.written:
            found[told.kind] = Term(known.told, (*known.mentions, (line, mention)))
    return list(found.values())


def first(value: Ranked) -> Mention:
    """The mention that speaks most for a value."""
    return value.votes[0][2]


def _term(mention: Mention) -> LoanTerm | None:
    """The term that a quantity tells, if it is one."""
    if not mention.key or not isinstance(mention.value, Quantity):
        return None
    return LoanTerm(LoanTermKind(mention.key), mention.value.value, mention.value.unit, mention.text)
