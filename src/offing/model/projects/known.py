"""A known project: one from an imported base."""

from __future__ import annotations

from dataclasses import dataclass

from offing.model.projects.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A row of an imported base.

    `source` and `key` identify it permanently: the base and the base's own id. `facts` holds the row's values
    in the fields of a project; their `as_written` is the cell. `year` is the year of its commitment. If a base has
    one row per agreement, the mode says which agreement this is.
    """

    source: str
    key: str
    facts: ProjectFacts
    description: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class KnownShape:
    """How the rows of a base become known projects.

    `columns` names the column of each field, `words` maps cells to values (field, then cell, then value).
    `parted_by` separates several names in one cell. `licence` is the SPDX id of the dataset's licence, "" if unknown.
    """

    source: str
    columns: dict[str, str]
    words: dict[str, dict[str, str]]
    parted_by: str = "|"
    licence: str = ""
