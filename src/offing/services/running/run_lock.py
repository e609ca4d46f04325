"""At most one run works on a database: a lock file for one machine, a row in the database for runs elsewhere.

The row names its holding by a random mark, and a file beside the lock file has the marks of its last holdings. Whoever
holds the lock file knows that these are over, however their processes died. Any other mark is of a run elsewhere,
whatever its host is called, and counts until its lease runs out: so cloned machines, containers and private temporary
folders need no names of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from offing.errors import MachineTrouble, RunLocked
from offing.logs import get_logger
from offing.private import MODE
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database
from offing.store.runs.run import Holder, Holding, renew_lock, start_run, take_lock
from offing.trouble import Trouble, trouble_with

LOCK_LEASE = timedelta(minutes=2)
REMEMBERED = 8  # holdings: more than one, since a process may die between the file and the row


def begin(database: Database, pipeline: str, mine: Holding) -> int:
    """Record the start of a run and take the run lock, with the leases of a dead run; return the id of the run.

    Args:
        database: where the run is to work.
        pipeline: what is run.
        mine: as `lock_file` yields it.

    Raises:
        RunLocked: a run elsewhere is at work.
    """
    now = utc_now()
    with database.write() as conn:
        run_id = start_run(conn, pipeline, mine.host, os.getpid(), now)
        held = take_lock(conn, run_id, mine, now, LOCK_LEASE)
        if isinstance(held, Holder):  # rolled back: a waiting run leaves no trace of each attempt
            raise RunLocked(f"run {held.run_id} is at work on {held.host}")
        _remember(database, mine)  # before the row can be read by others
    return run_id


@asynccontextmanager
async def renewed_lock(database: Database, run_id: int) -> AsyncIterator[None]:
    """Renew the run lock while the body runs; the body is cancelled once another run has taken the lock.

    Raises:
        RunLocked: another run has taken it, since this machine slept or could not reach the database for too long.
    """
    body, lost = asyncio.current_task(), False

    async def renew() -> None:
        nonlocal lost
        while not lost:
            await asyncio.sleep(LOCK_LEASE.total_seconds() / 3)
            try:
                lost = not await asyncio.to_thread(_renew, database, run_id)
            except MachineTrouble as trouble:  # its lease holds for two more tries
                get_logger().warning("the run lock is not renewed", why=trouble.what)
        if body:
            body.cancel()

    task = asyncio.create_task(renew())
    try:
        yield
    except asyncio.CancelledError:
        if not lost or body is None:
            raise
        body.uncancel()
        raise taken_over(run_id) from None
    finally:
        task.cancel()


def taken_over(run_id: int) -> RunLocked:
    """Return the error of a run whose lock another run has taken."""
    get_logger().error("the run lock was lost to another run")
    return RunLocked(f"run {run_id} stopped: another run has taken its work over, as it was silent for too long")


def _renew(database: Database, run_id: int) -> bool:
    with database.write() as conn:
        return renew_lock(conn, run_id, utc_now() + LOCK_LEASE)


@contextmanager
def lock_file(database: Database) -> Iterator[Holding]:
    """Hold the lock file of this machine; the system releases it however the process dies.

    Yields:
        A holding for `begin`, which knows the earlier ones of this file.

    Raises:
        RunLocked: a run of this machine is at work.
        MachineTrouble: the file cannot be made or locked.
    """
    lock = FileLock(lock_path(database), timeout=0, mode=_mode(database))
    try:
        lock.acquire()
    except Timeout:
        raise RunLocked("another run is at work on this database") from None
    except OSError as error:
        kind = Trouble.of(error) or Trouble.READ_ONLY
        raise trouble_with(f"the lock file {lock.lock_file}", kind, error.strerror or "") from error
    try:
        yield Holding(socket.gethostname(), secrets.token_hex(8), frozenset(_remembered(database)))
    finally:
        lock.release()


def lock_path(database: Database) -> Path:
    """Return the lock file's path: beside an SQLite file; for a server, in the temporary folder, one an OS user."""
    url = database.engine.url
    if database.is_sqlite and url.database:
        return Path(f"{url.database}.lock")
    name = hashlib.sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"offing-{os.getuid()}-{name}.lock"


def _mode(database: Database) -> int:
    """Return the mode of lock files: whoever may write an SQLite file may lock it, and its owner in any case."""
    path = Path(database.engine.url.database or "")
    return path.stat().st_mode & 0o666 | MODE if database.is_sqlite and path.is_file() else MODE


def _marks_path(database: Database) -> Path:
    return lock_path(database).with_suffix(".lock.marks")


def _remembered(database: Database) -> list[str]:
    """Return the marks of the last holdings, newest first; none if they cannot be read, so that leases decide."""
    try:
        return _marks_path(database).read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _remember(database: Database, mine: Holding) -> None:
    """Add a mark to those of the last holdings."""
    path = _marks_path(database)
    marks = [mine.mark, *(each for each in _remembered(database) if each != mine.mark)][:REMEMBERED]
    try:
        if not path.exists():
            path.touch()
            path.chmod(_mode(database))  # whatever the umask
        path.write_text("\n".join(marks), encoding="ascii")
    except OSError as error:
        kind = Trouble.of(error) or Trouble.READ_ONLY
        raise trouble_with(f"the file {path}", kind, error.strerror or "") from error
