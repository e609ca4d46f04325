"""Runs: who holds their lock."""

from offing.store.runs.run import Holding


def holding(host: str) -> Holding:
    """Return a holding of a host whose earlier holdings are over, since its lock file is free."""
    return Holding(host, host, frozenset({host}))
