"""A sketch: an account made ready to be compared with many others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offing.match.numbered import Numbered, numbered
from offing.match.own import OwnWords, own_words
from offing.match.vectors import Rarity
from offing.match.words import fold, grams, words
from offing.model.matching import Account, CommonWords

_HEAD = 400  # characters of the text that tell what it is about
_TEXT = 20_000  # characters that are compared
_MAIN_SHARE = 0.5  # of the weight of the strongest country


@dataclass(frozen=True, slots=True)
class Sketch:
    """An account, its words as vectors and shares, what its title counts, and its facts as words of their own.

    The facts find accounts in other languages, which share no words. `own` are the words of the project itself.
    """

    account: Account
    full: Mapping[str, float]
    full_shares: Mapping[str, float]
    head: Mapping[str, float]
    title: Mapping[str, float]
    title_shares: Mapping[str, float]
    title_grams: Mapping[str, float]
    numbers: Numbered
    countries: frozenset[str]
    facts: Mapping[str, float]
    own: OwnWords


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    in_title: list[str]
    in_head: list[str]
    in_full: list[str]
    grams: list[str]
    facts: list[str]
    own: OwnWords


@dataclass(frozen=True, slots=True)
class _Rarities:
    words: Rarity
    grams: Rarity
    facts: Rarity


def sketches(
    known: Sequence[Account], new: Sequence[Account], common: CommonWords | None = None
) -> tuple[list[Sketch], list[Sketch]]:
    """The sketches of two lists; a word's rarity is told by both together, save what is common whoever tells it."""
    accounts = [*known, *new]
    read = [_words(account, common or CommonWords()) for account in accounts]
    rarity = Rarity.of(each.in_full for each in read)
    rarities = _Rarities(rarity, Rarity.of(each.grams for each in read), Rarity.of(each.facts for each in read))
    made = [_sketch(*pair, rarities) for pair in zip(accounts, read, strict=True)]
    return made[: len(known)], made[len(known) :]


def _words(account: Account, common: CommonWords) -> _Words:
    title, text = fold(account.title), fold(account.text[:_TEXT])
    in_title = words(title)
    in_head = [*in_title, *words(text[:_HEAD])]
    in_full, facts = [*in_title, *words(text)], list(_facts(account))
    return _Words(title, in_title, in_head, in_full, grams(title), facts, own_words(account, common))


def _sketch(account: Account, read: _Words, rarities: _Rarities) -> Sketch:
    rarity = rarities.words
    return Sketch(
        account,
        full=rarity.vector(read.in_full),
        full_shares=rarity.shares(read.in_full),
        head=rarity.vector(read.in_head),
        title=rarity.vector(read.in_title),
        title_shares=rarity.shares(read.in_title),
        title_grams=rarities.grams.vector(read.grams),
        numbers=numbered(read.title),
        countries=main_keys(account.countries),
        facts=rarities.facts.vector(read.facts),
        own=read.own,
    )


def _facts(account: Account) -> Iterator[str]:
    """The facts of an account by which another one may be found."""
    for kind in ("countries", "firms", "lenders"):
        yield from (f"{kind} {key}" for key in main_keys(getattr(account, kind)))
    yield from (f"place {place}" for place in account.places)
    yield from (f"size {value:g} {unit}" for value, unit in account.quantities)
    yield from (f"day {day}" for day in account.days)
    yield from (f"sum {each.value:g} {each.currency}" for each in account.sums)


def main_keys(weights: Mapping[str, float]) -> frozenset[str]:
    """The keys that an account speaks for at least half as strongly as for its strongest."""
    least = max(weights.values(), default=0.0) * _MAIN_SHARE
    return frozenset(key for key, weight in weights.items() if weight >= least)
