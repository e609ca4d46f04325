"""Long work done in pieces, each in its own transaction; before each piece the caller is asked whether to go on.

The next call finds what was left undone, so work interrupted between two pieces loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

GoOn = Callable[[], bool]
"""Asked before each piece of work; where it says no, the work returns with what it has done."""


def to_the_end() -> bool:
    """Go on until all is done."""
    return True
