"""The review keys: one per action, one per reason for rejection."""

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
    ASSIGN = "assign"  # to a person: opens the menu of people
    NEXT = "next"
    PREVIOUS = "previous"
    OPEN = "open"
    QUEUE = "queue"
    FIELD = "field"  # the next field, its quote marked
    FIELD_BACK = "field-back"
    EDIT = "edit"
    QUOTE = "quote"  # make the selected words the quote of the field
    REPLACE = "replace"  # replace a value that its quote does not support by what the quote says
    OUTLET = "outlet"  # the next outlet's version
    GLOSSES = "glosses"
    TRANSLATE = "translate"  # the article and its quotes, by a machine
    SOURCE = "source"  # open the article where it was published
    REMARK = "remark"  # write a remark
    MUTE = "mute"  # do not take this name for this firm here
    SELECT = "select"
    PAGE_NEXT = "page-next"  # the next page of a list
    PAGE_BACK = "page-back"
    SEARCH = "search"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class RejectReason:
    """A reason for rejection: the key that gives it, the name under which it is counted, and its wording.

    `remark`: whether it must come with a remark, since it says too little by itself.
    """

    name: str
    key: str
    text: str
    remark: bool = False


@dataclass(frozen=True, slots=True)
class ReviewKeys:
    """All keys; no key has two actions or two reasons."""

    actions: Mapping[Action, str]
    reasons: tuple[RejectReason, ...]

    def of(self, name: str) -> str:
        """Return the key of an action, by the action's name."""
        return self.actions[Action(name)]

    def reason(self, name: str) -> RejectReason | None:
        """Return the reason of a name, None if no reason has it."""
        return next((each for each in self.reasons if each.name == name), None)
