"""Both readings as one, for measuring: what either tells. Nothing that is stored or shown is made of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from offing.model.candidate import Proposal
from offing.model.evidence import Evidence, FieldName
from offing.model.second import Opinion
from offing.second.compare import FIELDS, has, proof_of, values_of
from offing.second.pairing import paired


def alone(theirs: Sequence[Opinion]) -> tuple[Proposal, ...]:
    """What the second reader tells, as proposals."""
    return tuple(Proposal(each.facts, each.evidence, (), 1.0) for each in theirs)


def joined(ours: Sequence[Proposal], theirs: Sequence[Opinion]) -> tuple[Proposal, ...]:
    """What either reader tells: the values of both in lists, ours in single fields and theirs where we have none.

    Args:
        ours: what the built-in reader proposes.
        theirs: what the second reader tells of the same article, checked.

    Returns:
        Our proposals with what it adds to them, and those projects that it alone tells of.
    """
    found = paired([each.facts for each in ours], theirs)
    both = [_joined(own, other) if other else own for own, other in zip(ours, found, strict=True)]
    return (*both, *alone([each for each in theirs if not any(each is other for other in found)]))


def _joined(ours: Proposal, theirs: Opinion) -> Proposal:
    changes: dict[str, Any] = {}
    proofs: list[Evidence] = []
    for field in FIELDS:
        own, new = values_of(ours.facts, field), _new(field, ours, theirs)
        single = not isinstance(getattr(ours.facts, field.value), tuple)
        if new and not (single and own):
            changes[field.value] = new[0] if single else (*own, *new)
            proofs += [proof for value in new if (proof := proof_of(field, value, theirs.evidence))]
    return replace(ours, facts=replace(ours.facts, **changes), evidence=(*ours.evidence, *proofs))


def _new(field: FieldName, ours: Proposal, theirs: Opinion) -> list[Any]:
    """The values of the second reader that we lack."""
    own = values_of(ours.facts, field)
    return [each for each in values_of(theirs.facts, field) if not has(field, own, each)]
