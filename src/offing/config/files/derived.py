"""Values derived from config files: cached by the content of the files and of the code that computes them."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from offing import __version__
from offing.config.files.cache import Cache
from offing.config.files.layers import Layers

_CODE = ("config", "match", "model", "recognize")  # packages that compute the cached values
_CODE_BESIDE = ("services/lexicon/lexicon_check.py",)
_LIBRARIES = ("babel",)
_STARTED = time.time()


def cached_value(layers: Layers, name: str, patterns: Sequence[str], make: Callable[[], Any]) -> Any:
    """Return a plain JSON value derived from some files alone, cached.

    Args:
        layers: where the files are.
        name: the value's name.
        patterns: of the files.
        make: computes the value.

    Raises:
        ConfigError: a config file is invalid.
    """
    key = _key_of(layers, name, patterns)
    store = Cache.of(key) if key else Cache()
    if (found := store.read(name)) is not None:
        return found
    made = make()
    if key == _key_of(layers, name, patterns):
        store.write(name, made)
    return made


def _key_of(layers: Layers, name: str, patterns: Sequence[str]) -> str:
    """Return the cache key of a value; "" if the code on disk is not the running code."""
    code = code_digest()
    return digest_of(f"{code} {name} {layers.holding(*patterns).fingerprint(*patterns)}") if code else ""


def digest_of(made_of: str) -> str:
    """Return the name under which a value is cached, from all that it is made of."""
    return hashlib.sha256(made_of.encode()).hexdigest()


@cache
def code_digest() -> str:
    """Return a digest of the code that computes cached values; "" if the code on disk is not the running code."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {[version(name) for name in _LIBRARIES]}".encode())
    root = Path(__file__).parents[2]
    kinds = ("*.py", "*.tsv*")  # tables of towns and ISO codes are beside the code that reads them
    files = [path for package in _CODE for kind in kinds for path in sorted((root / package).rglob(kind))]
    files += [root / name for name in _CODE_BESIDE]
    if not files or any(path.stat().st_mtime > _STARTED for path in files):
        return ""
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()
