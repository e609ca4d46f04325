"""Progress of a long command, for a person at the terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click


def bar(label: str, length: int) -> Any:
    """Return a progress bar on stderr; silent if stderr is no terminal."""
    shown = sys.stderr if sys.stderr.isatty() else io.StringIO()
    return click.progressbar(length=length, label=label, file=shown)


def bytes_of(file: Path) -> int:
    """Return the size of a file in bytes; 0 if it is no file, such as stdin."""
    return file.stat().st_size if file.is_file() else 0
