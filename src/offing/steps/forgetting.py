"""Lets go of a base that was imported: what nobody decided on, in steps, each with what follows from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem
from offing.model.pairing import Thing, ThingKind
from offing.steps.changed import candidates_changed
from offing.steps.judging import changing
from offing.store.engine import Database
from offing.store.known_forget import decided_on, forget_known, keys_of_base
from offing.store.pair import paired_with

_AT_ONCE = 100  # known projects in one transaction


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many projects went, how many candidates were matched anew, and the keys of those that stay."""

    rows: int
    candidates: int
    kept: tuple[str, ...]


def foresee(database: Database, base: str) -> Forgotten:
    """What letting go of a base would come to.

    Raises:
        UnknownItem: no such base was imported.
    """
    with database.read() as conn:
        going, kept = _parted(conn, base)
        return Forgotten(len(going), len(paired_with(conn, _things(base, going))), kept)


def let_go(database: Database, base: str, now: datetime) -> Forgotten:
    """Let go of all projects of a base on which nobody decided.

    It can be broken off at any time and goes on where it was.

    Raises:
        UnknownItem: no such base was imported.
    """
    matched = set[int]()
    with database.read() as conn:
        going, kept = _parted(conn, base)
    for start in range(0, len(going), _AT_ONCE):
        with changing(database) as conn:
            # Somebody may have decided meanwhile.
            free = sorted(set(going[start : start + _AT_ONCE]) - decided_on(conn, base))
            affected = paired_with(conn, _things(base, free))
            forget_known(conn, base, free)
            candidates_changed(conn, affected, now)
            matched |= affected
    return Forgotten(len(going), len(matched), kept)


def _parted(conn: sa.Connection, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of a base that can go, and those that stay."""
    keys, decided = keys_of_base(conn, base), decided_on(conn, base)
    if not keys:
        raise UnknownItem(f"no base {base!r} was imported; `offing projects known` gives all that were")
    return tuple(key for key in keys if key not in decided), tuple(key for key in keys if key in decided)


def _things(base: str, keys: Collection[str]) -> list[Thing]:
    return [Thing(ThingKind.KNOWN, f"{base}:{key}") for key in keys]
