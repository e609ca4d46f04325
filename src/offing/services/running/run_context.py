"""What the steps of one run share: the database, the client, the workers, the rules, the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import TypeVar

import sqlalchemy as sa

from offing.model.reading.rules import ScoringRules
from offing.model.sources.policy import FetchPolicy
from offing.model.text.language_words import LanguageWords
from offing.net.client import Client
from offing.services.running.connectivity import Connectivity
from offing.services.running.retrying import Patience
from offing.services.running.workers import Workers
from offing.store.database.engine import Database

T = TypeVar("T")


def utc_now() -> datetime:
    """Return the current time, aware, UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class RunContext:
    """What all steps of one run share. Database work goes through one thread, so the event loop never waits for a disk.

    Trouble of the database is retried here, with a patience shared by the whole run: a callable passed in may be called
    several times, each time in a transaction of its own, and must carry nothing over from one call to the next.
    """

    database: Database
    client: Client
    workers: Workers
    policy: FetchPolicy
    scoring: ScoringRules
    audit_per_day: int = 2
    language_words: LanguageWords = field(
        default_factory=LanguageWords
    )  # signs by which the language of a text is recognised
    clock: Callable[[], datetime] = utc_now
    connectivity: Connectivity = field(default_factory=Connectivity)
    patience: Patience = field(default_factory=Patience)
    crawl_delays: dict[str, timedelta] = field(default_factory=dict)  # by host, as robots.txt asks
    _desk: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "database"))

    async def read(self, ask: Callable[[sa.Connection], T]) -> T:
        """Return the result of a query, run in one reading transaction.

        Raises:
            RunStopped: the database was in trouble for too long.
        """
        loop = asyncio.get_running_loop()
        return await self.patience.keep(lambda: loop.run_in_executor(self._desk, self._read, ask))

    async def write(self, change: Callable[[sa.Connection], T], again: Callable[[sa.Connection], T] | None = None) -> T:
        """Return the result of a change, made in one transaction.

        Args:
            change: makes the change.
            again: used instead for every retry, where it matters that the connection may have broken after the commit.

        Raises:
            RunStopped: the database was in trouble for too long.
        """
        loop, turns = asyncio.get_running_loop(), chain((change,), repeat(again or change))
        return await self.patience.keep(lambda: loop.run_in_executor(self._desk, self._write, next(turns)))

    def _read(self, ask: Callable[[sa.Connection], T]) -> T:
        with self.database.read() as connection:
            return ask(connection)

    def _write(self, change: Callable[[sa.Connection], T]) -> T:
        with self.database.write() as connection:
            return change(connection)

    def close(self) -> None:
        """End the database thread once its current work is done."""
        self._desk.shutdown(cancel_futures=True)
