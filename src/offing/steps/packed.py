"""Files that may be packed by gzip."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import BinaryIO, cast

UNREADABLE = (OSError, EOFError, zlib.error)  # what reading a damaged or vanished file raises


def unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    """What a file holds, unpacked where its name ends in .gz."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
