"""What was measured while a step learned: `metrics.json`, a part for each step.

A step calls `note` for what it has counted and measured on what it left out. Called by hand it only prints as ever;
`training.dag` gives it a file by the environment, and joins what stands there with seeds, seconds and date.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

METRICS = Path(__file__).with_name("metrics.json")
NOTES = "TRAINING_NOTES"


def note(**found: Any) -> None:
    """Keep figures of the step that runs, if anybody asked for them."""
    if file := os.environ.get(NOTES):
        known = json.loads(Path(file).read_text(encoding="utf-8")) if Path(file).exists() else {}
        Path(file).write_text(json.dumps(known | found), encoding="utf-8")


def noted() -> dict[str, dict[str, Any]]:
    """Return the parts by step."""
    found: dict[str, dict[str, Any]] = json.loads(METRICS.read_text(encoding="utf-8")) if METRICS.exists() else {}
    return found


def keep(step: str, part: dict[str, Any]) -> None:
    """Write the part of a step in place of its last."""
    text = json.dumps(noted() | {step: part}, indent=1, ensure_ascii=False, sort_keys=True)
    METRICS.write_text(text + "\n", encoding="utf-8")
