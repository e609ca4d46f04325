"""Fitted numbers are put into config files in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.numbers_in_files import put

CONFIG = Path(__file__).parents[2] / "config"
TEXT = """# Weights.
[fusion.status] # by field
lead = 1.25     # fitted
"a b" = -0.5

[score]
cut = 0.5 # set by hand
"""


def test_a_number_changes_and_all_else_stays() -> None:
    """Comments, blanks and order, also of quoted names and nested tables; no zero has a sign."""
    found = put(TEXT, [("fusion.status", "lead", 2.118), ("fusion.status", "a b", -0.001)], lambda each: round(each, 2))
    assert found == TEXT.replace("1.25", "2.12").replace("-0.5", "0.0")


@pytest.mark.parametrize("name", ["scoring.toml", "matching.toml"])
def test_the_files_that_ship_come_out_as_they_are(name: str) -> None:
    """Byte for byte where no number changes."""
    text = (CONFIG / name).read_text(encoding="utf-8")
    assert put(text, [], float) == text


@pytest.mark.parametrize("place", [("fusion.status", "tail"), ("fusion.sector", "lead"), ("cut", "cut")])
def test_a_number_without_a_place_is_refused(place: tuple[str, str]) -> None:
    """A fitted weight that nothing reads would be lost."""
    with pytest.raises(SystemExit, match=r"the file has no"):
        put(TEXT, [(*place, 1.0)], float)
