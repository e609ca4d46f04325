"""How well a project is documented: published figures with their formulas. Pure.

Each is a share of points, 0 to 1, rounded to two digits. They are modelled on the scores of AidData's GCDF 3.0 but have
a scale of their own: do not compare them.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from offing.model.values.vocabulary import AmountKind, LoanTermKind, Mode, Speaker, Status
from offing.publish.published import PublishedProject

SOURCES = "two outlets, four outlets, an official of the host side, an official or state media of China, a company"
COMPLETENESS = "country, sector, status and its day, kind, mode, a Chinese party, a host body, a sum, a place"
IMPLEMENTATION = "a firm with a role, a host body, a town, a size, a dated start, a dated completion"
LOAN = "lender, sum of the loan, date of approval or signature, interest, maturity, grace period; empty without a loan"
_LENT = frozenset({AmountKind.LOAN, AmountKind.CREDIT})
_FEW, _MANY = 2, 4


def source_quality(project: PublishedProject) -> Decimal:
    """Return the share of `SOURCES` that a project has."""
    outlets = len({source.outlet for source in project.sources})
    speakers = project.speakers
    return _share(
        (
            outlets >= _FEW,
            outlets >= _MANY,
            Speaker.HOST_OFFICIAL in speakers,
            project.has_chinese_side,
            Speaker.COMPANY in speakers,
        )
    )


def completeness(project: PublishedProject) -> Decimal:
    """Return the share of `COMPLETENESS` that a record has."""
    facts = project.record.facts
    values = (facts.countries, facts.sector, facts.status, project.status_day, facts.record_type, facts.mode)
    return _share(map(bool, (*values, facts.firms or facts.lenders, facts.counterparts, facts.amounts, facts.places)))


def implementation_detail(project: PublishedProject) -> Decimal:
    """Return the share of `IMPLEMENTATION` that a record has."""
    facts = project.record.facts
    dated = (project.dated(Status.UNDER_CONSTRUCTION), project.dated(Status.COMPLETED))
    return _share(map(bool, (facts.firms, facts.counterparts, facts.places, facts.quantities, *dated)))


def loan_detail(project: PublishedProject) -> Decimal | None:
    """Return the share of `LOAN` that a record has; None for a project without a loan."""
    facts = project.record.facts
    sums = [each for each in facts.amounts if each.kind in _LENT]
    terms = {each.kind for each in facts.terms}
    if not (sums or terms or facts.lenders or facts.mode is Mode.LOAN):
        return None
    known = (kind in terms for kind in (LoanTermKind.INTEREST, LoanTermKind.MATURITY, LoanTermKind.GRACE))
    return _share((bool(facts.lenders), bool(sums), project.dated(Status.APPROVED, Status.SIGNED) is not None, *known))


def _share(points: Iterable[bool]) -> Decimal:
    won = tuple(points)
    return round(Decimal(sum(won)) / len(won), 2)
