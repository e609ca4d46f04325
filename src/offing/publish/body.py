"""What a release says of one project: its rows by table and column, as text; packed for storage and compared. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offing.model.projects.release import ChangeKind, StoredProject

Cells = dict[str, str]
"""The filled cells of a row by column; a column without a cell is empty."""


@dataclass(frozen=True, slots=True)
class ProjectBody:
    """The published rows of one project, by table.

    `retired` is set for an id that was merged or withdrawn, `note` says where to or why. `issued` counts the ids of
    rows that were given so far, by table: none is given twice, whatever became of its row.
    """

    project_id: str
    rows: dict[str, list[Cells]]
    retired: ChangeKind | None = None
    note: str = ""
    issued: dict[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of all rows; the same whatever empty columns the tables have."""
        text = json.dumps(self.rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def packed(self) -> StoredProject:
        """The project as it is stored."""
        plain = {"rows": self.rows, "retired": self.retired, "note": self.note, "issued": self.issued}
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return StoredProject(self.project_id, self.digest, zlib.compress(text.encode(), 9))

    def within(self, columns: Mapping[str, frozenset[str]]) -> dict[str, list[Cells]]:
        """The rows with some columns of some tables only; a table without rows is left out."""
        kept = {
            table: [{name: cell for name, cell in row.items() if name in columns[table]} for row in rows]
            for table, rows in self.rows.items()
            if table in columns
        }
        return {table: rows for table, rows in kept.items() if rows}


def unpacked(stored: StoredProject) -> ProjectBody | None:
    """The inverse of `ProjectBody.packed`; None where only the digest was stored."""
    if stored.packed is None:
        return None
    plain = json.loads(zlib.decompress(stored.packed))
    retired = ChangeKind(plain["retired"]) if plain["retired"] else None
    return ProjectBody(stored.project_id, plain["rows"], retired, plain["note"], plain["issued"])


def filled(names: Iterable[str], texts: Iterable[str]) -> Cells:
    """The cells that are not empty."""
    return {name: text for name, text in zip(names, texts, strict=True) if text}
