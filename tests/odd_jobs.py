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
