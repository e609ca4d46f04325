"""What makes tests cheaper and changes nothing of what they say."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
import structlog


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Look for no garbage within, and never again among what is there by then.

    Ten thousand tests stay in memory until the end: looking through them over and over took a tenth of all time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Statements:
    """Compiled statements by what they say and the kind of database, not the database.

    No dict: one would be written out, to its last word, wherever a traceback is logged with its variables.
    """

    def __init__(self) -> None:
        self._compiled: dict[Any, Any] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """A compiled statement."""
        return self._compiled.get(_of_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._compiled[_of_kind(key)] = compiled


def _of_kind(key: Any) -> Any:
    return (type(key[0]), *key[1:])  # SQLAlchemy's keys begin with the dialect, of which each engine has its own


def share_statements() -> None:
    """Let all databases of this process share their compiled statements: each test has a database of its own."""
    compiled = Statements()
    sa.event.listen(sa.Engine, "engine_connect", lambda conn: conn.execution_options(compiled_cache=compiled))


def spare_the_disk(engine: sa.Engine) -> None:
    """Let an SQLite database of a test survive all but a power cut: waiting for the disk took a quarter of its time."""
    sa.event.listen(engine, "connect", _do_not_wait)


def _do_not_wait(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def log_plainly() -> None:
    """Leave variables out of logged tracebacks where no command has said how to log: writing them took seconds."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
