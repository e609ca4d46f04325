"""Postpones garbage collection while thousands of long-lived rows are created, which it would scan repeatedly."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Disable cycle collection in the block: loading all rules took 6.1 instead of 7.4 CPU seconds (measured once)."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
