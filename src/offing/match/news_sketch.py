"""A sketch of the news: an account made ready to be compared with others, one by one and in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offing.match.names import SHORTEST, Sounds, name_words, place_worth, sound_alike, worth_of
from offing.match.numbered import phases_of
from offing.match.own import OwnWords, own_words
from offing.match.vectors import Rarity
from offing.match.words import fold, words
from offing.model.matching import Account
from offing.model.sounds import script_of, sound

_HEAD = 1_500  # characters of a text that say what it is about
OWN = 0.35  # worth from which on a name is one among many in its country
_SECTION = re.compile(
    r"\b(?:section|участ\w*|tramo|troco|trecho|troncon|block|unit)\b|(?<=[一二三四五六七八九十\d])标段"
)
_BETWEEN = re.compile(r"\b(first|second|third|fourth|fifth) \w+ phase\b")


@dataclass(frozen=True, slots=True)
class NewsSketch:
    """An account made ready to be compared.

    Attributes:
        account: as it was drawn.
        title, text: the words as vectors of length one.
        names: its names, as compared, with what each is worth, 0 to 1.
        sounds: how they sound, by script: names of another script are found by that.
        towns: how the names in it sound that may be of places, large towns too.
        sites: how the places of its own sound, those of its title where it has some: not the capital that half of all
            projects name.
        site_in_title: whether they are those of its title.
        titled: the telling names that its title has.
        phases: numbers of phases or sections that it is about.
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
    own: OwnWords


def news_sketch(account: Account, rarity: Rarity) -> NewsSketch:
    """An account with its words and names weighed by a fixed table."""
    title, text = fold(account.title), fold(account.text[:_HEAD])
    title_words = words(title)
    names = {
        name: worth for name in name_words(account.names) if (worth := worth_of(name, account.countries, rarity)) > 0
    }
    titled = frozenset(name_words([account.title]))
    places = (name for name in name_words(account.places) if len(sound(name)) >= SHORTEST)
    own = {name for name in places if place_worth(name, account.countries, rarity) >= OWN}
    in_title = {place for place in own if any(sound_alike(sound(place), sound(word)) for word in titled)}
    return NewsSketch(
        account,
        title=rarity.vector(title_words),
        text=rarity.vector([*title_words, *words(text)]),
        names=names,
        sounds={(script_of(name), of): worth for name, worth in names.items() if len(of := sound(name)) >= SHORTEST},
        towns=_sounds(
            name for name in name_words(account.names) if place_worth(name, account.countries, rarity) >= OWN
        ),
        sites=_sounds(in_title or own),
        site_in_title=bool(in_title),
        titled=frozenset(name for name in titled if names.get(name, 0.0) >= OWN),
        phases=_phases(account),
        own=own_words(account, rarity.common),
    )


def _sounds(names: Iterable[str]) -> frozenset[str]:
    return frozenset(of for name in names if len(of := sound(name)) >= SHORTEST)


def rarity_words(account: Account) -> Iterator[str]:
    """What is counted of an account for a table of rarities: words, how names sound, parties."""
    yield from words(fold(account.title))
    yield from words(fold(account.text[:_HEAD]))
    yield from (f"~{of}" for name in name_words(account.names) if len(of := sound(name)) >= SHORTEST)
    for country in account.countries:
        yield f"country {country}"
        yield from (f"{country} {form}" for name in name_words(account.names) for form in (name, f"~{sound(name)}"))
    yield from (f"firm {firm}" for firm in account.firms)
    yield from (f"lender {lender}" for lender in account.lenders)


def _phases(account: Account) -> frozenset[int]:
    """The phases that the title names; else those of the first paragraph, as far as it says what it is about."""
    lines = (line[:_HEAD] for line in (account.title, *account.text.split("\n", 3)[:3]))
    for line in dict.fromkeys(lines):
        told = _SECTION.sub("phase", fold(line).replace("-", " "))
        found = phases_of(_BETWEEN.sub(r"\1 phase", told) if "phase" in told else told)
        if found:
            return found
    return frozenset()
