"""How far a long command has come, for who looks on."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click


def bar(label: str, length: int) -> Any:
    """A bar on stderr; nothing of it is written where nobody looks on."""
    shown = sys.stderr if sys.stderr.isatty() else io.StringIO()
    return click.progressbar(length=length, label=label, file=shown)


def bytes_of(file: Path) -> int:
    """How many bytes a file has; 0 for what is none, as stdin."""
    return file.stat().st_size if file.is_file() else 0
