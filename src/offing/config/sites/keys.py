"""Loads `keys.toml`: the review keys, all different."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from offing.config.files.documents import Strict, error_at, read_document, read_merged
from offing.config.files.layers import Layers
from offing.model.review.keys import Action, RejectReason, ReviewKeys

FILE = "keys.toml"
NAMED = frozenset(
    {"Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Backspace"}
    | {"Delete"}
)


class _Reason(Strict):
    key: str
    text: str = Field(min_length=1, max_length=200)
    remark: bool = False


class _Keys(Strict):
    actions: dict[Action, str] = Field(default_factory=dict)
    reject_reasons: dict[str, _Reason] = Field(default_factory=dict)


def load_keys(layers: Layers) -> ReviewKeys:
    """Return the keys of some layers.

    Raises:
        ConfigError: the file is invalid, a value is not a key, or two actions have the same one.
    """
    # Earlier versions called the reject reasons `reasons`, as `scoring.toml` calls the reasons of the score.
    if any("reasons" in read_document(path) for path in layers.files(FILE)):
        raise error_at(layers, FILE, ("reasons",), "is called reject_reasons now: write [reject_reasons.NAME]")
    found = read_merged(layers, FILE, _Keys)
    missing = [action.value for action in Action if action not in found.actions]
    if missing:
        raise error_at(layers, FILE, ("actions",), f"no key for {', '.join(missing)}")
    _check_keys(layers, {("actions", action.value): key for action, key in found.actions.items()})
    _check_keys(layers, {("reject_reasons", name): reason.key for name, reason in found.reject_reasons.items()})
    reasons = tuple(RejectReason(name, **reason.model_dump()) for name, reason in found.reject_reasons.items())
    return ReviewKeys(found.actions, reasons)


@cache
def shipped_keys() -> ReviewKeys:
    """Return the keys as they ship."""
    return load_keys(Layers.of(None))


def _check_keys(layers: Layers, keys: Mapping[tuple[str, str], str]) -> None:
    """Check that each value is a key and that none occurs twice."""
    taken: dict[str, tuple[str, str]] = {}
    for place, key in keys.items():
        if key not in NAMED and (len(key) != 1 or not key.isprintable() or key.isspace()):
            message = f"{key!r} is no key: one character, or one of {', '.join(sorted(NAMED))}"
            raise error_at(layers, FILE, place, message)
        if key in taken:
            # The error is placed at the action to which the uppermost layer gives the key.
            places = (place, taken[key])
            errors = [
                error_at(layers, FILE, here, f"{key!r} is the key of {other[1]} already")
                for here, other in zip(places, reversed(places), strict=True)
            ]
            raise next((error for error in errors if error.path.is_relative_to(layers.folders[-1])), errors[0])
        taken[key] = place
