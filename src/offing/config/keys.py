"""Loads `keys.toml`: the keys of review, no two the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from offing.config.documents import Strict, error_at, read_merged
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
    missing = [action.value for action in Action if action not in found.actions]
    if missing:
        raise error_at(layers, FILE, ("actions",), f"no key for {', '.join(missing)}")
    _distinct(layers, {("actions", action.value): key for action, key in found.actions.items()})
    _distinct(layers, {("reasons", name): reason.key for name, reason in found.reasons.items()})
    reasons = tuple(RejectReason(name, reason.key, reason.text) for name, reason in found.reasons.items())
    return ReviewKeys(found.actions, reasons)


@cache
def shipped_keys() -> ReviewKeys:
    """The keys as they ship."""
    return load_keys(Layers.of(None))


def _distinct(layers: Layers, keys: Mapping[tuple[str, str], str]) -> None:
    taken: dict[str, tuple[str, str]] = {}
    for place, key in keys.items():
        if key not in NAMED and (len(key) != 1 or not key.isprintable() or key.isspace()):
            message = f"{key!r} is no key: one character, or one of {', '.join(sorted(NAMED))}"
            raise error_at(layers, FILE, place, message)
        if key in taken:
            raise _doubled(layers, key, place, taken[key])
        taken[key] = place


def _doubled(layers: Layers, key: str, *places: tuple[str, str]) -> ConfigError:
    """The error at that of two places which the uppermost layer has: what ships was there before."""
    errors = [
        error_at(layers, FILE, place, f"{key!r} is the key of {other[1]} already")
        for place, other in zip(places, reversed(places), strict=True)
    ]
    return next((error for error in errors if error.path.is_relative_to(layers.folders[-1])), errors[0])
