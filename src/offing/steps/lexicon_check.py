"""Tests the lexicon itself: names that stand for two entities, and names too common to count alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.model.article import Article
from offing.model.mention import Verdict
from offing.model.rules import Lexicon
from offing.recognize import Recognizer
from offing.recognize.tables import name_key, without_legal_form


@dataclass(frozen=True, slots=True)
class Collision:
    """A name that counts for several entities wherever it stands: all but one of them need a `near`."""

    text: str
    entities: tuple[str, ...]


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
        entities.setdefault(name_key(text), set()).add(entity)
        texts.setdefault(name_key(text), without_legal_form(text))
    return tuple(Collision(texts[key], tuple(sorted(ids))) for key, ids in entities.items() if len(ids) > 1)


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
