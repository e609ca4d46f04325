"""Restores a backup as an SQLite file: made whole beside the old one, then put in its place by one rename."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from offing.errors import RunLocked
from offing.store.backup.backup_file import drop_manifest, opened
from offing.store.backup.shapes import Progress
from offing.store.database.engine import Database, open_database, sqlite_driver
from offing.store.database.trouble import database_trouble

STAGED = ".restoring"  # end of the name of a file that is not whole yet
_T = TypeVar("_T")
_PORTION = 1 << 20  # bytes
_WAL = ("-wal", "-shm")


def put_in_place(backup: Path, target: Path, staged: Path, progress: Progress, finish: Callable[[Database], _T]) -> _T:
    """Restore a verified backup as an SQLite database. Until the last step, a rename, the old one stays as it is.

    Args:
        backup: the backup.
        target: the database's file, which may be missing.
        staged: an empty file in the same folder, readable by its owner only.
        progress: called with the bytes copied, and those of the backup.
        finish: called with the staged database, to be done before it gets its place.

    Returns:
        What `finish` returns.

    Raises:
        RunLocked: another process has the old database open.
        MachineTrouble: the disk is full, or may not be written to.
    """
    _copy(backup, staged, progress)
    with opened(staged, write=True) as plain:
        drop_manifest(plain)
    database = open_database(f"sqlite:///{staged}")
    try:
        done = finish(database)
    finally:
        database.close()
    _sync(staged)
    with _to_ourselves(target):
        staged.replace(target)
    sync_folder(target.parent)
    return done


def _copy(backup: Path, staged: Path, progress: Progress) -> None:
    total, done = backup.stat().st_size, 0
    try:
        with backup.open("rb") as source, staged.open("wb") as copy:
            while portion := source.read(_PORTION):
                copy.write(portion)
                done += len(portion)
                progress(done, total)
    except OSError as error:
        error.filename = error.filename or str(staged)  # the system names no file that it fails to write to
        raise


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk, where the system knows how."""
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _to_ourselves(target: Path) -> Iterator[None]:
    """While nobody else has the old database open, with nothing of it left in a write-ahead log.

    The new file would take such a log for its own.
    """
    if not target.exists() or not target.stat().st_size:
        _remove_logs(target)
        yield
        return
    with closing(sqlite_driver().connect(str(target), timeout=0, isolation_level=None)) as old:
        _close_log(old, target)
        yield


def _close_log(old: Any, target: Path) -> None:
    driver = sqlite_driver()
    try:
        old.execute("PRAGMA journal_mode = DELETE").fetchall()  # waits for nobody, and fails while others are there
        old.execute("BEGIN EXCLUSIVE")
    except driver.OperationalError as error:
        trouble = database_trouble(error, f"the database {target}")
        if trouble is None or trouble.passes:
            raise RunLocked(
                f"another process has {target} open: stop the service and the web app, then restore again"
            ) from error
        raise trouble from error
    except driver.DatabaseError:  # it is damaged, which is why it is replaced
        _remove_logs(target)


def _remove_logs(target: Path) -> None:
    for end in _WAL:
        Path(f"{target}{end}").unlink(missing_ok=True)
