"""What changed of a project between two releases, row by row and field by field. Pure.

Only columns that both releases have are compared: a new column changes no record. Nor do other words of a description,
a new rate or better coordinates: what is composed from other cells is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from offing.model.projects.release import ChangeKind, TableLayout
from offing.publish.body import Cells, ProjectBody
from offing.publish.schema import DATA_TABLES, PROJECTS, RETIRED, SOURCES

_SPLIT = "split off "
_HEADERS = {table.name: table.header for table in DATA_TABLES}
_COMPOSED = {table.name: frozenset(each.name for each in table.columns if each.composed) for table in DATA_TABLES}
_KEYS = {table.name: table.ids.column for table in DATA_TABLES if table.ids} | {SOURCES.name: "url"}


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, changed or taken out.

    `before` and `after` hold the cells that differ; all cells of a row that the other release does not have.
    """

    table: str
    row: str
    before: Cells
    after: Cells
    op: str


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What happened to a project. `rows` is None where the earlier release's content was not stored."""

    project_id: str
    kind: ChangeKind
    title: str = ""
    note: str = ""
    rows: tuple[RowChange, ...] | None = ()

    def plain(self) -> dict[str, Any]:
        """The change as delta.json has it."""
        if self.kind is ChangeKind.MERGED:
            return {"op": "REDIRECT", "id": self.project_id, "to": self.note.removeprefix("into ")}
        if self.kind is ChangeKind.WITHDRAWN:
            return {"op": "DEL", "id": self.project_id, "reason": self.note}
        if self.kind is not ChangeKind.CHANGED:
            restored = {"restored": True} if self.kind is ChangeKind.RESTORED else {}
            split = {"split_from": self.note.removeprefix(_SPLIT)} if self.note else {}
            return {"op": "ADD", "id": self.project_id, "title": self.title, **split, **restored}
        rows = None if self.rows is None else [_plain_row(each) for each in self.rows]
        return {"op": "MOD", "id": self.project_id, "title": self.title, "rows": rows}


def columns_of(layout: tuple[TableLayout, ...]) -> dict[str, frozenset[str]]:
    """The columns of each table of a release, by name."""
    return {each.table: frozenset(name for name, _ in each.columns) for each in layout}


def shared(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The columns of facts that two releases have in common, by table; what is composed from them is left out."""
    return {table: one[table] & other[table] - _COMPOSED.get(table, frozenset()) for table in one if table in other}


def change_of(
    after: ProjectBody, before: ProjectBody | None, columns: Mapping[str, frozenset[str]], *, known: bool
) -> ProjectChange | None:
    """What happened to a project; None if nothing did.

    Args:
        after: what the later release says of it.
        before: what the earlier one says; None where it is not stored, or where that release does not know the project.
        columns: the columns that both releases have.
        known: whether the earlier release knows the project.
    """
    title = _title(after)
    if not known:  # an id retired before anybody could cite it is no change
        return None if after.retired else ProjectChange(after.project_id, ChangeKind.ADDED, title, _origin(after))
    if before is None:
        return ProjectChange(after.project_id, after.retired or ChangeKind.CHANGED, title, after.note, None)
    if after.retired:
        same = before.retired is after.retired and before.note == after.note
        return None if same else ProjectChange(after.project_id, after.retired, _title(before), after.note)
    if before.retired:
        return ProjectChange(after.project_id, ChangeKind.RESTORED, title)
    rows = _row_changes(before.within(columns), after.within(columns))
    return ProjectChange(after.project_id, ChangeKind.CHANGED, title, rows=rows) if rows else None


def gone(before: ProjectBody) -> ProjectChange:
    """The change of a project that a later release does not know at all."""
    return ProjectChange(before.project_id, ChangeKind.WITHDRAWN, _title(before), "not in this release")


def _title(body: ProjectBody) -> str:
    return next((row.get("title", "") for row in body.rows.get(PROJECTS.name, ())), "")


def _origin(body: ProjectBody) -> str:
    """Which project a new one was split off, in words; "" where it was not."""
    found = next((row.get("split_from", "") for row in body.rows.get(PROJECTS.name, ())), "")
    return f"{_SPLIT}{found}" if found else ""


def _row_changes(before: dict[str, list[Cells]], after: dict[str, list[Cells]]) -> tuple[RowChange, ...]:
    tables = (table.name for table in DATA_TABLES if table is not RETIRED)
    return tuple(each for table in tables for each in _of_table(table, before.get(table, []), after.get(table, [])))


def _of_table(table: str, before: list[Cells], after: list[Cells]) -> list[RowChange]:
    old, new = _by_key(table, before), _by_key(table, after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key, {}), new.get(key, {})
        names = [name for name in _names(table, one, other) if one.get(name, "") != other.get(name, "")]
        if names:
            op = "MOD" if one and other else "ADD" if other else "DEL"
            found.append(
                RowChange(table, key, _chosen(one, names, op != "ADD"), _chosen(other, names, op != "DEL"), op)
            )
    return found


def _names(table: str, one: Cells, other: Cells) -> Iterable[str]:
    """The columns of two rows in the order of their table, those of earlier offings last."""
    return (name for name in dict.fromkeys((*_HEADERS.get(table, ()), *one, *other)) if name in one or name in other)


def _chosen(row: Cells, names: list[str], there: bool) -> Cells:
    return {name: row.get(name, "") for name in names} if there else {}


def _by_key(table: str, rows: list[Cells]) -> dict[str, Cells]:
    """Rows by their id; by their place where an earlier offing published them without."""
    column = _KEYS.get(table, "id")
    return {row.get(column) or f"{table} {place}": row for place, row in enumerate(rows, 1)}


def _plain_row(each: RowChange) -> dict[str, Any]:
    own = {"op": each.op, "table": each.table, "row": each.row}
    if each.op == "ADD":
        return {**own, "values": each.after}
    if each.op == "DEL":
        return {**own, "values": each.before}
    fields = {name: {"before": each.before.get(name, ""), "after": each.after.get(name, "")} for name in each.after}
    return {**own, "fields": fields}
