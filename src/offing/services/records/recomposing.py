"""Compares records with a composition of their candidates from scratch, and recomposes those that differ.

Each change recomposes what it touches, so a difference means that rules, rates or an older offing wrote otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.errors import Blocked, UnknownItem
from offing.model.projects.project import LifeEvent, ProjectFacts, ProjectRecord
from offing.model.values.codec import to_plain
from offing.services.records.compose import as_composed, recompose
from offing.store.database.batch import parts
from offing.store.database.engine import Database
from offing.store.records.project import record_ids, records_of
from offing.store.stories.story import lock_stories

REMEDY = "offing projects recompose"
_LONGEST = 120  # characters of a value in a sentence
_MOST = 5  # ids in a sentence
_AT_ONCE = 50  # records composed in one transaction


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A field of a record that differs from the composition of its candidates, with both values in words."""

    project_id: str
    field: str
    stored: str
    composed: str

    @property
    def said(self) -> str:
        """A sentence that states the difference and what to do."""
        return (
            f"project {self.project_id}: {self.field} is stored as {self.stored}, its candidates come to "
            f"{self.composed}; run `{REMEDY} {self.project_id}`"
        )


def differences(conn: sa.Connection, ids: Iterable[str] | None = None) -> Iterator[RecordDifference]:
    """Yield differences between records (all without ids) and a composition from scratch, in the order of ids."""
    for some in parts(record_ids(conn) if ids is None else ids):
        stored = records_of(conn, some)
        for one, other in zip(stored, as_composed(conn, stored), strict=True):
            yield from _between(one, other)


def refuse_differing(found: Collection[str]) -> None:
    """Refuse a release while records differ from what their candidates make.

    Raises:
        Blocked: there are such records; the message names them, and what to do.
    """
    if found:
        first = ", ".join(list(found)[:_MOST])
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise Blocked(
            f"nothing was published: not what their candidates come to: {first}{more}; "
            f"`offing db check` says how, `{REMEDY}` composes them again"
        )


def recompose_all(database: Database, now: datetime, ids: Collection[str] = ()) -> tuple[RecordDifference, ...]:
    """Recompose records (all without ids) from their candidates; can be interrupted and started again.

    Returns:
        The differences found.

    Raises:
        UnknownItem: there is no such record.
    """
    with database.read() as conn:
        every = record_ids(conn)
    for unknown in sorted(set(ids) - set(every)):
        raise UnknownItem(f"there is no project {unknown}: `offing projects list` shows all")
    done: list[RecordDifference] = []
    for start in range(0, len(chosen := tuple(ids) or every), _AT_ONCE):
        with database.write() as conn:
            lock_stories(conn)
            some = chosen[start : start + _AT_ONCE]
            done += differences(conn, some)
            recompose(conn, some, now)
    return tuple(done)


def _between(stored: ProjectRecord, made: ProjectRecord) -> Iterator[RecordDifference]:
    one, other = to_plain(stored.facts), to_plain(made.facts)
    for name in (field.name for field in fields(ProjectFacts)):
        if one[name] != other[name]:
            values = getattr(stored.facts, name), getattr(made.facts, name)
            yield RecordDifference(stored.id, name, *_in_words(values, (one[name], other[name])))
    if stored.life_line != made.life_line:
        lines = tuple(map(_event, stored.life_line)), tuple(map(_event, made.life_line))
        yield RecordDifference(stored.id, "life_line", *_in_words(lines, (to_plain(stored), to_plain(made))))
    if stored.withdrawn != made.withdrawn:
        yield RecordDifference(stored.id, "withdrawn", "a live record", f"no candidate: {made.withdrawn}")


def _in_words(values: tuple[object, object], plain: tuple[object, object]) -> tuple[str, str]:
    """Return two values in short form; in full if their short forms are the same."""
    one, other = map(_words, values)
    if one != other:
        return one, other
    whole = (json.dumps(each, ensure_ascii=False, default=str) for each in plain)
    return (next(whole), next(whole))


def _words(value: Any) -> str:
    words = "; ".join(map(_word, value if isinstance(value, tuple) else (value,))) or "nothing"
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _word(value: Any) -> str:
    names = (getattr(value, name, None) for name in ("written", "name", "kind", "value"))
    return str(next((each for each in names if each and not callable(each)), value or ""))


def _event(event: LifeEvent) -> str:
    aside = f", set aside by {event.set_aside_by}" if event.set_aside_by else ""
    return f"{event.status or event.kind} {event.event_date or event.day or 'undated'} of {event.candidate_id}{aside}"
