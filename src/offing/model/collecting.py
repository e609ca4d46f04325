"""Puts the search for garbage off while thousands of rows are made that all stay and would be looked at again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Collect no cycles within; of what recognition makes in seven seconds that is two (`benchmarks/start.py`)."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
