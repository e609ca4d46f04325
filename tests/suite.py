"""How much of the tests runs: the quick suite for people (`make test`), or everything (`make test-all`, `SUITE=all`).

Both hold the same guarantees. The quick one leaves out slow tests, PostgreSQL and most examples of property tests.
"""

from __future__ import annotations

import os

WHOLE = os.environ.get("SUITE") == "all"
DATABASES = ["sqlite", "postgresql"] if WHOLE else ["sqlite"]
QUICK_EXAMPLES = 20


def examples(whole: int = 100) -> int:
    """How many examples a property is tried on, of those that the whole suite takes."""
    return whole if WHOLE else min(whole, QUICK_EXAMPLES)
