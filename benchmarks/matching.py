"""Measure how matching time grows with the size of the lists (needs OFFING_SHARED).

    OFFING_SHARED=… python benchmarks/matching.py

Both lists hold n accounts of the same projects; the new ones have half the title and half the text. Extracting facts
and comparing are timed separately, in CPU time of this process.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from offing.match import match
from offing.model.pairs.matching import Account
from offing.services.comparison.match import load_matcher
from offing.services.comparison.row_fields import RowFields

SIZES = (500, 1_000, 2_000, 8_000)
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """Return the rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def shortened(row: Row) -> tuple[str, str]:
    """Return the first halves of a record's title and text."""
    title, text = row["title"] or "", row["description"] or ""
    return title[: len(title) // 2], text[: len(text) // 2]


def main() -> None:
    """Print the table."""
    root = os.environ.get("OFFING_SHARED")
    if root is None:
        print("matching: needs OFFING_SHARED, the folder that holds data/aiddata")
        return
    matcher = load_matcher(None)
    records = rows(Path(root) / "data/aiddata/records.jsonl.gz")[: max(SIZES)]
    started = time.process_time()
    known: list[Account] = []
    new: list[Account] = []
    for row in records:
        known.append(matcher.drawer.draw(RowFields(0, "", row["title"] or "", row["description"] or "")))
        new.append(matcher.drawer.draw(RowFields(0, "", *shortened(row))))
    extracting = time.process_time() - started
    print(f"extracting facts   {extracting / len(known) / 2 * 1000:8.2f} ms per account")
    for size in SIZES:
        started = time.process_time()
        found = match(known[:size], new[:size], matcher.rules)
        spent = time.process_time() - started
        first = sum(bool(each.matches) and each.matches[0].known == place for place, each in enumerate(found))
        print(
            f"{size:5d} x {size:5d}   {spent:8.1f} s   {spent / size * 1000:6.2f} ms per row   "
            f"gold one first {first / size:.3f}"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
