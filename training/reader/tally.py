"""Counts what is said and what is right, by task and group, and makes figures of the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Figures = dict[str, Any]
Counts = Counter[tuple[str, str, str]]  # by task, group ("" for all) and what is counted


def add(counts: Counts, groups: Iterable[str], task: str, **found: int) -> None:
    """Count something of a text that is in some groups."""
    for each in ("", *groups):
        for what, count in found.items():
            counts[task, each, what] += count


def pair(*, said: object, true: object) -> dict[str, int]:
    """Return what is counted where something is said to be, or is, or both."""
    return {"said": int(bool(said)), "true": int(bool(true)), "both": int(bool(said) and bool(true))}


def tabled(counts: Counts) -> Figures:
    """Return a figure for each task and group."""
    found: Figures = {}
    for task, group in sorted({key[:2] for key in counts}):
        own = {key[2]: count for key, count in counts.items() if key[:2] == (task, group)}
        found.setdefault(task, {})[group or "all"] = _figure(own)
    return found


def _figure(counts: Mapping[str, int]) -> float:
    """Return the share of right values, or F1 where something may be missed or made up."""
    if "of" in counts:
        return round(counts.get("right", 0) / counts["of"], 4)
    both = counts.get("both", 0)
    return round(2 * both / max(counts.get("said", 0) + counts.get("true", 0), 1), 4)
