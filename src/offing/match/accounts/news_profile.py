"""The profile of a news account: its words, names and sounds, prepared for pairwise comparison in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offing.match.text.account_patterns import STAGE, AccountPatterns, patterns_of
from offing.match.text.distinctive import DistinctiveWords, distinctive_words
from offing.match.text.name_weights import SHORTEST, Sounds, name_weight, name_words, place_weight, sound_alike
from offing.match.text.tokens import fold, words
from offing.match.text.vectors import Rarity
from offing.model.pairs.matching import Account
from offing.model.text.sounds import script_of, sound

_HEAD = 1_500  # characters of a text that state its subject
DISTINCTIVE = 0.35  # weight from which a name is distinctive within its country


@dataclass(frozen=True, slots=True)
class NewsProfile:
    """An account prepared for comparison.

    Attributes:
        account: the account.
        title, text: the words as vectors of length one.
        names: its normalised names with their weights, 0 to 1.
        sounds: their sounds by script, to match names across scripts.
        towns: the sounds of names that may be places, including large towns.
        sites: the sounds of its distinctive places, of those in the title if any: not the capital that half of all
            projects name.
        site_in_title: whether they are those of its title.
        titled: the distinctive names in its title.
        phases: numbers of the phases or sections that it is about.
        own: the words of the project itself in title and opening.
    """

    account: Account
    title: Mapping[str, float]
    text: Mapping[str, float]
    names: Mapping[str, float]
    sounds: Sounds
    towns: frozenset[str]
    sites: frozenset[str]
    site_in_title: bool
    titled: frozenset[str]
    phases: frozenset[int]
    own: DistinctiveWords


def news_profile(account: Account, rarity: Rarity) -> NewsProfile:
    """Prepare an account, weighting its words and names by a fixed table."""
    title, text = fold(account.title), fold(account.text[:_HEAD])
    title_words = words(title)
    names = {
        name: worth for name in name_words(account.names) if (worth := name_weight(name, account.countries, rarity)) > 0
    }
    titled = frozenset(name_words([account.title]))
    places = (name for name in name_words(account.places) if len(sound(name)) >= SHORTEST)
    own = {name for name in places if place_weight(name, account.countries, rarity) >= DISTINCTIVE}
    in_title = {place for place in own if any(sound_alike(sound(place), sound(word)) for word in titled)}
    return NewsProfile(
        account,
        title=rarity.vector(title_words),
        text=rarity.vector([*title_words, *words(text)]),
        names=names,
        sounds={(script_of(name), of): worth for name, worth in names.items() if len(of := sound(name)) >= SHORTEST},
        towns=_sounds(
            name for name in name_words(account.names) if place_weight(name, account.countries, rarity) >= DISTINCTIVE
        ),
        sites=_sounds(in_title or own),
        site_in_title=bool(in_title),
        titled=frozenset(name for name in titled if names.get(name, 0.0) >= DISTINCTIVE),
        phases=_phases(account, patterns_of(rarity.common.grammar)),
        own=distinctive_words(account, rarity.common),
    )


def _sounds(names: Iterable[str]) -> frozenset[str]:
    return frozenset(of for name in names if len(of := sound(name)) >= SHORTEST)


def rarity_words(account: Account) -> Iterator[str]:
    """The tokens of an account counted for a table of rarities: words, sounds of names, parties."""
    yield from words(fold(account.title))
    yield from words(fold(account.text[:_HEAD]))
    yield from (f"~{of}" for name in name_words(account.names) if len(of := sound(name)) >= SHORTEST)
    for country in account.countries:
        yield f"country {country}"
        yield from (f"{country} {form}" for name in name_words(account.names) for form in (name, f"~{sound(name)}"))
    yield from (f"firm {firm}" for firm in account.firms)
    yield from (f"lender {lender}" for lender in account.lenders)


def _phases(account: Account, patterns: AccountPatterns) -> frozenset[int]:
    """The phases named in the title; else those of the first paragraphs."""
    lines = (line[:_HEAD] for line in (account.title, *account.text.split("\n", 3)[:3]))
    for line in dict.fromkeys(lines):
        marked = patterns.sections.sub(STAGE, fold(line).replace("-", " "))
        found = patterns.stages(patterns.stage_apart.sub(rf"\1 {STAGE}", marked) if STAGE in marked else marked)
        if found:
            return found
    return frozenset()
