"""Features of a pair and the reasons in words."""

from __future__ import annotations

from datetime import date

import pytest

from factories.account import RULES, account, cameras, dam, dollars
from offing.match import profiles
from offing.match.accounts.compare import compare, least_gap
from offing.match.match import relation_of
from offing.match.verdicts.reasons import reasons
from offing.model.pairs.matching import AGAINST, FEATURES, Account, AccountSum, Relation


def features(new: Account, known: Account) -> dict[str, float]:
    """The features of one pair."""
    (theirs,), (ours,) = profiles([known], [new])
    return compare(ours, theirs)


def words(new: Account, known: Account, stand: tuple[float, float] = (5.0, 5.0)) -> str:
    """The reasons of one pair, in one line."""
    (theirs,), (ours,) = profiles([known], [new])
    return ", ".join(reasons(ours, theirs, compare(ours, theirs), stand))


def test_an_account_agrees_with_itself() -> None:
    """Nothing speaks against an account and itself; every strength lies between 0 and 1."""
    found = features(dam(), dam())
    assert set(found) <= set(FEATURES) - AGAINST
    assert all(0 < strength <= 1 + 1e-9 for strength in found.values())
    assert {"country", "firm", "lender", "main-sum", "quantity", "day", "month"} <= set(found)


def test_what_one_does_not_tell_is_no_difference() -> None:
    """An account without facts neither shares them nor differs in them."""
    assert not AGAINST & set(features(account("A dam"), dam()))


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        (dollars(100), dollars(97), 0.03),
        (dollars(0), dollars(0), 0.0),
        (AccountSum(900, "CNY", 130, True), dollars(130), 0.02),
        (AccountSum(900, "XXX", None, True), dollars(900), None),
        (AccountSum(900, "", None, True), dollars(900), 0.0),
    ],
)
def test_sums_are_compared_in_one_currency(one: AccountSum, other: AccountSum, gap: float | None) -> None:
    """Sums of two currencies are compared in dollars, at a small cost; without a rate not at all."""
    assert least_gap([one], [other]) == (None if gap is None else pytest.approx(gap))


def test_a_main_sum_told_in_the_text() -> None:
    """The sum of one title counts where the other tells it anywhere."""
    known = account("A road", sums=(dollars(50, main=False), dollars(7)))
    assert features(account("A road", sums=(dollars(50),)), known)["main-sum-told"] == 1
    assert features(account("A road", sums=(dollars(49),)), known)["main-sum-told"] == 0.5
    assert "main-sum-told" not in features(account("A road", sums=(dollars(20),)), known)


def test_the_main_sums_of_an_account() -> None:
    """What the title tells or is given is the project's own; what only the text tells is not."""
    assert account("A road", sums=(dollars(50, main=False), dollars(7))).main_sums == (dollars(7),)


def test_reasons_read_like_a_colleague() -> None:
    """What agrees comes first, then what differs, then the rivals."""
    known = account("Road to Goma", countries=("COD",), firms=("crec",), sums=(dollars(100e6),))
    new = account("Road to Goma", countries=("COD",), firms=("crec",), sums=(dollars(97e6),))
    assert words(new, known).startswith("same country (COD), same firm (crec), amount within 3 %, title 1.00")
    assert "other country (KEN here, UGA there)" in words(cameras("1"), cameras("1", "UGA"))
    assert "other phase (2 here, 1 there)" in words(cameras("II"), cameras("1"))


def test_reasons_tell_days_months_places_and_sizes() -> None:
    """Dates, places and sizes that agree are named; other dates are told where not even the month agrees."""
    told = words(dam(), dam())
    assert "same size (700 MW)" in told
    assert "same day (2013-09-28)" in told
    later = account("Zungeru", days=frozenset({date(2013, 9, 3)}), months=frozenset({(2013, 9)}))
    assert "same month (2013-09)" in words(later, dam())
    other = account("Zungeru", days=frozenset({date(2014, 9, 3)}), sums=(dollars(5),))
    assert "other amount" in words(other, dam())
    assert "other dates" in words(other, dam())
    place = account("Zungeru", places=frozenset({"zungeru"}))
    assert "same place (zungeru)" in words(place, place)


@pytest.mark.parametrize(
    ("stand", "told"),
    [
        ((-3.0, 0.0), "another known project fits better"),
        ((0.0, 0.0), "another known project fits as well"),
        ((1.0, -2.0), "another new row fits it better"),
        ((1.0, 0.0), "another new row fits it as well"),
        ((5.0, 5.0), "no other known project fits nearly as well"),
    ],
)
def test_reasons_tell_of_rivals(stand: tuple[float, float], told: str) -> None:
    """The last reason tells whether something else fits as well; in between nothing is said of it."""
    assert words(dam(), dam(), stand).endswith(told)
    assert "fits" not in words(dam(), dam(), (1.0, 1.0))


@pytest.mark.parametrize(
    ("score", "found", "relation"),
    [
        (0.9, {}, Relation.SAME),
        (0.9, {"other-phase": 1.0}, Relation.LINKED),
        (RULES.linked, {"other-phase": 1.0}, Relation.LINKED),
        (RULES.linked, {}, Relation.NEW),
        (0.01, {"other-phase": 1.0}, Relation.NEW),
    ],
)
def test_the_verdict_follows_score_and_phase(score: float, found: dict[str, float], relation: Relation) -> None:
    """Above the cut it is the same project, or a linked one where the phases differ."""
    assert relation_of(score, found, RULES) is relation


@pytest.mark.parametrize(
    ("score", "relation"),
    [(RULES.same, Relation.SAME), (RULES.same - 0.0001, Relation.NEW), (0.3, Relation.NEW), (0.35, Relation.NEW)],
)
def test_same_is_said_from_the_cut_on_and_no_sooner(score: float, relation: Relation) -> None:
    """A score of .30 is no same project by what ships, and the cut itself is the least that is."""
    assert relation_of(score, {}, RULES) is relation
