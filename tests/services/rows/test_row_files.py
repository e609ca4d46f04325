"""Files of rows as they come: other delimiters, arrays, damage, each told with its name and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from offing.errors import UsageError
from offing.services.known_projects.imports import Imported
from offing.store.database.engine import Database
from offing.store.records.known_project import RowCounts, known_projects
from services.known_projects.test_known import ROW, import_file, plain_reader


def test_a_row_with_more_cells_than_the_header_is_refused(database: Database, tmp_path: Path) -> None:
    """A shorter one lacks its last cells, and is told; blank lines do not count."""
    path = tmp_path / "rows.csv"
    path.write_text("id,title,countries\n1,A\n,,\n2,B,KEN,x\n", encoding="utf-8")
    done = import_file(database, path, plain_reader())
    assert done.kept == RowCounts(new=1)
    assert done.troubles == (
        "row 1: has 2 cells, the header 3; the last are taken as empty",
        "row 3: has 4 cells, the header 3",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'id;"title, short";title;countries\r\n1;"A, B";"A; B";KEN\r\n'),
        ("a.csv", "id\ttitle\tcountries\r1\tA; B\tKEN\r"),
        ("a.json", '\ufeff\n[\n {"id": 1, "title": "A; B",\n "countries": "KEN"}\n]'),
    ],
)
def test_other_manners_of_a_table_are_read(sqlite_database: Database, tmp_path: Path, name: str, content: str) -> None:
    """Semicolons and tabs by the header, lines that end in a return, and one JSON array."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    assert import_file(sqlite_database, path, plain_reader()) == Imported(RowCounts(new=1), 0, ())
    with sqlite_database.read() as conn:
        assert [(known.key, known.facts.title) for known in known_projects(conn)] == [("1", "A; B")]


def test_what_is_no_utf_8_or_no_array_is_reported_with_what_to_do(sqlite_database: Database, tmp_path: Path) -> None:
    """By line, and how to turn it into what can be read; an array of other things has bad rows."""
    path = tmp_path / "a.csv"
    path.write_bytes("id,title\n1,A\n2,École\n".encode("latin-1"))
    with pytest.raises(UsageError, match=r"a\.csv:3: is not UTF-8 \(byte 0xc9 at 3\): save the file as CSV in UTF-8"):
        import_file(sqlite_database, path, plain_reader())
    path = tmp_path / "a.json"
    path.write_text('[{"id": 1,\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"is not a JSON array: .*line 2.*one object per line \(JSONL\)"):
        import_file(sqlite_database, path, plain_reader())
    path.write_text(json.dumps([ROW, 5]), encoding="utf-8")
    assert import_file(sqlite_database, path, plain_reader()).troubles == ("row 2: is not a JSON object but int",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"id,title\n1,\xff\n"),
        ("a.jsonl.gz", b"no"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 99, mtime=0)[:20] + b"damage" * 9),
    ],
)
def test_a_file_that_cannot_be_read_is_reported(
    sqlite_database: Database, tmp_path: Path, name: str, content: bytes
) -> None:
    """With its name."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError, match=name):
        import_file(sqlite_database, path, plain_reader())
    with pytest.raises(UsageError, match=r"none\.csv"):
        import_file(sqlite_database, tmp_path / "none.csv", plain_reader())
