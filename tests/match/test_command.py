"""`offing match` with files, and what is drawn from texts."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from offing.cli.records.match import match as command
from offing.errors import BadRecord, UsageError
from offing.model.values.vocabulary import Sector
from offing.services.comparison.match import Matcher, load_matcher, match_rows, read_rows
from offing.services.comparison.row_fields import row_fields

Row = dict[str, Any]
KNOWN: list[Row] = [
    {
        "id": "dam-1",
        "title": "China Eximbank lends $984 million for the 700MW Zungeru hydropower plant in Nigeria",
        "description": "The loan for the plant by Sinohydro was signed on September 28, 2013.",
    },
    {"id": 12, "title": "Huawei builds a data centre in Diamniadio, Senegal", "description": "It opened in June 2021."},
    {"id": 1.5, "title": "ZTE delivers 900 cameras to Lusaka, Zambia", "description": "US$ 210 million, in 2015."},
    {"id": "école", "title": "Chinese grant for a school in Apia, Samoa", "description": "Signed in 2004."},
]
NEW: list[Row] = [
    {"id": "新1", "title": "La centrale de Zungeru (700 MW) au Nigeria, prêt de China Eximbank", "description": ""},
    {"id": 99999999999999999999, "title": "塞内加尔迪亚姆尼亚焦数据中心", "description": "华为承建,塞内加尔总统出席。"},
    {
        "id": "c",
        "title": "Cameras for Zambia's capital",
        "description": "ZTE's 900 cameras in Lusaka cost $210 million.",
    },
    {"id": "d", "title": "Railway in Laos", "description": "The line to Vientiane."},
    {"id": "e"},
]


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The shipped matcher."""
    return load_matcher(None)


def lines(rows: list[Row]) -> io.BytesIO:
    """Rows as a file."""
    return io.BytesIO("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())


def matched(matcher: Matcher, known: list[Row], new: list[Row]) -> list[Row]:
    """The output for rows that all can be used."""
    errors: list[BadRecord] = []
    read = [read_rows(lines(rows), matcher.drawer, errors.append) for rows in (known, new)]
    assert not errors
    return list(match_rows(*read, matcher.rules))


def run(*arguments: str | Path) -> Result:
    """The command, called."""
    return CliRunner().invoke(command, list(map(str, arguments)), standalone_mode=False)


def write(path: Path, *rows: Row | str) -> Path:
    """A file of rows; strings stand as they are."""
    texts = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
    return path


def test_languages_and_missing_descriptions(matcher: Matcher) -> None:
    """Accounts in other languages and without description find their project by facts; ids come back unchanged."""
    found = matched(matcher, KNOWN, NEW)
    assert [row["id"] for row in found] == [row["id"] for row in NEW]
    assert [row["verdict"] for row in found][2:] == ["same", "new", "new"]
    assert [found[i]["matches"][0]["id"] for i in (0, 2)] == ["dam-1", 1.5]
    assert "same country (NGA)" in found[0]["matches"][0]["reasons"]


def test_what_is_given_stands(matcher: Matcher) -> None:
    """Given countries, firms, amounts and years are taken, names being tied to the lexicon; the rest is drawn."""
    row = {
        "id": 1,
        "title": "Huawei in Kenya, 2019, worth $5 million",
        "countries": ["Uganda"],
        "firms": ["ZTE Corporation", "Nobody & Sons"],
        "amounts": ["US$ 30 million", {"value": 7, "currency": "EUR"}, {"value": 3, "currency": "ZZZ"}],
        "lenders": ["China Eximbank"],
        "sector": "energy",
        "status": "signed",
        "year": 2012,
    }
    account = matcher.drawer.draw(row_fields(row, 1))
    assert set(account.countries) == {"UGA"}
    assert {"zte", "nobody & sons"} == set(account.firms)
    assert {(each.value, each.currency) for each in account.sums} == {(30e6, "USD"), (7, "EUR"), (3, "ZZZ")}
    assert {each.currency: each.dollars is None for each in account.sums} == {"USD": False, "EUR": False, "ZZZ": True}
    assert set(account.sectors) == {Sector.ENERGY}
    assert set(account.years) == {2012}
    drawn = matcher.drawer.draw(row_fields({"id": 1, "title": row["title"]}, 1))
    assert set(drawn.countries) == {"KEN"}
    assert set(drawn.firms) == {"huawei"}
    assert [(each.value, each.main) for each in drawn.sums] == [(5e6, True)]
    assert set(drawn.years) == {2019}


def test_of_many_sums_the_first_count(matcher: Matcher) -> None:
    """Every sum is compared with every other, so an account keeps fifty: that of the title, then as the text goes."""
    told = " ".join(f"It paid ${number} million." for number in range(1, 200))
    drawn = matcher.drawer.draw(row_fields({"id": 1, "title": "A $500 million dam", "description": told}, 1))
    assert [each.value for each in drawn.sums] == [500e6, *(number * 1e6 for number in range(1, 50))]


def test_a_file_against_itself(matcher: Matcher) -> None:
    """Every row is the same project as itself, duplicates of a row included."""
    rows = [*KNOWN, {**KNOWN[1], "id": "twin"}]
    found = matched(matcher, KNOWN, rows)
    assert [row["matches"][0]["id"] for row in found] == [*(row["id"] for row in KNOWN), 12]


def test_bad_rows_keep_their_place(tmp_path: Path) -> None:
    """Each bad row is told by file and line, keeps its row in the output with its id, and the exit code is 1."""
    known = write(tmp_path / "known.jsonl", *KNOWN, "[]")
    new = write(tmp_path / "new.jsonl", NEW[2], '{"id": NaN}', {"id": "b", "title": 3}, "", NEW[3])
    result = run(known, new, "-o", tmp_path / "out.jsonl")
    assert result.return_value == 1
    assert f"offing: {known}:5: is not a JSON object but list" in result.stderr
    assert f'offing: {new}:2: has no "id"' in result.stderr
    assert f'offing: {new}:3: "title" is not a string but int' in result.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [("c", "same"), (None, None), ("b", None), ("d", "new")]
    assert rows[2]["error"].endswith('"title" is not a string but int')


def test_what_is_odd_in_a_row_is_a_warning(tmp_path: Path) -> None:
    """A field that is no use, and an id that stands twice, are told by file and line; all rows are matched."""
    path = tmp_path / "known.jsonl.gz"
    path.write_bytes(gzip.compress(lines([*KNOWN, KNOWN[0] | {"year": 99999}]).getvalue()))
    new = write(tmp_path / "new.jsonl", NEW[2] | {"amounts": [None]})
    result = run(path, new, "-o", tmp_path / "out.jsonl")
    assert result.exception is None
    assert result.stderr.splitlines() == [
        f'offing: {path}:5: warning: "year" is no year: 99999; left out',
        f'offing: {path}:5: warning: has the id "dam-1" of line 1 again',
        f'offing: {new}:1: warning: "amounts" holds null, not {{"value": number, "currency": code}}; left out',
        "1 rows: 1 same",
    ]
    path.write_bytes(b"damage")
    assert f"{path}: Not a gzipped file" in str(run(path, new).exception)


def test_empty_files(tmp_path: Path) -> None:
    """No known projects: all rows are new. No new rows: an empty file."""
    empty, new = write(tmp_path / "empty.jsonl"), write(tmp_path / "new.jsonl", *NEW)
    assert run(empty, new, "-o", tmp_path / "out.jsonl").exception is None
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["verdict"], row["matches"]) for row in rows] == [("new", [])] * len(NEW)
    assert run(new, empty, "-o", tmp_path / "none.jsonl").exception is None
    assert (tmp_path / "none.jsonl").read_bytes() == b""


def test_wrong_calls(tmp_path: Path) -> None:
    """A missing file, a missing config folder, an output that is an input, and two inputs from stdin are refused."""
    known = write(tmp_path / "known.jsonl", *KNOWN)
    for arguments, message in (
        ((tmp_path / "none.jsonl", known), "No such file"),
        ((known, known, "--config", tmp_path / "none"), "there is no config folder"),
        ((known, known, "-o", known), "is the input"),
        (("-", "-"), "only one of"),
    ):
        result = run(*arguments)
        assert isinstance(result.exception, UsageError)
        assert message in str(result.exception)


def test_a_fault_of_ours_costs_one_row(matcher: Matcher) -> None:
    """An unknown error on one row is told as a fault; the others are read."""

    class Faulty:
        """Draws no railways."""

        def draw(self, given: Any) -> Any:
            if "Railway" in given.title:
                raise ZeroDivisionError
            return matcher.drawer.draw(given)

    errors: list[BadRecord] = []
    rows = read_rows(lines(NEW), Faulty(), errors.append)  # type: ignore[arg-type]
    assert [error.number for error in errors] == [4]
    assert "fault of offing itself (ZeroDivisionError" in str(errors[0])
    assert [row.account is None for row in rows] == [False, False, False, True, False]
