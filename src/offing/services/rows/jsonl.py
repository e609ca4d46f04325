"""Reads rows of JSONL one by one, with their numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from offing.errors import BadRecord

ROW_LIMIT = 32 * 1024 * 1024  # bytes; a longer row is no article and no project


def numbered_lines(source: BinaryIO, on_error: Callable[[BadRecord], None]) -> Iterator[tuple[int, bytes]]:
    """Yield the rows that are not blank, with their numbers; rows that are too long are reported and skipped."""
    number = 0
    while line := source.readline(ROW_LIMIT):
        number += 1
        if len(line) == ROW_LIMIT and not line.endswith(b"\n"):
            on_error(BadRecord(f"is longer than {ROW_LIMIT} bytes", number))
            while (rest := source.readline(ROW_LIMIT)) and not rest.endswith(b"\n"):
                pass
        elif line.strip():
            yield number, line


def object_of(line: bytes, number: int) -> dict[str, Any]:
    """Return the JSON object in a row.

    Raises:
        BadRecord: the row holds none.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"is not JSON in UTF-8: {error}", number) from error
    if not isinstance(found, dict):
        raise BadRecord(f"is not a JSON object but {type(found).__name__}", number)
    return found
