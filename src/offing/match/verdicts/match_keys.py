"""Blocking keys of news accounts, by which candidates for comparison are looked up.

Two accounts that may match share at least one: the country together with a firm, the sound of a name, a sum or a size;
or a known project that both name. The key of a sum is its bucket on a logarithmic scale, so that near sums share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log

from offing.match.accounts.news_profile import DISTINCTIVE, NewsProfile
from offing.match.accounts.sums_and_sizes import sizes_of
from offing.match.text.name_weights import SHORTEST
from offing.model.pairs.matching import Account
from offing.model.text.sounds import sound

VERSION_MARK = "by:"  # prefix of the version of the rules that drew the keys; it is never looked up
MARK = "m:"  # prefix of all these keys, since story keys are in the same table
_NAMES = 10  # of one account, the most distinctive ones
_PREFIX = 5  # consonants of a sound; what follows may be an ending
_STEP = log(1.12)  # logarithms of two matching sums differ by less than a step
_SUMS = 6
_LONGEST = 60


def match_keys(profile: NewsProfile) -> frozenset[str]:
    """The keys of an account; only those of known projects where it names no country."""
    account = profile.account
    own = (f"{MARK}{country}:{word[:_LONGEST]}" for country in account.countries for word in _facts(profile))
    return frozenset((*own, *(f"{MARK}{project}"[:_LONGEST] for project in account.projects)))


def _facts(profile: NewsProfile) -> Iterator[str]:
    account = profile.account
    yield from (f"f:{firm}" for firm in account.firms)
    # The sounds of the most distinctive names, cut before the endings of inflection.
    ranked = sorted(profile.names.items(), key=lambda pair: (-pair[1], pair[0]))
    sounds = dict.fromkeys(sound(name)[:_PREFIX] for name, worth in ranked if worth >= DISTINCTIVE)
    yield from [f"n:{of}" for of in sounds if len(of) >= SHORTEST][:_NAMES]
    yield from (f"$:{step}" for step in _steps(account))
    yield from (f"q:{value:g} {unit}" for unit, values in sizes_of(account).items() for value in values)
    yield from (f"s:{sector}" for sector in account.sectors)


def _steps(account: Account) -> Iterator[str]:
    """Two adjacent buckets per sum, in dollars and in its own currency."""
    for amount in account.sums[:_SUMS]:
        for unit, value in (("", amount.dollars), (amount.currency, amount.value)):
            if value and value > 0:
                step = floor(log(value) / _STEP)
                yield from (f"{unit}{step}", f"{unit}{step + 1}")
