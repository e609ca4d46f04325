"""The figures of a release: rows of each table, filled cells of each column. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from offing.model.projects.release import Statistics, TableFigures
from offing.model.review.second_reading import Agreement
from offing.publish.body import ProjectBody
from offing.publish.schema import DATA_TABLES


@dataclass(slots=True)
class CellCounts:
    """Counts rows and filled cells, project by project."""

    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    filled: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, body: ProjectBody) -> None:
        """Count the rows of a project."""
        for table, rows in body.rows.items():
            self.rows[table] += len(rows)
            counts = self.filled[table]
            for row in rows:
                for name in row:
                    counts[name] += 1

    def figures(self) -> Statistics:
        """The figures of every table, empty ones too."""
        return {
            table.name: TableFigures(
                self.rows[table.name], {name: self.filled[table.name][name] for name in table.header}
            )
            for table in DATA_TABLES
        }


def measured(agreement: Agreement | None) -> dict[str, Any]:
    """Return what statistics.json says beside the figures of the tables: how far two readers agree, where measured.

    Fields are compared where both readers accepted a candidate; `verdict` counts all that two people read.
    """
    if agreement is None or not agreement.pairs:
        return {}
    kappa = None if agreement.kappa is None else round(agreement.kappa, 4)
    verdict = {**_agreed(agreement.equal, agreement.pairs), "kappa": kappa}
    fields = {each.field: _agreed(each.equal, each.pairs) for each in agreement.fields if each.pairs}
    return {"agreement": {"verdict": verdict, **fields}}


def measured_before(statistics: bytes) -> dict[str, Any]:
    """Return the same of a release that was published, from its statistics.json."""
    return {name: value for name, value in json.loads(statistics).items() if name not in {"version", "tables"}}


def statistics_file(version: str, figures: Statistics, agreement: Agreement | None = None) -> bytes:
    """statistics.json: how many rows each table has, which share of each column is filled, how far readers agree."""
    tables = {
        name: {"rows": each.rows, "filled": {column: _share(count, each.rows) for column, count in each.filled.items()}}
        for name, each in figures.items()
    }
    return (json.dumps({"version": version, "tables": tables, **measured(agreement)}, indent=1) + "\n").encode()


def _agreed(equal: int, pairs: int) -> dict[str, Any]:
    return {"pairs": pairs, "equal": equal, "share": _share(equal, pairs)}


def _share(count: int, rows: int) -> float | None:
    return round(count / rows, 4) if rows else None
