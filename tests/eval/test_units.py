"""Annotated sizes name their units as `config/wording/units/` does, so that names do not count as mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.conftest import read_rows
from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.recognize.quantities.size_units import UnitReader
from offing.recognize.quantities.unit_kinds import UnitKinds
from offing.recognize.text.folded_text import fold
from suite import some

ROOT = Path(__file__).parents[2]
FILES = [*sorted(Path(__file__).parent.glob("dev_*.jsonl")), *sorted((ROOT / "training/data/articles").glob("*.jsonl"))]
# What the list reads as something else: meters are devices here, posts no poles, containers no measure of ships.
OTHER = {"meters", "containers", "biogas digesters", "properties", "campuses", "posts", "merchants", "sets"}
OTHER |= {"applications", "DR machines", "enrolment posts", "telehealth posts", "customs posts", "crates of printers"}
OTHER |= {"GIS bays", "glacial lakes", "road sections", "district offices"}
NO_SIZES = {"years", "months", "days", "percent"}  # how long it takes, and whose share it is


@pytest.fixture(scope="module")
def reader() -> UnitReader:
    """Reads English units."""
    wording = load_wording(Layers.of(None))
    return UnitReader(wording, "en", UnitKinds(wording.pattern_words))


@pytest.mark.parametrize("file", some(FILES, 12), ids=lambda file: file.stem)
def test_units_have_one_name(file: Path, reader: UnitReader) -> None:
    """Hectares are no "ha" in one set and "hectares" in another."""
    for unit in {size["unit"] for size in _sizes(file)} - OTHER:
        assert unit not in NO_SIZES, unit
        counted = fold(f"40 {unit}")
        found = reader.behind(counted, 2)
        assert found is None or found.end < len(counted.text) or found.values[0] == unit, unit


def _sizes(file: Path) -> list[dict[str, Any]]:
    return [size for row in read_rows(file) for project in row["projects"] for size in project.get("quantities") or ()]
