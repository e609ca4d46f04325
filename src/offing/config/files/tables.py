"""Tables: CSV config files, read row by row, each row with its source position."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from offing.config.files.layers import Layers
from offing.errors import ConfigError

REMOVED = "off"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, stripped, and its position."""

    cells: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        """Return the cell of a column."""
        return self.cells[column]

    def error(self, message: str, column: str) -> ConfigError:
        """Return an error that names this row and one of its columns."""
        return ConfigError(message, self.path, self.line, column)

    def alternatives(self, column: str) -> tuple[str, ...]:
        """Return the alternatives in a cell, separated by `|`."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())


def read_table(layers: Layers, relative: str, columns: Sequence[str], key: Sequence[str]) -> tuple[Row, ...]:
    """Return all rows of a table over all layers; a higher layer's row replaces the lower one with the same key.

    Args:
        layers: the config folders.
        relative: path below the config folder.
        columns: the columns of a row. A site's table may add `off`: "yes" there removes a row.
        key: the columns that identify a row.

    Raises:
        ConfigError: a column is missing or unknown, a row is too long or short, a key occurs twice in one file.
    """
    rows: dict[tuple[str, ...], Row] = {}
    for path in layers.files(relative):
        seen: dict[tuple[str, ...], int] = {}
        for row in _rows_of(path, columns):
            row_key = tuple(row[column] for column in key)
            if row_key in seen:
                raise row.error(f"{' · '.join(row_key)!r} is already in line {seen[row_key]}", key[0])
            seen[row_key] = row.line
            if row.cells.get(REMOVED, "").lower() in ("yes", "1", "true", "x"):
                rows.pop(row_key, None)
            else:
                rows[row_key] = row
    return tuple(rows.values())


def _rows_of(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", path) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if header is None:
                header = _checked_header(cells, columns, path, reader.line_num)
                continue
            if len(cells) != len(header):
                raise ConfigError(f"has {len(cells)} cells, the header {len(header)}", path, reader.line_num)
            yield Row({c: cell.strip() for c, cell in zip(header, cells, strict=True)}, path, reader.line_num)
    except csv.Error as error:
        raise ConfigError(f"is not readable CSV: {error}", path, reader.line_num) from error


def _checked_header(cells: list[str], columns: Sequence[str], path: Path, line: int) -> list[str]:
    header = [cell.strip() for cell in cells]
    missing, unknown = set(columns) - set(header), set(header) - {*columns, REMOVED}
    if missing or unknown:
        what = f"lacks {', '.join(sorted(missing))}" if missing else f"has unknown {', '.join(sorted(unknown))}"
        raise ConfigError(f"{what}; the columns are {', '.join(columns)}", path, line)
    return header
