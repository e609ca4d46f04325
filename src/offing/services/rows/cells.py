"""The cells of one row of another base, by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from offing.model.projects.known import KnownShape
from offing.model.text.text import clean_text

Row = Mapping[str, Any]
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(slots=True)
class Cells:
    """The cells of one row by field, and in `left_out` a sentence for each cell that could not be used."""

    row: Row
    shape: KnownShape
    left_out: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the cell of a field as text, empty if the base has no such column."""
        value = self.row.get(self.shape.columns.get(name, ""))
        return "" if value is None else clean_text(str(value))

    def items(self, name: str) -> list[Any]:
        """Return the values of a cell: a list, one object or number, or text split as the shape says."""
        return self._parted(self.row.get(self.shape.columns.get(name, "")))

    def unmapped(self, column: str) -> list[Any]:
        """Return the values of a column by its own name, if the shape maps it to no field."""
        return [] if column in self.shape.columns.values() else self._parted(self.row.get(column))

    def _parted(self, value: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        return str(value or "").split(self.shape.parted_by) if value is None or isinstance(value, str) else [value]

    def names(self, name: str) -> tuple[str, ...]:
        """Return the names in a cell, given as such or as objects with a name."""
        texts = (str(part.get("name") or "") if isinstance(part, dict) else str(part) for part in self.items(name))
        return tuple(dict.fromkeys(name for name in map(clean_text, texts) if name))

    def word(self, name: str, allowed: type[_Word]) -> _Word | None:
        """Return the enum value of a cell, translated by the shape's words or as it is; None for any other word."""
        cell = self.text(name)
        value = self.shape.words.get(name, {}).get(cell, cell.lower())
        if value in allowed.__members__.values():
            return allowed(value)
        if value:
            self.leave_out(name, f"{cell!r} is not a known {name}; [words.{name}] of a mapping may say what it means")
        return None

    def leave_out(self, name: str, why: str) -> None:
        """Note that a cell could not be used."""
        self.left_out.append(f"{self.shape.columns.get(name, name)}: {why}; left out")
