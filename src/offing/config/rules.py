"""The rules of recognition, cached after the first load.

There are two cache keys: one for firms and lenders, which sites add to every day, and one for the rest, which then
stays valid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from offing.config.files.cache import Cache
from offing.config.files.columns import NAMES, OF_ACTORS, Values, actors_of, rules_of, values_of, values_of_actors
from offing.config.files.derived import code_digest, digest_of
from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon_files import ACTOR_FILES, lexicon_version
from offing.errors import ConfigError
from offing.model.reading.rules import Actors, Lexicon, RecognitionRules
from offing.model.values.collecting import collecting_later

FILES = ("lexicons/*.csv", "wording/*/*.toml", "wording/*.toml", "models/*.txt", "languages.toml")
# Files of firms and lenders, with the endings and foreign spellings of their names.
OF_NAMES = (*ACTOR_FILES, "lexicons/name_endings.csv", "wording/transcription/*.toml", "wording/*.toml")
_ACTORS = frozenset({*OF_ACTORS, "actors"})  # including the patterns of their names


def load_rules(layers: Layers) -> RecognitionRules:
    """Return lexicon and wordings of some layers; what recognition derives from them is cached beside them.

    Raises:
        ConfigError: a config file is invalid.
    """
    with collecting_later():
        return _rules(layers)


def checked_lexicon(layers: Layers) -> Lexicon:
    """Return the lexicon alone, whatever is wrong with the wordings; a cached one is known to be valid.

    Raises:
        ConfigError: a file of the lexicon is invalid.
    """
    from offing.config.lexicons.lexicon import load_lexicon

    try:
        return load_rules(layers).lexicon
    except ConfigError:
        return load_lexicon(layers)


def load_known_actors(layers: Layers) -> Actors:
    """Return the firms and lenders with their names and facts, cached after the first load.

    Raises:
        ConfigError: one of their rows is wrong.
    """
    keys = _keys(layers)
    stores = _Stores.of(keys)
    found = {name: read for name in OF_ACTORS if (read := stores.find(name))}
    if len(found) == len(OF_ACTORS):
        return actors_of(found)
    actors = _actors(layers)
    if keys is not None and keys == _keys(layers):
        stores.write(values_of_actors(actors))
    return actors


@dataclass(frozen=True, slots=True)
class _Stores:
    """The caches for the values of one set of files."""

    actors: Cache
    others: Cache

    @classmethod
    def of(cls, keys: tuple[str, str] | None) -> _Stores:
        """Return the caches for two keys; without keys, ones that store nothing."""
        return cls(*map(Cache.of, keys)) if keys else cls(Cache(), Cache())

    def find(self, name: str) -> Callable[[], Any] | None:
        """Return a function that reads a value; None if it is not cached."""
        return self._holding(name).find(name)

    def write(self, values: Values) -> None:
        """Cache values by name."""
        for name, value in values.items():
            self._holding(name).write(name, value)

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        """Return the cached value, else a newly made one, which is then cached."""
        return self._holding(name).value(name, make)

    def _holding(self, name: str) -> Cache:
        return self.actors if name in _ACTORS else self.others


def _rules(layers: Layers) -> RecognitionRules:
    """Return the rules; files are read only for the part that is not cached."""
    keys = _keys(layers)
    stores = _Stores.of(keys)
    found: dict[str, Callable[[], Any]] = {name: read for name in NAMES if (read := stores.find(name))}
    if len(found) == len(NAMES):
        return RecognitionRules(*rules_of(found, lexicon_version(layers)), keep=stores.keep)
    if found.keys() >= NAMES - _ACTORS:
        made = values_of_actors(_actors(layers))
        found |= {name: partial(made.__getitem__, name) for name in made}
        rules = RecognitionRules(*rules_of(found, lexicon_version(layers)))
    else:
        rules, made = _loaded(layers)
    if keys is None or keys != _keys(layers):  # files that changed during the read have no known content
        return rules
    stores.write(made)
    return replace(rules, keep=stores.keep)


def _actors(layers: Layers) -> Actors:
    """Return firms and lenders from their files; importing their reader also loads the world's names, which is slow."""
    from offing.config.lexicons.lexicon import load_actors

    return load_actors(layers)


def _loaded(layers: Layers) -> tuple[RecognitionRules, Values]:
    """Return the rules from their files, and their values."""
    from offing.config.lexicons.lexicon import load_lexicon
    from offing.config.wordings.wording import load_wording

    wording = load_wording(layers)  # first: the lexicon reads it, too, but with less specific errors
    lexicon = load_lexicon(layers)
    return RecognitionRules(lexicon, wording), values_of(lexicon, wording)


def _keys(layers: Layers) -> tuple[str, str] | None:
    """Cache keys for firms and lenders, and for the rest; None if the code on disk is not the running code."""
    code = code_digest()
    if not code:
        return None
    actors = layers.holding(*OF_NAMES).fingerprint(*OF_NAMES)
    others = layers.holding(*FILES).fingerprint(*FILES, but=ACTOR_FILES)
    return digest_of(f"{code} actors {actors}"), digest_of(f"{code} others {others}")
