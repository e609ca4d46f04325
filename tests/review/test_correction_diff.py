"""What a correction brings in and takes out, and whether a verdict says once more what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from factories.candidate import FACTS, NOW, frozen_candidate
from offing.model.pairs.pairing import Ref
from offing.model.projects.project import Amount, EventDate, Firm, Lender, LoanTerm, SizedBy
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement, Verdict
from offing.model.values.vocabulary import AmountKind, LoanTermKind, Role, Status
from offing.review.correction_diff import Differing, differing
from offing.review.repeated_verdict import repeats_decision

HUAWEI, ZTE = Firm("Huawei", "", Role.CONTRACTOR, "huawei"), Firm("ZTE", "", Role.CONTRACTOR)
EXIM, BANK = Lender("China Exim Bank", "", "exim"), Lender("Bank X", "")
LOAN = Amount(Decimal(85_000_000), "EUR", AmountKind.LOAN, "")
SIZE = SizedBy(Decimal(900), "cameras", "")
INTEREST = LoanTerm(LoanTermKind.INTEREST, Decimal(2), "percent", "")

DIFFER: list[tuple[object, object, tuple[str, ...], tuple[str, ...]]] = [
    ((HUAWEI,), (replace(HUAWEI, name="Huawei Technologies", as_written="x"),), (), ()),
    ((HUAWEI,), (replace(HUAWEI, role=Role.SUPPLIER),), ("Huawei",), ()),
    ((HUAWEI,), (replace(HUAWEI, id="other"),), ("Huawei",), ("Huawei",)),
    ((ZTE,), (replace(ZTE, name="zte"), HUAWEI), ("Huawei",), ()),
    ((EXIM, BANK), (replace(EXIM, name="Exim"),), (), ("Bank X",)),
    ((BANK,), (replace(BANK, name="BANK X"),), (), ()),
    ((LOAN,), (replace(LOAN, as_written="85m", qualifier="about"),), (), ()),
    ((LOAN,), (replace(LOAN, kind=AmountKind.GRANT),), ("85000000 EUR grant",), ()),
    ((LOAN,), (replace(LOAN, currency="USD"),), ("85000000 USD loan",), ("85000000 EUR loan",)),
    ((SIZE,), (replace(SIZE, unit="Cameras"),), (), ()),
    ((SIZE,), (replace(SIZE, value=Decimal(800)),), ("800 cameras",), ("900 cameras",)),
    ((SIZE,), (replace(SIZE, unit="km"),), ("900 km",), ("900 cameras",)),
    ((INTEREST,), (replace(INTEREST, as_written="2%"),), (), ()),
    ((INTEREST,), (replace(INTEREST, value=Decimal(3)),), ("interest 3 percent",), ("interest 2 percent",)),
    (EventDate("2026-03", "March"), EventDate("2026-03", "in March"), (), ()),
    (EventDate("2026-03", ""), EventDate("2026", ""), ("2026",), ("2026-03",)),
    (("KEN",), ("UGA", "KEN"), ("Uganda",), ()),
    (("Ministry",), ("MINISTRY",), (), ()),
    (Status.SIGNED, Status.AGREED, ("agreed",), ("signed",)),
    (None, Status.AGREED, ("agreed",), ()),
    (Status.SIGNED, None, (), ("signed",)),
    ((), (), (), ()),
]


@pytest.mark.parametrize(("before", "after", "added", "removed"), DIFFER)
def test_values_differ_by_what_they_mean(
    before: object, after: object, added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    """Not by how they are written; another role or kind is brought in, and nothing is missed."""
    assert differing(before, after) == Differing(added, removed)


KNOWN = Ref.known("base", "7")
DONE = Decision(1, 1, Judgement.ACCEPT, "ana", NOW, "clear", {"status": "signed"}, {"status": "agreed"})
ASKED = Verdict(1, Judgement.ACCEPT, "ana", "clear", {"status": "agreed"})
DEFERRED = replace(DONE, judgement=Judgement.DEFER, until=NOW, before={}, after={})
WAIT = replace(ASKED, judgement=Judgement.DEFER, edits={})
SAYS = [
    (ASKED, DONE, True),
    (replace(ASKED, edits={}), DONE, True),
    (replace(ASKED, edits={"status": "agreed", "countries": "kenya"}), DONE, True),
    (replace(ASKED, edits={"status": "agreed", "firms": "Huawei"}), DONE, True),
    (replace(ASKED, edits={"status": "signed"}), DONE, False),
    (replace(ASKED, edits={"status": "agreed", "countries": "Uganda"}), DONE, False),
    (replace(ASKED, edits={"status": "soon"}), DONE, False),
    (replace(ASKED, by="ben"), DONE, False),
    (replace(ASKED, reason="sure"), DONE, False),
    (replace(ASKED, judgement=Judgement.REJECT), DONE, False),
    (replace(ASKED, into=KNOWN), DONE, False),
    (replace(ASKED, into=KNOWN), replace(DONE, into=KNOWN), True),
    (ASKED, replace(DONE, into=KNOWN), False),
    (replace(ASKED, duplicate_of=2), DONE, False),
    (WAIT, DEFERRED, True),
    (replace(WAIT, until=NOW), DEFERRED, True),
    (replace(WAIT, until=NOW + timedelta(days=1)), DEFERRED, False),
]


@pytest.mark.parametrize(("verdict", "made", "again"), SAYS)
def test_a_verdict_says_the_same_again(verdict: Verdict, made: Decision, again: bool) -> None:
    """Of one person, with the same reason and target, where each correction stands already."""
    candidate = frozen_candidate(state=CandidateState.ACCEPTED)
    assert candidate.facts == FACTS
    assert repeats_decision(verdict, made, candidate, (made,)) is again
    undone = Decision(2, 1, Judgement.UNDO, "ana", NOW, "", {}, {}, undoes=1)
    assert not repeats_decision(verdict, made, candidate, (made, undone))
    assert not repeats_decision(verdict, made, candidate, ())
