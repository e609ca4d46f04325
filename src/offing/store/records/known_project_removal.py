"""Deletes known projects of a base, with their blocking keys; reports separately which ones people decided on."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from offing.model.pairs.pairing import RefKind
from offing.store.database.batch import each_once
from offing.store.tables import decision, known_key, known_project, pair, pair_decision, project_name


def keys_of_base(conn: sa.Connection, base: str) -> tuple[str, ...]:
    """Return the keys of all projects of a base, in the order of their import."""
    chosen = sa.select(known_project.c.key).where(known_project.c.source == base)
    return tuple(conn.execute(chosen.order_by(known_project.c.id)).scalars())


def decided_on(conn: sa.Connection, base: str) -> frozenset[str]:
    """Return the keys of a base named by any decision, even an undone one, since it can be made again."""
    prefix = f"{RefKind.KNOWN}:{base}:"
    named = (pair_decision.c.one, pair_decision.c.other, decision.c.into)
    chosen = sa.union(*(sa.select(each).where(each.startswith(prefix, autoescape=True)) for each in named))
    return frozenset(each.removeprefix(prefix) for each in conn.execute(chosen).scalars())


def forget_known(conn: sa.Connection, base: str, keys: Collection[str]) -> None:
    """Delete projects of a base, with their keys, names and pairs."""
    of_base = known_project.c.source == base
    for part in each_once(keys):
        refs = [f"{RefKind.KNOWN}:{base}:{key}" for key in part]
        ids = sa.select(known_project.c.id).where(of_base, known_project.c.key.in_(part))
        conn.execute(sa.delete(known_key).where(known_key.c.known_id.in_(ids)))
        conn.execute(sa.delete(project_name).where(project_name.c.target.in_(refs)))
        conn.execute(sa.delete(pair).where(pair.c.target.in_(refs)))
        conn.execute(sa.delete(known_project).where(of_base, known_project.c.key.in_(part)))
