"""The profile of an account: its word vectors and facts, prepared for comparison with many others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offing.match.text.distinctive import DistinctiveWords, distinctive_words
from offing.match.text.numbered import Numbered, numbered
from offing.match.text.tokens import fold, grams, words
from offing.match.text.vectors import Rarity
from offing.model.pairs.matching import Account, CommonWords

_HEAD = 400  # characters of the text that state its subject
_TEXT = 20_000  # characters that are compared
_MAIN_SHARE = 0.5  # of the weight of the strongest country


@dataclass(frozen=True, slots=True)
class AccountProfile:
    """An account, its words as vectors and shares, the numbers in its title, and its facts as tokens.

    The facts find accounts in other languages, which share no words. `own` are the distinctive words of the project.
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
    own: DistinctiveWords


@dataclass(frozen=True, slots=True)
class _Tokens:
    title: str
    in_title: list[str]
    in_head: list[str]
    in_full: list[str]
    grams: list[str]
    facts: list[str]
    numbers: Numbered
    own: DistinctiveWords


@dataclass(frozen=True, slots=True)
class _Rarities:
    words: Rarity
    grams: Rarity
    facts: Rarity


def profiles(
    known: Sequence[Account], new: Sequence[Account], common: CommonWords | None = None
) -> tuple[list[AccountProfile], list[AccountProfile]]:
    """The profiles of two lists; rarities are computed over both, except for the fixed list of common words."""
    accounts = [*known, *new]
    tokens = [_tokens(account, common or CommonWords()) for account in accounts]
    rarity = Rarity.of(each.in_full for each in tokens)
    rarities = _Rarities(rarity, Rarity.of(each.grams for each in tokens), Rarity.of(each.facts for each in tokens))
    made = [_profile(*pair, rarities) for pair in zip(accounts, tokens, strict=True)]
    return made[: len(known)], made[len(known) :]


def _tokens(account: Account, common: CommonWords) -> _Tokens:
    title, text = fold(account.title), fold(account.text[:_TEXT])
    in_title = words(title)
    in_head = [*in_title, *words(text[:_HEAD])]
    in_full, facts = [*in_title, *words(text)], list(_facts(account))
    numbers = numbered(title, common.grammar)
    return _Tokens(title, in_title, in_head, in_full, grams(title), facts, numbers, distinctive_words(account, common))


def _profile(account: Account, tokens: _Tokens, rarities: _Rarities) -> AccountProfile:
    rarity = rarities.words
    return AccountProfile(
        account,
        full=rarity.vector(tokens.in_full),
        full_shares=rarity.shares(tokens.in_full),
        head=rarity.vector(tokens.in_head),
        title=rarity.vector(tokens.in_title),
        title_shares=rarity.shares(tokens.in_title),
        title_grams=rarities.grams.vector(tokens.grams),
        numbers=tokens.numbers,
        countries=main_keys(account.countries),
        facts=rarities.facts.vector(tokens.facts),
        own=tokens.own,
    )


def _facts(account: Account) -> Iterator[str]:
    """The facts of an account as tokens, by which another one may be found."""
    for kind in ("countries", "firms", "lenders"):
        yield from (f"{kind} {key}" for key in main_keys(getattr(account, kind)))
    yield from (f"place {place}" for place in account.places)
    yield from (f"size {value:g} {unit}" for value, unit in account.quantities)
    yield from (f"day {day}" for day in account.days)
    yield from (f"sum {each.value:g} {each.currency}" for each in account.sums)


def main_keys(weights: Mapping[str, float]) -> frozenset[str]:
    """The keys with at least half the weight of the strongest."""
    least = max(weights.values(), default=0.0) * _MAIN_SHARE
    return frozenset(key for key, weight in weights.items() if weight >= least)
