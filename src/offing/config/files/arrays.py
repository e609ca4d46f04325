"""Reads models stored as files of NumPy arrays."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from offing.errors import ConfigError

Arrays = Mapping[str, NDArray[Any]]
Model = TypeVar("Model")


def read_model(path: Path, made: Callable[[Arrays], Model], what: str, command: str) -> Model:
    """Return the model in a file of arrays.

    Args:
        path: the file, `.npz`.
        made: builds the model from arrays by name; raises ValueError or TypeError if they are not those of the model.
        what: the model's name in messages, such as "model of meaning".
        command: the command that writes the file again.

    Raises:
        ConfigError: the file cannot be read, or holds something else.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return made(dict(arrays))
    except (OSError, EOFError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ConfigError(f"is no {what} ({error}): remove it and write it again with `{command}`", path) from error
