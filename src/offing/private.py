"""Private files: a file with a site's data is created readable by its owner only, whatever the umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MODE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private(path: Path | str) -> None:
    """Create an empty file that only its owner may read, if there is none.

    Raises:
        OSError: it cannot be created; a missing folder is ignored, since opening the file reports that better.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE)
    except (FileExistsError, FileNotFoundError):
        return
    try:
        os.fchmod(handle, MODE)
    finally:
        os.close(handle)


def open_to_others(path: Path) -> str:
    """Return the mode of a file that others may read or write, as "0644".

    "" if only its owner may, or it does not exist.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return ""
    return f"{mode:04o}" if mode & _OTHERS and os.name == "posix" else ""
