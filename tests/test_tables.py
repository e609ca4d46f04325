"""Tests of many rows that are walked as one: none is left out, and each that fails is named."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tables import walk_of

ROWS = [("table[one]", {"number": 1}), ("table[two]", {"number": 2}), ("table[three]", {"number": 3})]


def table(number: int, limit: int = 9) -> None:
    """No number is above the limit, and two is for another machine."""
    assert number <= limit
    if number == 2:
        pytest.skip("not here")


def test_every_row_is_tried_and_each_that_fails_is_reported_by_its_name() -> None:
    """Whatever fails or is skipped before it; what the test asks for beside its rows is handed on."""
    walk = walk_of(table, ROWS, ["limit"])
    assert list(inspect.signature(walk).parameters) == ["limit"]
    walk(limit=3)
    with pytest.raises(AssertionError, match="3 <= 2") as one:
        walk(limit=2)
    assert one.value.__notes__ == ["in the row table[three]"]
    with pytest.raises(ExceptionGroup, match="3 of 3 rows fail") as all_of_them:
        walk(limit=0)
    notes = [note for error in all_of_them.value.exceptions for note in error.__notes__]
    assert notes == ["in the row table[one]", "in the row table[two]", "in the row table[three]"]


def test_what_skips_in_every_row_is_skipped() -> None:
    """One row that is not for this machine skips no other."""
    with pytest.raises(pytest.skip.Exception, match="not here"):
        walk_of(table, ROWS[1:2])()
    walk_of(table, ROWS)()


SUITE = """
import pytest
from pathlib import Path

@pytest.fixture(scope="module")
def shared(): return 7

@pytest.mark.parametrize("number", range(4))
def test_mere_rows(number, shared):
    assert number != 3

@pytest.mark.parametrize("number", range(4))
def test_with_a_folder(number, tmp_path):
    assert not list(tmp_path.iterdir())
    (tmp_path / "made").touch()

@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.skip(reason="later"))])
def test_with_a_mark(number):
    assert number == 1
"""


def test_mere_rows_are_one_test_only_where_processes_share_them(tmp_path: Path) -> None:
    """Rows that get something made for them, or have a mark, stay tests of their own; a failure names its row."""
    (tmp_path / "test_suite.py").write_text(SUITE, encoding="utf-8")
    ours = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-p", "tables", "-c", os.devnull, "-n1"]
    done = subprocess.run(command, cwd=tmp_path, env=ours, capture_output=True, text=True, check=False)
    assert "1 failed, 5 passed, 1 skipped" in done.stdout
    assert "in the row test_suite.py::test_mere_rows[3]" in done.stdout
