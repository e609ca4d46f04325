"""Conversion of the frozen types to plain JSON values and back; defines how they are stored and shown."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(shape: Any) -> TypeAdapter[Any]:
    """Return one cached adapter per type; making one is slow."""
    if shape not in _adapters:
        _adapters[shape] = TypeAdapter(shape)
    return _adapters[shape]


def to_plain(value: Any, shape: Any = None) -> Any:
    """Return the value as dicts, lists, strings and numbers. Decimals become strings, so that they keep every digit.

    Args:
        value: a frozen type of the model, or a tuple of them.
        shape: its type if `type(value)` is not specific enough, such as `tuple[Reason, ...]`.
    """
    return _adapter(type(value) if shape is None else shape).dump_python(value, mode="json")


def from_plain(plain: Any, shape: type[T]) -> T:
    """Return the inverse of `to_plain`.

    Raises:
        pydantic.ValidationError: the plain value has another shape.
    """
    found: T = _adapter(shape).validate_python(plain)
    return found
