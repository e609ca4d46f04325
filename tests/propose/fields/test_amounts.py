"""Which sums are the project's, and what each is."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from offing.model.projects.project import Amount
from offing.model.values.vocabulary import AmountKind
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, LENDER, Text, shipped_rules


def amounts(text: Text) -> tuple[Amount, ...]:
    """The sums of the best proposal."""
    return propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.amounts


def article(*paragraphs: str) -> Text:
    """An article on a data centre of Huawei in Kenya."""
    text = Text("Huawei data centre in Kenya", *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Kenya", "KEN")
    return text.cue("sector", "data centre", "data-centre-cloud")


def test_one_sum_written_twice_is_one() -> None:
    """$154m and $154 million are one sum."""
    text = article("Huawei gets $154m.", "The $154 million data centre opens.")
    text.money("$154m", "154000000", "USD").money("$154 million", "154000000", "USD")
    assert [(a.value, a.as_written) for a in amounts(text)] == [(Decimal(154_000_000), "$154m")]


def test_a_conversion_stands_with_its_sum() -> None:
    """The same sum in another currency, told beside it, is kept; one told elsewhere is not."""
    text = article("Huawei gets $57 million, or about 33 billion francs.", "Trade is 9 billion francs a year.")
    text.money("$57 million", "57000000", "USD").money("33 billion francs", "33000000000", "XOF")
    text.money("9 billion francs", "9000000000", "XOF").cue("signal", "Trade", "marks-stock")
    assert [a.currency for a in amounts(text)] == ["USD", "XOF"]


@pytest.mark.parametrize(
    ("sentence", "marker"),
    [
        ("Kenya owes $650 million.", "marks-stock"),
        ("A similar one cost $650 million.", "marks-elsewhere"),
        ("A separate line costs $650 million.", "marks-separate"),
        ("Tickets cost $650 million each.", "marks-unit-price"),
    ],
)
def test_background_sums_are_left_out(sentence: str, marker: str) -> None:
    """Debt, other projects, unit prices are not the project's money."""
    text = article("Huawei signed for $20 million.", "More is to come.", "And more.", sentence)
    text.money("$20 million", "20000000", "USD").money("$650 million", "650000000", "USD")
    text.cue("signal", sentence.split()[1], marker)
    assert [a.value for a in amounts(text)] == [Decimal(20_000_000)]


def test_sums_of_others_are_left_out() -> None:
    """A sum beside another donor, another Chinese party or another country is theirs."""
    text = article(
        "Huawei signed for $20 million.",
        "The World Bank gives $30 million.",
        "ZTE asked for $40 million.",
        "In Peru it was $50 million.",
    )
    for number in (20, 30, 40, 50):
        text.money(f"${number} million", f"{number}000000", "USD")
    text.cue("signal", "World Bank", "other-donor").put(FIRM, "ZTE", "zte").put(COUNTRY, "Peru", "PER")
    text.cue("signal", "asked", "marks-elsewhere")
    assert [a.value for a in amounts(text)] == [Decimal(20_000_000)]


def test_old_and_small_sums_count_little() -> None:
    """What was paid ten years ago, or a few thousand, is not the sum of this project."""
    text = article("Huawei signed for $20 million.", "It is new.", "In 2011 it was $90 million.", "A gift of $300.")
    text.money("$20 million", "20000000", "USD").money("$90 million", "90000000", "USD").money("$300", "300", "USD")
    text.date("2011", datetime(2011, 1, 1, tzinfo=UTC))
    assert [a.value for a in amounts(text)] == [Decimal(20_000_000)]


def test_nothing_is_no_sum() -> None:
    """A sum of zero is none."""
    assert amounts(article("Huawei gets $0.").money("$0", "0", "USD")) == ()


@pytest.mark.parametrize(
    ("sentence", "cues", "kind"),
    [
        ("A loan of $20 million was signed.", {"loan": "loan"}, AmountKind.LOAN),
        (
            "The cost is $20 million, after a loan long before.",
            {"cost": "total-cost", "loan": "loan"},
            AmountKind.TOTAL_COST,
        ),
        ("A bank gives $20 million.", {}, AmountKind.LOAN),
        ("Huawei to build it for $20 million.", {}, AmountKind.CONTRACT),
        ("It is $20 million. It is a grant.", {"grant": "grant"}, AmountKind.GRANT),
        ("It is $20 million.", {}, AmountKind.UNSPECIFIED),
    ],
)
def test_the_wording_beside_a_sum_tells_its_kind(sentence: str, cues: dict[str, str], kind: AmountKind) -> None:
    """The nearest wording decides; then the lender or the builder beside it; then the paragraph."""
    text = article(sentence, "The end.").money("$20 million", "20000000", "USD")
    for word, key in cues.items():
        text.cue("flow", word, key)
    if "bank" in sentence:
        text.put(LENDER, "bank", "boc")
    if "build" in sentence:
        text.cue("role", "to build", "contractor")
    assert [a.kind for a in amounts(text)] == [kind]


@pytest.mark.parametrize(
    ("sentence", "cue", "marker"),
    [
        ("It paid a fine of $650 million.", "fine", "marks-claim"),
        ("Exports reached $650 million.", "Exports", "marks-trade"),
        ("The previous network cost $650 million.", "previous", "marks-earlier-sum"),
        ("The state adds $650 million for upkeep.", "upkeep", "marks-side-cost"),
    ],
)
def test_what_stands_beside_a_sum_takes_it_away(sentence: str, cue: str, marker: str) -> None:
    """Fines, sales, earlier prices and side costs right beside a sum make it none of the project's."""
    text = article("Huawei signed for $20 million.", "More is to come.", "And more.", sentence)
    text.money("$20 million", "20000000", "USD").money("$650 million", "650000000", "USD")
    text.cue("signal", cue, marker)
    assert [a.value for a in amounts(text)] == [Decimal(20_000_000)]


def test_what_stands_before_the_noun_of_a_sum_leaves_it() -> None:
    """A penalty on the $318 million deal takes nothing from the deal."""
    text = article("Huawei could face a penalty on the $318 million deal.")
    text.money("$318 million", "318000000", "USD").cue("signal", "penalty", "marks-claim")
    assert [a.value for a in amounts(text)] == [Decimal(318_000_000)]


def test_a_sum_before_its_works_is_their_cost() -> None:
    """English names works by their cost: the $154 million facility."""
    text = article("Huawei builds the $154 million facility.")
    assert amounts(text.money("$154 million", "154000000", "USD"))[0].kind == AmountKind.TOTAL_COST


def test_a_conversion_is_of_the_same_kind() -> None:
    """Both writings of a sum are a loan, though only one stands beside the word."""
    text = article("A loan to Huawei of $57 million (about 33 billion francs under the contract) was signed.")
    text.money("$57 million", "57000000", "USD").money("33 billion francs", "33000000000", "XOF")
    text.cue("flow", "loan", "loan").cue("flow", "contract", "contract")
    assert {a.kind for a in amounts(text)} == {AmountKind.LOAN}
