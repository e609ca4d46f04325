"""Reads a backup back: whether it is whole, and holds what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from offing.errors import BackupUnusable
from offing.store.backup.backup_file import Manifest, TableSum, manifest_of, opened, unusable
from offing.store.backup.shapes import Progress, Shape, Sum, shapes_of
from offing.store.database.migrate import revisions


def verify(file: Path, progress: Progress) -> Manifest:
    """Check the pages of a backup, its schema, and the rows and digest of each table. Nothing is changed.

    Args:
        file: the backup.
        progress: called with the rows read, and those of all tables.

    Returns:
        What it holds.

    Raises:
        BackupUnusable: it is damaged, truncated, not a backup, or made by a newer offing.
    """
    with opened(file) as archive:
        manifest = manifest_of(archive, file)
        shapes = _sound_tables(archive, manifest, file)
        done, total = 0, manifest.rows
        for shape in shapes:
            found = Sum()
            for row in archive.execute(f'SELECT {shape.listed} FROM "{shape.table}"'):  # noqa: S608 -- names of our own schema
                found.add(row, shape.kinds)
                progress(done + found.rows, total)
            done += found.rows
            if TableSum(found.rows, found.digest) != manifest.tables[shape.table]:
                raise unusable(file, f"table {shape.table} is not as it was written")
    return manifest


def _sound_tables(archive: Any, manifest: Manifest, file: Path) -> tuple[Shape, ...]:
    """Return the tables of a backup whose pages and schema are sound.

    Raises:
        BackupUnusable: they are not, or its revision is unknown to this version.
    """
    if manifest.revision not in revisions():
        raise BackupUnusable(
            f"{file} has revision {manifest.revision}, which this version does not know: "
            f"install offing {manifest.version} or newer"
        )
    if (sound := archive.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise unusable(file, f"it is damaged ({' '.join(sound.split())})")
    stands = archive.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    shapes = shapes_of(lambda statement: archive.execute(statement).fetchall())
    if stands != manifest.revision or {each.table for each in shapes} != set(manifest.tables):
        raise unusable(file, "its tables are not those that were written")
    return shapes
