"""Tests the lexicon itself: names that stand for two things, and names too common to count alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import starmap
from typing import Any

from offing.config.layers import Layers
from offing.model.article import Article
from offing.model.mention import Verdict
from offing.model.rules import CountryForm, Lexicon, PlaceName
from offing.recognize import Recognizer
from offing.recognize.fold import fold_form
from offing.recognize.tables import name_key, without_legal_form
from offing.steps.lexicon_rows import LexiconRows

# A site, utility or operator abroad may be a Chinese firm's own: its name tells the firm and the country.
_OF_FIRMS = frozenset({"institution", "site", "project"})
_MEND = "give it a `near`, or take the row out"


@dataclass(frozen=True, slots=True)
class Collision:
    """A name that counts for several entities wherever it stands: all but one of them need a `near`."""

    text: str
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Namesake:
    """A name that counts wherever it stands, and is that of a country or town (`other`), too."""

    text: str
    entity: str
    other: str
    country: str


@dataclass(frozen=True, slots=True)
class Common:
    """A name that counts wherever it stands, and in how many articles of ordinary news it did."""

    entity: str
    alias: str
    articles: int


def collisions(lexicon: Lexicon) -> tuple[Collision, ...]:
    """Names of firms and lenders, with or without their legal form, that two entities have without a `near`."""
    entities: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for entity, text in _certain(lexicon):
        key = name_key(text)
        entities.setdefault(key, set()).add(entity)
        texts.setdefault(key, text)
    return tuple(
        Collision(without_legal_form(texts[key]), tuple(sorted(ids))) for key, ids in entities.items() if len(ids) > 1
    )


def namesakes(lexicon: Lexicon) -> tuple[Namesake, ...]:
    """Names of firms and lenders without a `near` that are those of countries, towns or regions."""
    abroad = {fold_form(place.text): place for place in lexicon.places if place.kind not in _OF_FIRMS}
    named: dict[str, CountryForm | PlaceName] = abroad | {fold_form(form.text): form for form in lexicon.countries}
    certain = {(entity, text): fold_form(text) for entity, text in _certain(lexicon)}
    return tuple(
        Namesake(text, entity, named[key].text, named[key].country)
        for (entity, text), key in certain.items()
        if key in named
    )


def ordinary_words(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """The firms and lenders with names without a `near` that are a word without a capital letter."""
    return tuple((entity, text) for entity, text in _certain(lexicon) if text.islower() and " " not in text)


def looked_over(lexicon: Lexicon) -> dict[str, Any]:
    """How many aliases a lexicon has and what is wrong with its names, as plain JSON: it takes longer than all else."""
    return {
        "aliases": len(lexicon.aliases),
        "collisions": list(map(astuple, collisions(lexicon))),
        "namesakes": list(map(astuple, namesakes(lexicon))),
        "ordinary": list(ordinary_words(lexicon)),
    }


def faults_of(found: Mapping[str, Any], layers: Layers) -> Iterator[str]:
    """What is wrong with the names of firms and lenders, a sentence each, with file and line.

    Args:
        found: what `looked_over` made of the lexicon of the layers.
        layers: the config folders.
    """
    rows = LexiconRows(layers)
    for each in starmap(Collision, found["collisions"]):
        where = " and ".join(rows.where(entity, each.text) for entity in each.entities)
        yield f"{where}: {each.text!r} counts for {' and '.join(each.entities)}: give all but one of them a `near`"
    for name in starmap(Namesake, found["namesakes"]):
        where, also = rows.where(name.entity, name.text), rows.where(name.country, name.other)
        yield f"{where}: {name.text!r} of {name.entity} is a name of {name.country}, too ({also}): {_MEND}"
    for entity, text in found["ordinary"]:
        yield f"{rows.where(entity, text)}: {text!r} of {entity} has no capital letter, like any word: {_MEND}"


def common_names(articles: Iterable[Article], recognizer: Recognizer) -> tuple[Common, ...]:
    """The names of firms and lenders without a `near` that count in some articles, the most frequent first.

    Args:
        articles: ordinary news of the world: what is frequent in it proves little.
        recognizer: has the lexicon.
    """
    certain = frozenset(_certain(recognizer.lexicon))
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        meant = {(s.key, s.alias) for s in recognizer.judge(article) if s.verdict is Verdict.MEANT}
        counts.update(meant & certain)
    return tuple(Common(entity, alias, number) for (entity, alias), number in counts.most_common())


def _certain(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The id of each firm and lender with each of its names that counts wherever it stands."""
    for alias in lexicon.aliases:
        if not alias.near:
            yield alias.entity, alias.text
    for entity in (*lexicon.firms, *lexicon.lenders):
        yield entity.id, entity.name
        if entity.name_zh:
            yield entity.id, entity.name_zh
