"""What a candidate would change of something known: fields side by side, events with their place, warnings.

It is what a person confirms with one key, so that nothing enters a record unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.pairing import Thing
from offing.model.project import EventKey, LifeEvent


class Stand(StrEnum):
    """How what is told of a field stands to what is known of it."""

    AGREES = "agrees"
    NEW = "new"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field of which a candidate tells something, values as they can be typed; `after` is what will be known."""

    field: str
    stand: Stand
    known: tuple[str, ...]
    told: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Events that cannot all hold; they stand side by side until a person chooses one.

    `field` is `status`, or the sum or quantity that is told differently; `said` is a sentence.
    """

    field: str
    events: tuple[EventKey, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Aside:
    """That a person set an account aside for that of the candidate `chosen`; it stands until it is taken back.

    `key` is that of the account's event, which may stand in no life line by now.
    """

    key: EventKey
    chosen: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """A candidate as an update of something known.

    Args:
        target: what it would become part of: a record, a project of another base, an earlier candidate.
        title: what that is called.
        fields: what it tells beside what is known, in the order of the fields of a project.
        events: what it would add to the life line, in the line's order.
        line: the whole life line as it would be.
        warnings: sentences for the person who confirms.
        contradictions: what would stand side by side from then on.
    """

    target: Thing
    title: str
    fields: tuple[FieldDiff, ...]
    events: tuple[LifeEvent, ...]
    line: tuple[LifeEvent, ...]
    warnings: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
