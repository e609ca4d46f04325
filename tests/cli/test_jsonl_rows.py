"""The rows of a JSONL file."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from offing.cli.jsonl_rows import rows_of
from offing.errors import UsageError


def test_only_a_line_feed_ends_a_row(tmp_path: Path) -> None:
    """Other line ends of Unicode stand in texts; a row may end as Windows ends its lines."""
    texts = ["a\u2028b", "a\u2029b", "a\x85b"]
    path = tmp_path / "rows.jsonl"
    path.write_bytes("\r\n".join(f'{{"id": 1, "text": "{text}"}}' for text in texts).encode())
    assert [row["text"] for row in rows_of(path)] == texts


def test_a_packed_file_is_read_as_well(tmp_path: Path) -> None:
    """Its name says that it is packed."""
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'\xef\xbb\xbf{"id": 1}\n\n{"id": 2}\n'))
    assert rows_of(path) == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.jsonl", "{} cannot be read: No such file or directory"),
        ("folder", "{} cannot be read: Is a directory"),
        ("plain.jsonl.gz", "{}: not a complete gzip file: Not a gzipped file (b'{{\"')"),
        ("latin.jsonl", "{}:2: is not JSON in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_once(tmp_path: Path, name: str, told: str) -> None:
    """Which file, which line where there is one, and why."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain.jsonl.gz").write_bytes(b'{"id": 1}\n')
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": 1}\n{"id": "\xe9"}\n')
    path = tmp_path / name
    with pytest.raises(UsageError, match=f"^{re.escape(told.format(path))}"):
        rows_of(path)
