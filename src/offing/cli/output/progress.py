"""Progress of a long command, for a person at the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

SAID_EVERY = 60.0  # seconds between two lines where stderr is no terminal
_DRAWN_EVERY = 0.2


def bytes_of(file: Path) -> int:
    """Return the size of a file in bytes; 0 if it is no file, such as stdin."""
    return file.stat().st_size if file.is_file() else 0


@contextmanager
def paced(label: str, ticks: Callable[[], float] = time.monotonic) -> Iterator[Callable[[int, int], None]]:
    """Progress of a command that may take minutes: done, of how many, how many a second, how long to go.

    On a terminal it is one line that is drawn again; elsewhere a line of its own once a minute, so that a log shows
    that the command is alive.

    Args:
        label: what is being done.
        ticks: a clock in seconds.

    Yields:
        A function that takes how many are done, and of how many.
    """
    drawn, begun = sys.stderr.isatty(), ticks()
    last = begun

    def report(done: int, total: int) -> None:
        nonlocal last
        now = ticks()
        if now - last >= (_DRAWN_EVERY if drawn else SAID_EVERY):
            last = now
            line = f"{label}: {pace(done, total, now - begun)}"
            click.echo(f"\r\033[K{line}" if drawn else line, nl=not drawn, err=True)

    try:
        yield report
    finally:
        if drawn and last > begun:
            click.echo("\r\033[K", nl=False, err=True)


def pace(done: int, total: int, seconds: float) -> str:
    """Return progress in words: "1,200 of 5,000 (24 %), 600/s, 6 s to go"."""
    rate = done / seconds if seconds else 0.0
    share = f"{done:,} of {total:,} ({100 * done // total if total else 100} %)"
    return f"{share}, {rate:,.0f}/s, {_duration((total - done) / rate)} to go" if rate else share


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
