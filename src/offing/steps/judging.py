"""The rules by which the candidates of a site are matched: its own, loaded before a transaction begins.

Reading them takes a second or two, for which nobody should have to wait who wants to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import sqlalchemy as sa

from offing import __version__
from offing.config.layers import Layers
from offing.config.matching import COMMON_FILE, COUNTS_FILE, load_common, load_counts, load_news
from offing.config.plain import plain_words_of
from offing.config.rules import load_rules
from offing.config.world import large_towns
from offing.match.names import plain_words
from offing.match.vectors import Rarity
from offing.match.verdict import Judge
from offing.store.engine import LAYERS, Database
from offing.store.story import lock_stories

_PLAIN = ("wording/*/*.toml", "wording/*.toml", "models/small_words.txt")  # files of words that are nobody's name


def judge_of(database: Database) -> Judge:
    """The judge by the rules of a site, or by those that ship; loaded when it is first asked for."""
    return _judge(database.engine.get_execution_options().get(LAYERS))


def judge_within(conn: sa.Connection) -> Judge:
    """The judge of the site in whose transaction this is asked."""
    return _judge(layers_within(conn))


def layers_within(conn: sa.Connection) -> Layers | None:
    """The layers of the site in whose transaction this is asked; None where what ships counts."""
    found = conn.get_execution_options().get(LAYERS)
    return found if isinstance(found, Layers) else None


@contextmanager
def changing(database: Database) -> Iterator[sa.Connection]:
    """A transaction in which stories or candidates may change: it holds the lock on stories, and its judge is ready."""
    judge_of(database)
    with database.write() as conn:
        lock_stories(conn)
        yield conn


@cache
def rarity_of(layers: Layers) -> Rarity:
    """What a word or name is worth, by the tables of a site or those that ship."""
    counts = load_counts(layers)
    return Rarity(counts.counts, counts.number, frozenset(_plain(layers)), load_common(layers))


def _plain(layers: Layers) -> list[str]:
    """What tells no project; kept beside the rules from which it is made."""
    rules = load_rules(layers)

    def made() -> list[str]:
        return sorted(plain_words(plain_words_of(layers, rules.wording), large_towns()))

    kept: list[str] = rules.keep("plain", made) if rules.keep else made()
    return kept


@cache
def _judge(layers: Layers | None) -> Judge:
    layers = layers or Layers.of(None)
    drawn_by = f"{__version__} {layers.digest(COUNTS_FILE, COMMON_FILE, *_PLAIN)}"
    return Judge(load_news(layers), rarity_of(layers), drawn_by)
