"""A change of a project record: who changed what, when, why and on which source; appended, never edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from offing.model.projects.curation import Curation
from offing.model.projects.project import ProjectFacts
from offing.model.values.codec import from_plain, to_plain


class RecordAction(StrEnum):
    """What was done to a record.

    promotion    a candidate made it, or joined it
    departure    a candidate's decision was taken back: it left
    correction   a person set, added, replaced or took out a value
    merge        its id leads to another record
    split        some candidates left into a record of their own
    withdrawal   it stands no longer; its id stays as a tombstone
    choice       one of several contradicting accounts holds, or all of them stand side by side again
    undo         an earlier change was taken back
    """

    PROMOTION = "promotion"
    DEPARTURE = "departure"
    CORRECTION = "correction"
    MERGE = "merge"
    SPLIT = "split"
    WITHDRAWAL = "withdrawal"
    CHOICE = "choice"
    UNDO = "undo"


UNDOABLE = frozenset({RecordAction.CORRECTION, RecordAction.MERGE, RecordAction.SPLIT, RecordAction.WITHDRAWAL})


class Operation(StrEnum):
    """What a correction does to its field: `set` a single value; `add`, `replace` or `remove` one of a list."""

    SET = "set"
    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change of a record, as stored.

    `before` and `after` are the plain values that a correction took out and put in, None where there is none; for a
    split `before` holds the ids of the decisions on pairs made with it. A choice has the account that holds in `after`,
    None where all stand side by side again, and those that it is about in `before`, each as candidate, kind and status.
    `on` is the date of a corrected status, ISO 8601 as precise as known. `candidate_ids` are those that joined, left,
    were split off, or brought the accounts; `other` is the record merged into, or that a split made; `undoes` the id of
    a change.
    """

    id: int
    project_id: str
    action: RecordAction
    by: str
    at: datetime
    reason: str = ""
    source: str = ""
    field: str = ""
    operation: Operation | None = None
    before: Any = None
    after: Any = None
    on: str = ""
    candidate_ids: tuple[int, ...] = ()
    other: str | None = None
    undoes: int | None = None


def in_force(changes: Iterable[RecordChange]) -> tuple[RecordChange, ...]:
    """Return the changes that were not taken back and take nothing back, in the order in which they were made."""
    ordered = sorted(changes, key=lambda change: change.id)
    undone = {change.undoes for change in ordered}
    return tuple(each for each in ordered if each.undoes is None and each.id not in undone)


_SHAPES = get_type_hints(ProjectFacts) | get_type_hints(Curation)
LIST_FIELDS = frozenset(name for name, shape in _SHAPES.items() if getattr(shape, "__origin__", None) is tuple)
"""The fields of a record that hold several values."""


def value_of(field: str, plain: Any) -> Any:
    """Return one value of a field from its plain form: an `Amount`, a country code, a `Status`; None stays None."""
    return None if plain is None else from_plain(plain, _shape(field))


def plain_value(field: str, value: Any) -> Any:
    """Return the plain form of one value of a field, as it is stored; None stays None."""
    return None if value is None else to_plain(value, _shape(field))


def _shape(field: str) -> Any:
    return get_args(_SHAPES[field])[0] if field in LIST_FIELDS else _SHAPES[field]
