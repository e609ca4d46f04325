"""How much of the tests runs: the quick suite for people (`make test`), or everything (`make test-all`, `SUITE=all`).

Both hold the same guarantees. The quick one leaves out slow tests, PostgreSQL and most examples of property tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")
WHOLE = os.environ.get("SUITE") == "all"
DATABASES = ["sqlite", "postgresql"] if WHOLE else ["sqlite"]
QUICK_EXAMPLES = 20


def examples(whole: int = 100) -> int:
    """How many examples a property is tried on, of those that the whole suite takes."""
    return whole if WHOLE else min(whole, QUICK_EXAMPLES)


def some(cases: Iterable[Case], few: int = 1) -> list[Case]:
    """Cases that hold the same guarantee in another way: all in the whole suite, the first few in the quick one."""
    return list(cases)[: None if WHOLE else few]
