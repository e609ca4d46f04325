"""Records held against what their candidates come to now, from nothing; and composed again where they differ.

Each change composes what it touches, so that nothing differs unless rules, rates or an older offing wrote otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.codec import to_plain
from offing.model.project import LifeEvent, ProjectFacts, ProjectRecord
from offing.steps.records import as_composed, recompose
from offing.store.batch import parts
from offing.store.engine import Database
from offing.store.project import record_ids, records_of
from offing.store.story import lock_stories

REMEDY = "offing projects recompose"
_LONGEST = 120  # characters of a value in a sentence
_MOST = 5  # ids in a sentence
_AT_ONCE = 50  # records composed in one transaction


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record that is not what its candidates come to, as both are told."""

    project_id: str
    field: str
    stored: str
    composed: str

    @property
    def said(self) -> str:
        """A sentence, with what to do."""
        return (
            f"project {self.project_id}: {self.field} is stored as {self.stored}, its candidates come to "
            f"{self.composed}; run `{REMEDY} {self.project_id}`"
        )


def differences(conn: sa.Connection, ids: Iterable[str] | None = None) -> Iterator[Difference]:
    """What of some records, of all without ids, is not what a composition from nothing gives; in the order of ids."""
    for some in parts(record_ids(conn) if ids is None else ids):
        stored = records_of(conn, some)
        for one, other in zip(stored, as_composed(conn, stored), strict=True):
            yield from _between(one, other)


def check_composed(conn: sa.Connection) -> None:
    """See that each record is what its candidates come to.

    Raises:
        UsageError: some are not; names them, and what to do.
    """
    found = tuple(dict.fromkeys(each.project_id for each in differences(conn)))
    if found:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise UsageError(
            f"nothing was published: not what their candidates come to: {', '.join(found[:_MOST])}{more}; "
            f"`offing db check` says how, `{REMEDY}` composes them again"
        )


def recompose_all(database: Database, now: datetime, ids: Collection[str] = ()) -> tuple[Difference, ...]:
    """Let some records, all without ids, be what their candidates come to; can be broken off and begun again.

    Returns:
        What was different.

    Raises:
        UnknownItem: there is no such record.
    """
    with database.read() as conn:
        every = record_ids(conn)
    for unknown in sorted(set(ids) - set(every)):
        raise UnknownItem(f"there is no project {unknown}: `offing projects list` shows which there are")
    done: list[Difference] = []
    for start in range(0, len(chosen := tuple(ids) or every), _AT_ONCE):
        with database.write() as conn:
            lock_stories(conn)
            some = chosen[start : start + _AT_ONCE]
            done += differences(conn, some)
            recompose(conn, some, now)
    return tuple(done)


def _between(stored: ProjectRecord, made: ProjectRecord) -> Iterator[Difference]:
    one, other = to_plain(stored.facts), to_plain(made.facts)
    for name in (field.name for field in fields(ProjectFacts)):
        if one[name] != other[name]:
            values = getattr(stored.facts, name), getattr(made.facts, name)
            yield Difference(stored.id, name, *_told(values, (one[name], other[name])))
    if stored.life_line != made.life_line:
        lines = tuple(map(_event, stored.life_line)), tuple(map(_event, made.life_line))
        yield Difference(stored.id, "life_line", *_told(lines, (to_plain(stored), to_plain(made))))
    if stored.withdrawn != made.withdrawn:
        yield Difference(stored.id, "withdrawn", "a live record", f"no candidate: {made.withdrawn}")


def _told(values: tuple[object, object], plain: tuple[object, object]) -> tuple[str, str]:
    """Two values in few words; in all of them where the few are the same."""
    one, other = map(_words, values)
    if one != other:
        return one, other
    whole = (json.dumps(each, ensure_ascii=False, default=str) for each in plain)
    return (next(whole), next(whole))


def _words(value: Any) -> str:
    said = "; ".join(map(_word, value if isinstance(value, tuple) else (value,))) or "nothing"
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _word(value: Any) -> str:
    names = (getattr(value, name, None) for name in ("written", "name", "kind", "value"))
    return str(next((each for each in names if each and not callable(each)), value or ""))


def _event(event: LifeEvent) -> str:
    aside = f", set aside by {event.set_aside_by}" if event.set_aside_by else ""
    return f"{event.status or event.kind} {event.told or event.day or 'undated'} of {event.candidate_id}{aside}"
