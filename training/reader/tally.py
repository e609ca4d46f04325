"""Counts what is said and what is right, by task and language, and makes figures of the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

Figures = dict[str, Any]
Counts = Counter[tuple[str, str, str]]  # by task, language ("" for all) and what is counted


def add(counts: Counts, language: str, task: str, **found: int) -> None:
    """Count something of a text."""
    for each in ("", language):
        for what, count in found.items():
            counts[task, each, what] += count


def pair(*, said: object, true: object) -> dict[str, int]:
    """What is counted where something is said to be, or is, or both."""
    return {"said": int(bool(said)), "true": int(bool(true)), "both": int(bool(said) and bool(true))}


def tabled(counts: Counts) -> Figures:
    """A figure for each task and language."""
    found: Figures = {}
    for task, language in sorted({key[:2] for key in counts}):
        own = {key[2]: count for key, count in counts.items() if key[:2] == (task, language)}
        found.setdefault(task, {})[language or "all"] = _figure(own)
    return found


def _figure(counts: Mapping[str, int]) -> float:
    """The share of right values, or F1 where something may be missed or made up."""
    if "of" in counts:
        return round(counts.get("right", 0) / counts["of"], 4)
    both = counts.get("both", 0)
    return round(2 * both / max(counts.get("said", 0) + counts.get("true", 0), 1), 4)
