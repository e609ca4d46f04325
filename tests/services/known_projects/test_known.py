"""Projects of other bases: rows become known projects, once, and each trouble is told."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.config.sites.import_shapes import load_shape, shape_names
from offing.errors import BadRecord, ConfigError, UsageError
from offing.model.values.vocabulary import AmountKind, Mode, Sector, Status
from offing.services.analysis.analyst import recognizer_of
from offing.services.comparison.accounts import sums_in
from offing.services.known_projects.imports import Imported, account_row, import_known
from offing.services.known_projects.row_mapping import Names, RowReader
from offing.services.rows.row_files import open_rows
from offing.store.database.engine import Database
from offing.store.records.known_project import RowCounts, known_projects

LAYERS = Layers.of()


@cache
def names() -> Names:
    """The names of what ships; made when a test first asks for them, not when tests are collected."""
    return Names(load_rules(LAYERS).lexicon)


NOW = datetime(2026, 3, 5, tzinfo=UTC)
ROW = {
    "id": "7",
    "title": "Data centre",
    "countries": "KEN|Uganda",
    "firms": "Huawei Technologies Co., Ltd.|Sichuan Yi",
}


def plain_reader(name: str = "plain") -> RowReader:
    """Reads rows by a shape that ships."""
    return RowReader(load_shape(LAYERS, name), names())


def _file(tmp_path: Path, *rows: dict[str, Any], name: str = "rows.jsonl") -> Path:
    path = tmp_path / name
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def import_file(database: Database, path: Path, reader: RowReader) -> Imported:
    """What an import of a file did."""
    with open_rows(path) as source:
        return import_known(database, source, reader, NOW)


def test_a_row_is_kept_once(database: Database, tmp_path: Path) -> None:
    """Again it is as before; with another word it is changed, not doubled; the first of two with one key counts."""
    path = _file(tmp_path, ROW, ROW | {"id": "8", "title": "8"}, ROW | {"id": "8", "title": "9"}, name="rows.jsonl.gz")
    first = import_file(database, path, plain_reader())
    assert (first.kept, first.refused) == (RowCounts(new=2), 1)
    assert first.troubles == ("row 3: has the key '8' of row 2 again; that one counts",)
    assert import_file(database, path, plain_reader()).kept == RowCounts(same=2)
    assert import_file(database, _file(tmp_path, ROW | {"title": "Cloud"}), plain_reader()).kept == RowCounts(changed=1)
    with database.read() as conn:
        assert [(known.key, known.facts.title) for known in known_projects(conn)] == [("7", "Cloud"), ("8", "8")]
        assert list(known_projects(conn, "own")) == list(known_projects(conn))
        assert list(known_projects(conn, "other")) == []


def test_one_key_far_apart_is_reported_and_changes_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    """Also where more rows lie between than are kept at once."""
    rows = [ROW | {"id": str(number % 600), "title": f"Plant {number}"} for number in range(602)]
    path = _file(tmp_path, *rows)
    assert import_file(sqlite_database, path, plain_reader()).kept == RowCounts(new=600)
    again = import_file(sqlite_database, path, plain_reader())
    assert (again.kept, again.refused) == (RowCounts(same=600), 2)
    assert again.troubles[0] == "row 601: has the key '0' of row 1 again; that one counts"


def test_one_trouble_of_many_rows_is_reported_once(sqlite_database: Database, tmp_path: Path) -> None:
    """With the first row, and how many more there are."""
    rows = [ROW | {"id": str(number), "sector": "mining of tin", "status": "Completed"} for number in range(3)]
    (told,) = import_file(sqlite_database, _file(tmp_path, *rows), plain_reader()).troubles
    assert told.startswith("row 1: sector: 'mining of tin' is not a known sector; [words.sector] of a mapping may say")
    assert told.endswith("; left out (and in 2 more rows)")


SUMS = [
    ([{"value": 50_000_000, "currency": "usd"}], [("50000000", "USD")]),
    ({"value": "1,500.5", "currency": "EUR", "kind": "loan"}, [("1500.5", "EUR")]),
    ("US$ 50 million", [("50000000", "USD")]),
    (["EUR 8m", "much"], [("8000000", "EUR")]),
    ([{"value": 5}, {"value": "abc", "currency": "USD"}, None, 7, {"value": 1e400, "currency": "USD"}], []),
]


@pytest.mark.parametrize(("amounts", "found"), SUMS)
def test_amounts_are_read_as_for_matching(amounts: object, found: list[tuple[str, str]]) -> None:
    """Objects, numbers and words; what is no sum is told."""
    reader = RowReader(load_shape(LAYERS, "plain"), names(), lambda text: sums_in(recognizer_of(LAYERS), text))
    known, left_out = reader.read(ROW | {"amounts": amounts}, 1)
    assert [(str(each.value), each.currency) for each in known.facts.amounts] == found
    assert bool(left_out) == (not found or "much" in amounts)


def test_aiddata_comes_in_by_its_own_column_names(database: Database, tmp_path: Path) -> None:
    """The release's sheet as CSV; blanks around the names of its columns do not count."""
    row = {
        "AidData Record ID": "52797",
        "Title": "CDB lends",
        "Description": "Long, with\na line",
        "Recipient ISO-3": "AGO",
        "Commitment Year": "2012",
        "Implementing Agencies": "ZTE Corporation|Huawei Technologies Co., Ltd.",
        "Funding Agencies": "China Development Bank (CDB)",
        "Amount (Original Currency) ": "38,000,000.50",
        "Original Currency": "usd",
        "Flow Type": "Export Buyer's Credit",
        "Status": "Pipeline: Commitment",
        "Sector Name": "ENERGY",
    }
    path = tmp_path / "gcdf.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    assert import_file(database, path, plain_reader("aiddata-gcdf-3.0")) == Imported(RowCounts(new=1), 0, ())
    with database.read() as conn:
        (known,) = known_projects(conn, "aiddata-gcdf-3.0")
    assert (known.key, known.year, known.description) == ("52797", 2012, "Long, with a line")
    assert known.facts.countries == ("AGO",)
    assert [firm.id for firm in known.facts.firms] == ["zte", "huawei"]
    assert [lender.id for lender in known.facts.lenders] == ["cdb"]
    assert [(a.value, a.currency, a.kind) for a in known.facts.amounts] == [
        (Decimal("38000000.50"), "USD", AmountKind.LOAN)
    ]
    assert known.facts.mode is Mode.LOAN
    assert (known.facts.status, known.facts.sector) == (Status.SIGNED, Sector.ENERGY)


def test_names_are_tied_to_the_lexicon_where_it_has_them() -> None:
    """A legal form or an abbreviation in brackets does not matter; what no list has keeps its name alone."""
    known, left_out = plain_reader().read(ROW, 1)
    assert [(firm.name, firm.id) for firm in known.facts.firms] == [
        ("Huawei Technologies Co., Ltd.", "huawei"),
        ("Sichuan Yi", None),
    ]
    assert known.facts.countries == ("KEN", "UGA")
    assert left_out == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"countries": "Atlantis"}, "countries: 'Atlantis' is not a country; left out"),
        ({"year": "soon"}, "year: 'soon' is no year; left out"),
        (
            {"amount": "much", "currency": "USD"},
            "amount: 'much' is not a number with a point before its decimals; left out",
        ),
        ({"amount": "5"}, "amount: '5' in 'no currency' is no sum; left out"),
        ({"amount": "5", "currency": "XOF/XAF"}, "amount: '5' in 'XOF/XAF' is no sum; left out"),
        ({"amount": "5", "currency": "QQQ"}, "amount: '5' in 'QQQ' is no sum; left out"),
        (
            {"status": "done"},
            "status: 'done' is not a known status; [words.status] of a mapping may say what it means; left out",
        ),
        *(
            (
                {"amount": odd, "currency": "USD"},
                f"amount: {odd!r} is not a number with a point before its decimals; left out",
            )
            for odd in ("NaN", "1,5", "1.234.567,89", "12,34,567", "1e999")
        ),
    ],
)
def test_what_cannot_be_used_of_a_row_is_reported(cells: dict[str, Any], told: str) -> None:
    """The rest of the row counts."""
    known, left_out = plain_reader().read(ROW | cells, 1)
    assert left_out == [told]
    assert known.facts.title == "Data centre"


def test_characters_that_no_database_takes_are_taken_out(database: Database, tmp_path: Path) -> None:
    """NUL and lone surrogates, which JSON may hold."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "1\\u0000", "title": "A\\ud800", "firms": ["B\\u0000"]}\n', encoding="utf-8")
    assert import_file(database, path, plain_reader()).kept == RowCounts(new=1)
    assert import_file(database, path, plain_reader()).kept == RowCounts(same=1)


def test_rows_that_cannot_be_used_are_refused_with_number_and_reason(database: Database, tmp_path: Path) -> None:
    """They are told and the others kept."""
    path = _file(tmp_path, ROW, ROW | {"id": ""}, ROW | {"title": None})
    path.write_text(path.read_text() + "\n[1]\n{oops\n", encoding="utf-8")
    done = import_file(database, path, plain_reader())
    assert (done.kept, done.refused) == (RowCounts(new=1), 4)
    assert done.troubles[:3] == (
        "row 2: id: is empty; the row cannot be used",
        "row 3: title: is empty; the row cannot be used",
        "row 5: is not a JSON object but list",
    )
    assert done.troubles[3].startswith("row 6: is not JSON in UTF-8:")


def test_a_missing_column_is_reported_as_one() -> None:
    """With what the mapping looks for there."""
    with pytest.raises(BadRecord, match="has no 'id', where the mapping looks for the key"):
        plain_reader().read({"title": "A"}, 1)


def test_a_nest_too_deep_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    """It ends nothing but its row."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": ' + "[" * 100_000 + "\n" + json.dumps(ROW) + "\n", encoding="utf-8")
    assert import_file(sqlite_database, path, plain_reader()).kept == RowCounts(new=1)


def test_known_projects_are_rows_for_matching(database: Database, tmp_path: Path) -> None:
    """What the base does not tell is left away, so that it is read from the text."""
    import_file(database, _file(tmp_path, ROW | {"amount": "1,500.50", "currency": "EUR"}), plain_reader())
    with database.read() as conn:
        (known,) = known_projects(conn)
    row = account_row(known)
    again, left_out = plain_reader().read(row, 1)
    assert (again.facts.amounts[0].written, left_out) == ("1500.5 EUR", [])
    assert row == {
        "id": "own:7",
        "title": "Data centre",
        "countries": ["KEN", "UGA"],
        "firms": ["Huawei Technologies Co., Ltd.", "Sichuan Yi"],
        "amounts": [{"value": 1500.5, "currency": "EUR"}],
    }


def test_shapes_come_from_the_config_or_a_file(tmp_path: Path) -> None:
    """An unknown name tells which there are; a wrong key of a file is told."""
    assert {"aiddata-gcdf-3.0", "plain"} <= set(shape_names(LAYERS))
    path = tmp_path / "mine.toml"
    path.write_text('source = "mine"\n[columns]\nkey = "Nr"\ntitle = "Name"\n', encoding="utf-8")
    shape = load_shape(LAYERS, str(path))
    assert (shape.source, shape.columns) == ("mine", {"key": "Nr", "title": "Name"})
    with pytest.raises(UsageError, match="plain"):
        load_shape(LAYERS, "nothing")
    path.write_text('source = "mine"\n[columns]\nkey = "Nr"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="title"):
        load_shape(LAYERS, str(path))


CELLS = st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.one_of(st.text(), st.none())))


@given(st.dictionaries(st.sampled_from(sorted(load_shape(LAYERS, "plain").columns.values())), CELLS))
def test_any_row_is_read_or_refused(row: dict[str, Any]) -> None:
    """No cell of any type brings down the import; sums are positive and finite."""
    try:
        known, _ = plain_reader().read(row, 1)
    except BadRecord:
        return
    assert known.key
    assert all(amount.value > 0 and amount.value.is_finite() for amount in known.facts.amounts)
