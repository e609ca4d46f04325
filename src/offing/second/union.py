"""The union of both readings, for evaluation only: it is never stored or shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import Proposal
from offing.model.review.second_reader import Opinion
from offing.second.compare import FIELDS, has, proof_of, values_of
from offing.second.pairing import paired


def alone(theirs: Sequence[Opinion]) -> tuple[Proposal, ...]:
    """The second reader's opinions as proposals."""
    return tuple(Proposal(each.facts, each.evidence, (), 1.0) for each in theirs)


def union(ours: Sequence[Proposal], theirs: Sequence[Opinion]) -> tuple[Proposal, ...]:
    """The union of both readings: the values of both in lists, ours in single fields and theirs where we have none.

    Args:
        ours: the built-in reader's proposals.
        theirs: the second reader's opinions on the same article, checked.

    Returns:
        Our proposals, extended, and the projects that only the second reader reports.
    """
    found = paired([each.facts for each in ours], theirs)
    both = [_joined(own, other) if other else own for own, other in zip(ours, found, strict=True)]
    return (*both, *alone([each for each in theirs if not any(each is other for other in found)]))


def _joined(ours: Proposal, theirs: Opinion) -> Proposal:
    changes: dict[str, Any] = {}
    proofs: list[Evidence] = []
    for field in FIELDS:
        own = values_of(ours.facts, field)
        new = [each for each in values_of(theirs.facts, field) if not has(field, own, each)]
        single = not isinstance(getattr(ours.facts, field.value), tuple)
        if new and not (single and own):
            changes[field.value] = new[0] if single else (*own, *new)
            proofs += [proof for value in new if (proof := proof_of(field, value, theirs.evidence))]
    return replace(ours, facts=replace(ours.facts, **changes), evidence=(*ours.evidence, *proofs))
