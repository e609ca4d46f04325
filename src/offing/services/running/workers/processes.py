"""Worker processes for parsing, extraction, recognition and proposal, with a time and memory limit for each item.

A poisoned page costs only itself: the pool kills a process that hangs or grows, replaces one that dies, and goes on.
"""

from __future__ import annotations

import asyncio
import concurrent.futures.thread  # noqa: F401 -- ends a broken pool, also where no file can be opened any more
import os
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as WorkerTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from pickle import PicklingError
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from offing import logs
from offing.config.files import cache
from offing.errors import MachineTrouble
from offing.logs import get_logger
from offing.model.operation.run import Fault
from offing.services.running.workers.forking import start_method
from offing.services.running.workers.memory_left import is_short
from offing.services.running.workers.pool import OUT_OF_MEMORY, result_of, scheduled
from offing.services.running.workers.prepared import KNOWING_NOTHING, MEMORY_LIMIT, Knowledge, prepare
from offing.services.running.workers.shared_lock import SideBySide
from offing.trouble import Trouble, trouble_with

T = TypeVar("T")
PAUSES = (0.5, 2.0)  # seconds before each further try of an item whose worker was killed
_KILL = 9  # SIGKILL, which Windows has no name for
ITEMS_PER_WORKER = 500  # libxml2 and spaCy leak a little; a fresh process does not


class WorkerDied(Exception):
    """A worker hung, exceeded its memory or died over one item.

    Args:
        sentence: what happened.
        fault: its kind.
    """

    def __init__(self, sentence: str, fault: Fault) -> None:
        super().__init__(sentence)
        self.fault = fault


class _Killed(Exception):
    """A worker was killed from outside: it is not known yet whether its item was the cause."""


class Workers:
    """A pool of worker processes, used as a context manager; nothing is started before the first call.

    Args:
        folders: the layers of config.
        size: how many processes.
        known: the known projects, which recognition looks for.
    """

    def __init__(self, folders: tuple[Path, ...], size: int = 2, known: Knowledge = KNOWING_NOTHING) -> None:
        self._folders, self._size, self._known = folders, size, known
        self._pool: ProcessPool | None = None
        self._at_work = SideBySide()

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, at once after an error."""
        if self._pool is not None:
            if error:
                self._pool.stop()  # type: ignore[no-untyped-call]
            else:
                self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()

    async def call(self, job: Callable[..., T], *args: Any, seconds: float) -> T:
        """Run a job in a worker and return its result.

        A worker that is killed from outside, as the system does when memory is short, blames no job: the job is retried
        with nothing else running.

        Raises:
            WorkerDied: it took longer than `seconds`, ran out of memory, its process died, or was killed each time.
            MachineTrouble: worker processes cannot be started, or are killed while the machine has no memory left.
            Exception: whatever the job itself raised.
        """
        try:
            async with self._at_work.beside():
                return await self._once(job, args, seconds)
        except _Killed:
            return await self._alone(job, args, seconds)

    async def _alone(self, job: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        """Rerun a job whose worker was killed, with nothing else running.

        If its worker is killed each time although there is memory, the job is the cause.
        """
        async with self._at_work.alone():
            for pause in PAUSES:
                get_logger().warning("a worker was killed from outside; its item is tried alone")
                await asyncio.sleep(pause)
                if is_short():
                    raise trouble_with("this machine", Trouble.MEMORY, "a worker process was killed")
                with suppress(_Killed):
                    return await self._once(job, args, seconds)
        raise WorkerDied("its worker process was killed, with nothing else at work too", Fault.KILLED)

    async def _once(self, job: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        pool = self._pool or _start_pool(self._folders, self._size, self._known)
        self._pool = pool
        try:
            return await result_of(pool, scheduled(pool, job, args, seconds))
        except WorkerTimeout as error:
            raise WorkerDied(f"took longer than {seconds:.0f} s", Fault.HANG) from error
        except ProcessExpired as error:
            if error.exitcode == OUT_OF_MEMORY:
                needed = f"needed more than {MEMORY_LIMIT // 1024**3} GiB of memory"
                raise WorkerDied(needed, Fault.MEMORY) from error
            if error.exitcode == -_KILL:
                raise _Killed from error
            raise WorkerDied(f"its worker process died ({_how(error.exitcode)})", Fault.CRASH) from error
        except BrokenProcessPool as error:
            await self._replace(pool)
            raise _pool_failure(error) from error

    async def _replace(self, broken: ProcessPool) -> None:
        """Stop a broken pool, once; the next call starts another."""
        if self._pool is broken:
            self._pool = None
            broken.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(broken.join)


def _pool_failure(error: BrokenProcessPool) -> MachineTrouble | WorkerDied:
    """Return what a broken pool means: usually trouble of the machine, but also a result that cannot be unpickled."""
    if isinstance(error.__cause__, (AttributeError, PicklingError, TypeError)):
        return WorkerDied(f"what its worker gave cannot be read ({error.__cause__})", Fault.CRASH)
    return trouble_with("this machine", Trouble.PROCESSES, str(error.__cause__ or error))


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


CONSTS.term_timeout = 0.1  # seconds until a terminated worker is killed: it has nothing to clean up


def _start_pool(folders: tuple[Path, ...], size: int, known: Knowledge) -> ProcessPool:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # there are as many processes as cores already
    return ProcessPool(
        max_workers=size,
        max_tasks=ITEMS_PER_WORKER,
        initializer=prepare,
        initargs=(folders, known, cache.folder_in_use(), logs.in_use()),
        context=start_method(folders),
    )
