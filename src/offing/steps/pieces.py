"""Long work in pieces, each a transaction of its own: before each of them is asked whether to go on.

What is left undone the next call finds; so work that is broken off between two pieces loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

GoOn = Callable[[], bool]
"""Asked before each piece of work; where it says no, the work returns with what it has done."""


def to_the_end() -> bool:
    """Go on until all is done."""
    return True
