"""Loads the lexicon: firms, lenders, their aliases, false friends, country forms, places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from offing.config.files.by_language import read_kind
from offing.config.files.languages import EVERYWHERE, known_languages, no_language
from offing.config.files.layers import Layers
from offing.config.files.tables import Row, read_table
from offing.config.files.wording_files import read_languages
from offing.config.files.wording_shapes import Forms, OrdinaryWords
from offing.config.lexicons.actor_facts import load_actor_facts
from offing.config.lexicons.lexicon_files import FOLDER, lexicon_version
from offing.config.lexicons.world import country_names, gazetteer, is_country, large_towns, towns
from offing.model.reading.rules import (
    Actors,
    Alias,
    CaseRule,
    CountryForm,
    Entity,
    EntityKind,
    FalseFriend,
    Lexicon,
    NameEnding,
    PlaceName,
)

FALSE_FRIEND_KINDS = ("lender", "firm", "country", "chinese")
PLACE_KINDS = ("capital", "city", "country", "institution", "project", "province", "region", "site")
COUNTRY_FORM_KINDS = ("name", "demonym", "stem", "abbreviation")
_CASES, _ENTITY_KINDS = tuple(CaseRule), tuple(EntityKind)
_SHORTEST_NAME = 2
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LEXICON_COLUMNS = {
    "firms": ("id", "name", "name_zh", "parent", "kind", "source", "note"),
    "firm_aliases": ("firm", "alias", "lang", "case", "near", "source", "note"),
    "lenders": ("id", "name", "name_zh", "kind", "source", "note"),
    "lender_aliases": ("lender", "alias", "lang", "case", "near", "source", "note"),
    "false_friends": ("phrase", "lang", "case", "kind", "note"),
    "country_forms": ("country", "lang", "form", "kind", "note"),
    "places": ("place", "lang", "country", "kind", "near", "note"),
    "name_endings": ("ending", "lang", "instead", "note"),
}
LEXICON_KEYS = {
    "firms": ("id",),
    "firm_aliases": ("firm", "alias", "lang"),
    "lenders": ("id",),
    "lender_aliases": ("lender", "alias", "lang"),
    "false_friends": ("phrase", "lang", "kind"),
    "country_forms": ("country", "lang", "form"),
    "places": ("place", "lang", "country"),
    "name_endings": ("ending", "lang", "instead"),
}


def read_lexicon_table(layers: Layers, table: str) -> tuple[Row, ...]:
    """Return the rows of a table of the lexicon, such as `firm_aliases`.

    Raises:
        ConfigError: a column is missing or unknown, a row is too long or short, a key occurs twice in one file.
    """
    return read_table(layers, f"{FOLDER}/{table}.csv", LEXICON_COLUMNS[table], LEXICON_KEYS[table])


def load_lexicon(layers: Layers) -> Lexicon:
    """Return the lexicon of some layers, completed from CLDR and GeoNames.

    Raises:
        ConfigError: a row is wrong: an unknown id, kind, language or country, a name too short or given twice.
    """
    actors = load_actors(layers)
    languages, ordinary = read_languages(layers), tuple(read_kind(layers, "ordinary-words", OrdinaryWords))
    no_places = _lowered(each.places for each in ordinary)
    no_countries = _lowered(each.countries for each in ordinary)
    countries = (*_country_forms(layers), *country_names(no_countries, languages))
    places = tuple(_places(layers))
    taken = frozenset(form.text.casefold() for form in countries) | {place.text.casefold() for place in places}
    return Lexicon(
        firms=actors.firms,
        lenders=actors.lenders,
        aliases=actors.aliases,
        false_friends=tuple(_false_friends(layers)),
        countries=countries,
        places=(*places, *towns(no_places, taken, languages)),
        endings=load_name_endings(layers),
        gazetteer=gazetteer(taken | frozenset().union(*no_places.values()), [place for place in places if place.near]),
        version=lexicon_version(layers),
        facts=actors.facts,
        large_towns=frozenset().union(*large_towns().values()),
    )


def load_actors(layers: Layers) -> Actors:
    """Return the firms and lenders with their names and facts, from `ACTOR_FILES` alone.

    Raises:
        ConfigError: a row is wrong.
    """
    firms, lenders = load_entities(layers)
    facts = load_actor_facts(layers, {entity.id for entity in (*firms, *lenders)})
    aliases = (*_aliases(layers, "firm", firms), *_aliases(layers, "lender", lenders))
    return Actors(firms, lenders, aliases, facts)


def check_tables(layers: Layers) -> int:
    """Return the number of rows in the tables; skips the world's lists, which take seconds.

    Raises:
        ConfigError: as `load_lexicon`.
    """
    actors = load_actors(layers)
    others = [*_false_friends(layers), *_country_forms(layers), *_places(layers), *load_name_endings(layers)]
    return sum(map(len, (actors.firms, actors.lenders, actors.aliases, actors.facts, others)))


def load_name_endings(layers: Layers) -> tuple[NameEnding, ...]:
    """Return the alternative endings of names of firms and lenders.

    Raises:
        ConfigError: a row is wrong.
    """
    rows = read_lexicon_table(layers, "name_endings")
    return tuple(NameEnding(_name(row, "ending"), _language(row), row["instead"]) for row in rows)


def load_entities(layers: Layers) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Return the firms and the lenders alone, which is fast.

    Raises:
        ConfigError: a row is wrong.
    """
    return tuple(_entities(layers, "firms")), tuple(_entities(layers, "lenders"))


def _lowered(forms: Iterable[Forms]) -> dict[str, frozenset[str]]:
    by_language: dict[str, set[str]] = {}
    for language, text in (pair for each in forms for pair in each.pairs()):
        by_language.setdefault(language, set()).add(text.casefold())
    return {language: frozenset(words) for language, words in by_language.items()}


def _entities(layers: Layers, table: str) -> Iterator[Entity]:
    rows = read_lexicon_table(layers, table)
    ids = {row["id"] for row in rows}
    for row in rows:
        parent = row.cells.get("parent", "")
        if parent and parent not in ids:
            raise row.error(f"{parent!r} is not an id of this table", "parent")
        name, name_zh = _name(row, "name"), row["name_zh"] and _name(row, "name_zh")
        if not _SLUG.fullmatch(row["id"]):
            raise row.error(f"{row['id']!r} is not an id: small letters, digits and hyphens", "id")
        yield Entity(row["id"], name, EntityKind(_one_of(row, "kind", _ENTITY_KINDS)), name_zh, parent or None)


def _aliases(layers: Layers, owner: str, entities: tuple[Entity, ...]) -> Iterator[Alias]:
    table = f"{owner}_aliases"
    ids = {entity.id for entity in entities}
    bare: dict[str, str] = {}
    for row in read_lexicon_table(layers, table):
        if row[owner] not in ids:
            raise row.error(f"{row[owner]!r} is not an id of {owner}s.csv", owner)
        text, near = _name(row, "alias"), row.alternatives("near")
        if not near and bare.setdefault(text, row[owner]) != row[owner]:
            raise row.error(f"{text!r} is an alias of {bare[text]!r} too: give all but one of them a `near`", "alias")
        yield Alias(row[owner], text, _language(row), _case(row), near)


def _false_friends(layers: Layers) -> Iterator[FalseFriend]:
    for row in read_lexicon_table(layers, "false_friends"):
        yield FalseFriend(_name(row, "phrase"), _language(row), _one_of(row, "kind", FALSE_FRIEND_KINDS), _case(row))


def _country_forms(layers: Layers) -> Iterator[CountryForm]:
    for row in read_lexicon_table(layers, "country_forms"):
        kind = _one_of(row, "kind", COUNTRY_FORM_KINDS)
        yield CountryForm(_country(row), _name(row, "form"), _language(row), kind)


def _places(layers: Layers) -> Iterator[PlaceName]:
    for row in read_lexicon_table(layers, "places"):
        kind = _one_of(row, "kind", PLACE_KINDS)
        yield PlaceName(_name(row, "place"), _language(row), _country(row), kind, row.alternatives("near"))


def _name(row: Row, column: str) -> str:
    """Return a name of two characters or more, not counting a `*`; a single letter would match everywhere."""
    text = row[column]
    if len(text.replace("*", "").strip()) < _SHORTEST_NAME:
        raise row.error(f"{text!r} is empty or a single character", column)
    return text


def _language(row: Row) -> str:
    language = row["lang"] or EVERYWHERE
    if language != EVERYWHERE and language not in known_languages():
        raise row.error(no_language(language), "lang")
    return language


def _country(row: Row) -> str:
    if not is_country(row["country"]):
        raise row.error(f"{row['country']!r} is not a country: ISO 3166-1 alpha-3, such as KEN", "country")
    return row["country"]


def _case(row: Row) -> CaseRule:
    return CaseRule(_one_of(row, "case", _CASES)) if row["case"] else CaseRule.ANY


def _one_of(row: Row, column: str, allowed: Collection[str]) -> str:
    if row[column] not in allowed:
        raise row.error(f"{row[column]!r} is none of {', '.join(allowed)}", column)
    return row[column]
