"""Reasons in words: how two accounts agree, and then how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from offing.match.accounts.agreements import agreements_in_words
from offing.match.accounts.compare import EXACT, FAR, least_gap
from offing.match.accounts.profile import AccountProfile
from offing.match.text.distinctive import shared_distinctive
from offing.match.verdicts.shared_evidence import share_evidence
from offing.model.pairs.matching import Account

_SHOWN = 3  # names in one reason
_LIKE = 0.5  # minimum similarity of sectors that is reported
_NEAR = 0.5  # log-odds within which a pair and its rivals fit equally well
_CLEAR = 3.0

Features = Mapping[str, float]


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
    yield from _shared("country", "countries", new.countries, known.countries)
    yield from _shared("firm", "firms", one.firms, other.firms)
    yield from _shared("lender", "lenders", one.lenders, other.lenders)
    yield from _amount(one, other)
    yield from _shared("place", "places", one.places, other.places)
    yield from _shared("phase", "phases", new.numbers.phases, known.numbers.phases)
    if "quantity" in features:
        sizes = sorted(one.quantities & other.quantities)
        yield f"same size ({', '.join(f'{value:g} {unit}' for value, unit in sizes[:_SHOWN])})"
    if "day" in features:
        yield f"same day ({min(one.days & other.days)})"
    elif "month" in features:
        year, month = min(one.months & other.months)
        yield f"same month ({year}-{month:02d})"
    if features.get("sector", 0.0) >= _LIKE:
        yield "same sector"
    yield f"title {features.get('title-spelling', 0.0):.2f}"
    yield f"text {features.get('opening', 0.0):.2f}"
    yield from _shared("word", "words", *2 * (shared_distinctive(new.own, known.own),))


def _shared(noun: str, nouns: str, one: Iterable[object], other: Iterable[object]) -> Iterator[str]:
    shared = sorted(map(str, frozenset(one) & frozenset(other)))
    if shared:
        yield f"same {noun if len(shared) == 1 else nouns} ({', '.join(shared[:_SHOWN])})"


def _amount(one: Account, other: Account) -> Iterator[str]:
    """The best agreement of sums, if any; main ones first."""
    for ours, theirs in ((one.main_sums, other.main_sums), (one.sums, other.sums)):
        gap = least_gap(ours, theirs)
        if gap is not None and gap <= FAR:
            yield "same amount" if gap <= EXACT else f"amount within {max(1, round(gap * 100))} %"
            return


def _differing(new: AccountProfile, known: AccountProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from _against("country", features, new.countries, known.countries)
    yield from _against("firm", features, one.firms, other.firms)
    yield from _against("lender", features, one.lenders, other.lenders)
    if "other-main-sum" in features:
        yield "other amount"
    yield from _against("phase", features, new.numbers.phases, known.numbers.phases)
    if "other-agreement" in features:
        yield agreements_in_words(one)
    yield from _against("ordinal", features, new.numbers.ordinals, known.numbers.ordinals, "number")
    yield from _against("title-year", features, new.numbers.years, known.numbers.years, "year in the title")
    if not share_evidence(new, known, features):
        yield "nothing of the project itself in common"
    if "other-day" in features and "month" not in features:
        yield "other dates"


def _against(
    name: str, features: Features, one: Iterable[object], other: Iterable[object], noun: str = ""
) -> Iterator[str]:
    if f"other-{name}" in features:
        yield f"other {noun or name} ({_few(one)} here, {_few(other)} there)"


def _few(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names))[:_SHOWN])


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
