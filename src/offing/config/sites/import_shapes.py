"""Loads `config/known/*.toml`: how the rows of other bases become known projects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from offing.config.files.documents import Strict, read_document, validate
from offing.config.files.layers import Layers
from offing.errors import UsageError
from offing.model.projects.known import KnownShape

FOLDER = "known"
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Columns(Strict):
    key: _Text
    title: _Text
    description: str = ""
    countries: str = ""
    year: str = ""
    firms: str = ""
    lenders: str = ""
    counterparts: str = ""
    amount: str = ""
    currency: str = ""
    agreement: str = ""
    status: str = ""
    sector: str = ""


class _Words(Strict):
    agreement: dict[str, str] = Field(default_factory=dict)
    status: dict[str, str] = Field(default_factory=dict)
    sector: dict[str, str] = Field(default_factory=dict)


class _Shape(Strict):
    source: _Text
    parted_by: _Text = "|"
    licence: str = ""
    columns: _Columns
    words: _Words = _Words()


def shape_names(layers: Layers) -> tuple[str, ...]:
    """Return the names of the shapes in the config."""
    return tuple(sorted({path.stem for path in layers.glob(f"{FOLDER}/*.toml")}))


def licences(layers: Layers) -> Mapping[str, str]:
    """Return the licence of each base whose shape names one, as SPDX calls it, by its source.

    Raises:
        ConfigError: a file is invalid.
    """
    shapes = (load_shape(layers, name) for name in shape_names(layers))
    return {each.source: each.licence for each in shapes if each.licence}


def load_shape(layers: Layers, name: str) -> KnownShape:
    """Return a shape by its name in the config, or by the path of a file.

    Raises:
        UsageError: there is neither.
        ConfigError: the file is invalid.
    """
    named = list(layers.files(f"{FOLDER}/{name}.toml"))
    path = named[-1] if named else Path(name)
    if not path.is_file():
        raise UsageError(f"{name!r} is neither a file nor one of {', '.join(shape_names(layers))}")
    found = validate(read_document(path), _Shape, path)
    columns = {field: column.strip() for field, column in found.columns.model_dump().items() if column.strip()}
    return KnownShape(found.source, columns, found.words.model_dump(), found.parted_by, found.licence)
