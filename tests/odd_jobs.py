"""Jobs that workers do not survive; they stand here so that a worker process can import them."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from pathlib import Path
from unittest import mock

from offing.extract.markup.pdf_lines import read_lines
from offing.services.analysis import analyst


def commit_suicide() -> None:
    """Die as a crash in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed(diary: str, times: int) -> None:
    """Be killed as the system kills where memory is short, some times; later calls end well. All is in the diary."""
    with Path(diary).open("a+", encoding="ascii") as file:
        file.write("begin odd\n")
        file.flush()
        file.seek(0)
        if file.read().count("begin odd") <= times:
            file.write("killed odd\n")
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        file.write("end odd\n")


def keep_diary(diary: str, seconds: float) -> None:
    """Write down when it begins and ends."""
    for what in ("begin", "end"):
        with Path(diary).open("a", encoding="ascii") as file:
            file.write(f"{what} other\n")
        time.sleep(seconds if what == "begin" else 0)


def eat_memory() -> int:
    """Ask for more memory than a worker may have."""
    return len(bytearray(64 * 1024**3))


def raise_odd_text() -> None:
    """Raise with words of a page that no database takes as they are."""
    raise ValueError("odd \0 page \ud800 " + "x" * 10_000)


def read_pdf_without_pdfium() -> None:
    """Read a PDF document where the extra `pdf` was left out."""
    with mock.patch.dict(sys.modules, pypdfium2=None):
        read_lines(b"%PDF-1.7")


class Unreadable(Exception):
    """An exception that another process cannot make again from what it is told."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def raise_unreadable() -> None:
    """Raise what cannot travel."""
    raise Unreadable("odd", "page")


def loaded() -> dict[str, object]:
    """Return what this process has before its first item, and who started it."""
    stages = ("extract", "recognize", "propose")
    return {
        "parent": os.getppid(),
        "stages": [stage for stage in stages if f"offing.{stage}" in sys.modules],
        "recognizers": analyst._recognizer.cache_info().currsize,
    }


def hang() -> None:
    """Never end, in a loop that no exception reaches."""
    while True:
        pass


def chatter() -> str:
    """Print far more than a pipe holds, then end."""
    for _ in range(100):
        print("x" * 100_000)  # noqa: T201 -- that is the oddity
    return "done"


def warn(said: str) -> None:
    """Warn as a library does that knows nothing of our log."""
    logging.getLogger("some.library").warning(said)
