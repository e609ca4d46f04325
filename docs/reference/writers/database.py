"""The tables by the room that queries them: columns with their comments, and how they point to each other."""

from __future__ import annotations

import ast
import pkgutil
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa

from offing import store
from offing.store import tables
from writers.markdown import code, document, fenced, table

INTRODUCTION = """The schema, the same in SQLite and PostgreSQL, by the room of `src/offing/store/` that queries it.
Tables are in `src/offing/store/tables/`, migrations in `migrations/versions/`; `offing db
upgrade` brings a database up to date. Types are PostgreSQL's, with SQLite's after a slash where
it differs. Times are UTC. `PK` is the primary key, `FK` points to another table."""
STORE = Path(store.__path__[0])


def page() -> str:
    """Return the page."""
    rooms = _rooms()
    return document("Database", INTRODUCTION, *(_room(name, found) for name, found in sorted(rooms.items())))


def _rooms() -> dict[str, list[sa.Table]]:
    """Return each room with its tables: that of the module by the noun's name."""
    rooms = defaultdict(list)
    for module in pkgutil.iter_modules(tables.__path__):
        places = [path.parent.name for path in STORE.glob(f"*/{module.name}.py") if path.parent.name != "tables"]
        defined = vars(import_module(f"{tables.__name__}.{module.name}")).values()
        found = [each for each in defined if isinstance(each, sa.Table)]
        if found:
            rooms[places[0]].extend(found)
    return rooms


def _room(name: str, found: list[sa.Table]) -> str:
    purpose = ast.get_docstring(ast.parse((STORE / name / "__init__.py").read_text("utf-8"))) or ""
    parts = (f"## {name}", purpose, _diagram(found), *(_table(each) for each in found))
    return "\n\n".join(part for part in parts if part)


def _diagram(found: list[sa.Table]) -> str:
    """Return what the tables of a room point to, there and in other rooms; tables alone are left out."""
    lines = [f"    {line}" for each in found for line in _relations(each)]
    return fenced("\n".join(("erDiagram", "    direction LR", *lines)), "mermaid") if lines else ""


def _relations(found: sa.Table) -> list[str]:
    """Return a line for each column that points to another table: to one row, or to none where it may be null."""
    return [
        f'{key.column.table.name} {"|o" if column.nullable else "||"}--o{{ {found.name} : "{column.name}"'
        for column in found.columns
        for key in column.foreign_keys
        if key.column.table is not found
    ]


def _compiled(column: sa.Column[object], dialect: str) -> str:
    return str(column.type.compile(sa.make_url(f"{dialect}://").get_dialect()())).lower()


def _table(found: sa.Table) -> str:
    rows = [(code(column.name), _type(column), _keys(column), column.comment or "") for column in found.columns]
    parts = (
        f"### {found.name}",
        f"{found.comment or ''}",
        table(("column", "type", "key", "meaning"), rows),
        _indexes(found),
    )
    return "\n\n".join(part for part in parts if part)


def _type(column: sa.Column[object]) -> str:
    server, file = (_compiled(column, dialect) for dialect in ("postgresql+psycopg", "sqlite"))
    both = server if server == file or file in server else f"{server} / {file}"
    return f"{both}, may be null" if column.nullable else both


def _keys(column: sa.Column[object]) -> str:
    targets = [f"FK [`{key.target_fullname}`](#{key.column.table.name})" for key in column.foreign_keys]
    return " ".join((*(["PK"] if column.primary_key else []), *targets))


def _indexes(found: sa.Table) -> str:
    unique = [each for each in found.constraints if isinstance(each, sa.UniqueConstraint)]
    lines = [f"- unique: {_columns(each.columns)}" for each in unique]
    lines += [
        f"- {'unique ' if each.unique else ''}index `{each.name}`: {_columns(each.columns)}" for each in found.indexes
    ]
    return "\n".join(sorted(lines))


def _columns(columns: sa.ColumnCollection[str, sa.Column[object]]) -> str:
    return ", ".join(code(column.name) for column in columns)
