"""Small rules of single nouns: which of several holds, who has what, and what is written comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from offing.model.operation.run import Ending, Outcome, Tally
from offing.model.pairs.matching import AGAINST, NEWS_AGAINST, Account, AccountSum
from offing.model.pairs.naming import Works
from offing.model.reading.feature_names import KEYED_KINDS
from offing.model.review.keys import Action, RejectReason, ReviewKeys
from offing.model.review.lease import LASTS, RENEW_AFTER, Lease
from offing.model.sources.feed import KEPT_STATES, FeedState
from offing.model.sources.outlet import OutletRule, OutletRules
from offing.model.text import folding
from offing.model.text.language_traits import LanguageTraits, traits_of
from offing.model.values.vocabulary import Verb

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2026, 3, 5), None, False),
        (None, DAY, True),
        (None, date(2026, 3, 3), False),
        (DAY, DAY, True),
        (date(2026, 1, 1), date(2026, 2, 1), False),
    ],
)
def test_a_rule_of_an_outlet_holds_from_its_first_day_to_its_last(
    since: date | None, until: date | None, holds: bool
) -> None:
    """Both included; a side that is open has no end."""
    rule = OutletRule(("a.example",), valid_from=since, valid_until=until)
    assert rule.holds_on(DAY) is holds
    assert OutletRules((rule,)).of("a.example", "example", DAY) == (rule if holds else None)


def test_the_rule_of_a_host_goes_before_that_of_its_domain() -> None:
    """Of several the first one; a host that is unknown has none, whatever a rule names."""
    old = OutletRule(("a.example",), "old", valid_until=date(2026, 1, 1))
    domain, host, second = (
        OutletRule((site,), title) for site, title in (("a.example", "d"), ("n.a.example", "h"), ("n.a.example", "s"))
    )
    rules = OutletRules((old, domain, host, second, OutletRule(("",), "none")))
    assert [
        each and each.title
        for each in (rules.of("n.a.example", "a.example", DAY), rules.of("x.a.example", "a.example", DAY))
    ] == ["h", "d"]
    assert rules.of("b.example", "", DAY) is rules.of("", "", DAY) is None
    assert rules.of("x.a.example", "a.example", date(2025, 1, 1)) == old


def test_a_key_belongs_to_its_action_and_a_reason_to_its_name() -> None:
    """No reason has another one's name."""
    reasons = tuple(RejectReason(name, name[0], "") for name in ("old", "vague"))
    keys = ReviewKeys({Action.ACCEPT: "a", Action.FIELD_BACK: "F"}, reasons)
    assert (keys.of("accept"), keys.of("field-back")) == ("a", "F")
    assert (keys.reason("vague"), keys.reason("old"), keys.reason("new")) == (reasons[1], reasons[0], None)


def test_a_lease_lasts_three_minutes_and_is_renewed_each_minute() -> None:
    """It is a person's whatever case their name is typed in, and is told in UTC."""
    assert (timedelta(minutes=3), timedelta(minutes=1)) == (LASTS, RENEW_AFTER)
    found = Lease(1, "Ana", NOW, NOW + LASTS)
    assert (found.is_of("ANA"), found.is_of("ben")) == (True, False)
    assert found.sentence == "Ana is looking at this since 07:30 UTC."


def test_works_come_back_from_their_name() -> None:
    """A name that is written as it stands says nothing of works."""
    assert Works("bridge", "#4").name == "bridge · #4"
    assert Works.of("bridge · #4") == Works("bridge", "#4")
    assert Works.of("Bridge of Konza") is None


def test_the_main_sums_are_those_of_the_title() -> None:
    """The others stand in the text."""
    main, other = AccountSum(1.0, "EUR", None, main=True), AccountSum(2.0, "EUR", None, main=False)
    assert Account(sums=(other, main)).main_sums == (main,)


def test_what_speaks_against_a_match_is_what_differs() -> None:
    """Other things, and years between."""
    assert "year-gap" in AGAINST
    assert all(name.startswith("other-") for name in (*AGAINST - {"year-gap"}, *NEWS_AGAINST))
    assert {"other-country", "other-agreement"} <= AGAINST
    assert "other-beginning" in NEWS_AGAINST


MANNERS = {  # adjectives before and behind, accents tell words apart, adjectives name
    "en": (True, False, False, False),
    "zh": (True, False, False, False),
    "ru": (True, False, False, False),
    "ar": (False, True, False, False),
    **dict.fromkeys(("fr", "es", "pt"), (False, True, True, True)),
    "xx": (True, True, True, False),
}


@pytest.mark.parametrize(("language", "manner"), MANNERS.items())
def test_each_language_has_its_manner(language: str, manner: tuple[bool, ...]) -> None:
    """As the pipelines of recognition lean on it."""
    assert traits_of(language) == LanguageTraits(*manner)


def test_folding_keeps_so_many_characters_and_folds_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile text cannot fill the memory with what its characters fold to."""
    assert folding._CACHE_LIMIT == 60_000
    monkeypatch.setattr(folding, "_CACHE_LIMIT", 3)
    kept = folding._Folding(lower=True)
    assert "".join(kept[char] for char in "ÀBÇDE") == "abcde"
    assert list(kept) == ["À", "B", "Ç"]


def test_a_quarantine_stands_in_no_row_of_a_feed() -> None:
    """It is drawn from its turn; all other states are kept."""
    assert set(FeedState) - set(KEPT_STATES) == {FeedState.QUARANTINED}


def test_signals_count_by_what_they_tell() -> None:
    """As stages and flows do."""
    assert {each.value for each in KEYED_KINDS} == {"status", "mode", "flow", "record-type", "role", "signal"}


def test_a_tally_counts_endings_nouns_and_notices() -> None:
    """Of each verb by itself; what crashed is counted over all of them."""
    tally = Tally()
    tally.add(Verb.POLL, Outcome(Ending.DONE, made={"entry": 2}))
    tally.add(Verb.POLL, Outcome(Ending.DONE, made={"entry": 3}, notice="paused"))
    tally.add(Verb.POLL, Outcome(Ending.CRASHED))
    tally.add(Verb.FETCH, Outcome(Ending.CRASHED))
    assert tally.endings == {Verb.POLL: {Ending.DONE: 2, Ending.CRASHED: 1}, Verb.FETCH: {Ending.CRASHED: 1}}
    assert (tally.made, tally.notices, tally.crashed) == ({"entry": 5}, ["paused"], 2)
    assert Tally().crashed == 0
