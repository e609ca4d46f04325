"""Where data made by others lies, when it is there; it is never part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_ROOT = Path(os.environ.get("OFFING_SHARED", Path(__file__).parents[2] / "shared"))


def shared(relative: str) -> Path:
    """A file or folder of the shared data; skips the test where it is absent."""
    path = _ROOT / "data" / relative
    if not path.exists():
        pytest.skip(f"shared data {relative!r} is not here (set OFFING_SHARED to the folder that holds data/)")
    return path
