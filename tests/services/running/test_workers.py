"""Workers that cannot be started, that die while nothing is asked of them, or that give what cannot be read."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from odd_jobs import raise_unreadable
from offing.errors import MachineTrouble
from offing.services.running.retrying import Patience
from offing.services.running.workers import Workers
from shortage import no_descriptors


@pytest.fixture
def workers() -> Iterator[Workers]:
    """One worker process."""
    with Workers((), 1) as found:
        yield found


def children() -> list[psutil.Process]:
    """The processes that this one has started."""
    return psutil.Process().children(recursive=True)


async def test_a_machine_that_starts_no_worker_is_no_fault_of_a_job(workers: Workers) -> None:
    """Without file descriptors there is no pipe to a process; once there are some, the next call starts one."""
    with no_descriptors(), pytest.raises(MachineTrouble, match="cannot start or keep its processes"):
        await workers.call(time.monotonic, seconds=20)
    assert await workers.call(time.monotonic, seconds=60) > 0


@pytest.mark.slow
async def test_a_worker_that_is_killed_while_it_has_nothing_to_do_costs_nothing(workers: Workers) -> None:
    """As the system does when memory is short: whoever asks next waits for another one."""
    before = {each.pid for each in children()}
    await workers.call(time.monotonic, seconds=60)
    for each in children():
        if each.pid not in before and "spawn_main" in " ".join(each.cmdline()):
            each.send_signal(signal.SIGKILL)
    for _ in range(3):
        assert await Patience().keep(lambda: workers.call(time.monotonic, seconds=60)) > 0


@pytest.mark.slow
async def test_an_exception_that_cannot_travel_stays_with_its_job(workers: Workers) -> None:
    """One that no other process can make again breaks no pool."""
    with pytest.raises(RuntimeError, match="Unreadable: odd page"):
        await workers.call(raise_unreadable, seconds=60)
    assert await workers.call(time.monotonic, seconds=60) > 0
