"""What the site counts while projects go by: figures of the front page, and those by which the release is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from offing.publish.body import ProjectBody
from offing.publish.formats.format import Head, TableText
from offing.publish.formats.site.shelf import Line
from offing.publish.formats.site.words import said

_ALWAYS = {"id", "title"}


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share: what it is of, how many there are, and of how many."""

    name: str
    part: int
    of: int


@dataclass(slots=True)
class Figures:
    """Counts rows, filled cells and what the pages say of them; nothing of any project is kept."""

    rows: Counter[str] = field(default_factory=Counter)
    filled: Counter[tuple[str, str]] = field(default_factory=Counter)
    having: Counter[str] = field(default_factory=Counter)
    by_year: Counter[tuple[str, str]] = field(default_factory=Counter)
    quoted: int = 0
    several: int = 0

    def add(self, body: ProjectBody) -> None:
        """Count the rows of a project."""
        for table, rows in body.rows.items():
            self.rows[table] += len(rows)
            self.having[table] += 1
            self.filled.update((table, name) for row in rows for name in row)
        self.quoted += sum("quote" in row for row in body.rows.get("evidence", ()))
        self.several += sum(int(row.get("outlets", "0")) > 1 for row in body.rows.get("projects", ()))

    def place(self, line: Line) -> None:
        """Count a project in its year and sector."""
        self.by_year[line.sector, line.year] += 1

    def shares(self) -> Iterator[Share]:
        """How well the projects of this release are proved."""
        evidence, projects = self.rows["evidence"], self.rows["projects"]
        yield Share("Projects that more than one outlet reported", self.several, projects)
        yield Share(
            "Proofs whose quote is printed; of the others the place in the article is given", self.quoted, evidence
        )
        yield Share("Projects with a value that a person set without a quote", self.having["by_hand"], projects)

    def fields(self, tables: Iterable[TableText]) -> Iterator[Share]:
        """Which share of the projects has each field."""
        for table in tables:
            if table.name == "projects":
                for each in (each for each in table.columns if each.name not in _ALWAYS):
                    yield Share(each.name, self.filled[table.name, each.name], self.rows[table.name])
            elif table.name != "retired":
                yield Share(f"{table.name}.csv", self.having[table.name], self.rows["projects"])


def agreements(head: Head) -> list[Share]:
    """How often two people who judged a candidate without knowing of each other agreed; [] where nobody measured it."""
    found = head.statistics.get("agreement", {})
    return [Share(said(name), each["equal"], each["pairs"]) for name, each in found.items()]
