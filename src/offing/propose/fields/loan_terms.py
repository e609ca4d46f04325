"""The terms of a project's loan: its interest rate, maturity and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.projects.project import LoanTerm
from offing.model.reading.mention import Mention, MentionKind, Quantity
from offing.model.values.vocabulary import AmountKind, LoanTermKind
from offing.propose.fields.amounts import ProjectSum
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the loan and the mentions that state it, in text order."""

    term: LoanTerm
    mentions: tuple[tuple[Line, Mention], ...]


def choose_terms(scope: Scope, sums: Sequence[ProjectSum], lenders: Sequence[Ranked]) -> list[Term]:
    """The terms of the project's loan, the first of each kind outside background sentences."""
    if not lenders and not any(each.kind in (AmountKind.LOAN, AmountKind.CREDIT) for each in sums):
        return []
    least = scope.level("limits.terms_least")
    found: dict[LoanTermKind, Term] = {}
    for line, mention in scope.of(MentionKind.QUANTITY):
        if not mention.key or not isinstance(mention.value, Quantity) or scope.weight(line, "amounts") < least:
            continue
        term = LoanTerm(LoanTermKind(mention.key), mention.value.value, mention.value.unit, mention.text)
        known = found.setdefault(term.kind, Term(term, ()))
        if known.term.written == term.written:
            found[term.kind] = Term(known.term, (*known.mentions, (line, mention)))
    return list(found.values())
