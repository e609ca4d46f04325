"""Known projects: rows of other bases, stored by base and key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts
from offing.model.values.codec import from_plain, to_plain
from offing.store.database.upsert import insert
from offing.store.tables import known_key, known_project

_REPLACED = ("facts", "description", "year", "digest", "imported_at")
KeysOf = Callable[[KnownProject], Collection[str]]


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows were new, changed an older one, or were already there."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: RowCounts) -> RowCounts:
        """Return the sum of both."""
        return RowCounts(self.new + other.new, self.changed + other.changed, self.same + other.same)


def keep_known(
    conn: sa.Connection, rows: Sequence[KnownProject], now: datetime, keys_of: KeysOf = lambda _: ()
) -> RowCounts:
    """Store some rows of one base; an existing one is replaced only if it differs.

    Args:
        conn: a transaction that may write.
        rows: of one base.
        now: the time of the import.
        keys_of: the blocking keys of a row; called for new and changed rows.
    """
    plain = {row.key: _plain(row, now) for row in rows}
    known = _digests(conn, rows)
    fresh = [row for key, row in plain.items() if known.get(key) != row["digest"]]
    if fresh:
        statement = insert(conn, known_project)
        replaced = {name: statement.excluded[name] for name in _REPLACED}
        conn.execute(statement.on_conflict_do_update(index_elements=["source", "key"], set_=replaced), fresh)
        keys = {each["key"] for each in fresh}
        _keep_keys(conn, [row for row in rows if row.key in keys], keys_of)
    changed = sum(row["key"] in known for row in fresh)
    return RowCounts(len(fresh) - changed, changed, len(plain) - len(fresh))


def differing(conn: sa.Connection, rows: Sequence[KnownProject], now: datetime) -> tuple[KnownProject, ...]:
    """Return those of some rows of one base that are new or differ from the stored ones."""
    known = _digests(conn, rows)
    return tuple(row for row in rows if known.get(row.key) != _plain(row, now)["digest"])


def imported_at(conn: sa.Connection, source: str, at: datetime) -> dict[int, Ref]:
    """Return the known projects of a base that were new or changed in the import at a given time, by id."""
    table = known_project
    chosen = sa.select(table.c.id, table.c.key).where(table.c.source == source, table.c.imported_at == at)
    return {row.id: Ref.known(source, row.key) for row in conn.execute(chosen)}


def drawn_otherwise(conn: sa.Connection, mark: str, limit: int) -> tuple[KnownProject, ...]:
    """Return some of the known projects whose keys do not have this mark."""
    marked = sa.exists().where(known_key.c.known_id == known_project.c.id, known_key.c.key == mark)
    chosen = sa.select(known_project).where(~marked).order_by(known_project.c.id).limit(limit)
    return tuple(_known(row) for row in conn.execute(chosen))


def rekey_known(conn: sa.Connection, keys: Mapping[KnownProject, Collection[str]]) -> None:
    """Replace the blocking keys of known projects, of any bases."""
    for source in sorted({row.source for row in keys}):
        _keep_keys(conn, [row for row in keys if row.source == source], lambda row: keys[row])


def _digests(conn: sa.Connection, rows: Sequence[KnownProject]) -> dict[str, str]:
    """Return the stored digests of some rows of one base, by key."""
    stored = sa.select(known_project.c.key, known_project.c.digest).where(*_are(rows))
    return {row.key: row.digest for row in conn.execute(stored)}


def _are(rows: Sequence[KnownProject]) -> tuple[sa.ColumnElement[bool], ...]:
    table = known_project.c
    return table.source.in_({row.source for row in rows}), table.key.in_([row.key for row in rows])


def _keep_keys(conn: sa.Connection, rows: Sequence[KnownProject], keys_of: KeysOf) -> None:
    chosen = sa.select(known_project.c.id, known_project.c.key).where(*_are(rows))
    ids = {row.key: row.id for row in conn.execute(chosen)}
    conn.execute(sa.delete(known_key).where(known_key.c.known_id.in_(ids.values())))
    keys = [{"key": key, "known_id": ids[row.key]} for row in rows for key in sorted(keys_of(row))]
    if keys:
        conn.execute(sa.insert(known_key), keys)


def _plain(row: KnownProject, now: datetime) -> dict[str, object]:
    facts = to_plain(row.facts)
    content = json.dumps([facts, row.description, row.year], sort_keys=True, ensure_ascii=False)
    return {
        "source": row.source,
        "key": row.key,
        "facts": facts,
        "description": row.description,
        "year": row.year,
        "digest": hashlib.sha256(content.encode()).hexdigest(),
        "imported_at": now,
    }


def known_projects(conn: sa.Connection, source: str | None = None) -> Iterator[KnownProject]:
    """Yield all known projects, or those of one base, in the order of their import."""
    chosen = known_project.c.source == source if source else sa.true()
    for row in conn.execute(sa.select(known_project).where(chosen).order_by(known_project.c.id)):
        yield _known(row)


def get_known(conn: sa.Connection, named: str) -> KnownProject | None:
    """Return the known project with a name, `base:id`; None if there is none."""
    source, _, key = named.partition(":")
    chosen = sa.select(known_project).where(known_project.c.source == source, known_project.c.key == key)
    row = conn.execute(chosen).first()
    if row is None:
        return None
    return _known(row)


def imported_when(conn: sa.Connection, named: Ref) -> datetime:
    """Return when a known project that is stored was imported or last changed."""
    source, _, key = named.key.partition(":")
    chosen = sa.select(known_project.c.imported_at)
    stored = chosen.where(known_project.c.source == source, known_project.c.key == key)
    at: datetime = conn.execute(stored).scalar_one()
    return at


def _known(row: Any) -> KnownProject:
    return KnownProject(row.source, row.key, from_plain(row.facts, ProjectFacts), row.description, row.year)
