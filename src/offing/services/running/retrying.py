"""How a run handles trouble of the database, the disk or the machine: it waits, retries, then stops.

A retry repeats a whole transaction that was rolled back, or the whole handling of one item of which nothing was
written; so it does not matter how far an attempt got.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from offing.errors import DatabaseError, MachineTrouble, RunStopped
from offing.logs import get_logger
from offing.trouble import machine_trouble

T = TypeVar("T")
GROWTH = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between two tries


@dataclass(frozen=True, slots=True)
class Waits:
    """How long to wait for trouble to end.

    `passing` is for what may end by itself, like a lock or a restart: long enough for a server to be up again, and
    short enough for the next turn of an hourly pipeline. `standing` is for what needs a person, like a full disk: long
    enough for a log rotation. `last` is granted beyond the time limit of a run, so that it can write what it has done.
    """

    passing: timedelta = timedelta(minutes=5)
    standing: timedelta = timedelta(minutes=1)
    last: timedelta = timedelta(seconds=30)


@dataclass(slots=True)
class Patience:
    """The patience of one run. Once it is spent, every later attempt of the run is made once and not retried.

    Args:
        waits: how long to wait for trouble to end.
        stop_at: when the run is to end, on the monotonic clock.
    """

    waits: Waits = field(default_factory=Waits)
    stop_at: float = float("inf")
    spent: bool = False

    async def keep(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Return the result of an attempt, which is repeated while there is trouble.

        Raises:
            RunStopped: the trouble lasted too long.
            DatabaseError: the database is damaged or does not fit; waiting does not help.
            Exception: whatever else the attempt raised.
        """
        began, pause = None, FIRST_PAUSE
        while True:
            try:
                return await attempt()
            except (RunStopped, DatabaseError):  # the latter was found to be lasting
                raise
            except Exception as error:
                trouble = machine_trouble(error)
                if trouble is None:
                    raise
                began = began or time.monotonic()
                self._bear(trouble, began, error)
            await asyncio.sleep(pause)
            pause = min(pause * GROWTH, LONGEST_PAUSE)

    async def aside(self, work: Callable[[], T]) -> T:
        """Return the result of work done in a thread, with retries as in `keep`."""
        return await self.keep(lambda: asyncio.to_thread(work))

    def _bear(self, trouble: MachineTrouble, began: float, error: Exception) -> None:
        """Return if the attempt should be repeated; else raise RunStopped."""
        now = time.monotonic()
        if not self.spent and now < self._until(trouble, began):
            get_logger().warning("waiting", why=trouble.what, since=round(now - began, 1))
            return
        self.spent = True
        get_logger().error("no longer waiting", why=trouble.what, exc_info=error)
        raise stopped(trouble) from error

    def _until(self, trouble: MachineTrouble, began: float) -> float:
        wait = self.waits.passing if trouble.passes else self.waits.standing
        latest = max(self.stop_at, began + self.waits.last.total_seconds())
        return min(began + wait.total_seconds(), latest)


def stopped(trouble: MachineTrouble) -> RunStopped:
    """Return the exception that ends a run because of trouble, with a sentence for people."""
    advice = f"{trouble.advice}; the run has stopped, and the next one goes on with its work"
    return RunStopped(trouble.what, advice, passes=trouble.passes)
