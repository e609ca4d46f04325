"""The file `models/meaning.npz`: what sentences mean, as `training/meaning/readings.py` learned it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from offing.config.documents import instead
from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.attention import Attention
from offing.model.floats import Floats
from offing.model.meaning import Meaning, Reading
from offing.model.readings import ATTENDED, READINGS

FILE = "models/meaning.npz"
_EXAMPLES = "examples"  # an array that models had once, which told wholes by how near they lay to what was learned from
_CENTRE, _PIECES = "centre.", "pieces.centre."
_ATTENTION = ".attention"  # behind a field: the arrays of its attention
_READING = ("values", "weights", "bias")
_LANGUAGE = re.compile(r"(?:pieces\.)?centre\.[a-z]{2}")
_PARTS = ("queries", "zones", "seen", "whole", "bias")


def load_meaning(layers: Layers) -> Meaning | None:
    """The readings of the highest layer that has some; None where no layer has.

    Raises:
        ConfigError: the file is none that the training writes: what is read lacks, or has another name or shape.
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
        said = error.args[0] if isinstance(error, KeyError) else error
        raise ConfigError(
            f"is no model of meaning ({said}): remove it and write it anew with `make train`", path
        ) from error


def _meaning(arrays: dict[str, np.ndarray]) -> Meaning:
    _check_names(arrays)
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
    found = Meaning(readings, _centres(arrays, _CENTRE), attentions, _centres(arrays, _PIECES))
    _check_readings(found)
    _check_attentions(found)
    return found


def _check_names(arrays: Collection[str]) -> None:
    """Hold the arrays to those that are read.

    Raises:
        ValueError: one lacks, or is one that nothing reads.
    """
    if _EXAMPLES in arrays:
        raise ValueError("it is of an earlier version")
    attended = [name for name in ATTENDED if any(each.startswith(f"{name}{_ATTENTION}.") for each in arrays)]
    needed = {f"{name}.{part}" for name in READINGS for part in _READING} | {_CENTRE}
    if attended:
        needed |= {f"{name}{_ATTENTION}.{part}" for name in ATTENDED for part in ("values", *_PARTS)} | {_PIECES}
    for name in sorted(needed.difference(arrays)):
        raise ValueError(f"it has no {name!r}")
    for name in arrays:
        if name not in needed and not _LANGUAGE.fullmatch(name):
            raise ValueError(f"nothing reads its {name!r}; {_nearest(name, needed)}")


def _nearest(name: str, allowed: Iterable[str]) -> str:
    """What a name was probably meant to be; of a hundred names no list."""
    return instead(name, allowed).partition("? ")[0].partition("allowed: ")[0] or "no name is like it"


def _check_readings(meaning: Meaning) -> None:
    """Hold the readings to the values that are told apart.

    Raises:
        ValueError: a value lacks or is none of the field's, or the tables are of other sizes.
    """
    width = len(meaning.centres[""])
    for name, reading in meaning.readings.items():
        wanted = READINGS[name]
        for value in reading.values:
            if value not in wanted.values:
                raise ValueError(f"{value!r} is no value of {name}; {instead(value, wanted.values)}")
        for value in sorted(wanted.values.difference(reading.values)):
            raise ValueError(f"{name} has no {value!r}")
        sizes = (len(reading.values), wanted.vectors * width)
        if reading.weights.shape != sizes or reading.bias.shape != sizes[:1]:
            raise ValueError(f"{name} should have {sizes[0]} rows of {sizes[1]} weights")


def _check_attentions(meaning: Meaning) -> None:
    """Hold the attentions to the readings.

    Raises:
        ValueError: one tells other values than its reading.
    """
    for name, attention in meaning.attentions.items():
        if attention.values != meaning.readings[name].values:
            raise ValueError(f"it attends to other values of {name} than it reads")


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
