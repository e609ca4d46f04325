"""Jobs that workers do not survive; they stand here so that a worker process can import them."""

from __future__ import annotations

import os
import signal


def commit_suicide() -> None:
    """Die as a crash in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def eat_memory() -> int:
    """Ask for more memory than a worker may have."""
    return len(bytearray(64 * 1024**3))


def raise_odd_text() -> None:
    """Raise with words of a page that no database takes as they are."""
    raise ValueError("odd \0 page \ud800 " + "x" * 10_000)


class Unreadable(Exception):
    """An exception that another process cannot make again from what it is told."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def raise_unreadable() -> None:
    """Raise what cannot travel."""
    raise Unreadable("odd", "page")


def hang() -> None:
    """Never end, in a loop that no exception reaches."""
    while True:
        pass


def chatter() -> str:
    """Print far more than a pipe holds, then end."""
    for _ in range(100):
        print("x" * 100_000)  # noqa: T201 -- that is the oddity
    return "done"
