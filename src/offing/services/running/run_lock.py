"""At most one run works on a database: a lock file for this machine, a row in the database for runs elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
import os
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
from offing.store.runs.run import Holder, renew_lock, start_run, take_lock
from offing.trouble import Trouble, trouble_with

LOCK_LEASE = timedelta(minutes=2)


def begin(database: Database, pipeline: str) -> int:
    """Record the start of a run and take the run lock, with the leases of a dead run; return the id of the run.

    Raises:
        RunLocked: a run elsewhere is at work.
    """
    host = socket.gethostname()
    now = utc_now()
    with database.write() as conn:
        run_id = start_run(conn, pipeline, host, os.getpid(), now)
        held = take_lock(conn, run_id, host, now, LOCK_LEASE)
        if isinstance(held, Holder):  # rolled back: a waiting run leaves no trace of each attempt
            raise RunLocked(f"run {held.run_id} is at work on {held.host}")
    return run_id


@asynccontextmanager
async def renewed_lock(database: Database, run_id: int) -> AsyncIterator[None]:
    """Renew the run lock while the body runs."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(LOCK_LEASE.total_seconds() / 3)
            try:
                await asyncio.to_thread(_renew, database, run_id)
            except MachineTrouble as trouble:  # its lease holds for two more tries
                get_logger().warning("the run lock is not renewed", why=trouble.what)

    task = asyncio.create_task(renew())
    try:
        yield
    finally:
        task.cancel()


def _renew(database: Database, run_id: int) -> None:
    with database.write() as conn:
        if not renew_lock(conn, run_id, utc_now() + LOCK_LEASE):
            get_logger().error("the run lock was lost to another run")


@contextmanager
def lock_file(database: Database) -> Iterator[None]:
    """Hold the lock file of this machine; the system releases it however the process dies."""
    lock = FileLock(lock_path(database), timeout=0, mode=MODE)
    try:
        lock.acquire()
    except Timeout:
        raise RunLocked("another run is at work on this database") from None
    except OSError as error:
        kind = Trouble.of(error) or Trouble.READ_ONLY
        raise trouble_with(f"the lock file {lock.lock_file}", kind, error.strerror or "") from error
    try:
        yield
    finally:
        lock.release()


def lock_path(database: Database) -> Path:
    """Return the lock file's path: beside an SQLite file; for a server, in the temporary folder, named after it."""
    url = database.engine.url
    if database.is_sqlite and url.database:
        return Path(f"{url.database}.lock")
    name = hashlib.sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"offing-{name}.lock"
