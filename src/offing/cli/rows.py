"""The rows of a JSONL file that a command reads whole."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from offing.errors import UsageError


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file, packed by gzip where its name says so, each with an id.

    Only a line feed ends a row: the other line ends of Unicode may stand in a text.

    Raises:
        UsageError: the file cannot be read, or a row is no such object.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    return [_row(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str, number: int, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{path}:{number}: is no JSON: {error}") from error
    if not isinstance(found, dict) or "id" not in found:
        raise UsageError(f'{path}:{number}: is no object with an "id"')
    return found
