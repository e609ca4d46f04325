"""Ids of rows: given when a row is first published, kept for as long as it stands for the same thing. Pure.

A row of the release before is found again by what identifies it (`Table.same`): first by all of its cells, then by
fewer and fewer of them. So a corrected sum keeps its id, and a release can say what changed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offing.publish.body import Cells


@dataclass(frozen=True, slots=True)
class Numbered:
    """The rows of a table with their ids, and how many ids were given so far."""

    rows: list[Cells]
    issued: int


@dataclass(frozen=True, slots=True)
class RowIds:
    """How the rows of a table get their ids.

    `column` holds the id, `mark` is its letter: off-2026-000123-f2 is the second flow of a project. `same` are lists of
    columns that two rows must share to be the same one, the strictest first.
    """

    column: str
    mark: str
    same: tuple[tuple[str, ...], ...]


def numbered(project_id: str, rows: Sequence[Cells], before: Sequence[Cells], ids: RowIds, issued: int) -> Numbered:
    """The rows with their ids.

    Args:
        project_id: the project.
        rows: its rows of one table, without ids, in their order.
        before: the rows of the release before, with ids.
        ids: how ids are given.
        issued: how many were given so far.
    """
    kept: dict[int, str] = {}
    left = [row for row in before if row.get(ids.column)]
    every = tuple(dict.fromkeys(name for row in (*rows, *left) for name in row if name != ids.column))
    for columns in (every, *ids.same):
        left = _match(rows, left, columns, kept, ids.column)
    found = []
    for place, row in enumerate(rows):
        if place not in kept:
            issued += 1
        found.append({**row, ids.column: kept.get(place, f"{project_id}-{ids.mark}{issued}")})
    return Numbered(found, issued)


def _match(
    rows: Sequence[Cells], left: Iterable[Cells], columns: tuple[str, ...], kept: dict[int, str], column: str
) -> list[Cells]:
    """Give rows the ids of those that share some columns with them; return those that nobody took."""
    waiting: dict[tuple[str, ...], list[Cells]] = {}
    for row in left:
        waiting.setdefault(tuple(row.get(name, "") for name in columns), []).append(row)
    for place, row in enumerate(rows):
        found = waiting.get(tuple(row.get(name, "") for name in columns))
        if place not in kept and found:
            kept[place] = found.pop(0)[column]
    return [row for rest in waiting.values() for row in rest]
