"""Files that may be compressed with gzip."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import BinaryIO, cast

UNREADABLE = (OSError, EOFError, zlib.error)  # what reading a damaged or vanished file raises


def unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    """Return the content of a file, decompressed if its name ends in .gz."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
