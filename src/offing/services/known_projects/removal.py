"""Drops an imported base, except for projects that people decided on, in steps that each include their consequences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem
from offing.model.pairs.pairing import Ref
from offing.services.matching.match_rules import changing
from offing.services.records.derived_again import candidates_changed
from offing.store.database.engine import Database
from offing.store.pairs.pair import paired_with
from offing.store.records.known_project_removal import decided_on, forget_known, keys_of_base

_AT_ONCE = 100  # known projects in one transaction


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Numbers of dropped projects and of rematched candidates, and the keys of projects that stay."""

    rows: int
    candidates: int
    kept: tuple[str, ...]


def foresee(database: Database, base: str) -> Forgotten:
    """Return what dropping a base would do, without doing it.

    Raises:
        UnknownItem: no such base was imported.
    """
    with database.read() as conn:
        going, kept = _parted(conn, base)
        return Forgotten(len(going), len(paired_with(conn, _refs(base, going))), kept)


def let_go(database: Database, base: str, now: datetime) -> Forgotten:
    """Drop all projects of a base on which nobody decided.

    It can be interrupted at any time; the next call resumes it.

    Raises:
        UnknownItem: no such base was imported.
    """
    matched = set[int]()
    with database.read() as conn:
        going, kept = _parted(conn, base)
    for start in range(0, len(going), _AT_ONCE):
        with changing(database) as conn:
            # Somebody may have decided on one in the meantime.
            free = sorted(set(going[start : start + _AT_ONCE]) - decided_on(conn, base))
            affected = paired_with(conn, _refs(base, free))
            forget_known(conn, base, free)
            candidates_changed(conn, affected, now)
            matched |= affected
    return Forgotten(len(going), len(matched), kept)


def _parted(conn: sa.Connection, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of a base that can go, and those that stay."""
    keys, decided = keys_of_base(conn, base), decided_on(conn, base)
    if not keys:
        raise UnknownItem(f"no base {base!r} was imported; `offing projects known` gives all that were")
    return tuple(key for key in keys if key not in decided), tuple(key for key in keys if key in decided)


def _refs(base: str, keys: Collection[str]) -> list[Ref]:
    return [Ref.known(base, key) for key in keys]
