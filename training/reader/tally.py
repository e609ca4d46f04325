"""Counts of predictions and gold values by task and group, and the figures computed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Figures = dict[str, Any]
Counts = Counter[tuple[str, str, str]]  # by task, group ("" for all) and kind of count


def add(counts: Counts, groups: Iterable[str], task: str, **found: int) -> None:
    """Add the counts of a text to the totals and to each of its groups."""
    for each in ("", *groups):
        for what, count in found.items():
            counts[task, each, what] += count


def pair(*, predicted: object, gold: object) -> dict[str, int]:
    """Return the counts of one binary decision."""
    return {"predicted": int(bool(predicted)), "gold": int(bool(gold)), "hits": int(bool(predicted) and bool(gold))}


def tabled(counts: Counts) -> Figures:
    """Return the figure of each task and group."""
    found: Figures = {}
    for task, group in sorted({key[:2] for key in counts}):
        own = {key[2]: count for key, count in counts.items() if key[:2] == (task, group)}
        found.setdefault(task, {})[group or "all"] = _figure(own)
    return found


def _figure(counts: Mapping[str, int]) -> float:
    """Return the accuracy of a task with one value per example, otherwise F1."""
    if "total" in counts:
        return round(counts.get("correct", 0) / counts["total"], 4)
    hits = counts.get("hits", 0)
    return round(2 * hits / max(counts.get("predicted", 0) + counts.get("gold", 0), 1), 4)
