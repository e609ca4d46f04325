"""Metrics of each training step, in `metrics.json`.

A step calls `note` with its counts and held-out figures. `training.dag` passes it a file through the environment, then
adds seeds, duration in seconds and date. In a step run by hand `note` does nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

METRICS = Path(__file__).with_name("metrics.json")
NOTES = "TRAINING_NOTES"


def note(**found: Any) -> None:
    """Add figures of the running step to the file named by the environment, if any."""
    if file := os.environ.get(NOTES):
        known = json.loads(Path(file).read_text(encoding="utf-8")) if Path(file).exists() else {}
        Path(file).write_text(json.dumps(known | found), encoding="utf-8")


def metrics_by_step() -> dict[str, dict[str, Any]]:
    """Return the metrics by step name."""
    found: dict[str, dict[str, Any]] = json.loads(METRICS.read_text(encoding="utf-8")) if METRICS.exists() else {}
    return found


def save(step: str, metrics: dict[str, Any]) -> None:
    """Replace the metrics of a step."""
    text = json.dumps(metrics_by_step() | {step: metrics}, indent=1, ensure_ascii=False, sort_keys=True)
    METRICS.write_text(text + "\n", encoding="utf-8")
