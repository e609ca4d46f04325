"""The file `models/meaning.npz`: the model of text meaning learned by `training/meaning`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np

from offing.config.files.arrays import Arrays, read_model
from offing.config.files.documents import instead
from offing.config.files.layers import Layers
from offing.model.reading.meaning import EmbeddingClassifier, Meaning
from offing.model.values.floats import Floats
from offing.model.values.vocabulary import Sector

FILE = "models/meaning.npz"
_CENTRE = "centre."  # before a language
_READING = ("sector.values", "sector.weights", "sector.bias")
_LANGUAGE = re.compile(r"centre\.(?:[a-z]{2})?")


def load_meaning(layers: Layers) -> Meaning | None:
    """Return the model of the highest layer that has one; None if no layer has.

    Raises:
        ConfigError: the file is not one that the training writes: an array is missing, unknown or of the wrong shape.
    """
    files = list(layers.files(FILE))
    return _loaded(files[-1], files[-1].stat().st_mtime_ns) if files else None


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int) -> Meaning:
    """Return the model of a file, cached by modification time."""
    return read_model(path, _meaning, "model of meaning", "make train")


def _meaning(arrays: Arrays) -> Meaning:
    """Return the model of some arrays.

    Raises:
        ValueError: one is missing, unknown, or has a wrong size, or its values are not the sectors.
    """
    needed = {*_READING, _CENTRE}
    for name in sorted(needed.difference(arrays)):
        raise ValueError(f"it has no {name!r}")
    for name in arrays:
        if name not in needed and not _LANGUAGE.fullmatch(name):
            raise ValueError(f"nothing reads its {name!r}; {instead(name, needed)}")
    values, weights, bias = (arrays[name] for name in _READING)
    centres = {
        name.removeprefix(_CENTRE): row.astype(np.float32) for name, row in arrays.items() if name not in _READING
    }
    reading = EmbeddingClassifier(tuple(map(str, values)), weights.astype(np.float32), bias.astype(np.float32))
    sectors = tuple(map(str, Sector))
    for value in reading.values:
        if value not in sectors:
            raise ValueError(f"{value!r} is not a sector; {instead(value, sectors)}")
    for value in sorted(set(sectors).difference(reading.values)):
        raise ValueError(f"it has no sector {value!r}")
    width = len(centres[""])
    if reading.weights.shape != (len(sectors), width) or reading.bias.shape != (len(sectors),):
        raise ValueError(f"its sectors should have {len(sectors)} rows of {width} weights")
    return Meaning(reading, centres)


def meaning_arrays(meaning: Meaning) -> dict[str, np.ndarray]:
    """Return a model as the arrays of its file."""
    reading = {"values": np.array(meaning.sector.values), "weights": meaning.sector.weights.astype(np.float16)}
    arrays = {**reading, "bias": meaning.sector.bias}
    centres: dict[str, Floats] = {_CENTRE + language: row for language, row in meaning.centres.items()}
    return {**{f"sector.{name}": array for name, array in arrays.items()}, **centres}
