"""The rules of recognition, from the cache where they were loaded before.

They are found by a digest of the config files, of the code that reads them and of the libraries whose names they hold.
"""

from __future__ import annotations

import hashlib
import sys
import time
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from offing import __version__
from offing.config.cache import Cache
from offing.config.columns import NAMES, rules_of, values_of
from offing.config.layers import Layers
from offing.model.collecting import collecting_later
from offing.model.rules import Lexicon, RecognitionRules

FILES = ("lexicons/*.csv", "wording/*.toml", "models/*.txt", "languages.toml")
_CODE = ("config", "model", "recognize")  # packages that make what is kept
_LIBRARIES = ("babel",)
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

    key = _key(layers)
    kept = _kept(Cache.of(key)) if key else None
    return kept.lexicon if kept else load_lexicon(layers)


def _kept(store: Cache) -> RecognitionRules | None:
    """The rules as they were kept; None where they were not."""
    found = {name: read for name in NAMES if (read := store.find(name))}
    return RecognitionRules(*rules_of(found), keep=store.value) if len(found) == len(NAMES) else None


def _rules(layers: Layers) -> RecognitionRules:
    key = _key(layers)
    store = Cache.of(key) if key else Cache()
    if kept := _kept(store):
        return kept
    rules = _loaded(layers)
    if store.folder is None or key != _key(layers):  # what changed while it was read is of no known content
        return rules
    for name, value in values_of(rules.lexicon, rules.wording).items():
        store.write(name, value)
    return replace(rules, keep=store.value)


def _loaded(layers: Layers) -> RecognitionRules:
    from offing.config.lexicon import load_lexicon
    from offing.config.wording import load_wording

    wording = load_wording(layers)  # first: the lexicon reads it, too, and would tell less of what is wrong
    return RecognitionRules(load_lexicon(layers), wording)


def _key(layers: Layers) -> str:
    """A digest of all that rules are made of; "" where the code on disk is not the code that runs."""
    code = _code()
    return hashlib.sha256(f"{code} {layers.holding(*FILES).fingerprint(*FILES)}".encode()).hexdigest() if code else ""


@cache
def _code() -> str:
    digest = hashlib.sha256(f"{__version__} {sys.version} {[version(name) for name in _LIBRARIES]}".encode())
    root = Path(__file__).parents[1]
    kinds = ("*.py", "*.tsv*")  # tables of towns and ISO codes lie beside the code that reads them
    files = [path for package in _CODE for kind in kinds for path in sorted((root / package).glob(kind))]
    if not files or any(path.stat().st_mtime > _STARTED for path in files):
        return ""
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()
