"""The keys of review: one for each thing that is done, one for each reason of a rejection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a key does on the pages of review."""

    ACCEPT = "accept"
    REJECT = "reject"
    DEFER = "defer"
    PAIR = "pair"  # duplicate of, update of: opens the picker
    UNDO = "undo"
    NEXT = "next"
    PREVIOUS = "previous"
    OPEN = "open"
    QUEUE = "queue"
    FIELD = "field"  # the next field, its quote marked
    FIELD_BACK = "field-back"
    EDIT = "edit"
    REPLACE = "replace"  # a value that its quote does not say, by what the quote says
    OUTLET = "outlet"  # the next outlet's version
    GLOSSES = "glosses"
    MUTE = "mute"  # not this firm here
    SELECT = "select"
    SEARCH = "search"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class RejectReason:
    """A reason of a rejection: the key that gives it, the name it is counted by, and what it says."""

    name: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewKeys:
    """All keys; none stands for two actions, none for two reasons."""

    actions: Mapping[Action, str]
    reasons: tuple[RejectReason, ...]

    def of(self, name: str) -> str:
        """The key of an action, by the action's name."""
        return self.actions[Action(name)]

    def reason(self, name: str) -> RejectReason | None:
        """The reason of a name, None where no reason has it."""
        return next((each for each in self.reasons if each.name == name), None)
