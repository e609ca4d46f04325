"""The rules by which a site's candidates are matched, loaded before a transaction begins.

Loading takes a second or two, and no other writer should have to wait for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import sqlalchemy as sa

from offing import __version__
from offing.config.files.layers import Layers
from offing.config.lexicons.world import large_towns
from offing.config.rules import load_rules
from offing.config.weights.matching import COMMON_FILE, COUNTS_FILE, load_common, load_counts, load_news
from offing.config.wordings.plain import plain_words_of
from offing.match.text.name_weights import plain_words
from offing.match.text.vectors import Rarity
from offing.match.verdicts.verdict import Judge
from offing.store.database.engine import LAYERS, Database
from offing.store.stories.story import lock_stories

_PLAIN = ("wording/*/*.toml", "wording/*.toml", "models/small_words.txt")  # lists of words that are nobody's name


def judge_of(database: Database) -> Judge:
    """Return the judge by the rules of a site, or by those that ship; loaded on first use."""
    return _judge(database.engine.get_execution_options().get(LAYERS))


def judge_within(conn: sa.Connection) -> Judge:
    """Return the judge of the site to which a transaction belongs."""
    return _judge(layers_within(conn))


def layers_within(conn: sa.Connection) -> Layers | None:
    """Return the layers of the site to which a transaction belongs; None for what ships."""
    found = conn.get_execution_options().get(LAYERS)
    return found if isinstance(found, Layers) else None


@contextmanager
def changing(database: Database) -> Iterator[sa.Connection]:
    """Open a transaction in which stories or candidates may change: load the judge, then lock stories."""
    judge_of(database)
    with database.write() as conn:
        lock_stories(conn)
        yield conn


@cache
def rarity_of(layers: Layers) -> Rarity:
    """Return how much words and names are worth, by the tables of a site or those that ship."""
    counts = load_counts(layers)
    return Rarity(counts.counts, counts.number, frozenset(_plain(layers)), load_common(layers))


def _plain(layers: Layers) -> list[str]:
    """Return words that identify no project, cached beside the rules from which they are made."""
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
