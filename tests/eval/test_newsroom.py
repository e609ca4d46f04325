"""The groups of stories as a newsroom that accepts what it sees: one record for each project, floors of pairs.

Parts a, b, c and e have been read while rules were made, the open gold set too; of parts d and f only the totals of
this test were looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.conftest import Row
from eval.story_room import figures, found_pairs, open_rows, played, right_pairs, rows_of, shorts_of
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade

pytestmark = pytest.mark.slow


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty one."""
    made = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
    upgrade(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("half", "least"),
    [("a", (0.95, 0.95, 0.94)), ("b", (0.9, 0.87, 0.88)), ("c", (0.96, 0.95, 0.95)), ("d", (0.9, 0.64, 0.71))],
)
def test_one_record_for_each_project(
    analyst: Any, database: Database, half: str, least: tuple[float, float, float]
) -> None:
    """In the order of their dates: pairs of articles in one record; recall of those that became candidates."""
    rows = rows_of(half)
    groups = played(database, analyst, rows)
    right, found = right_pairs(rows), found_pairs(groups)
    precision, recall, f1 = least
    assert figures(right, found)["precision"] >= precision
    assert figures(_there(right, groups), found)["recall"] >= recall
    assert figures(right, found)["f1"] >= f1


@pytest.mark.parametrize(
    ("rows", "least"),
    [
        (shorts_of("e"), (0.89, 0.48, 0.67)),
        (shorts_of("f"), (0.9, 0.21, 0.42)),
        (open_rows(), (0.93, 0.97, 0.97)),
    ],
    ids=["terse, read", "terse, unread", "open"],
)
def test_short_news_of_one_project_makes_one_record(
    analyst: Any, database: Database, rows: list[Row], least: tuple[float, float, float]
) -> None:
    """Pairs of articles in one record: precision, recall; and the recall of pairs of candidates, joined or apart."""
    groups = played(database, analyst, rows)
    right, found = right_pairs(rows), found_pairs(groups)
    precision, recall, joined = least
    assert figures(right, found)["precision"] >= precision
    assert figures(right, found)["recall"] >= recall
    assert figures(_there(right, groups), found)["recall"] >= joined


def _there(right: set[frozenset[str]], groups: dict[str, set[str]]) -> set[frozenset[str]]:
    """The pairs of which both articles became candidates."""
    return {pair for pair in right if pair <= groups.keys()}
