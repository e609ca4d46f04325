"""One job in a pool of processes: how it is started, awaited and ended."""

from __future__ import annotations

import asyncio
import os
import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from pebble import ProcessPool

from offing import logs

T = TypeVar("T")
OUT_OF_MEMORY = 71  # exit code of a worker that ran out of memory
_LOOK = 1.0  # seconds between two checks that the pool is alive


def scheduled(pool: ProcessPool, job: Callable[..., T], args: tuple[Any, ...], seconds: float) -> Future[T]:
    """Schedule a job in a pool; the first job starts the pool.

    Raises:
        BrokenProcessPool: no worker can be started.
    """
    try:
        begun: Future[T] = pool.schedule(_run, args=(job, args, logs.context()), timeout=seconds)
    except (OSError, RuntimeError) as error:  # RuntimeError: a thread of the pool has ended
        raise BrokenProcessPool(str(error)) from error
    return begun


async def result_of(pool: ProcessPool, begun: Future[T]) -> T:
    """Return the result of a job. A broken pool forgets jobs that it has not started, so those are not waited for.

    Raises:
        BrokenProcessPool: the pool broke.
    """
    waiting = asyncio.wrap_future(begun)
    try:
        while not (await asyncio.wait({waiting}, timeout=_LOOK))[0]:
            if not pool.active and not waiting.done():
                raise BrokenProcessPool("the worker processes have ended")
        return waiting.result()
    finally:
        waiting.cancel()


def _run(job: Callable[..., T], args: tuple[Any, ...], whom: dict[str, Any]) -> T:
    """Run a job; a process that ran out of memory is unusable, so it ends.

    Args:
        job: what to do.
        args: with what.
        whom: run, pipeline, verb and item, which each log line of the job bears.
    """
    try:
        with logs.working_for({**whom, "worker": os.getpid()}), _timed(job.__name__):
            return job(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        if _travels(error):
            raise
        raise RuntimeError(f"{type(error).__name__}: {error}") from error


@contextmanager
def _timed(name: str) -> Iterator[None]:
    """Log how long a job took, if such details are wanted."""
    began = time.perf_counter()
    yield
    if logs.in_use().level is logs.LogLevel.DEBUG:
        logs.get_logger().debug("worked", job=name, seconds=round(time.perf_counter() - began, 3))


def _travels(error: Exception) -> bool:
    """Return whether an exception can be pickled: one that the other process cannot unpickle breaks the whole pool."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own, made a line above
    except Exception:  # noqa: BLE001 -- whatever its class raises
        return False
    return True
