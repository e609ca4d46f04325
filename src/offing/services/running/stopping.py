"""Stops on request: work in progress may finish, then it is given back, then the process ends whatever it is doing.

Signals are read by a separate thread from a pipe that the system's handler fills (`signal.set_wakeup_fd`). So it does
not matter what the main thread is doing, which thread runs the pipeline, or whether this is process 1, to which the
system delivers only signals that it handles.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from offing.logs import get_logger

GRACE = 5.5  # seconds in which work in progress may finish by itself; service managers kill after 10 (Docker)
LAST = 8.0  # seconds after which the process ends, whatever it does, as by a kill; a busy machine takes two more
_LAST_WORDS = 0.5  # seconds for recording how an interrupted run ended
_CHOSEN = (signal.SIGINT, signal.SIGTERM)

Call = Callable[[], None]


class Stop:
    """A request to stop, made by any thread and seen by all; it is never withdrawn."""

    def __init__(self) -> None:
        self._asked, self._over = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._at_once: list[Call] = []
        self._when_over: list[Call] = []
        self._last_words: list[Call] = []

    @property
    def asked(self) -> bool:
        """Whether a stop was requested: no new work is taken."""
        return self._asked.is_set()

    @property
    def over(self) -> bool:
        """Whether the grace period is over: work in progress is given back."""
        return self._over.is_set()

    def ask(self) -> None:
        """Request the stop: no new work is taken."""
        self._tell(self._asked, self._at_once)

    def end(self) -> None:
        """End the grace period: work in progress is given back."""
        self._tell(self._over, self._when_over)

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for a request to stop; return whether there was one."""
        return self._asked.wait(seconds)

    def say(self) -> None:
        """Let the callers registered by `heard` record how far they got, for at most half a second."""
        with self._lock:
            calls = tuple(self._last_words)
        thread = threading.Thread(target=lambda: [call() for call in calls], name="last words", daemon=True)
        thread.start()
        thread.join(_LAST_WORDS)

    @contextmanager
    def heard(self, at_once: Call, when_over: Call, last_words: Call) -> Iterator[None]:
        """Register callbacks, called from another thread, for the phases of a stop.

        Args:
            at_once: called when the stop is requested.
            when_over: called when the grace period is over.
            last_words: called before the process ends.
        """
        heard = ((self._at_once, at_once), (self._when_over, when_over), (self._last_words, last_words))
        with self._lock:
            for calls, call in heard:
                calls.append(call)
        missed = ((self.asked, at_once), (self.over, when_over))
        for was, call in missed:
            if was:
                call()
        try:
            yield
        finally:
            with self._lock:
                for calls, call in heard:
                    calls.remove(call)

    def _tell(self, event: threading.Event, calls: list[Call]) -> None:
        with self._lock:
            event.set()
            callbacks = tuple(calls)
        for call in callbacks:
            call()


@contextmanager
def stopped_by_signals(stop: Stop) -> Iterator[None]:
    """Let SIGINT and SIGTERM request a stop while the body runs; a second SIGINT ends the process at once.

    Call it in the main thread. If the body does not end in time after a request, the process ends with exit code 0;
    after a second SIGINT, with 130. Its worker processes end with it.
    """
    ours, theirs = socket.socketpair()
    theirs.settimeout(0)
    before = {number: signal.signal(number, _noted) for number in _CHOSEN}
    wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    listener = threading.Thread(target=_listen, args=(ours, stop), name="signals", daemon=True)
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        theirs.close()
        listener.join()
        ours.close()


def _noted(_number: int, _frame: object) -> None:
    """Do nothing: the system's own handler has written the signal to the pipe."""


def _listen(pipe: socket.socket, stop: Stop) -> None:
    """Read signals until the other end is closed, and carry a requested stop through its phases."""
    name = _next_signal(pipe, None)
    if name is None:
        return
    get_logger().info("stopping", signal=name.name)
    began = time.monotonic()
    stop.ask()
    for seconds, call in ((GRACE, stop.end), (LAST, lambda: _end_process(stop, 0))):
        if not _waited(pipe, stop, began + seconds):
            return
        call()


def _waited(pipe: socket.socket, stop: Stop, until: float) -> bool:
    """Wait until a time on the monotonic clock; return False if the body ended before."""
    while (left := until - time.monotonic()) > 0:
        with suppress(TimeoutError):
            found = _next_signal(pipe, left)
            if found is None:
                return False
            if found is signal.SIGINT:
                _end_process(stop, 130)
    return True


def _next_signal(pipe: socket.socket, seconds: float | None) -> signal.Signals | None:
    """Return the next of our signals; None if the other end was closed.

    Raises:
        TimeoutError: none came in time.
    """
    pipe.settimeout(seconds)
    while data := pipe.recv(1):
        if data[0] in _CHOSEN:
            return signal.Signals(data[0])
    return None


def _end_process(stop: Stop, code: int) -> None:
    """End the process at once, as a kill would; the next run takes over leases that could not be given back."""
    for child in multiprocessing.active_children():
        child.kill()
    stop.say()
    get_logger().warning("stopped without waiting any longer", exit_code=code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
