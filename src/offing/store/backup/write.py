"""Writes a backup: the tables of the database's revision, every row of one snapshot, then the sums."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from offing.errors import SchemaOutdated, SchemaTooNew
from offing.store.backup.backup_file import Manifest, TableSum, keep_manifest, opened, translated
from offing.store.backup.shapes import Progress, Shape, Sum, count_rows, rows_of, shapes_of
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import create_at, current_revision, revisions


def write_backup(database: Database, file: Path, made: tuple[str, datetime], progress: Progress) -> Manifest:
    """Write all rows of one snapshot of a database into an empty file.

    Other processes go on writing to the database meanwhile.

    Args:
        database: of either kind, at any revision that the code knows.
        file: an empty file, readable by its owner only.
        made: the version of offing, and the time.
        progress: called with the rows written, and those of all tables.

    Raises:
        SchemaOutdated: the database has no tables.
        SchemaTooNew: its revision is unknown to this version.
        MachineTrouble: the disk is full, or the database is away.
    """
    revision = known_revision(database)
    with _made_tables(file, revision) as archive:
        shapes = shapes_of(lambda statement: archive.execute(statement).fetchall())
        with database.snapshot() as conn:
            total, done, sums = count_rows(conn, shapes), 0, {shape.table: Sum() for shape in shapes}
            for shape in shapes:
                for rows in rows_of(conn, shape):
                    with translated(file, write=True):
                        _insert(archive, shape, rows)
                    for row in rows:
                        sums[shape.table].add(row, shape.kinds)
                    done += len(rows)
                    progress(done, total)
        tables = {name: TableSum(found.rows, found.digest) for name, found in sums.items()}
        manifest = Manifest(revision, *made, tables)
        keep_manifest(archive, manifest)
    return manifest


def known_revision(database: Database) -> str:
    """Return the revision of a database, if this version knows it.

    Raises:
        SchemaOutdated: it has no tables.
        SchemaTooNew: it was made by a newer offing.
    """
    found = current_revision(database)
    if found is None:
        raise SchemaOutdated("the database is empty: there is nothing to back up; `offing init` creates a site")
    if found not in revisions():
        raise SchemaTooNew(
            f"the database is at revision {found}, which this version of offing does not know; install a newer one"
        )
    return found


@contextmanager
def _made_tables(file: Path, revision: str) -> Iterator[Any]:
    """The driver's connection to a new database with the tables of a revision; indexes are made after the rows."""
    made = open_database(sa.URL.create("sqlite", database=str(file)).render_as_string())
    create_at(made, revision)
    made.close()
    with opened(file, write=True) as archive:
        for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            archive.execute(f"PRAGMA {pragma}").fetchall()
        indexes = archive.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql <> ''").fetchall()
        archive.execute("BEGIN")
        for name, _ in indexes:
            archive.execute(f'DROP INDEX "{name}"')
        yield archive
        for _, statement in indexes:
            archive.execute(statement)
        archive.execute("COMMIT")


def _insert(archive: Any, shape: Shape, rows: list[list[Any]]) -> None:
    values = ", ".join("?" for _ in shape.columns)
    archive.executemany(f'INSERT INTO "{shape.table}" ({shape.listed}) VALUES ({values})', rows)  # noqa: S608 -- names of our own schema
