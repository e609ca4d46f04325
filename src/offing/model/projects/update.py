"""What a candidate would change in a known item: fields side by side, events with their place, warnings.

A person confirms it with one key, so that nothing enters a record unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.pairs.pairing import Ref
from offing.model.projects.project import EventKey, LifeEvent


class Stand(StrEnum):
    """How a candidate's value of a field relates to the known value."""

    AGREES = "agrees"
    NEW = "new"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field for which a candidate has a value; values as they can be typed; `after` is the resulting value."""

    field: str
    stand: Stand
    known: tuple[str, ...]
    reported: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Events that cannot all be true; they are shown side by side until a person chooses one.

    `field` is `status`, or the sum or quantity with conflicting values; `said` is a sentence.
    """

    field: str
    events: tuple[EventKey, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Aside:
    """That a person set an account aside in favour of that of the candidate `chosen`; in force until revoked.

    `key` is that of the account's event, which may no longer be in any life line.
    """

    key: EventKey
    chosen: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """A candidate as an update of a known item.

    Args:
        target: what it would become part of: a record, a project of another base, an earlier candidate.
        title: the target's title.
        fields: the candidate's values beside the known ones, in the order of the fields of a project.
        events: what it would add to the life line, in the line's order.
        line: the whole resulting life line.
        warnings: sentences for the person who confirms.
        contradictions: what would then be shown side by side.
    """

    target: Ref
    title: str
    fields: tuple[FieldDiff, ...]
    events: tuple[LifeEvent, ...]
    line: tuple[LifeEvent, ...]
    warnings: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
