"""A decision: who judged what, when, why, with values before and after; appended, never edited.

`Judgement` is the value, `Verdict` what a person asks for, `Decision` the stored row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.pairs.pairing import Ref
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import CandidateState
from offing.model.values.codec import from_plain, to_plain


class Judgement(StrEnum):
    """The value of a decision. `undo` revokes the last one in force."""

    ACCEPT = "accept"
    REJECT = "reject"
    DEFER = "defer"
    DUPLICATE = "duplicate"
    UNDO = "undo"

    @property
    def state(self) -> CandidateState:
        """The state of a candidate after this judgement."""
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
    """What a person asks for. `edits` maps field names to corrected values as written on the command line or form.

    `proofs` are the quotes that the person gave for them. An accepted candidate becomes part of `into`, or else of
    what it updates; with `alone` it makes a record of its own. `parties` are firms and lenders whose names the edits
    may use: a typed name that matches one of them is resolved to it, with its id. `undoes` is the id of the decision
    to undo; without it, the last one in force.
    """

    candidate_id: int
    judgement: Judgement
    by: str
    reason: str = ""
    edits: dict[str, str] = field(default_factory=dict)
    duplicate_of: int | None = None
    until: datetime | None = None
    token: str | None = None
    proofs: tuple[Evidence, ...] = ()
    into: Ref | None = None
    alone: bool = False
    parties: tuple[Firm | Lender, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A stored decision. `before` and `after` hold the edited fields only; `undoes` is the id of a decision.

    `proofs` are the quotes a person chose to support the edited values; `into` is what it was accepted
    as an update of.
    """

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
    proofs: tuple[Evidence, ...] = ()
    into: Ref | None = None


def decisions_in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions on one candidate still in force, oldest first: neither undone nor undoing."""
    ordered = sorted(decisions, key=lambda decision: decision.id)
    undone = {decision.undoes for decision in ordered}
    return tuple(each for each in ordered if each.judgement is not Judgement.UNDO and each.id not in undone)


def edited_fields(decisions: Iterable[Decision]) -> dict[str, object]:
    """Return the values that people set and that are still in force, plain, by field name; the newest wins."""
    values: dict[str, object] = {}
    for decision in decisions_in_force(decisions):
        values.update(decision.after)
    return values


def effective_facts(facts: ProjectFacts, decisions: Iterable[Decision]) -> ProjectFacts:
    """Return the machine's facts, overridden by the values that people set."""
    edits = edited_fields(decisions)
    return from_plain({**to_plain(facts), **edits}, ProjectFacts) if edits else facts
