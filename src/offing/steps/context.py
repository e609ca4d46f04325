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

from offing.model.languages import LanguageSigns
from offing.model.policy import FetchPolicy
from offing.model.rules import ScoringRules
from offing.net.client import Client
from offing.steps.patience import Patience
from offing.steps.weather import Weather
from offing.steps.workers import Workers
from offing.store.engine import Database

T = TypeVar("T")


def utc_now() -> datetime:
    """The time now, aware, UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class RunContext:
    """The workplace of one run. All database work goes through one thread, so the event loop never waits for a disk.

    Trouble of the database is waited for here, by a patience that all the run shares: what is asked or changed may be
    called several times, each time in a transaction of its own, and must carry nothing over from one to the next.
    """

    database: Database
    client: Client
    workers: Workers
    policy: FetchPolicy
    scoring: ScoringRules
    audit_per_day: int = 2
    signs: LanguageSigns = field(default_factory=LanguageSigns)  # of the language of a text
    clock: Callable[[], datetime] = utc_now
    weather: Weather = field(default_factory=Weather)
    patience: Patience = field(default_factory=Patience)
    crawl_delays: dict[str, timedelta] = field(default_factory=dict)  # by host, as robots.txt asks
    _desk: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "database"))

    async def read(self, ask: Callable[[sa.Connection], T]) -> T:
        """What a question to the database gives, in one reading transaction.

        Raises:
            RunStopped: the database was in trouble for too long.
        """
        loop = asyncio.get_running_loop()
        return await self.patience.keep(lambda: loop.run_in_executor(self._desk, self._read, ask))

    async def write(self, change: Callable[[sa.Connection], T], again: Callable[[sa.Connection], T] | None = None) -> T:
        """What a change gives, in one transaction.

        Args:
            change: what is to be changed.
            again: the same for any further try, where it matters that a session may have broken after the commit.

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
        """Let the database thread end, after what it is at."""
        self._desk.shutdown(cancel_futures=True)
