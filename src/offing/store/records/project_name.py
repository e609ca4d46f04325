"""The names of known projects, and the projects whose names must still be read: new or changed ones."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts
from offing.model.values.codec import from_plain
from offing.store.database.batch import parts
from offing.store.database.upsert import is_any
from offing.store.records.membership import home_of, redirects
from offing.store.tables import known_project, project, project_name

_SHOWN = 40  # characters of a digest that distinguish rows; the version of the name rules follows it
NONE = ""  # stored as the name of a project without one, so that it is not read again
_RECORD, _KNOWN = f"{RefKind.PROJECT}:", f"{RefKind.KNOWN}:"


def keep_names(conn: sa.Connection, stamps: dict[Ref, str], names: Iterable[ProjectName]) -> None:
    """Replace the names of some projects.

    Args:
        conn: the transaction.
        stamps: the projects, each with the version of the record, or digest of the row, that was read, and the rules.
        names: their names.
    """
    found = {(str(name.target), name.name): name for name in names}
    bare = set(stamps) - {name.target for name in found.values()}
    rows = [_row(name, stamps[name.target]) for name in found.values()]
    rows += [_row(ProjectName(target, NONE, ()), stamps[target]) for target in sorted(bare)]
    for part in parts(map(str, stamps)):
        conn.execute(sa.delete(project_name).where(project_name.c.target.in_(part)))
    if rows:
        conn.execute(sa.insert(project_name), rows)


def project_names(conn: sa.Connection) -> tuple[ProjectName, ...]:
    """Return all names of all known projects.

    Those of withdrawn records are left out, a merged record's go to its target.
    """
    merged = redirects(conn)
    gone = set(conn.execute(sa.select(project.c.id).where(project.c.withdrawn.is_not(None))).scalars())
    chosen = sa.select(project_name).where(project_name.c.name != NONE)
    found: dict[tuple[Ref, str], ProjectName] = {}
    for row in conn.execute(chosen.order_by(project_name.c.target, project_name.c.name)):
        target = Ref.parse(row.target)
        if target.kind is RefKind.PROJECT:
            target = Ref.project(home_of(target.key, merged))
        if target.kind is not RefKind.PROJECT or target.key not in gone:
            name = ProjectName(target, row.name, tuple(row.countries), row.sector or "")
            found.setdefault((target, row.name), name)
    return tuple(found.values())


def unnamed_records(conn: sa.Connection, rules: str = "") -> dict[str, str]:
    """The live records whose names were not read from their current version by these rules, each id with its stamp."""
    stamp = sa.cast(project.c.version, sa.String) + f":{rules}"
    live = sa.and_(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    chosen = sa.select(project.c.id, stamp.label("stamp")).where(live, ~_is_read(_RECORD + project.c.id, stamp))
    return {row.id: row.stamp for row in conn.execute(chosen.order_by(project.c.id))}


def unnamed_known(conn: sa.Connection, limit: int, rules: str = "") -> dict[KnownProject, str]:
    """Some of the known projects whose names were not read from their current row by these rules, with their stamps."""
    stamp = sa.func.substr(known_project.c.digest, 1, _SHOWN) + f":{rules}"
    ref = _KNOWN + known_project.c.source + ":" + known_project.c.key
    chosen = sa.select(known_project, stamp.label("stamp")).where(~_is_read(ref, stamp))
    return {
        KnownProject(row.source, row.key, from_plain(row.facts, ProjectFacts), row.description, row.year): row.stamp
        for row in conn.execute(chosen.order_by(known_project.c.id).limit(limit))
    }


def read_otherwise(conn: sa.Connection, rules: str) -> bool:
    """Return whether stored names were read by other rules.

    What is new or has changed is read by the next run anyway.
    """
    live = sa.select(_RECORD + project.c.id).where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    standing = sa.or_(project_name.c.target.startswith(_KNOWN), project_name.c.target.in_(live))
    other = ~project_name.c.stamp.endswith(f":{rules}", autoescape=True)
    return is_any(conn, sa.select(project_name.c.id).where(standing, other))


def _is_read(ref: sa.ColumnElement[str], stamp: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.exists().where(project_name.c.target == ref, project_name.c.stamp == stamp)


def _row(name: ProjectName, stamp: str) -> dict[str, object]:
    return {
        "target": str(name.target),
        "name": name.name,
        "countries": list(name.countries),
        "sector": name.sector or None,
        "stamp": stamp,
    }
