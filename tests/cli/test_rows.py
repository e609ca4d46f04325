"""The rows of a JSONL file."""

from __future__ import annotations

import gzip
from pathlib import Path

from offing.cli.rows import rows_of


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
