"""Backing up and restoring a site's database: whole or not at all, whoever is at work and whatever is killed."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from offing import __version__
from offing.errors import DatabaseError, MachineTrouble, RunLocked, UsageError
from offing.logs import get_logger
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import lock_file
from offing.store.backup.backup_file import Manifest
from offing.store.backup.load import drop_tables, load
from offing.store.backup.shapes import Progress
from offing.store.backup.swap import STAGED, put_in_place, sync_folder
from offing.store.backup.target import other_sessions, rows_in
from offing.store.backup.verify import verify
from offing.store.backup.write import known_revision, write_backup
from offing.store.candidates.index import reindex_all_within
from offing.store.database.engine import Database
from offing.store.database.migrate import current_revision, head_revision, migrate_within, upgrade
from offing.store.runs.run import current_run, free_lock

PARTIAL = ".partial"  # end of the name of a backup that is not whole yet
_LEFT_OVER = timedelta(days=1)  # nobody is still writing to such a file after that
_ODD_VALUES = (ValueError, TypeError, KeyError, AttributeError)  # what reading values of no known shape raises
_LOCK_WAIT = "SET LOCAL lock_timeout = '10s'"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its file, what it holds, its size in bytes."""

    file: Path
    manifest: Manifest
    size: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What is shown of a backup: the progress of writing, and that of reading back."""

    writing: Progress
    reading: Progress


@dataclass(frozen=True, slots=True)
class Restoring:
    """How a backup is restored.

    Attributes:
        progress: called with the rows or bytes restored, and those of the backup.
        indexing: called with the candidates indexed, and how many there are.
        upgrade: whether to bring it to the schema of the code; else it is left at its own, for an older offing.
    """

    progress: Progress
    indexing: Progress
    upgrade: bool = True

    def finish(self, conn: sa.Connection, revision: str) -> bool:
        """Free the run lock, and index the candidates, unless the database is at a schema of before.

        A candidate that cannot be indexed must not keep a site from its backup.

        Returns:
            Whether they are indexed.
        """
        free_lock(conn)
        if not self.upgrade and revision != head_revision():
            return False
        try:
            with conn.begin_nested():
                reindex_all_within(conn, self.indexing)
        except _ODD_VALUES:
            get_logger().exception("the candidates of the backup are not indexed")
            return False
        return True


def back_up(database: Database, to: Path, watch: Watch, *, overwrite: bool = False) -> Backup:
    """Write a backup of a database that others may be writing to, read it back, and give it its name.

    Args:
        database: of either kind.
        to: the file, or a folder for a file named after the time.
        watch: what is shown meanwhile.
        overwrite: whether to replace a file of that name.

    Raises:
        UsageError: the file exists, or its folder does not, or may not be written to.
        DatabaseError: the database has no tables, or a schema that this version does not know.
        MachineTrouble: the disk is full, or the database is away.
    """
    now = utc_now()
    file = to / f"offing-{time_stamp()}.backup" if to.is_dir() else to
    if not overwrite and file.exists():
        raise _exists(file)
    with _unfinished(file, PARTIAL) as partial:
        written = write_backup(database, partial, (__version__, now), watch.writing)
        manifest = verify(partial, watch.reading)
        if manifest.tables != written.tables:
            raise RuntimeError(f"the backup {partial} does not read back as it was written")
        _name(partial, file, overwrite=overwrite)
    return Backup(file, manifest, file.stat().st_size)


def time_stamp() -> str:
    """Return the present time for the name of a file: 20260301T043000Z."""
    return f"{utc_now():%Y%m%dT%H%M%SZ}"


def _exists(file: Path) -> UsageError:
    return UsageError(f"{file} exists: choose another name, or use `--overwrite`")


@contextmanager
def _unfinished(file: Path, end: str) -> Iterator[Path]:
    """An empty file beside a file, readable by its owner only; removed if it was not renamed.

    Raises:
        UsageError: the folder does not exist, or may not be written to.
    """
    _clear(file, end)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=end, dir=file.parent)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}: choose another folder") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for each in file.parent.glob(f"{_escaped(Path(name).name)}*"):
            each.unlink()


def _clear(file: Path, end: str) -> None:
    """Remove what a killed process left of a file of that name."""
    for left in file.parent.glob(f".{_escaped(file.name)}.*{end}*"):
        if time.time() - left.stat().st_mtime > _LEFT_OVER.total_seconds():
            left.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)


def _name(partial: Path, file: Path, *, overwrite: bool) -> None:
    """Write a whole backup to the disk and give it its name, in one step."""
    with partial.open("rb+") as handle:
        os.fsync(handle.fileno())
    if overwrite:
        partial.replace(file)
    else:
        try:
            file.hardlink_to(partial)  # unlike a rename, it refuses a name that has been taken meanwhile
        except FileExistsError:
            raise _exists(file) from None
        except OSError:  # a disk without links
            partial.replace(file)
    sync_folder(file.parent)


@dataclass(frozen=True, slots=True)
class Target:
    """What a restore would replace: the revision of the database, None without tables; its rows, None if unreadable."""

    revision: str | None
    rows: int | None


def target_of(database: Database) -> Target:
    """Return what stands in the database into which a backup is to be restored.

    Raises:
        SchemaTooNew: it is on a server, and made by a newer offing, whose tables this one does not know.
        MachineTrouble: the server is away.
    """
    file = database.engine.url.database
    if database.is_sqlite and not (file and Path(file).exists()):
        return Target(None, 0)
    try:
        revision = current_revision(database)
        if revision is None:
            return Target(None, 0)
        return Target(revision, rows_in(database, known_revision(database)))
    except (DatabaseError, MachineTrouble):
        if database.is_sqlite:  # its file is replaced, whatever is in it
            return Target(None, None)
        raise
    finally:
        database.close()


def restore(database: Database, file: Path, manifest: Manifest, target: Target, how: Restoring) -> bool:
    """Replace a database by a verified backup, with its search index; either all of it or nothing.

    Args:
        database: of either kind.
        file: the backup.
        manifest: what it holds.
        target: what stands in the database.
        how: what is shown meanwhile, and which schema it is left at.

    Returns:
        Whether the candidates are indexed; if not, `offing db reindex` is left to be done.

    Raises:
        RunLocked: a run is at work, or another process has the database open.
        BackupUnusable: PostgreSQL does not take a row.
        MachineTrouble: the disk is full, or the database is away.
    """
    with lock_file(database):
        if database.is_sqlite:
            database.close()
            return _restore_file(Path(str(database.engine.url.database)), file, manifest, how)
        return _restore_server(database, file, manifest, target, how)


def _restore_file(target: Path, file: Path, manifest: Manifest, how: Restoring) -> bool:
    def finish(staged: Database) -> bool:
        if how.upgrade:
            upgrade(staged)
        with staged.write() as conn:
            return how.finish(conn, manifest.revision)

    with _unfinished(target, STAGED) as staged:
        return put_in_place(file, target, staged, how.progress, finish)


def _restore_server(database: Database, file: Path, manifest: Manifest, target: Target, how: Restoring) -> bool:
    with database.write() as conn:
        conn.exec_driver_sql(_LOCK_WAIT)
        if target.revision is not None:
            if run := current_run(conn, utc_now()):
                raise RunLocked(f"{run} is running; restore when it has ended")
            if others := other_sessions(conn):
                opened_by = f"{others} other sessions have the database open"
                raise RunLocked(f"{opened_by}: stop the service and the web app, then restore again")
            drop_tables(conn, target.revision)
        load(conn, file, manifest, how.progress)
        if how.upgrade:
            migrate_within(conn)
        return how.finish(conn, manifest.revision)
