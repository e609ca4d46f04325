"""The file `models/reader.npz`: the fine-tuned encoder written by `training/reader`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from offing.config.files.arrays import Arrays, read_model
from offing.config.files.documents import instead
from offing.config.files.layers import Layers
from offing.model.reading.tags import Tag
from offing.model.reading.tuned import Tuned
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status

FILE = "models/reader.npz"
LAYER, HEAD, VALUES = "layer.", "head.", "values."  # prefixes of array names
_DOCUMENT = {"relevant": 2, "count": 5}  # the document-level fields, with the number of values of each
_FIELDS = {"sector": Sector, "status": Status, "mode": Mode, "record_type": RecordType, "concerns": Concern}
_VALUES = {**_FIELDS, "roles": Role, "kinds": AmountKind, "tags": Tag}
_STATES, _TURNS, _MEMBERS = 3, 3, 4  # of a piece under a tag; of a sentence; whose a piece may be
_PARTS = frozenset({
    *(f"{part}.{each}" for part in ("qkv", "ao", "fi", "fo") for each in ("weight", "step", "bias")),
    *("qkv.before", "fi.before"),
    *(f"{part}.{each}" for part in ("aln", "oln") for each in ("scale", "bias")),
})  # fmt: skip
_WIDE = frozenset({"fo.others", "fo.channel", "fo.apart"})  # of layers with a channel that is multiplied separately
Shape = tuple[int | None, ...]  # None: any size


def load_tuned(layers: Layers) -> Tuned | None:
    """Return the fine-tuned encoder of the highest layer that has one; None if no layer has.

    Raises:
        ConfigError: the file is not one that the training writes, or has unknown values.
    """
    files = list(layers.files(FILE))
    return _loaded(files[-1], files[-1].stat().st_mtime_ns) if files else None


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int) -> Tuned:
    """Return the encoder of a file, cached by modification time."""
    return read_model(path, tuned_of, "tuned encoder", "make train-reader")


def tuned_of(arrays: Arrays) -> Tuned:
    """Return the fine-tuned encoder of some arrays.

    Raises:
        ValueError: an array is missing or unknown, or has other values or another size.
    """
    layers, heads, values = (
        {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
        for prefix in (LAYER, HEAD, VALUES)
    )
    for name in arrays:
        if not name.startswith((LAYER, HEAD, VALUES)):
            raise ValueError(f"nothing reads its {name!r}")
    found = {name: tuple(map(str, array)) for name, array in values.items()}
    _check_values(found)
    _check_heads(heads, found)
    parts: dict[str, set[str]] = {}
    for name in layers:
        layer, _, part = name.partition(".")
        parts.setdefault(layer, set()).add(part)
    for layer, own in parts.items():
        _check_names(own, _PARTS | (_WIDE if own & _WIDE else frozenset()), f"{LAYER}{layer}.")
    return Tuned(layers, {name: array.astype(np.float32) for name, array in heads.items()}, found)


def _check_values(found: Mapping[str, tuple[str, ...]]) -> None:
    """Check the values of the heads against the known ones."""
    wanted = {name: tuple(map(str, kind)) for name, kind in _VALUES.items()}
    groups = {"document": tuple(_DOCUMENT), "project": tuple(_FIELDS)}
    _check_names(found, wanted.keys() | groups.keys(), VALUES)
    for name, known in wanted.items():
        for value in found[name]:
            if value not in known:
                raise ValueError(f"{value!r} is not a value of {name}; {instead(value, known)}")
        if missing := sorted(set(known).difference(found[name])):
            raise ValueError(f"{name} has no {missing[0]!r}")
        if len(found[name]) > len(known):
            raise ValueError(f"a value of {name} is listed twice")
    for group, fields in groups.items():
        if sorted(found[group]) != sorted(fields):
            raise ValueError(f"its {group} has {', '.join(found[group])} instead of {', '.join(fields)}")


def _check_heads(heads: Arrays, values: Mapping[str, tuple[str, ...]]) -> None:
    """Check the arrays of the heads against the sizes that follow from their values and the encoder's hidden size."""
    if "own.weight" not in heads:
        raise ValueError(f"it has no '{HEAD}own.weight'")
    wanted = dict(_shapes(len(heads["own.weight"]), values))
    _check_names(heads, wanted, HEAD)
    for name, shape in wanted.items():
        given = heads[name].shape
        if len(given) != len(shape) or any(a not in (None, b) for a, b in zip(shape, given, strict=True)):
            sizes = " x ".join("any" if size is None else str(size) for size in shape)
            raise ValueError(f"its '{HEAD}{name}' has {' x '.join(map(str, given))} numbers instead of {sizes}")


def _shapes(width: int, values: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Shape]]:
    """Yield the arrays of all heads, each with its size."""
    yield from _linear("tags", width, _STATES * len(values["tags"]))
    for name, count in (("turns", _TURNS), ("roles", len(values["roles"])), ("kinds", len(values["kinds"]))):
        yield from (*_linear(f"{name}.0", 2 * width, None), *_linear(f"{name}.2", None, count))
    yield from (("member.weight", (_MEMBERS, width)), ("own.weight", (width,)), ("own.bias", (width,)))
    fields = {"document": _DOCUMENT, "project": {name: len(values[name]) for name in _FIELDS}}
    for group, counts in fields.items():
        yield from (*_linear(f"{group}.key", width, width), (f"{group}.questions", (len(counts), None, width)))
        for name, count in counts.items():
            yield from _linear(f"{group}.values.{name}", None, count)


def _linear(name: str, takes: int | None, gives: int | None) -> tuple[tuple[str, Shape], ...]:
    return (f"{name}.weight", (gives, takes)), (f"{name}.bias", (gives,))


def _check_names(found: Collection[str], wanted: Collection[str], prefix: str) -> None:
    """Check that some names are exactly the expected ones.

    Raises:
        ValueError: one is missing or unknown.
    """
    for name in sorted(set(wanted).difference(found)):
        raise ValueError(f"it has no '{prefix}{name}'")
    for name in sorted(set(found).difference(wanted)):
        raise ValueError(f"nothing reads its '{prefix}{name}'; {instead(name, wanted)}")
