"""Cells of CSV files."""

import csv
import io
import sys
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.publish import csv_bytes, guarded, unguarded
from offing.publish.cells import clean, plain

HOSTILE = "=+-@\t\r＝＋－＠ \n'\",;|a1"
texts = st.one_of(st.text(alphabet=HOSTILE, max_size=8), st.text(st.characters(exclude_categories=["Cs", "Cc"])))


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


@example(" \r")
@given(texts)
@example("=1+1")
@example("'=1")
@example("''=1")
@example("  =cmd|' /C calc'!A0")
@example("\ufeff=1")
def test_a_text_is_never_a_formula_and_comes_back(text: str) -> None:
    """A guarded text starts with no sign of a formula, and the guard can be taken off again exactly."""
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.lstrip(" \u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["", "Huawei", "'Ndrangheta", "a=b", "5 km", "’=", "1-2"])
def test_plain_texts_stay_as_they_are(text: str) -> None:
    """A text that nothing would take for a formula gets no apostrophe."""
    assert guarded(text) == text


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_a_file_comes_back_cell_by_cell(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in cells, a CSV reader finds the same rows and cells again."""
    found = _read(csv_bytes(["a", "b"], rows))
    assert found[0] == ["a", "b"]
    assert [tuple(unguarded(cell) for cell in row) for row in found[1:]] == [tuple(map(clean, row)) for row in rows]


def test_other_values_are_plain() -> None:
    """Numbers have no exponent and no needless digits, dates are ISO 8601, nothing is empty; none is guarded."""
    values = [Decimal("8.5E+7"), Decimal("0.50"), -3, 100, date(2026, 3, 5), datetime(2026, 3, 5, 8, tzinfo=UTC), None]
    shown = ["85000000", "0.5", "-3", "100", "2026-03-05", "2026-03-05T08:00:00+00:00", ""]
    assert [plain(value) for value in values] == shown
    assert _read(csv_bytes(["n"] * 7, [values]))[1] == shown


def test_control_characters_are_left_out() -> None:
    """Characters that no text file should hold are dropped; line ends and tabs are kept."""
    assert clean("a\x00b\x1bc\ud800\td\r\n") == "abc\td\r\n"


def test_clean_takes_out_control_characters_and_lone_surrogates_only() -> None:
    """All characters of the categories Cc and Cs but tabs and line ends, and no other character."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    gone = {each for each in every if unicodedata.category(each) in {"Cc", "Cs"}} - set("\t\r\n")
    assert set(every) - set(clean(every)) == gone
