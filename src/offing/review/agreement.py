"""Which decided candidates get a second reading, and how far the two readers agree. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence

from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Judgement
from offing.model.review.second_reading import Agreement, FieldAgreement, ReadTwice
from offing.model.values.codec import to_plain

COMPARED = tuple(each.name for each in dataclasses.fields(ProjectFacts) if each.name != "title")
"""The fields that are compared: all but the title, which is free text."""


def is_sampled(candidate_id: int, share: float) -> bool:
    """Return whether a candidate is sampled for a second reading: the same answer at any time and on any machine.

    Args:
        candidate_id: its number.
        share: the sampling rate, 0–1; those sampled at a smaller rate stay sampled at a greater one.
    """
    digest = hashlib.sha256(f"second reading of candidate {candidate_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64


def agreement(read: Sequence[ReadTwice]) -> Agreement:
    """Return the agreement between the readers of some candidates."""
    table = Counter((each.first.judgement, each.second.judgement) for each in read)
    fields: dict[int, dict[str, bool]] = {}
    for each in (each for each in read if _both_accepted(each)):
        one, other = to_plain(each.first.facts), to_plain(each.second.facts)
        fields[each.candidate_id] = {name: _essence(one[name]) == _essence(other[name]) for name in COMPARED}
    differing = (
        each.candidate_id
        for each in read
        if each.first.judgement is not each.second.judgement or not all(fields.get(each.candidate_id, {}).values())
    )
    return Agreement(
        pairs=len(read),
        equal=sum(count for (first, second), count in table.items() if first is second),
        kappa=kappa(table),
        table=dict(table),
        fields=tuple(
            FieldAgreement(name, len(fields), sum(equal[name] for equal in fields.values())) for name in COMPARED
        ),
        differing=tuple(differing),
    )


def kappa(table: Mapping[tuple[Judgement, Judgement], int]) -> float | None:
    """Return Cohen's kappa: agreement beyond chance (Cohen 1960, Educational and Psychological Measurement).

    Args:
        table: the number of pairs by (first, second) judgement.

    Returns:
        (observed − expected) / (1 − expected), at most 1; None where it is undefined.
    """
    pairs = sum(table.values())
    first, second = Counter[Judgement](), Counter[Judgement]()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    chance = sum(first[each] * second[each] for each in first)  # times pairs²
    if pairs**2 == chance:
        return None
    observed = sum(count for (one, other), count in table.items() if one is other)
    return (observed * pairs - chance) / (pairs**2 - chance)


def _both_accepted(read: ReadTwice) -> bool:
    return read.first.judgement is read.second.judgement is Judgement.ACCEPT


def _essence(value: object) -> str:
    """Return a value in canonical form, without an article's wording and without the order of lists."""
    if isinstance(value, list):
        return json.dumps(sorted(_essence(each) for each in value))
    if isinstance(value, dict):
        return json.dumps({key: each for key, each in value.items() if key != "as_written"}, sort_keys=True)
    return json.dumps(value)
