"""Loads `keys.toml`: the keys of review, no two the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import Field

from offing.config.documents import Strict, read_merged
from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.keys import Action, RejectReason, ReviewKeys

FILE = "keys.toml"
NAMED = frozenset(
    {"Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Backspace"}
    | {"Delete"}
)


class _Reason(Strict):
    key: str
    text: str = Field(min_length=1, max_length=200)


class _Keys(Strict):
    actions: dict[Action, str] = Field(default_factory=dict)
    reasons: dict[str, _Reason] = Field(default_factory=dict)


def load_keys(layers: Layers) -> ReviewKeys:
    """The keys of some layers.

    Raises:
        ConfigError: the file cannot be used, a key is none, or two things have the same one.
    """
    found = read_merged(layers, FILE, _Keys)
    path = [*layers.files(FILE), layers.folders[0] / FILE][-1]
    missing = [action.value for action in Action if action not in found.actions]
    if missing:
        raise ConfigError(f"no key for {', '.join(missing)}", path, key="actions")
    _distinct(((action.value, key) for action, key in found.actions.items()), "actions", path)
    _distinct(((name, reason.key) for name, reason in found.reasons.items()), "reasons", path)
    reasons = tuple(RejectReason(name, reason.key, reason.text) for name, reason in found.reasons.items())
    return ReviewKeys(found.actions, reasons)


@cache
def shipped_keys() -> ReviewKeys:
    """The keys as they ship."""
    return load_keys(Layers.of(None))


def _distinct(pairs: Iterable[tuple[str, str]], table: str, path: Path) -> None:
    taken: dict[str, str] = {}
    for name, key in pairs:
        if key not in NAMED and (len(key) != 1 or not key.isprintable() or key.isspace()):
            raise ConfigError(
                f"{key!r} is no key: one character, or one of {', '.join(sorted(NAMED))}", path, key=f"{table}.{name}"
            )
        if key in taken:
            raise ConfigError(f"{key!r} is the key of {taken[key]} already", path, key=f"{table}.{name}")
        taken[key] = name
