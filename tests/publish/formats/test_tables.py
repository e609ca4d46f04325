"""The formats that have all tables of a release, each opened by a program that people use for it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest

from offing.model.projects.finding import Citation
from offing.model.projects.release_format import ReleaseFormat
from offing.publish import ProjectBody, project_body, unpacked
from offing.publish.cells import unguarded
from offing.publish.documents import head_of
from offing.publish.formats import begun, formats_of
from offing.publish.formats import workbook as of_workbooks
from offing.publish.schema import DATA_TABLES, FLOWS, PROJECTS
from publish.formats.whole import FORMATS, described, write_release
from publish.formats.whole import PROJECTS as IDS
from publish.test_release import _described, _record
from publish.written import Kept, written

VALIDATE = """
import sys
from frictionless import validate
report = validate(sys.argv[1])
sys.exit(None if report.valid else str(report.flatten(["title", "message"])))
"""
NAMES = [table.name for table in DATA_TABLES]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release in all formats."""
    return write_release(tmp_path_factory.mktemp("release"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as they were before texts were guarded."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def test_every_file_has_its_checksum(release: Path) -> None:
    """The ordinary tool for it finds each file, in folders too, and leaves none out."""
    pages = release / "site"
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert checked(release) == {name for name in there if not name.startswith("site/")} - {"SHA256SUMS"} | {
        "site/SHA256SUMS"
    }
    assert checked(pages) == {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()} - {
        "SHA256SUMS"
    }


def checked(folder: Path) -> set[str]:
    """Return the files of a folder that `sha256sum` finds as they should be; none may differ."""
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line.removesuffix(": OK") for line in done.stdout.splitlines() if line.endswith(": OK")}


def test_what_comes_from_storage_is_the_same_in_every_format() -> None:
    """Byte for byte, though its tables and cells come in another order; enough of it to fill pages of a database."""
    bodies = [project_body(_described(_record(number))) for number in range(1, 41)]
    formats = [each for each in FORMATS if each is not ReleaseFormat.PARQUET]
    first, again = (_files_of(some, formats) for some in (bodies, [unpacked(each.packed()) for each in bodies]))
    assert [name for name in first if first[name] != again[name]] == []


def _files_of(bodies: Iterable[ProjectBody | None], formats: Iterable[ReleaseFormat]) -> dict[str, bytes]:
    streams: dict[str, Kept] = {}
    writers = begun(formats, lambda name: streams.setdefault(name, Kept()), head_of("1.0", Citation()))
    for each in bodies:
        for writer in writers:
            assert each
            writer.add(each)
    for writer in writers:
        writer.finish()
    return {name: stream.content for name, stream in streams.items()}


def test_frictionless_finds_the_package_valid(release: Path) -> None:
    """All tables meet their schema, keys included, and all files their sizes and digests."""
    package = str(release / "datapackage.json")
    done = subprocess.run([sys.executable, "-c", VALIDATE, package], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    paths = {each["path"] for each in json.loads((release / "datapackage.json").read_text("utf-8"))["resources"]}
    assert {"flat.csv", "offing.sqlite", "parquet/projects.parquet", "excel/projects.csv"} <= paths


def test_frictionless_finds_what_was_changed(tmp_path: Path) -> None:
    """A format that is not as it was published differs from its digest."""
    release = write_release(tmp_path, (ReleaseFormat.SQLITE,))
    with (release / "offing.sqlite").open("r+b") as file:
        file.write(b"s")
    package = str(release / "datapackage.json")
    done = subprocess.run([sys.executable, "-c", VALIDATE, package], capture_output=True, text=True, check=False)
    assert (done.returncode, "Hash Count Error" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_the_same_rows(release: Path, name: str) -> None:
    """Workbook, database, Parquet and Excel's CSV hold what the table holds, without the signs of its guard."""
    wanted = rows_of(release / f"{name}.csv")
    book = openpyxl.load_workbook(release / "offing.xlsx", read_only=True)
    sheet = list(book[name].iter_rows(values_only=True))
    found = [dict(zip(map(str, sheet[0]), row, strict=True)) for row in sheet[1:]]
    assert [{key: _text(cell) for key, cell in row.items()} for row in found] == wanted
    excel = (release / f"excel/{name}.csv").read_bytes()
    assert excel == b"\xef\xbb\xbf" + (release / f"{name}.csv").read_bytes().replace(b"\n", b"\r\n")
    with duckdb.connect() as conn:
        columns = ", ".join(f'CAST("{column}" AS VARCHAR)' for column in wanted[0]) if wanted else "*"
        read = conn.execute(f"SELECT {columns} FROM '{release}/parquet/{name}.parquet'").fetchall()
    assert [[_plain(cell) for cell in row] for row in read] == [
        [_plain(cell) for cell in row.values()] for row in wanted
    ]


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def _plain(cell: str | None) -> str:
    """Numbers and times in one way of writing."""
    text = (cell or "").replace("Z", "").replace("+00", "").replace(" ", "T")
    return text.removesuffix(".0")


def test_parquet_has_types(release: Path) -> None:
    """Days are days and sums are numbers."""
    with duckdb.connect() as conn:
        kinds = {
            row[0]: row[1] for row in conn.execute(f"DESCRIBE FROM '{release}/parquet/projects.parquet'").fetchall()
        }
        total = conn.execute(f"SELECT sum(value) FROM '{release}/parquet/flows.parquet'").fetchall()[0][0]
    assert (kinds["first_reported"], kinds["sources"]) == ("DATE", "BIGINT")
    assert total == sum(float(row["value"]) for row in rows_of(release / "flows.csv"))


def test_pandas_reads_tables_and_workbook_alike(release: Path) -> None:
    """Both ways into an analysis give the same frame."""
    table = pd.read_csv(release / "flat.csv")
    assert list(table["id"]) == list(IDS)
    assert table["lenders"].notna().all()
    excel = pd.read_csv(release / "excel/flows.csv")
    pd.testing.assert_frame_equal(excel, pd.read_csv(release / "flows.csv"))
    sheet = pd.read_excel(release / "offing.xlsx", sheet_name="projects")
    assert list(sheet["id"]) == list(table["id"])


def test_the_workbook_explains_itself(release: Path) -> None:
    """Its codebook has each column of each table, and no text of a source became a formula."""
    book = openpyxl.load_workbook(release / "offing.xlsx")
    said = {(row[0], row[1]) for row in book["codebook"].iter_rows(values_only=True)}
    assert {(table.name, column) for table in DATA_TABLES for column in table.header} <= said
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "=Ministry" in [row[3] for row in book["parties"].iter_rows(values_only=True)]


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel opens no sheet of more than 1,048,576 rows."""
    monkeypatch.setattr(of_workbooks, "MOST_ROWS", 2)
    write_release(tmp_path, (ReleaseFormat.XLSX,))
    book = openpyxl.load_workbook(tmp_path / "offing.xlsx")
    assert [book[name].max_row for name in ("projects", "projects 2")] == [2, 2]


def datasette(release: Path, path: str) -> Any:
    """What Datasette answers."""
    command = [sys.executable, "-m", "datasette", str(release / "offing.sqlite"), "--get", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_database_opens_in_datasette(release: Path) -> None:
    """Tables, rows and the link from a sum to its project."""
    flows = datasette(release, "/offing/flows.json?_shape=objects&_labels=on")
    assert flows["primary_keys"] == [FLOWS.key[0]]
    assert {row["project_id"]["value"] for row in flows["rows"]} == set(IDS)
    assert len(flows["rows"]) == len(rows_of(release / "flows.csv"))
    meaning = datasette(release, "/offing/codebook.json?table_name=projects&column_name=sector&_shape=array")
    assert meaning[0]["meaning"] == next(each.meaning for each in PROJECTS.columns if each.name == "sector")


def test_the_same_data_are_the_same_bytes() -> None:
    """Twice the same release: no time, no random name, no order of a set."""
    one, other = (written_in_all() for _ in range(2))
    assert one == other


def written_in_all() -> dict[str, bytes]:
    """The files of the release."""
    return written(described(), formats=FORMATS).files


def test_formats_are_known_by_their_files() -> None:
    """Which formats a release had is read from its checksums."""
    assert formats_of(["projects.csv", "codebook.md"]) == ()
    assert formats_of(["flat.csv", "parquet/flows.parquet"]) == (ReleaseFormat.FLAT, ReleaseFormat.PARQUET)


def test_the_tables_alone_begin_no_format() -> None:
    """`--format csv` writes the tables, which are there anyway."""
    assert begun((ReleaseFormat.CSV,), pytest.fail, None) == []  # type: ignore[arg-type] -- unused
