"""A second reading: another person's judgement of a decided candidate, given without seeing the first decision.

`SecondReading` is the stored row, `Agreement` how far first and second readers agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Judgement


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A stored second reading. `after` holds the fields that the second reader corrected, as in decisions."""

    candidate_id: int
    judgement: Judgement
    by: str
    at: datetime
    reason: str = ""
    after: dict[str, object] = field(default_factory=dict)
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class ReaderJudgement:
    """One reader's judgement of a candidate, and the facts with that reader's corrections."""

    by: str
    judgement: Judgement
    facts: ProjectFacts


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A candidate that two people read."""

    candidate_id: int
    first: ReaderJudgement
    second: ReaderJudgement


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How often both readers, if both accepted, have the same value of a field."""

    field: str
    pairs: int
    equal: int

    @property
    def share(self) -> float | None:
        """The share of equal values, 0–1; None without pairs."""
        return self.equal / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far first and second readers agree.

    `table` counts pairs by (first, second) judgement. `kappa` is Cohen's; None where it is not defined: without
    pairs, or if all judgements are the same. `differing` are the candidates judged differently, or with a differing
    field.
    """

    pairs: int
    equal: int
    kappa: float | None
    table: dict[tuple[Judgement, Judgement], int]
    fields: tuple[FieldAgreement, ...]
    differing: tuple[int, ...]
