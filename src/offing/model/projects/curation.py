"""What only people say of a record: which record it is part of, how to count it, and comments of the staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Curation:
    """The place of a record among others. No candidate proposes it, and no quote proves it.

    Args:
        parent_id: the umbrella agreement or programme that it is part of.
        is_umbrella: whether it is one that others are part of: its sum holds theirs.
        recommended_for_aggregates: whether its sums may be added to those of others; None leaves it to the rule.
        staff_comments: for readers of the dataset.
    """

    parent_id: str | None = None
    is_umbrella: bool | None = None
    recommended_for_aggregates: bool | None = None
    staff_comments: str | None = None


CURATED = frozenset(each.name for each in fields(Curation))
"""The fields of a record that are no facts of its project."""
NOTHING_CURATED = Curation()


class _Stated(Protocol):
    @property
    def field(self) -> str: ...

    @property
    def value(self) -> Any: ...


def curation_of(stated: Iterable[_Stated]) -> Curation:
    """Return the place of a record, from the values that people set in it."""
    return Curation(**{each.field: each.value for each in stated if each.field in CURATED})
