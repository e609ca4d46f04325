"""A decision: who judged what, when, why, with values before and after; appended, never edited.

`Judgement` is the value, `Verdict` what a person asks for, `Decision` the stored row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.candidate import CandidateState
from offing.model.codec import from_plain, to_plain
from offing.model.evidence import Evidence
from offing.model.pairing import Thing
from offing.model.project import Firm, Lender, ProjectFacts


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
    """What a person asks for. `edits` maps field names to corrected values as written on the command line or form.

    `proofs` are the quotes that a person gave for them. What is accepted becomes part of `into`, else of what it is an
    update of; with `alone` it makes a record of its own. `parties` are firms and lenders whose names the edits may use:
    what is typed like one of them is that one, with its id. `undoes` is the id of the decision that an undo means;
    without it, whichever stands last.
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
    into: Thing | None = None
    alone: bool = False
    parties: tuple[Firm | Lender, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A stored decision. `before` and `after` hold the edited fields only; `undoes` is the id of a decision.

    `proofs` are the quotes on which the edited values rest, as a person chose them; `into` is what it was accepted
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
    into: Thing | None = None


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions of one candidate that still stand, oldest first: neither undone nor undoing."""
    ordered = sorted(decisions, key=lambda decision: decision.id)
    undone = {decision.undoes for decision in ordered}
    return tuple(each for each in ordered if each.judgement is not Judgement.UNDO and each.id not in undone)


def edited_fields(decisions: Iterable[Decision]) -> dict[str, object]:
    """The values that people set and that still stand, plain, by name of the field; the newest counts."""
    values: dict[str, object] = {}
    for decision in standing(decisions):
        values.update(decision.after)
    return values


def effective_facts(facts: ProjectFacts, decisions: Iterable[Decision]) -> ProjectFacts:
    """The machine's facts with the values that people set laid over them."""
    edits = edited_fields(decisions)
    return from_plain({**to_plain(facts), **edits}, ProjectFacts) if edits else facts
