"""A decision: who judged what, when, why, with values before and after; appended, never edited.

`Judgement` is the value, `Verdict` what a person asks for, `Decision` the stored row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.candidate import CandidateState


class Judgement(StrEnum):
    """The value of a decision. `undo` takes back the last one that still stands."""

    ACCEPT = "accept"
    REJECT = "reject"
    DEFER = "defer"
    DUPLICATE = "duplicate"
    UNDO = "undo"

    @property
    def state(self) -> CandidateState:
        """The state in which a candidate stands after this judgement."""
        return _STATES[self]


_STATES = {
    Judgement.ACCEPT: CandidateState.ACCEPTED,
    Judgement.REJECT: CandidateState.REJECTED,
    Judgement.DEFER: CandidateState.DEFERRED,
    Judgement.DUPLICATE: CandidateState.DUPLICATE,
    Judgement.UNDO: CandidateState.OPEN,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person asks for. `edits` maps field names to corrected values as written on the command line or form."""

    candidate_id: int
    judgement: Judgement
    by: str
    reason: str = ""
    edits: dict[str, str] = field(default_factory=dict)
    duplicate_of: int | None = None
    until: datetime | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A stored decision. `before` and `after` hold the edited fields only; `undoes` is the id of a decision."""

    id: int
    candidate_id: int
    judgement: Judgement
    by: str
    at: datetime
    reason: str
    before: dict[str, object]
    after: dict[str, object]
    duplicate_of: int | None = None
    until: datetime | None = None
    undoes: int | None = None
