"""The rules of recognition, from the cache where they were loaded before.

They are found by digests of the config files, of the code that reads them and of the libraries whose names they hold:
one for firms and lenders, which sites add to each day, and one for all else, which then stands.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from offing import __version__
from offing.config.cache import Cache
from offing.config.columns import NAMES, OF_ACTORS, Values, actors_of, rules_of, values_of, values_of_actors
from offing.config.layers import Layers
from offing.config.lexicon_files import ACTOR_FILES, lexicon_version
from offing.errors import ConfigError
from offing.model.collecting import collecting_later
from offing.model.rules import Actors, Lexicon, RecognitionRules

FILES = ("lexicons/*.csv", "wording/*/*.toml", "wording/*.toml", "models/*.txt", "languages.toml")
OF_NAMES = (*ACTOR_FILES, "wording/transcription/*.toml", "wording/*.toml")  # with how they are spelled elsewhere
_CODE = ("config", "match", "model", "recognize")  # packages that make what is kept
_CODE_BESIDE = ("steps/lexicon_check.py",)
_LIBRARIES = ("babel",)
_ACTORS = frozenset({*OF_ACTORS, "actors"})  # with the patterns of their names
_STARTED = time.time()


def load_rules(layers: Layers) -> RecognitionRules:
    """Lexicon and wordings of some layers; what recognition makes of them is kept beside them.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    with collecting_later():
        return _rules(layers)


def checked_lexicon(layers: Layers) -> Lexicon:
    """The lexicon alone, whatever is wrong with the wordings; where it was loaded before, nothing is wrong with it.

    Raises:
        ConfigError: a file of the lexicon cannot be used.
    """
    from offing.config.lexicon import load_lexicon

    try:
        return load_rules(layers).lexicon
    except ConfigError:
        return load_lexicon(layers)


def kept(layers: Layers, name: str, patterns: Sequence[str], make: Callable[[], Any]) -> Any:
    """A value of plain JSON that is made of some files alone: from the cache where it was made before.

    Args:
        layers: where the files lie.
        name: what the value is called.
        patterns: of the files.
        make: makes the value.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    key = _key_of(layers, name, patterns)
    store = Cache.of(key) if key else Cache()
    if (found := store.read(name)) is not None:
        return found
    made = make()
    if key == _key_of(layers, name, patterns):
        store.write(name, made)
    return made


def load_known_actors(layers: Layers) -> Actors:
    """The firms and lenders with all that is said of them, from the cache where they were loaded before.

    Raises:
        ConfigError: a row of theirs is wrong.
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
    """Where the values of one set of files are kept."""

    actors: Cache
    others: Cache

    @classmethod
    def of(cls, keys: tuple[str, str] | None) -> _Stores:
        """The stores behind two keys; those that keep nothing where there are none."""
        return cls(*map(Cache.of, keys)) if keys else cls(Cache(), Cache())

    def find(self, name: str) -> Callable[[], Any] | None:
        """What reads a value; None where it is not kept."""
        return self._holding(name).find(name)

    def write(self, values: Values) -> None:
        """Keep values by name."""
        for name, value in values.items():
            self._holding(name).write(name, value)

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        """A value as it was kept, else as it is made now, which is kept."""
        return self._holding(name).value(name, make)

    def _holding(self, name: str) -> Cache:
        return self.actors if name in _ACTORS else self.others


def _rules(layers: Layers) -> RecognitionRules:
    keys = _keys(layers)
    stores = _Stores.of(keys)
    found = {name: read for name in NAMES if (read := stores.find(name))}
    if len(found) == len(NAMES):
        return RecognitionRules(*rules_of(found, lexicon_version(layers)), keep=stores.keep)
    rules, made = _with_actors(layers, found) if found.keys() >= NAMES - _ACTORS else _loaded(layers)
    if keys is None or keys != _keys(layers):  # what changed while it was read is of no known content
        return rules
    stores.write(made)
    return replace(rules, keep=stores.keep)


def _with_actors(layers: Layers, found: Mapping[str, Callable[[], Any]]) -> tuple[RecognitionRules, Values]:
    """The rules where all but firms and lenders is kept, and the values that are not."""
    made = values_of_actors(_actors(layers))
    read: dict[str, Callable[[], Any]] = {**found, **{name: partial(made.__getitem__, name) for name in made}}
    return RecognitionRules(*rules_of(read, lexicon_version(layers))), made


def _actors(layers: Layers) -> Actors:
    """Firms and lenders from their files; what reads those brings the world's names along, which take a while."""
    from offing.config.lexicon import load_actors

    return load_actors(layers)


def _loaded(layers: Layers) -> tuple[RecognitionRules, Values]:
    """The rules from their files, and their values."""
    from offing.config.lexicon import load_lexicon
    from offing.config.wording import load_wording

    wording = load_wording(layers)  # first: the lexicon reads it, too, and would tell less of what is wrong
    lexicon = load_lexicon(layers)
    return RecognitionRules(lexicon, wording), values_of(lexicon, wording)


def _keys(layers: Layers) -> tuple[str, str] | None:
    """A digest of what firms and lenders are made of, and of all else; None where the code on disk is not what runs."""
    code = _code()
    if not code:
        return None
    actors = layers.holding(*OF_NAMES).fingerprint(*OF_NAMES)
    others = layers.holding(*FILES).fingerprint(*FILES, but=ACTOR_FILES)
    return _key(f"{code} actors {actors}"), _key(f"{code} others {others}")


def _key_of(layers: Layers, name: str, patterns: Sequence[str]) -> str:
    """A digest of what a value is made of; "" where the code on disk is not what runs."""
    code = _code()
    return _key(f"{code} {name} {layers.holding(*patterns).fingerprint(*patterns)}") if code else ""


def _key(made_of: str) -> str:
    return hashlib.sha256(made_of.encode()).hexdigest()


@cache
def _code() -> str:
    """A digest of the code that makes what is kept; "" where the code on disk is not the code that runs."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {[version(name) for name in _LIBRARIES]}".encode())
    root = Path(__file__).parents[1]
    kinds = ("*.py", "*.tsv*")  # tables of towns and ISO codes lie beside the code that reads them
    files = [path for package in _CODE for kind in kinds for path in sorted((root / package).glob(kind))]
    files += [root / name for name in _CODE_BESIDE]
    if not files or any(path.stat().st_mtime > _STARTED for path in files):
        return ""
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()
