"""A comment: what a person says to others about a candidate or a project, beside decisions and never as evidence."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.model.pairs.pairing import Ref

LONGEST_COMMENT = 2_000  # characters
CHANGEABLE = timedelta(hours=24)  # how long its author may change or delete it: later, others have built on it
_LAST_PART = re.compile(r"(?:[.@-][^.@-]*|[^.@-]+)\Z")
_CALLED = re.compile(r"(?<![\w@./-])@(\w[\w.@-]{0,63})")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a comment said from a time on, until it was changed or deleted."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it stands. `text` is "" once it is deleted; `earlier` are its former wordings, oldest first."""

    id: int
    ref: Ref
    by: str
    at: datetime
    text: str
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    earlier: tuple[Wording, ...] = ()

    def changeable_by(self, name: str, now: datetime) -> bool:
        """Return whether a person may still change or delete it."""
        return self.by == name and self.deleted_at is None and now - self.at < CHANGEABLE


def called(text: str, people: Collection[str]) -> tuple[str, ...]:
    """Return the people whom a text calls by `@name`, each once; a point or dash behind a name ends the sentence."""
    found = (_name(each[1], people) for each in _CALLED.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def pieces(text: str, people: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, in order, each with whether it calls a person."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for each in _CALLED.finditer(text):
        name = _name(each[1], people)
        if name:
            stop = each.start() + 1 + len(name)
            parts += [(text[end : each.start()], False), (text[each.start() : stop], True)]
            end = stop
    return tuple(part for part in (*parts, (text[end:], False)) if part[0])


def _name(written: str, people: Collection[str]) -> str:
    """Return the person of that name; where nobody has it, of what stands before its last point, dash or @."""
    name = written.casefold()
    while name and name not in people:
        name = _LAST_PART.sub("", name)
    return name
