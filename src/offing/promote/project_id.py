"""The permanent id of a project."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"[a-z][a-z0-9]{0,15}")


def project_id(prefix: str, year: int, number: int) -> str:
    """Return the id, such as off-2026-000123.

    Raises:
        ValueError: the prefix is not 1 to 16 lower-case letters and digits, a letter first.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot start an id: 1 to 16 small letters and digits, a letter first")
    return f"{prefix}-{year}-{number:06d}"
