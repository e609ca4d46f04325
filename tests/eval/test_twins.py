"""Floors for near misses and their relevant twins: short items that share their place, firm and words."""

from __future__ import annotations

from typing import Any

import pytest

from eval.conftest import TESTS, Row, read_rows

pytestmark = pytest.mark.slow  # figures of a set, as all floors but those of the gold set


@pytest.fixture(scope="module")
def found(predict_by_wordings: Any) -> list[tuple[Row, bool]]:
    """Each item with whether it became a candidate."""
    rows = read_rows(TESTS / "eval/twins.jsonl")
    candidates = predict_by_wordings(rows)
    return [(row, bool(candidates[row["id"]])) for row in rows]


def test_near_misses_fall_and_twins_stay(found: list[tuple[Row, bool]]) -> None:
    """Of what becomes a candidate most is one, and most of the twins do."""
    right = sum(row["relevant"] and hit for row, hit in found)
    assert right / sum(hit for _, hit in found) >= 0.8
    assert right / sum(row["relevant"] for row, _ in found) >= 0.7


@pytest.mark.parametrize("kind", ["taiwan-hk-donor", "tender", "opinion", "markets", "sanctions", "rumour-denied"])
def test_each_kind_of_near_miss_mostly_falls(found: list[tuple[Row, bool]], kind: str) -> None:
    """At least seven in ten of a kind are no candidates."""
    told = [hit for row, hit in found if row["kind"] == kind and not row["relevant"]]
    assert told.count(False) / len(told) >= 0.7
