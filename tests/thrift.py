"""What makes tests cheaper and changes nothing of what they say."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from offing.config import rules
from offing.config.files import cache
from offing.config.files.documents import Strict
from offing.config.files.layers import Layers
from offing.model.reading.rules import RecognitionRules
from offing.recognize import NameReader
from offing.services.known_projects import naming

_SETS_OF_RULES = 2  # that are kept in memory: those that ship, and those of a site that is asked several times


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


def look_for_garbage_seldom() -> None:
    """Look for garbage after thirty times as many new objects as usual: it took one twentieth of all time."""
    gc.set_threshold(20_000, 20, 20)


def longest_first(items: list[pytest.Item], processes: int) -> None:
    """Order tests so that each process begins with its share of those that take minutes, the longest of all first.

    The last of them would otherwise run alone at the end. Processes are handed pieces of the list, of equal length.
    """
    long = sorted(filter(_minutes, items), key=_minutes, reverse=True)
    others = [item for item in items if not _minutes(item)]
    ordered: list[pytest.Item] = []
    for number in range(processes):
        size = (len(items) - len(ordered)) // (processes - number)
        own = long[number::processes]
        beside = max(size - len(own), 0)
        ordered += own + others[:beside]
        del others[:beside]
    items[:] = ordered + others


def _minutes(item: pytest.Item) -> float:
    marker = item.get_closest_marker("slow")
    return float(marker.kwargs.get("minutes", 0)) if marker else 0.0


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


def share_rules() -> None:
    """Let all tests of this process share the rules of the same content: their thousands of rows are made once.

    Who has a cache of its own, or none, is about loading them, and gets them as they are loaded.
    """
    load, folder = rules._rules, cache.folder_in_use()
    loaded: dict[tuple[str, str], RecognitionRules] = {}

    def shared(layers: Layers) -> RecognitionRules:
        keys = rules._keys(layers) if cache.folder_in_use() == folder else None
        if keys is None:
            return load(layers)
        loaded[keys] = loaded.pop(keys, None) or load(layers)
        for eldest in list(loaded)[:-_SETS_OF_RULES]:
            del loaded[eldest]
        return loaded[keys]

    rules._rules = shared


def share_documents() -> None:
    """Let tests share what a document of config says in its shape: the same words, the same frozen value."""
    validate = Strict.model_validate_json.__func__  # type: ignore[attr-defined]  # it is a class method
    Strict.model_validate_json = classmethod(lru_cache(maxsize=512)(validate))  # type: ignore[assignment]


def share_readers() -> None:
    """Let tests that load names of projects by the same rules share their reader: its first name takes a second."""
    last: list[Any] = []

    def reader(found: RecognitionRules) -> NameReader:
        if not (last and last[0] is found):
            last[:] = [found, NameReader(found)]
        return last[1]

    naming.NameReader = reader


def spare_the_disk(engine: sa.Engine) -> None:
    """Let an SQLite database of a test survive all but a power cut: waiting for the disk took a quarter of its time."""
    sa.event.listen(engine, "connect", _do_not_wait)


def _do_not_wait(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def log_plainly() -> None:
    """Leave variables out of logged tracebacks where no command has said how to log: writing them took seconds."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
