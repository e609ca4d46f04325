"""A known project: one that another base has."""

from __future__ import annotations

from dataclasses import dataclass

from offing.model.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A row of an imported base.

    `source` and `key` tell it for good: the base and the id that the base gives it. `facts` has what the row says
    in the fields of a project; their `as_written` is the cell. `year` is the year of its commitment. Where a base keeps
    one row for each agreement, the mode tells which one this is.
    """

    source: str
    key: str
    facts: ProjectFacts
    description: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class KnownShape:
    """How the rows of a base become known projects.

    `columns` names the column of each field, `words` gives what a cell stands for (field, then cell, then value).
    `parted_by` stands between several names of one cell.
    """

    source: str
    columns: dict[str, str]
    words: dict[str, dict[str, str]]
    parted_by: str = "|"
