"""Workers that cannot be started, that die while nothing is asked of them, or that give what cannot be read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.forkserver import _forkserver  # type: ignore[attr-defined]
from pathlib import Path

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


def forking() -> psutil.Process:
    """The process that workers are forked from."""
    return psutil.Process(_forkserver._forkserver_pid)  # type: ignore[attr-defined]


async def test_a_machine_that_starts_no_worker_is_no_fault_of_a_job(workers: Workers) -> None:
    """Without file descriptors there is no pipe to a process; once there are some, the next call starts one."""
    with no_descriptors(), pytest.raises(MachineTrouble, match="cannot start or keep its processes"):
        await workers.call(time.monotonic, seconds=20)
    assert await workers.call(time.monotonic, seconds=60) > 0


@pytest.mark.slow
async def test_a_worker_that_is_killed_while_it_has_nothing_to_do_costs_nothing(workers: Workers) -> None:
    """As the system does when memory is short: whoever asks next waits for another one."""
    await workers.call(time.monotonic, seconds=60)
    for each in forking().children():
        each.send_signal(signal.SIGKILL)
    for _ in range(3):
        assert await Patience().keep(lambda: workers.call(time.monotonic, seconds=60)) > 0


@pytest.mark.slow
async def test_an_exception_that_cannot_travel_stays_with_its_job(workers: Workers) -> None:
    """One that no other process can make again breaks no pool."""
    with pytest.raises(RuntimeError, match="Unreadable: odd page"):
        await workers.call(raise_unreadable, seconds=60)
    assert await workers.call(time.monotonic, seconds=60) > 0


ALONE = """
import asyncio, json, multiprocessing.forkserver, os, sys, psutil
from odd_jobs import loaded
from offing.config.overlay import site_layers
from offing.services.running.workers import Workers
with Workers(site_layers(None).folders, 1) as found:
    has = asyncio.run(found.call(loaded, seconds=60))
    forking = psutil.Process(multiprocessing.forkserver._forkserver._forkserver_pid)
    print(json.dumps({**has, "worker": forking.children()[0].pid, "forking": [forking.pid, forking.num_threads()]}))
    sys.stdout.flush()
    input()
"""


@pytest.mark.slow
def test_workers_share_what_is_loaded_once_and_end_with_a_killed_parent() -> None:
    """The process that they are forked from has one thread, stages and rules, and does not outlive its parent."""
    command, pipe = [sys.executable, "-c", ALONE], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout
        found = json.loads(process.stdout.readline())
        family = [psutil.Process(pid) for pid in (found["worker"], found["forking"][0])]
        process.kill()
    assert found["forking"] == [found["parent"], 1]
    assert found["stages"] == ["extract", "recognize", "propose"]
    assert found["recognizers"] == 1
    assert psutil.wait_procs(family, timeout=20)[1] == []


@pytest.mark.slow
async def test_the_next_run_of_a_service_loads_nothing_again() -> None:
    """Each run has workers of its own, forked from the process that the first run started."""
    pids, forked_from = set(), set()
    for _ in range(2):
        with Workers((), 1) as of_a_run:
            pids.add(await of_a_run.call(os.getpid, seconds=60))
            forked_from.add(forking().pid)
    assert (len(pids), len(forked_from)) == (2, 1)


@pytest.mark.slow
async def test_a_signal_to_all_processes_leaves_workers_to_their_parent(workers: Workers) -> None:
    """A service manager sends SIGTERM to the whole group: what is at work is ended by the parent, not broken off."""
    first = await workers.call(os.getpid, seconds=60)
    for each in (forking(), *forking().children()):
        each.send_signal(signal.SIGTERM)
    assert await workers.call(os.getpid, seconds=60) == first
