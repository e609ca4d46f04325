"""Chooses the mapping that fits a file of another base, by its columns, before any row is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from pathlib import Path

from offing.errors import BadRecord, UsageError
from offing.model.projects.known import KnownShape
from offing.services.rows.row_files import open_rows

_LOOKED_AT = 50  # rows of a file: not each JSON object has all fields
_NEEDED = ("key", "title")
_TELLING = ("countries", "firms", "lenders")  # without any of these no project can be recognised again
_SHOWN = 12


def columns_of(path: Path) -> frozenset[str]:
    """Return the columns of a file; none if it has no readable row.

    Raises:
        UsageError: the file cannot be read.
    """
    with open_rows(path) as source:
        rows = [row for _, row in islice(source.rows, _LOOKED_AT) if not isinstance(row, BadRecord)]
    return frozenset(column for row in rows for column in row)


def fitting(path: Path, columns: Collection[str], shapes: Mapping[str, KnownShape]) -> KnownShape:
    """Return the shape that shares most columns with a file; a file without rows fits any.

    Raises:
        UsageError: for no shape does it have the key, the title and one more column that identifies a project.
    """
    usable = {name: shape for name, shape in shapes.items() if _fits(columns, shape, _TELLING)}
    best = max(sorted(usable), key=lambda name: _shared(columns, usable[name]), default=None)
    if best is not None or not columns:
        return shapes[best or min(shapes)]
    raise UsageError(_refusal(path, columns, shapes))


def require_fit(path: Path, columns: Collection[str], shape: Mapping[str, KnownShape]) -> KnownShape:
    """Return the one shape in `shape`, by its name, if a file has its key and title.

    Raises:
        UsageError: it lacks one of them.
    """
    (found,) = shape.values()
    if columns and not _fits(columns, found):
        raise UsageError(_refusal(path, columns, shape))
    return found


def _fits(columns: Collection[str], shape: KnownShape, telling: Collection[str] = ()) -> bool:
    needed = all(shape.columns[field] in columns for field in _NEEDED)
    return needed and (not telling or any(shape.columns.get(field) in columns for field in telling))


def _shared(columns: Collection[str], shape: KnownShape) -> int:
    return len(set(shape.columns.values()) & set(columns))


def _refusal(path: Path, columns: Collection[str], shapes: Mapping[str, KnownShape]) -> str:
    wanted = "; ".join(f"{name} looks for {_listed(shape.columns.values())}" for name, shape in sorted(shapes.items()))
    return (
        f"{path}: its columns fit no mapping: it has {_listed(sorted(columns))}; {wanted}. "
        "Rename them, or give --mapping a file of your own (config/known/README.md)"
    )


def _listed(names: Collection[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
