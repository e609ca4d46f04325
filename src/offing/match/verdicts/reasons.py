"""Reasons in words: how two accounts agree, and then how they differ."""

from __future__ import annotations

from collections.abc import Iterator

from offing.match.accounts.agreements import agreements_in_words
from offing.match.accounts.compare import Features
from offing.match.accounts.profile import AccountProfile
from offing.match.text.distinctive import shared_distinctive
from offing.match.verdicts.shared_evidence import share_evidence
from offing.match.verdicts.wording import against, same_sizes, same_sum, same_values

_LIKE = 0.5  # minimum similarity of sectors that is reported
_NEAR = 0.5  # log-odds within which a pair and its rivals fit equally well
_CLEAR = 3.0


def reasons(
    new: AccountProfile, known: AccountProfile, features: Features, lead: tuple[float, float]
) -> tuple[str, ...]:
    """The reasons for a pair and those against it, in this order.

    Args:
        new: the new account.
        known: the known one.
        features: of the pair.
        lead: over its rivals, as `scoring.leads_over_rivals` returns it.
    """
    return (*_agreeing(new, known, features), *_differing(new, known, features), *_rivals(lead))


def _agreeing(new: AccountProfile, known: AccountProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from same_values("country", "countries", new.countries, known.countries)
    yield from same_values("firm", "firms", one.firms, other.firms)
    yield from same_values("lender", "lenders", one.lenders, other.lenders)
    yield from list(same_sum(one.main_sums, other.main_sums)) or same_sum(one.sums, other.sums)
    yield from same_values("place", "places", one.places, other.places)
    yield from same_values("phase", "phases", new.numbers.phases, known.numbers.phases)
    if "quantity" in features:
        yield from same_sizes(sorted(one.quantities & other.quantities))
    if "day" in features:
        yield f"same day ({min(one.days & other.days)})"
    elif "month" in features:
        year, month = min(one.months & other.months)
        yield f"same month ({year}-{month:02d})"
    if features.get("sector", 0.0) >= _LIKE:
        yield "same sector"
    yield f"title {features.get('title-spelling', 0.0):.2f}"
    yield f"text {features.get('opening', 0.0):.2f}"
    yield from same_values("word", "words", *2 * (shared_distinctive(new.own, known.own),))


def _differing(new: AccountProfile, known: AccountProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from against("country", features, new.countries, known.countries)
    yield from against("firm", features, one.firms, other.firms)
    yield from against("lender", features, one.lenders, other.lenders)
    if "other-main-sum" in features:
        yield "other amount"
    yield from against("phase", features, new.numbers.phases, known.numbers.phases)
    if "other-agreement" in features:
        yield agreements_in_words(one)
    yield from against("ordinal", features, new.numbers.ordinals, known.numbers.ordinals, "number")
    yield from against("title-year", features, new.numbers.years, known.numbers.years, "year in the title")
    if not share_evidence(new, known, features):
        yield "nothing of the project itself in common"
    if "other-day" in features and "month" not in features:
        yield "other dates"


def _rivals(lead: tuple[float, float]) -> Iterator[str]:
    row, column = lead
    if row < -_NEAR:
        yield "another known project fits better"
    elif row < _NEAR:
        yield "another known project fits as well"
    elif column < -_NEAR:
        yield "another new row fits it better"
    elif column < _NEAR:
        yield "another new row fits it as well"
    elif row >= _CLEAR:
        yield "no other known project fits nearly as well"
