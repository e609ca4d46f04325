"""The file `models/meaning.npz`: what sentences mean, as `training/meaning.py` learned it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.attention import Attention
from offing.model.floats import Floats
from offing.model.meaning import Meaning, Reading

FILE = "models/meaning.npz"
_EXAMPLES = "examples"  # an array that models had once, which told wholes by how near they lay to what was learned from
_CENTRE, _PIECES = "centre.", "pieces.centre."
_ATTENTION = ".attention"  # behind a field: the arrays of its attention
_PARTS = ("queries", "zones", "seen", "whole", "bias")


def load_meaning(layers: Layers) -> Meaning | None:
    """The readings of the highest layer that has some; None where no layer has.

    Raises:
        ConfigError: the file is none that the training writes.
    """
    files = list(layers.files(FILE))
    return _loaded(files[-1], files[-1].stat().st_mtime_ns) if files else None


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int) -> Meaning:
    """The model of a file as it was when it was last changed."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _meaning(dict(arrays))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ConfigError(
            f"is no model of meaning ({error}): remove it and write it anew with `make train`", path
        ) from error


def _meaning(arrays: dict[str, np.ndarray]) -> Meaning:
    if _EXAMPLES in arrays:
        raise ValueError("it is of an earlier version")
    named = sorted(name.removesuffix(".values") for name in arrays if name.endswith(".values"))
    names = [name for name in named if not name.endswith(_ATTENTION)]
    readings = {
        name: Reading(
            tuple(str(value) for value in arrays[f"{name}.values"]),
            arrays[f"{name}.weights"].astype(np.float32),
            arrays[f"{name}.bias"].astype(np.float32),
        )
        for name in names
    }
    attentions = {
        name.removesuffix(_ATTENTION): _attention(arrays, name) for name in named if name.endswith(_ATTENTION)
    }
    centres, piece_centres = _centres(arrays, _CENTRE), _centres(arrays, _PIECES)
    if attentions and "" not in piece_centres:
        raise ValueError("it attends to pieces without their mean")
    for name, attention in attentions.items():
        if attention.values != readings[name].values:
            raise ValueError(f"it attends to other values of {name} than it reads")
    return Meaning(readings, {"": centres[""], **centres}, attentions, piece_centres)


def attention_arrays(field: str, attention: Attention) -> dict[str, np.ndarray]:
    """An attention as the file has it."""
    name = f"{field}{_ATTENTION}"
    parts = {f"{name}.{part}": getattr(attention, part).astype(np.float16) for part in _PARTS}
    return {f"{name}.values": np.array(attention.values), **parts}


def centre_arrays(centres: Mapping[str, Floats], *, pieces: bool = False) -> dict[str, np.ndarray]:
    """Mean vectors by language as the file has them."""
    return {f"{_PIECES if pieces else _CENTRE}{language}": centre for language, centre in centres.items()}


def _attention(arrays: dict[str, np.ndarray], name: str) -> Attention:
    values = tuple(str(value) for value in arrays[f"{name}.values"])
    return Attention(values, *(arrays[f"{name}.{part}"].astype(np.float32) for part in _PARTS))


def _centres(arrays: dict[str, np.ndarray], prefix: str) -> dict[str, Floats]:
    found = {name: array for name, array in arrays.items() if name.startswith(prefix)}
    return {name.removeprefix(prefix): array.astype(np.float32) for name, array in found.items()}
