"""The groups of stories as a newsroom that accepts what it sees: one record for each project, floors of pairs.

Parts a, b and c have been read while rules were made; of part d only the totals of this test were looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.story_room import Newsroom, figures, found_pairs, right_pairs, rows_of
from offing.store.engine import open_database
from offing.store.migrate import upgrade


@pytest.mark.slow
@pytest.mark.parametrize(
    ("half", "least"),
    [("a", (0.97, 0.95, 0.94)), ("b", (0.9, 0.92, 0.9)), ("c", (0.96, 0.95, 0.95)), ("d", (0.9, 0.58, 0.67))],
)
def test_one_record_for_each_project(
    analyst: Any, tmp_path: Path, half: str, least: tuple[float, float, float]
) -> None:
    """In the order of their dates: pairs of articles in one record; recall of those that became candidates."""
    database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
    upgrade(database)
    room = Newsroom(database, analyst, analyst.recognizer)
    rows = rows_of(half)
    for number, row in enumerate(rows, 1):
        room.read(row, number)
    groups = room.groups()
    right, found = right_pairs(rows), found_pairs(groups)
    precision, recall, f1 = least
    there = {pair for pair in right if pair <= groups.keys()}
    assert figures(right, found)["precision"] >= precision
    assert figures(there, found)["recall"] >= recall
    assert figures(right, found)["f1"] >= f1
    database.close()
