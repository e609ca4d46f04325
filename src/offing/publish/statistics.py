"""The figures of a release: rows of each table, filled cells of each column. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field

from offing.model.projects.release import Statistics, TableFigures
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


def statistics_file(version: str, figures: Statistics) -> bytes:
    """statistics.json: how many rows each table has, and which share of each column is filled."""
    tables = {
        name: {"rows": each.rows, "filled": {column: _share(count, each.rows) for column, count in each.filled.items()}}
        for name, each in figures.items()
    }
    return (json.dumps({"version": version, "tables": tables}, indent=1) + "\n").encode()


def _share(count: int, rows: int) -> float | None:
    return round(count / rows, 4) if rows else None
