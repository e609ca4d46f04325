"""Compares the figures of two evaluations: the effect of a change of lexicon, wording or rule."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from offing.errors import UsageError
from offing.services.evaluation.report import Figures, shown

_MEASURES = ("f1", "accuracy")
_SAME = 0.0005  # half of the last digit that is shown


def read_figures(path: Path) -> dict[str, Figures]:
    """Return the figures that `offing evaluate --json` wrote.

    Raises:
        UsageError: the file cannot be read or has no such figures.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(_is_table(table) for table in found.values()):
        raise UsageError(
            f"{path}: contains no figures; write it with `offing evaluate GOLD.jsonl --json > {path.name}`"
        )
    return {group: {name: _row(row) for name, row in table.items()} for group, table in found.items()}


def _row(row: Mapping[str, float | None]) -> dict[str, float]:
    return {name: math.nan if value is None else value for name, value in row.items()}


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        isinstance(row, dict) and any(isinstance(row[name], float | int | None) for name in _MEASURES if name in row)
        for row in table.values()
    )


def compared(before: Mapping[str, Figures], now: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the lines of a table: F1 or share of each field before and now, and the change if there is one."""
    for group, rows in now.items():
        yield f"== {group:17s}  before    now  change"
        for name, row in rows.items():
            yield _line(name, before.get(group, {}).get(name, {}), row)


def _line(name: str, before: Mapping[str, float], now: Mapping[str, float]) -> str:
    old, new = _figure(before), _figure(now)
    change = "" if math.isnan(old - new) or abs(new - old) < _SAME else f"{new - old:+.3f}"
    return f"  {name:18s}  {shown(old)}  {shown(new)}  {change:6s}  {_base(before, now)}".rstrip()


def _base(before: Mapping[str, float], now: Mapping[str, float]) -> str:
    """Return both sample sizes if they differ, since the two figures are not comparable then."""
    if not before or before.get("support") == now.get("support"):
        return ""
    return f"(n={before.get('support')} before, {now.get('support')} now)"


def _figure(row: Mapping[str, float]) -> float:
    return next((row[name] for name in _MEASURES if name in row), math.nan)
