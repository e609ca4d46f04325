"""Distinguishes machine trouble from faults of our code: no disk, no memory, no processes, no file descriptors."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from enum import Enum

from offing.errors import MachineTrouble


class Trouble(Enum):
    """Possible trouble of a database, a disk or a machine: what it is, what to do, whether it may pass by itself."""

    BUSY = ("is locked by another process", "let that process end, or stop it, then run again", True)
    AWAY = ("cannot be reached, or ended the session", "see that its server runs and takes sessions", True)
    CANNOT_OPEN = ("cannot be opened", "see that its folder is there and may be written to", False)
    FULL = ("has no room left on its disk", "make room", False)
    READ_ONLY = ("cannot be written to", "see to its owner, its permissions, and whether its disk is read-only", False)
    FAILING = ("cannot be read or written", "see to the disk, then run offing db check", False)
    DAMAGED = ("is damaged", "write nothing more, and restore a backup: offing db restore FILE --replace", False)
    MEMORY = ("has no memory left", "end something else, or give it more", True)
    FILES = ("has too many files open", "raise the limit (ulimit -n), or end something else", True)
    PROCESSES = (
        "cannot start or keep its processes and threads",
        "see to its limits of processes and memory (ulimit -a), and to the log",
        True,
    )

    @property
    def what(self) -> str:
        """What is wrong, as the end of a sentence."""
        return self.value[0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return self.value[1]

    @property
    def passes(self) -> bool:
        """Whether it may pass by itself within minutes."""
        return self.value[2]

    @staticmethod
    def of(error: BaseException) -> Trouble | None:
        """Return the trouble that an exception by itself indicates."""
        if isinstance(error, OSError):
            return _BY_NUMBER.get(error.errno or 0)
        if isinstance(error, MemoryError):
            return Trouble.MEMORY
        if isinstance(error, BrokenProcessPool) or (isinstance(error, RuntimeError) and str(error) == _NO_THREAD):
            return Trouble.PROCESSES
        return None


_BY_NUMBER = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,  # the limit of a file (ulimit -f), or of its disk
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAILING,
    errno.ESTALE: Trouble.FAILING,  # a network disk that was mounted again
    errno.EMFILE: Trouble.FILES,
    errno.ENFILE: Trouble.FILES,
    errno.ENOMEM: Trouble.MEMORY,
    errno.ENOBUFS: Trouble.MEMORY,
}
NUMBERS = frozenset(_BY_NUMBER)  # of the system's errors that are machine trouble
_NO_THREAD = "can't start new thread"  # CPython's message when the system refuses a thread
_DISKS = frozenset({Trouble.FULL, Trouble.READ_ONLY, Trouble.FAILING})


def machine_trouble(error: BaseException) -> MachineTrouble | None:
    """Return the machine trouble behind an exception or one of its causes; None if there is none."""
    for each in _origins(error):
        if isinstance(each, MachineTrouble):
            return each
        if found := Trouble.of(each):
            return trouble_with(_place(each, found), found, _words(each))
    return None


def trouble_with(place: str, kind: Trouble, words: str = "") -> MachineTrouble:
    """Machine trouble of a kind at a place, with the message of the system or the library."""
    return MachineTrouble(f"{place} {kind.what}{f' ({words})' if words else ''}", kind.advice, passes=kind.passes)


def _origins(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, those that it groups, and those that it was raised from."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _origins(part)
    if error.__cause__ is not None:
        yield from _origins(error.__cause__)


def _place(error: BaseException, kind: Trouble) -> str:
    name = error.filename if isinstance(error, OSError) else None
    return f"the file {name!s}" if name else "a file" if kind in _DISKS else "this machine"


def _words(error: BaseException) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)
