"""The mode of a project: wordings, payers, kinds of sums, kinds of records."""

from __future__ import annotations

import pytest

from offing.model.projects.project import ProjectFacts
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import Mode
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, LENDER, Text, shipped_rules


def first(text: Text) -> ProjectFacts:
    """The facts of the strongest proposal."""
    return propose(text.article, text.mentions, shipped_rules()).proposals[0].facts


def ghana(title: str, *paragraphs: str) -> Text:
    """An article on Huawei in Ghana."""
    return Text(title, *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        (EntityKind.POLICY_BANK, Mode.LOAN),
        (EntityKind.INSURER, Mode.LOAN),
        (EntityKind.FUND, Mode.INVESTMENT),
    ],
)
def test_who_pays_tells_the_mode(kind: EntityKind, mode: Mode) -> None:
    """A bank or insurer stands for a loan and a fund for shares, though a contract is spoken of."""
    text = ghana("Huawei wins a contract in Ghana", "The Fund pays for it.")
    text.put(LENDER, "Fund", "fund", by=kind.value).cue("mode", "contract", "contract", weight=0.8)
    assert first(text).mode is mode


def test_a_government_that_pays_gives() -> None:
    """Where a government pays and nothing else speaks, it is a gift."""
    text = ghana("Scanners for Ghana", "The Chinese government gave a loan of them through Huawei.")
    text.put(LENDER, "Chinese government", "gov", by=EntityKind.GOVERNMENT.value).cue("flow", "loan", "loan")
    assert first(text).mode in (Mode.GRANT, Mode.DONATION)


@pytest.mark.parametrize(
    ("flow", "mode"), [("contract", Mode.CONTRACT), ("investment", Mode.INVESTMENT), ("credit", Mode.LOAN)]
)
def test_the_kind_of_a_sum_tells_the_mode(flow: str, mode: Mode) -> None:
    """A sum that is a contract's, an investment or a credit speaks for the mode of its kind."""
    text = ghana("Huawei in Ghana", "Huawei gets USD 5 million as it was agreed in Ghana.")
    text.money("USD 5 million", "5000000", "USD").cue("flow", "as it was agreed", flow, weight=1.5)
    assert first(text).mode is mode


def test_roles_of_firms_tell_the_mode_where_nothing_else_does() -> None:
    """Who supplies sells; the wording counts only beside a firm."""
    text = ghana("Huawei in Ghana", "Huawei supplies it in Ghana.", "An investor spoke.")
    text.cue("role", "supplies", "supplier").cue("role", "investor", "investor", weight=3.0)
    assert first(text).mode is Mode.SALE


def test_what_the_record_is_tells_the_mode() -> None:
    """A memorandum without a work leaves the mode open, training is training."""
    memo = ghana("Huawei and Ghana sign a memorandum", "It is so.")
    memo.cue("record-type", "memorandum", "framework-agreement", weight=1.4).cue("status", "memorandum", "agreed")
    assert first(memo).mode is Mode.UNSPECIFIED
    course = ghana("Huawei training course in Ghana", "The training course began.")
    course.cue("record-type", "training course", "training-cooperation", weight=1.5)
    assert first(course).mode is Mode.TRAINING


def test_where_nothing_speaks_there_is_no_mode() -> None:
    """A mode without evidence does not exist."""
    assert first(ghana("Huawei in Ghana", "It is so.").cue("sector", "is so", "energy")).mode is None


@pytest.mark.parametrize(("status", "mode"), [("proposed", Mode.UNSPECIFIED), ("signed", Mode.CONTRACT)])
def test_what_is_only_proposed_is_not_contracted(status: str, mode: Mode) -> None:
    """As long as nothing is signed, talk of a contract leaves the mode open."""
    text = ghana("Huawei in Ghana", "Talks are on about a contract.")
    text.cue("mode", "contract", "contract").cue("status", "Talks are on", status)
    assert first(text).mode is mode


@pytest.mark.parametrize(
    ("sector", "status", "mode"),
    [
        ("digital-education", "completed", Mode.DONATION),
        ("transport", "under-construction", Mode.GRANT),
    ],
)
def test_goods_handed_over_are_donated_and_works_go_on_by_a_grant(sector: str, status: str, mode: Mode) -> None:
    """Where a gift may be either, what it is and how far it has come decides."""
    text = ghana("Things for Ghana", "Huawei gives it; the thing stands there.")
    text.cue("mode", "gives it", "grant").cue("mode", "gives it", "donation")
    text.cue("sector", "thing", sector, weight=1.5).cue("status", "stands", status, weight=1.5)
    assert first(text).mode is mode


def test_a_bank_that_does_not_lend_is_no_loan() -> None:
    """A bank behind a negation speaks for no loan."""
    text = ghana("Huawei contract in Ghana", "It is not from the Bank.", "Huawei has the contract.")
    text.put(LENDER, "Bank", "bank", by=EntityKind.STATE_BANK.value).cue("mode", "contract", "contract", weight=1.5)
    text.cue("signal", "not", "marks-negation")
    assert first(text).mode is Mode.CONTRACT
