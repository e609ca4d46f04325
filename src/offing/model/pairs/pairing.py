"""Pairs of items that may be the same: what matching found, and what people decided.

Items are named across tables by kind and key (`candidate:12`, `project:off-2026-000123`, `known:aiddata:4711`), so
that one list of decisions covers all of them. Decisions are appended; revoking one appends too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from offing.model.pairs.matching import Relation
from offing.model.values.numbers import HIGHEST_ID


class RefKind(StrEnum):
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


_NUMBERED = (RefKind.TELLING, RefKind.CANDIDATE)  # their keys are row ids
_LONGEST_KEY = 1000  # characters; longer than any project id


def _is_number(key: str) -> bool:
    digits = key.isascii() and key.isdecimal() and len(key) <= len(str(HIGHEST_ID))
    return digits and int(key) <= HIGHEST_ID


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A reference to an item that may be the same as another: its kind, and its key within that."""

    kind: RefKind
    key: str

    def __str__(self) -> str:
        """Return the form in which it is stored and typed: `project:off-2026-000123`."""
        return f"{self.kind}:{self.key}"

    @classmethod
    def telling(cls, number: int) -> Self:
        """Return the reference of a telling."""
        return cls(RefKind.TELLING, str(number))

    @classmethod
    def candidate(cls, number: int) -> Self:
        """Return the reference of a candidate."""
        return cls(RefKind.CANDIDATE, str(number))

    @classmethod
    def project(cls, project_id: str) -> Self:
        """Return the reference of a project record of ours."""
        return cls(RefKind.PROJECT, project_id)

    @classmethod
    def known(cls, base: str, key: str) -> Self:
        """Return the reference of a project of an imported base."""
        return cls(RefKind.KNOWN, f"{base}:{key}")

    @classmethod
    def parse(cls, written: str) -> Self:
        """Parse a written reference.

        Raises:
            ValueError: it is not `kind:key`, or its numeric key is not a valid row id.
        """
        kind, _, key = written.partition(":")
        if kind not in list(RefKind) or not (_is_number(key) if kind in _NUMBERED else 0 < len(key) <= _LONGEST_KEY):
            raise ValueError(f"{written[:80]!r} names nothing: {', '.join(RefKind)}, then a colon and its id")
        return cls(RefKind(kind), str(int(key)) if kind in _NUMBERED else key)


class Bond(StrEnum):
    """A person's ruling on two items. `same` is transitive; `different` pairs are never asked about again."""

    SAME = "same"
    LINKED = "linked"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class PairDecision:
    """A stored decision on two items. `undoes` is the id of the decision that this one revokes."""

    id: int
    one: Ref
    other: Ref
    bond: Bond
    by: str
    at: datetime
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The matching result for a candidate and an item it may refer to; `score` 0 to 1, `reasons` in words."""

    candidate_id: int
    target: Ref
    relation: Relation
    score: float
    reasons: tuple[str, ...] = ()
