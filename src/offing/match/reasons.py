"""Reasons in words: how two accounts agree, and then how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from offing.match.agreements import agreements_in_words
from offing.match.compare import EXACT, FAR, least_gap
from offing.match.ground import is_grounded
from offing.match.own import shared_own
from offing.match.sketch import Sketch
from offing.model.matching import Account

_SHOWN = 3  # names in one reason
_LIKE = 0.5  # least likeness of sectors, and of words, that is told
_NEAR = 0.5  # log-odds within which a pair and its rivals fit alike
_CLEAR = 3.0

Features = Mapping[str, float]


def reasons(new: Sketch, known: Sketch, features: Features, stand: tuple[float, float]) -> tuple[str, ...]:
    """What speaks for a pair and what against it, in this order.

    Args:
        new: the new account.
        known: the known one.
        features: of the pair.
        stand: how far it stands above its rivals, as `weigh.stands` gives it.
    """
    return (*_agreeing(new, known, features), *_differing(new, known, features), *_rivals(stand))


def _agreeing(new: Sketch, known: Sketch, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from _shared("country", "countries", new.countries, known.countries)
    yield from _shared("firm", "firms", one.firms, other.firms)
    yield from _shared("lender", "lenders", one.lenders, other.lenders)
    yield from _amount(one, other)
    yield from _shared("place", "places", one.places, other.places)
    yield from _shared("phase", "phases", new.numbers.phases, known.numbers.phases)
    if "quantity" in features:
        told = sorted(one.quantities & other.quantities)
        yield f"same size ({', '.join(f'{value:g} {unit}' for value, unit in told[:_SHOWN])})"
    if "day" in features:
        yield f"same day ({min(one.days & other.days)})"
    elif "month" in features:
        year, month = min(one.months & other.months)
        yield f"same month ({year}-{month:02d})"
    if features.get("sector", 0.0) >= _LIKE:
        yield "same sector"
    yield f"title {features.get('title-spelling', 0.0):.2f}"
    yield f"text {features.get('opening', 0.0):.2f}"
    yield from _shared("word", "words", *2 * (shared_own(new.own, known.own),))


def _shared(noun: str, nouns: str, one: Iterable[object], other: Iterable[object]) -> Iterator[str]:
    shared = sorted(map(str, frozenset(one) & frozenset(other)))
    if shared:
        yield f"same {noun if len(shared) == 1 else nouns} ({', '.join(shared[:_SHOWN])})"


def _amount(one: Account, other: Account) -> Iterator[str]:
    """The sums that agree best, where they agree at all; main ones first."""
    for ours, theirs in ((one.main_sums, other.main_sums), (one.sums, other.sums)):
        gap = least_gap(ours, theirs)
        if gap is not None and gap <= FAR:
            yield "same amount" if gap <= EXACT else f"amount within {max(1, round(gap * 100))} %"
            return


def _differing(new: Sketch, known: Sketch, features: Features) -> Iterator[str]:
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
    if not is_grounded(new, known, features):
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


def _rivals(stand: tuple[float, float]) -> Iterator[str]:
    row, column = stand
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
