"""World names from libraries: countries by CLDR (Babel), towns by GeoNames."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from babel import Locale

from offing.config.files.languages import locale_of
from offing.config.lexicons import geonames
from offing.config.lexicons.geonames import Town
from offing.model.reading.rules import REGION_MARK, CountryForm, PlaceName
from offing.model.text.language_traits import is_latin
from offing.model.text.scripts import ARABIC, HAN, RANGES, script_of
from offing.model.values import iso

_LOCALES = {"zh": ("zh", "zh_Hant", "zh_Hant_HK"), "pt": ("pt", "pt_PT")}
KOSOVO = "XKX"  # the code in use for Kosovo; ISO 3166 has none
_SMALLEST_TOWN = 100_000
_LARGE_TOWN = 1_000_000
_FIRST_TOWNS = 2  # of a country: they have many projects, however small they are
_MIDDLING_TOWN = 300_000  # other scripts spell smaller ones in ways that collide with words
# Countries whose towns are named like people and objects (Jackson, Orange) and rarely are where a project is built.
_ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_CLEAR_WINNER = 3
_SHORTEST_LATIN = 4
_TOWNS = frozenset({"capital", "city", "country"})
_BRACKETS = re.compile(r"^(.+?)\s*[(（](.+?)[)）]$")
_SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]{2,}"),
    "ru": re.compile("[\u0410-\u044f\u0401\u0451][\u0410-\u044f\u0401\u0451 -]{2,}"),
    "ar": re.compile("[\u0621-\u064a][\u0621-\u064a ]{2,}"),
}
_FIRST_FOREIGN = "\u0400"  # letters before it are Latin and Greek
# Letters that Arabic spells in more than one way: مدينه is مدينة, اسمرة is أسمرة.
_SAME_LETTERS = {ord(letter): same for same, letters in {"ه": "ة", "ي": "ى", "ا": "أإآٱ"}.items() for letter in letters}
_SHORTEST_CHINESE = 3
_SHORTEST_ARABIC = 4


@cache
def alpha3(alpha2: str) -> str | None:
    """Return ISO 3166-1 alpha-3 of a country, None if it is not a country."""
    if alpha2 == "XK":
        return KOSOVO
    found = iso.country_by_alpha2(alpha2)
    return found.alpha3 if found else None


@cache
def is_country(code: str) -> bool:
    """Return whether a code is the alpha-3 of a country."""
    return code == KOSOVO or iso.country_by_alpha3(code) is not None


def country_names(excluded: dict[str, frozenset[str]], languages: Iterable[str]) -> Iterator[CountryForm]:
    """Yield the countries' names in some languages. `excluded` holds ordinary words by language, in lower case."""
    yield CountryForm("CHN", "china", "es", "demonym")  # the feminine adjective is spelled like the name
    for language in languages:
        shut_out = excluded.get(language, frozenset())
        # In Chinese, also as Taiwan and Hong Kong write them.
        locales = filter(None, map(locale_of, _LOCALES.get(language, (language,))))
        for alpha2, written in (territory for locale in locales for territory in locale.territories.items()):
            code = alpha3(alpha2) if len(alpha2) == 2 else None  # noqa: PLR2004 -- the others are continents
            for name in _variants(alpha2, written) if code else ():
                if code and name.casefold() not in shut_out:
                    yield CountryForm(code, name, language, "name")


def _variants(alpha2: str, written: str) -> Iterator[str]:
    """Yield the names in "Myanmar (Burma)"; none if it names a ruler or a part ("Hong Kong SAR China")."""
    if alpha2 in ("HK", "MO", "SX", "MF", "VG", "VI", "UM", "CC") or " - " in written:
        return
    bracket = _BRACKETS.match(written)
    yield bracket[1] if bracket else written
    if bracket and alpha2 == "MM":
        yield bracket[2]
    if bracket and alpha2 in ("CD", "CG"):
        yield written


def towns(
    excluded: dict[str, frozenset[str]], taken: frozenset[str], languages: Collection[str]
) -> Iterator[PlaceName]:
    """Yield capitals and towns above 100,000 inhabitants.

    Args:
        excluded: ordinary words by language, `*` for all, in lower case.
        taken: names, in lower case, that already mean something else.
        languages: in which to name them; for a language in another script, as that script writes them.
    """
    capitals = {capital.casefold(): code for code, capital in geonames.capitals().items()}
    large = [
        town
        for town in geonames.towns()
        if town.population >= (_LARGE_TOWN if town.country in _ENGLISH_SPEAKING else _SMALLEST_TOWN)
        or _is_capital(town, capitals)
    ]
    shut_out = frozenset(_spelled(name) for name in frozenset().union(*excluded.values()) | taken)
    yield from _named(large, capitals, shut_out)
    for language in languages:
        if not is_latin(language):
            yield from _written_in(large, capitals, language, shut_out)
    yield from _exemplar_cities(large, shut_out, languages)


@cache
def large_towns() -> Mapping[str, frozenset[str]]:
    """Return the large towns of each country, by its alpha-3 code and in all scripts: names that many projects have.

    These are towns of 300,000 inhabitants or more, the capital, and the second town if it has 100,000: in a small
    country that is one place among others.
    """
    by_country: dict[str, list[Town]] = {}
    for town in sorted(geonames.towns(), key=lambda town: -town.population):
        by_country.setdefault(town.country, []).append(town)
    capitals = geonames.capitals()
    found = {}
    for code, ranked in by_country.items():
        large = [
            town
            for rank, town in enumerate(ranked)
            if town.population >= (_SMALLEST_TOWN if rank < _FIRST_TOWNS else _MIDDLING_TOWN)
            or town.name == capitals.get(code)
        ]
        found[alpha3(code) or code] = frozenset(name for town in large for name in _spellings(town))
    return found


def gazetteer(taken: frozenset[str], conditional: Iterable[PlaceName]) -> dict[str, str]:
    """Return towns from 5,000 inhabitants and first-level regions: the countries that have one, by name in lower case.

    Args:
        taken: names, in lower case, that already mean something else.
        conditional: towns that the lexicon only counts near certain words; here they are ordinary towns.
    """
    by_name = dict(_countries_by_town())
    listed = [place for place in conditional if place.kind in _TOWNS]
    for place in listed:
        name = place.text.casefold()
        by_name[name] = by_name.get(name, frozenset()) | {place.country}
    conditional_names = {place.text.casefold() for place in listed}
    barred = {_spelled(name) for name in taken}
    return {
        name: " ".join(sorted(codes))
        for name, codes in by_name.items()
        if name in conditional_names or _spelled(name) not in barred
    }


@cache
def _countries_by_town() -> Mapping[str, frozenset[str]]:
    """Return the countries that have a town or region of a name, independent of a site's config."""
    found: dict[str, set[str]] = {}
    regions: dict[str, set[str]] = {}
    for town in geonames.towns():
        if town.country not in _ENGLISH_SPEAKING and town.country != "CN":
            for name in _spellings(town):
                found.setdefault(name.casefold(), set()).add(town.country)
    for country, region in iso.regions():
        if country not in _ENGLISH_SPEAKING and country != "CN":
            regions.setdefault(region.casefold(), set()).add(country)
    for name, codes in regions.items():
        found.setdefault(name, set()).update(REGION_MARK + code for code in codes - found.get(name, set()))
    return {name: frozenset(_alpha3_codes(codes)) for name, codes in found.items() if len(name) > 1}


def _spelled(name: str) -> str:
    """Return a name in lower case and unified spelling."""
    return name.casefold().translate(_SAME_LETTERS)


def _alpha3_codes(codes: set[str]) -> Iterator[str]:
    for code in sorted(codes):
        if three := alpha3(code.removeprefix(REGION_MARK)):
            yield REGION_MARK + three if code.startswith(REGION_MARK) else three


def _spellings(town: Town) -> Iterator[str]:
    yield town.name
    for name in town.spellings:
        if name[:1] >= _FIRST_FOREIGN and any(script.fullmatch(name) for script in _SCRIPTS.values()):
            yield name


def _is_capital(town: Town, capitals: dict[str, str]) -> bool:
    return bool(capitals.get(town.name.casefold()) == town.country)


def _named(large: list[Town], capitals: dict[str, str], barred: frozenset[str]) -> Iterator[PlaceName]:
    """Yield the towns by their Latin names; a name that several share stands for the clear winner."""
    by_name: dict[str, list[Town]] = {}
    for town in large:
        by_name.setdefault(town.name, []).append(town)
    for name, towns_ in by_name.items():
        capital = any(_is_capital(town, capitals) for town in towns_)
        if _spelled(name) in barred or (len(name) < _SHORTEST_LATIN and not capital):
            continue
        winner = _clear_winner(towns_, capitals)
        if winner is not None and (code := alpha3(winner.country)):
            yield PlaceName(name, "*", code, "capital" if capital else "city")


def _clear_winner(towns_: list[Town], capitals: dict[str, str]) -> Town | None:
    """Return the town that a name refers to: the capital or by far the largest, None if it is ambiguous."""
    ranked = sorted(towns_, key=lambda town: (_is_capital(town, capitals), town.population), reverse=True)
    first = ranked[0]
    others = [town for town in ranked if town.country != first.country]
    weight = _CLEAR_WINNER if not _is_capital(first, capitals) else 1 / _CLEAR_WINNER
    return first if all(first.population >= weight * town.population for town in others) else None


def _written_in(
    large: list[Town], capitals: dict[str, str], language: str, barred: frozenset[str]
) -> Iterator[PlaceName]:
    """Yield the towns in another script; a spelling shared by towns of two countries is left out."""
    script = _SCRIPTS.get(language) or _letters(script_of(language))
    spelled: dict[str, set[str]] = {}
    for town in large:
        shortest = _shortest(language, town.population)
        if script_of(language) != ARABIC and town.population < _MIDDLING_TOWN and not _is_capital(town, capitals):
            continue
        for name in town.spellings:
            if not script.fullmatch(name) or len(name) < shortest:
                continue
            low = _spelled(name)
            # Russian words in other cases, too: Китая beside Китай.
            if barred.isdisjoint({low, *(low[:-1] + ending for ending in ("", "й", "я", "а", "ь", "и"))}):
                spelled.setdefault(name, set()).add(town.country)
    for name, countries in spelled.items():
        if len(countries) == 1 and (code := alpha3(next(iter(countries)))):
            yield PlaceName(name, language, code, "city")


@cache
def _letters(script: str) -> re.Pattern[str]:
    """Return the names that a script can write; none if its letters are unknown."""
    letters = RANGES.get(script)
    return re.compile(f"[{letters}][{letters} -]{{2,}}" if letters else "(?!)")


def _shortest(language: str, population: int) -> int:
    if script_of(language) == ARABIC:
        return _SHORTEST_ARABIC if population >= _MIDDLING_TOWN else _SHORTEST_ARABIC + 1
    return _SHORTEST_CHINESE if script_of(language) == HAN and population < _LARGE_TOWN else 2


def _exemplar_cities(large: list[Town], barred: frozenset[str], languages: Iterable[str]) -> Iterator[PlaceName]:
    """Yield towns that CLDR names in each language because they represent a time zone (Le Caire, Каир)."""
    english = Locale.parse("en").time_zones
    known = {town.name.casefold(): town.country for town in large}
    for language in languages:
        shortest, locale = _shortest(language, _LARGE_TOWN), locale_of(language)
        for zone, names in locale.time_zones.items() if locale else ():
            plain = english.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            country, city = known.get(plain.casefold()), str(names.get("city") or "")
            code = alpha3(country) if country and len(city) >= shortest and _spelled(city) not in barred else None
            if code:
                yield PlaceName(city, language, code, "city")
