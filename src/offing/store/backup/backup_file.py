"""The file of a backup: an SQLite database of the tables, and beside them what was written, by which offing, when.

Its connections are the driver's own: the tables are those of the backup's revision, which need not be the code's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from offing.errors import BackupUnusable
from offing.store.database.engine import sqlite_driver
from offing.store.database.trouble import database_trouble

APPLICATION = 0x0FF1_B0  # SQLite's application_id of a backup, so that no other file is taken for one
_TABLES = "CREATE TABLE offing_backup_table (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, digest TEXT NOT NULL)"
_MADE = "CREATE TABLE offing_backup (revision TEXT NOT NULL, version TEXT NOT NULL, made_at TEXT NOT NULL)"
_DROPS = ("DROP TABLE offing_backup_table", "DROP TABLE offing_backup", "PRAGMA application_id = 0")


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows of a table were written, and their digest."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the schema revision, the offing that wrote it, when, and the sum of each table."""

    revision: str
    version: str
    made_at: datetime
    tables: Mapping[str, TableSum]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(each.rows for each in self.tables.values())


@contextmanager
def opened(file: Path, *, write: bool = False) -> Iterator[Any]:
    """A connection of the driver to a backup, which may be written only while it is made.

    Raises:
        MachineTrouble: the disk or the machine is in trouble.
        BackupUnusable: the file is damaged, or cannot be opened.
    """
    address = f"file:{quote(str(file.absolute()))}?mode={'rw' if write else 'ro&immutable=1'}"
    with translated(file, write=write), closing(_connect(address)) as connection:
        yield connection


def _connect(address: str) -> Any:
    return sqlite_driver().connect(address, uri=True, isolation_level=None)


@contextmanager
def translated(file: Path, *, write: bool) -> Iterator[None]:
    """Raise what the driver raises over a backup as trouble of that file, not of the database that is read."""
    try:
        yield
    except sqlite_driver().Error as error:
        trouble = database_trouble(error, f"the backup {file}")
        if not write and (trouble is None or not trouble.passes):
            raise unusable(file, str(error)) from error
        if trouble is None:
            raise
        raise trouble from error


def unusable(file: Path, why: str) -> BackupUnusable:
    """Return the error that a backup cannot be restored."""
    return BackupUnusable(f"{file} cannot be restored: {why}; nothing was changed: take another backup")


def keep_manifest(archive: Any, manifest: Manifest) -> None:
    """Write into a backup what it holds, and mark it as one."""
    archive.execute(_TABLES)
    archive.execute(_MADE)
    rows = [(name, each.rows, each.digest) for name, each in manifest.tables.items()]
    archive.executemany("INSERT INTO offing_backup_table VALUES (?, ?, ?)", rows)
    made_at = manifest.made_at.astimezone(UTC).isoformat()
    archive.execute("INSERT INTO offing_backup VALUES (?, ?, ?)", (manifest.revision, manifest.version, made_at))
    archive.execute(f"PRAGMA application_id = {APPLICATION}")


def drop_manifest(archive: Any) -> None:
    """Make a plain database of a copy of a backup."""
    for statement in _DROPS:
        archive.execute(statement)


def manifest_of(archive: Any, file: Path) -> Manifest:
    """Return what a backup says it holds.

    Raises:
        BackupUnusable: the file is not a backup.
    """
    if archive.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise unusable(file, "it was not written by `offing db backup`")
    revision, version, made_at = archive.execute("SELECT revision, version, made_at FROM offing_backup").fetchone()
    found = archive.execute("SELECT name, rows, digest FROM offing_backup_table ORDER BY name").fetchall()
    tables = {name: TableSum(rows, digest) for name, rows, digest in found}
    return Manifest(revision, version, datetime.fromisoformat(made_at), tables)
