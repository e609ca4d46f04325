"""What a table of a release is: columns that know their values. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from offing.model.projects.release import TableLayout
from offing.publish.cells import Cell
from offing.publish.numbering import RowIds

Row = tuple[Cell, ...]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A column of a table whose rows are made from items of one type.

    `value` yields the cell of an item, `form` is a type of Table Schema, `words` are the allowed values. `composed`: it
    follows from other cells and from reference data, so that another value of it alone is no change of the project.
    """

    name: str
    meaning: str
    value: Callable[[Item], Cell]
    form: str = "string"
    words: type[StrEnum] | None = None
    required: bool = False
    composed: bool = False


def as_composed(column: Column[Item]) -> Column[Item]:
    """Return a column marked as composed."""
    return replace(column, composed=True)


@dataclass(frozen=True, slots=True)
class Table(Generic[Item]):
    """A file of a release. `key` names the columns that make a row unique, if any do; `ids` says how rows get ids."""

    name: str
    meaning: str
    columns: tuple[Column[Item], ...]
    key: tuple[str, ...] = ()
    ids: RowIds | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def layout(self) -> TableLayout:
        """Its columns as they are stored with a release."""
        return TableLayout(self.name, tuple((column.name, column.form) for column in self.columns))

    def row(self, item: Item) -> Row:
        """Return the cells of an item, in the order of the columns."""
        return tuple(column.value(item) for column in self.columns)


AnyTable = Table[Any]
