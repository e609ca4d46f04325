"""Archiving: raw pages are written as WARC files, one a day, once the day (UTC) is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from filelock import FileLock, Timeout

from offing.errors import RunLocked, UsageError
from offing.model.operation.retention import Archive
from offing.services.running.pieces import GoOn, to_the_end
from offing.store.archive.captures import captures, with_contents
from offing.store.archive.day_file import Written, indexed, keep_within, write_day
from offing.store.archive.warc import Capture
from offing.store.backup.shapes import Progress
from offing.store.database.batch import parts
from offing.store.database.engine import Database
from offing.trouble import Trouble, trouble_with

_AT_ONCE = 50  # contents in memory, of 5 MB at most
_LOCK = ".archive.lock"


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archiving did.

    Attributes:
        written: new files.
        removed: files removed for the budget.
        left_out: pages whose content went meanwhile or is damaged.
        complete: whether all days are done.
    """

    written: tuple[Written, ...]
    removed: tuple[Path, ...]
    left_out: int
    complete: bool

    @property
    def captures(self) -> int:
        """How many pages and later contents of pages were written."""
        return sum(each.captures for each in self.written)

    @property
    def size(self) -> int:
        """The bytes of the new files."""
        return sum(each.size for each in self.written)


def day_begin(now: datetime) -> datetime:
    """Return the beginning of the day (UTC), before which everything can be archived."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


def archive_pages(
    database: Database, archive: Archive, now: datetime, progress: Progress, go_on: GoOn = to_the_end
) -> Archived:
    """Write what an archive lacks into new files of it; after each its oldest files go, if it is above its budget.

    It can be broken off or killed at any time: a file is whole, or has no name, and the next call goes on.

    Raises:
        UsageError: the folder cannot be used, or has a damaged file.
        RunLocked: another process writes to it.
        MachineTrouble: a disk is full, or the database is away.
    """
    with _opened(archive.folder):
        days = _lacking(database, indexed(archive.folder), now)
        written, removed = list[Written](), _kept_within(archive)
        total, done = sum(map(len, days.values())), 0
        for day, lacking in days.items():
            if not go_on():
                return Archived(tuple(written), tuple(removed), 0, complete=False)
            if made := write_day(archive.folder, day, _contents(database, lacking)):
                written.append(made)
                removed += _kept_within(archive)
            done += len(lacking)
            progress(done, total)
    left_out = total - sum(each.captures for each in written)
    return Archived(tuple(written), tuple(removed), left_out, complete=True)


def _kept_within(archive: Archive) -> list[Path]:
    return keep_within(archive.folder, archive.budget) if archive.budget else []


def _lacking(database: Database, known: frozenset[str], now: datetime) -> dict[date, list[Capture]]:
    """Return the captures that an archive lacks, by day; two of one address, time and content are one."""
    found, seen = defaultdict[date, list[Capture]](list), set(known)
    with database.read() as conn:
        for capture in captures(conn, day_begin(now)):
            if (number := capture.record_id) not in seen:
                seen.add(number)
                found[capture.day].append(capture)
    return found


def _contents(database: Database, lacking: list[Capture]) -> Iterator[tuple[Capture, bytes]]:
    for some in parts(lacking, _AT_ONCE):
        with database.read() as conn:
            yield from list(with_contents(conn, some))


@contextmanager
def _opened(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made if only it is missing; what the system says becomes an error for people."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout:
        raise RunLocked(f"another process is writing to the archive {folder}") from None
    except (FileNotFoundError, FileExistsError, NotADirectoryError, PermissionError) as error:
        raise UsageError(f"the archive {folder} cannot be written: {error.strerror}: choose another folder") from error
    except OSError as error:
        kind = Trouble.of(error)
        if kind is None:
            raise
        raise trouble_with(f"the archive {folder}", kind, error.strerror or "") from error
