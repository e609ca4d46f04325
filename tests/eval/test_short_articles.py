"""Floors for short articles of our own: told apart, and parted into as many projects as they report."""

from __future__ import annotations

from typing import Any

import pytest

from eval.conftest import TESTS, Row, read_rows


@pytest.fixture(scope="module")
def counted(predict_by_wordings: Any) -> list[tuple[Row, int]]:
    """Each article with the number of its candidates."""
    rows = read_rows(TESTS / "eval/short_articles.jsonl")
    found = predict_by_wordings(rows)
    return [(row, len(found[row["id"]])) for row in rows]


def test_short_articles_are_reported_apart(counted: list[tuple[Row, int]]) -> None:
    """Lost bids, denials, bans, columns, meetings, gadgets and other donors fall; contracts, works and gifts stay."""
    right = sum(row["relevant"] and count > 0 for row, count in counted)
    assert right / sum(row["relevant"] for row, _ in counted) >= 0.93
    assert right / sum(count > 0 for _, count in counted) >= 0.93


def test_roundups_come_apart_and_histories_stay_whole(counted: list[tuple[Row, int]]) -> None:
    """Nine in ten articles give as many candidates as they report projects."""
    assert sum(row["projects"] == count for row, count in counted) / len(counted) >= 0.9
