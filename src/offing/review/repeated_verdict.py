"""Whether a verdict repeats a decision. Pure."""

from __future__ import annotations

from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, Verdict, decisions_in_force, effective_facts
from offing.review.edit_words import BadEdit
from offing.review.edits import parse_edit, with_roles
from offing.review.judge import part_of


def repeats_decision(verdict: Verdict, made: Decision, candidate: Candidate, decisions: tuple[Decision, ...]) -> bool:
    """Return whether the same person asks for what is already decided, so that nothing is left to do.

    Args:
        verdict: the new verdict.
        made: the decision that it may repeat.
        candidate: what both are about, as stored.
        decisions: all decisions on it; an undone one does not count.

    Returns:
        True where person, judgement, reason and target are the same and each correction equals the current value.
    """
    if (verdict.judgement, verdict.by, verdict.reason) != (made.judgement, made.by, made.reason):
        return False
    if made.id not in {each.id for each in decisions_in_force(decisions)} or verdict.duplicate_of != made.duplicate_of:
        return False
    if verdict.until not in {None, made.until} or part_of(candidate, verdict) != made.into:
        return False
    return _equals_current(verdict, effective_facts(candidate.facts, decisions))


def _equals_current(verdict: Verdict, facts: ProjectFacts) -> bool:
    """Return whether corrections equal the current values; one that cannot be parsed does not."""
    edits = verdict.edits
    if "firms" in edits:
        edits = {**edits, "firms": with_roles(edits["firms"], facts)}
    try:
        read = {name: parse_edit(name, text, facts, verdict.parties) for name, text in edits.items()}
    except BadEdit:
        return False
    return all(value == getattr(facts, name) for name, value in read.items())
