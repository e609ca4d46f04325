"""Turn a candidate and a person's verdict into a decision. Pure.

Decisions are append-only. A decided candidate stays decided until its decision is undone; a deferred one may be decided
at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from offing.model.pairs.pairing import Bond, Ref
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Candidate, CandidateState
from offing.model.review.decision import Decision, Judgement, Verdict, decisions_in_force, effective_facts
from offing.model.values.codec import to_plain
from offing.review.edit_words import BadEdit
from offing.review.edits import parse_edits, with_roles

DEFER_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class History:
    """What is known about a candidate when it is judged.

    `decisions` are all of its own; `other` is the candidate that a duplicate refers to, where it exists; `promised` is
    the published record that would be left empty without the candidate.
    """

    decisions: tuple[Decision, ...] = ()
    other: Candidate | None = None
    promised: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision ready to be stored, and the candidate's state after it. `decision.id` is not assigned yet.

    `bonds` are the decision's relations between the candidate and other items.
    """

    decision: Decision
    state: CandidateState
    defer_until: datetime | None = None
    duplicate_of: int | None = None
    bonds: tuple[tuple[Ref, Bond], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A verdict that is not possible. `reason` is a sentence for the person who gave it."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Change:
    """The changes by a decision, apart from who and when."""

    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)
    until: datetime | None = None
    duplicate_of: int | None = None
    proofs: tuple[Evidence, ...] = ()
    into: Ref | None = None


def judge(candidate: Candidate, verdict: Verdict, now: datetime, history: History) -> DecisionDraft | Refusal:
    """Return the decision that a verdict on a candidate leads to.

    Args:
        candidate: as stored; its facts are the machine's.
        verdict: what a person asks for.
        now: aware UTC.
        history: earlier decisions, the other candidate, the record.

    Returns:
        The decision to append, with the state after it, or the reason why it is refused.
    """
    if verdict.judgement is Judgement.UNDO:
        return _undo(verdict, now, history)
    if candidate.merged_into:
        return Refusal(f"candidate {candidate.id} is part of {candidate.merged_into} now: decide on that one")
    if reason := _obstacle(candidate, verdict, now, history):
        return Refusal(reason)
    try:
        change = _change(candidate, verdict, now, history)
    except BadEdit as error:
        return Refusal(str(error))
    decision = _decision(verdict, now, change)
    bonds = _bonds(candidate, verdict, decision.into)
    return DecisionDraft(decision, verdict.judgement.state, decision.until, decision.duplicate_of, bonds)


def _obstacle(candidate: Candidate, verdict: Verdict, now: datetime, history: History) -> str:
    """Return why the verdict is not possible; empty where it is."""
    last = next(reversed(decisions_in_force(history.decisions)), None)
    if candidate.state not in {CandidateState.OPEN, CandidateState.DEFERRED}:
        who = f" by {last.by} on {last.at:%Y-%m-%d}" if last else ""
        way = f"undo that first: offing undo {candidate.id}"
        return f"candidate {candidate.id} is {candidate.state} already{who}; {way}"
    if (verdict.into or verdict.alone) and (reason := _no_part(candidate, verdict)):
        return reason
    if verdict.judgement is Judgement.DUPLICATE:
        return _no_double(candidate, verdict, history)
    if verdict.duplicate_of is not None:
        return f"only a duplicate names another candidate, not {verdict.judgement}"
    if verdict.judgement is not Judgement.DEFER:
        return f"only defer has a date, not {verdict.judgement}" if verdict.until else ""
    return "the date until which it is deferred lies in the past" if verdict.until and verdict.until <= now else ""


def _no_part(candidate: Candidate, verdict: Verdict) -> str:
    if verdict.judgement is not Judgement.ACCEPT:
        return f"only what is accepted becomes part of a record, not {verdict.judgement}"
    if verdict.into and verdict.alone:
        return "either into a record or a new one, not both"
    if verdict.into == Ref.candidate(candidate.id):
        return f"candidate {candidate.id} cannot be an update of itself"
    return ""


def _no_double(candidate: Candidate, verdict: Verdict, history: History) -> str:
    other = history.other
    if verdict.until:
        return "only defer has a date, not duplicate"
    if verdict.duplicate_of is None:
        return "a duplicate of which candidate? Say it with --of ID"
    if verdict.duplicate_of == candidate.id:
        return f"candidate {candidate.id} cannot be a duplicate of itself"
    if other is None:
        return f"there is no candidate {verdict.duplicate_of}"
    if other.state is CandidateState.DUPLICATE:
        return f"candidate {other.id} is itself a duplicate; use --of {other.duplicate_of}"
    return ""


def _change(candidate: Candidate, verdict: Verdict, now: datetime, history: History) -> _Change:
    facts = effective_facts(candidate.facts, history.decisions)
    edits = {name: with_roles(text, facts) if name == FieldName.FIRMS else text for name, text in verdict.edits.items()}
    after = parse_edits(edits, facts, verdict.parties)
    plain = to_plain(facts)
    until = (verdict.until or now + DEFER_FOR) if verdict.judgement is Judgement.DEFER else None
    proofs = tuple(proof for proof in verdict.proofs if proof.field in after)
    before = {name: plain[name] for name in after}
    return _Change(before, after, until, verdict.duplicate_of, proofs, part_of(candidate, verdict))


def part_of(candidate: Candidate, verdict: Verdict) -> Ref | None:
    """Return the item an accepted candidate becomes part of: the person's choice, else what it is an update of.

    Or None.
    """
    if verdict.judgement is not Judgement.ACCEPT or verdict.alone:
        return None
    return verdict.into or (Ref.parse(candidate.update_of) if candidate.update_of else None)


def _bonds(candidate: Candidate, verdict: Verdict, into: Ref | None) -> tuple[tuple[Ref, Bond], ...]:
    """Accepting an update states that both are one project; making a separate record, that they are not."""
    if into is not None:
        return ((into, Bond.SAME),)
    refused = candidate.update_of if verdict.alone else None
    return ((Ref.parse(refused), Bond.DIFFERENT),) if refused else ()


def _undo(verdict: Verdict, now: datetime, history: History) -> DecisionDraft | Refusal:
    in_force = decisions_in_force(history.decisions)
    if not in_force:
        return Refusal(f"candidate {verdict.candidate_id} has no decision to undo")
    if reason := _not_last(verdict, in_force):
        return Refusal(reason)
    if history.promised:
        return Refusal(
            f"candidate {verdict.candidate_id} is all that project {history.promised} has, "
            "whose id was published and is a promise. To correct it: offing projects correct "
            f"{history.promised} FIELD --set VALUE; to take it out: offing projects withdraw {history.promised}, "
            "then the decision can be undone"
        )
    last, earlier = in_force[-1], in_force[:-1]
    decision = _decision(verdict, now, _Change(last.after, last.before), undoes=last.id)
    if not earlier:
        return DecisionDraft(decision, CandidateState.OPEN)
    again = earlier[-1]
    return DecisionDraft(decision, again.judgement.state, again.until, again.duplicate_of)


def _not_last(verdict: Verdict, in_force: tuple[Decision, ...]) -> str:
    """Return why a decision cannot be undone: it is gone, or later ones exist; empty where it can."""
    if verdict.undoes in {None, in_force[-1].id}:
        return ""
    named = next((each for each in in_force if each.id == verdict.undoes), None)
    if named is None:
        return f"decision {verdict.undoes} on candidate {verdict.candidate_id} does not stand any more"
    later = ", ".join(f"{each.judgement} by {each.by}" for each in in_force if each.id > named.id)
    way = f"undo that first: offing undo {verdict.candidate_id}"
    return f"candidate {verdict.candidate_id} was decided on since then: {later}; {way}"


def _decision(verdict: Verdict, now: datetime, change: _Change, undoes: int | None = None) -> Decision:
    return Decision(
        id=0,
        candidate_id=verdict.candidate_id,
        judgement=verdict.judgement,
        by=verdict.by,
        at=now,
        reason=verdict.reason,
        before=change.before,
        after=change.after,
        duplicate_of=change.duplicate_of,
        until=change.until,
        undoes=undoes,
        proofs=change.proofs,
        into=change.into,
    )
