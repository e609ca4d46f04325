"""Pairs of what may be one and the same: what the machine found of them, and what people decided.

Things are named across tables by a word and a key (`candidate:12`, `project:off-2026-000123`, `known:aiddata:4711`), so
that one list of decisions holds for all of them. Decisions are appended; taking one back appends too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from offing.model.matching import Relation
from offing.model.numbers import HIGHEST_ID


class ThingKind(StrEnum):
    """What may be paired.

    telling     what one article says of one project (a row of `story_article`): pairs of them make stories
    candidate   a candidate
    project     a project record of ours
    known       a project of an imported base; its key is `base:id`
    """

    TELLING = "telling"
    CANDIDATE = "candidate"
    PROJECT = "project"
    KNOWN = "known"


_NUMBERED = (ThingKind.TELLING, ThingKind.CANDIDATE)  # their keys are numbers of rows
_LONGEST_KEY = 1000  # characters; longer than the id of any project


def _is_number(key: str) -> bool:
    digits = key.isascii() and key.isdecimal() and len(key) <= len(str(HIGHEST_ID))
    return digits and int(key) <= HIGHEST_ID


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """One thing that may be the same as another."""

    kind: ThingKind
    key: str

    def __str__(self) -> str:
        """As it is stored and typed: `project:off-2026-000123`."""
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """The thing that a text names.

        Raises:
            ValueError: it is not `kind:key`, or where the key is a number none that a row can have.
        """
        kind, _, key = written.partition(":")
        if kind not in list(ThingKind) or not (_is_number(key) if kind in _NUMBERED else 0 < len(key) <= _LONGEST_KEY):
            raise ValueError(f"{written[:80]!r} names nothing: {', '.join(ThingKind)}, then a colon and its id")
        return cls(ThingKind(kind), str(int(key)) if kind in _NUMBERED else key)


class Bond(StrEnum):
    """What a person says of two things. `same` is transitive; `different` is never asked again."""

    SAME = "same"
    LINKED = "linked"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class PairDecision:
    """A stored decision on two things. `undoes` is the id of the decision that this one takes back."""

    id: int
    one: Thing
    other: Thing
    bond: Bond
    by: str
    at: datetime
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What matching says of a candidate and a thing that it may tell of; `score` 0 to 1, `reasons` in words."""

    candidate_id: int
    target: Thing
    relation: Relation
    score: float
    reasons: tuple[str, ...] = ()
