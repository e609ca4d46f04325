"""A correction as people write it."""

from __future__ import annotations

from dataclasses import dataclass

from offing.model.projects.project import Firm, Lender
from offing.model.projects.record_change import Operation


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change in a field, as people write it.

    `value` is put in (for `remove`: taken out), `old` is the value that `replace` takes out; `on` is the date of a
    status. `parties` are firms and lenders whose names may be used.
    """

    field: str
    operation: Operation
    value: str
    old: str = ""
    on: str = ""
    parties: tuple[Firm | Lender, ...] = ()
