"""Latin forms beside names in other scripts: the English name where a list has one, else the name romanised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from offing.config.lexicons.english_towns import english_town
from offing.model.projects.project import ProjectFacts
from offing.model.text.latin import is_latin, latin
from offing.model.values import iso
from offing.review import country_name

_CHINESE = "zh"


@dataclass(frozen=True, slots=True)
class LatinName:
    """A name in another script and its Latin form.

    `known`: that is the English name in a list of towns; else the letters of the name.
    """

    name: str
    latin: str
    known: bool = False


def party_in_latin(name: str) -> LatinName | None:
    """Return the Latin form of a firm or lender; None if it is in Latin letters, or in a script without a rule.

    One that the lexicon knows has its English name already.
    """
    romanised = latin(name)
    return None if romanised == name else LatinName(name, romanised)


def place_in_latin(name: str, countries: Iterable[str]) -> LatinName | None:
    """Return the Latin form of a place of a project in some countries (ISO 3166-1 alpha-3); None as for a party."""
    if is_latin(name):
        return None
    known = english_town(name, frozenset(countries))
    return LatinName(name, known, known=True) if known else party_in_latin(name)


def body_in_latin(name: str, countries: Iterable[str]) -> LatinName | None:
    """Return the Latin form of a body of the host side, with the country that a Chinese name begins with in English."""
    for code in countries:
        country = _in_chinese().get(code, "")
        rest = name.removeprefix(country)
        if country and rest not in {name, ""}:
            return LatinName(name, f"{country_name(code)} {latin(rest)}")
    return party_in_latin(name)


def headline_names(facts: ProjectFacts) -> tuple[LatinName, ...]:
    """Return the Latin forms of the firms and lenders that a project's headline may name, each once."""
    names = (*(firm.name for firm in facts.firms), *(lender.name for lender in facts.lenders))
    return tuple(dict.fromkeys(form for name in names if (form := party_in_latin(name))))


def names_in_latin(facts: ProjectFacts) -> tuple[LatinName, ...]:
    """Return the Latin forms of all names of a project in other scripts, each once."""
    return tuple(dict.fromkeys((*headline_names(facts), *_bodies_and_places(facts))))


def _bodies_and_places(facts: ProjectFacts) -> Iterator[LatinName]:
    for read, names in ((body_in_latin, facts.counterparts), (place_in_latin, facts.places)):
        yield from (form for name in names if (form := read(name, facts.countries)))


@cache
def _in_chinese() -> dict[str, str]:
    """The Chinese name of each country, by its alpha-3 code."""
    cldr = Locale(_CHINESE).territories
    return {each.alpha3: str(cldr[each.alpha2]) for each in iso.countries() if each.alpha2 in cldr}
