"""Checks the lexicon itself: names shared by two entities, and names too common to count alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import starmap
from typing import Any

from offing.config.files.layers import Layers
from offing.model.reading.mention import Verdict
from offing.model.reading.rules import CountryForm, Lexicon, PlaceName
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.name_endings import endings_of
from offing.services.lexicon.row_positions import LexiconRows

# A site, utility or operator abroad may be a Chinese firm's own, so its name identifies both the firm and the country.
_OF_FIRMS = frozenset({"institution", "site", "project"})
_MEND = "give it a `near`, or take the row out"


@dataclass(frozen=True, slots=True)
class Collision:
    """A name that counts for several entities without any context: all but one of them need a `near`."""

    text: str
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Namesake:
    """A firm's or lender's name that counts without any context and is also that of a country or town (`other`)."""

    text: str
    entity: str
    other: str
    country: str


@dataclass(frozen=True, slots=True)
class Common:
    """A name that counts without any context, with the number of ordinary articles in which it did."""

    entity: str
    alias: str
    articles: int


def collisions(lexicon: Lexicon) -> tuple[Collision, ...]:
    """Return names of firms and lenders, with or without their legal form, that two entities have without a `near`."""
    endings = endings_of(lexicon.endings)
    entities: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for entity, text in _certain(lexicon):
        key = endings.key(text)
        entities.setdefault(key, set()).add(entity)
        texts.setdefault(key, text)
    return tuple(
        Collision(endings.without_legal_form(texts[key]), tuple(sorted(ids)))
        for key, ids in entities.items()
        if len(ids) > 1
    )


def namesakes(lexicon: Lexicon) -> tuple[Namesake, ...]:
    """Return names of firms and lenders without a `near` that are also names of countries, towns or regions."""
    abroad = {fold_form(place.text): place for place in lexicon.places if place.kind not in _OF_FIRMS}
    named: dict[str, CountryForm | PlaceName] = abroad | {fold_form(form.text): form for form in lexicon.countries}
    certain = {(entity, text): fold_form(text) for entity, text in _certain(lexicon)}
    return tuple(
        Namesake(text, entity, named[key].text, named[key].country)
        for (entity, text), key in certain.items()
        if key in named
    )


def ordinary_words(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return firms and lenders, each with a name without a `near` that is a word without a capital letter."""
    return tuple((entity, text) for entity, text in _certain(lexicon) if text.islower() and " " not in text)


def looked_over(lexicon: Lexicon) -> dict[str, Any]:
    """Return how many aliases a lexicon has and what is wrong with its names, as plain JSON; the slowest check."""
    return {
        "aliases": len(lexicon.aliases),
        "collisions": list(map(astuple, collisions(lexicon))),
        "namesakes": list(map(astuple, namesakes(lexicon))),
        "ordinary": list(ordinary_words(lexicon)),
    }


def faults_of(found: Mapping[str, Any], layers: Layers) -> Iterator[str]:
    """Yield a sentence, with file and line, for each fault in the names of firms and lenders.

    Args:
        found: what `looked_over` returned for the lexicon of the layers.
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
    """Return the names of firms and lenders without a `near` that count in some articles, the most frequent first.

    Args:
        articles: ordinary world news: a name that is frequent in it proves little.
        recognizer: has the lexicon.
    """
    certain = frozenset(_certain(recognizer.lexicon))
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        meant = {(s.key, s.alias) for s in recognizer.judge(article) if s.verdict is Verdict.MEANT}
        counts.update(meant & certain)
    return tuple(Common(entity, alias, number) for (entity, alias), number in counts.most_common())


def _certain(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the id of each firm and lender with each of its names that counts without any context."""
    for alias in lexicon.aliases:
        if not alias.near:
            yield alias.entity, alias.text
    for entity in (*lexicon.firms, *lexicon.lenders):
        yield entity.id, entity.name
        if entity.name_zh:
            yield entity.id, entity.name_zh
