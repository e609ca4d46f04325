"""Keys: what an account of the news can be found by among many, without reading them.

Two accounts that may be one share at least one: the country together with a firm, a name as it sounds, a sum or a size;
or a known project that both name. The key of a sum is its step on a scale, so that near ones share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log

from offing.match.figures import sizes_of
from offing.match.names import SHORTEST
from offing.match.news_sketch import OWN, NewsSketch
from offing.model.matching import Account
from offing.model.sounds import sound

DRAWN = "by:"  # before the version of the rules by which the keys beside it were drawn; nothing is looked up by it
MARK = "m:"  # before all of them, since stories are found by other keys in the same table
_NAMES = 10  # of one account, the most telling ones
_PREFIX = 5  # consonants of a sound; what follows may be an ending
_STEP = log(1.12)  # two sums that agree lie less than a step apart
_SUMS = 6
_LONGEST = 60


def match_keys(sketch: NewsSketch) -> frozenset[str]:
    """The keys of an account; none but those of known projects where it names no country."""
    account = sketch.account
    own = (f"{MARK}{country}:{word[:_LONGEST]}" for country in account.countries for word in _words(sketch))
    return frozenset((*own, *(f"{MARK}{project}"[:_LONGEST] for project in account.projects)))


def _words(sketch: NewsSketch) -> Iterator[str]:
    account = sketch.account
    yield from (f"f:{firm}" for firm in account.firms)
    yield from (f"n:{of}" for of in _telling(sketch))
    yield from (f"$:{step}" for step in _steps(account))
    yield from (f"q:{value:g} {unit}" for unit, values in sizes_of(account).items() for value in values)
    yield from (f"s:{sector}" for sector in account.sectors)


def _telling(sketch: NewsSketch) -> list[str]:
    """How the most telling names sound, cut where endings begin."""
    ranked = sorted(sketch.names.items(), key=lambda pair: (-pair[1], pair[0]))
    sounds = [sound(name)[:_PREFIX] for name, worth in ranked if worth >= OWN]
    return list(dict.fromkeys(of for of in sounds if len(of) >= SHORTEST))[:_NAMES]


def _steps(account: Account) -> Iterator[str]:
    """The two steps between which each sum lies, in dollars and in its own currency."""
    for told in account.sums[:_SUMS]:
        for unit, value in (("", told.dollars), (told.currency, told.value)):
            if value and value > 0:
                step = floor(log(value) / _STEP)
                yield from (f"{unit}{step}", f"{unit}{step + 1}")
