"""Finds credentials inside feed addresses and moves them to the site's separate credentials file.

Earlier versions accepted such addresses and showed them in lists, tallies and logs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from offing.errors import UsageError
from offing.model.sources.credentials import Carried, carried_by
from offing.private import MODE, make_private, open_to_others
from offing.store.database.engine import Database
from offing.store.upkeep.credentials import FeedAddress, addresses, clean_words, put_bare, wipe

FILE = "credentials.toml"


def carrying(database: Database) -> tuple[FeedAddress, ...]:
    """Return the feeds whose addresses contain a user name, a password, or what looks like a secret."""
    with database.read() as conn:
        return tuple(each for each in addresses(conn) if carried_by(each.url))


def move_apart(database: Database, site: Path | None) -> int:
    """Move credentials in feed addresses into the site's `credentials.toml`; return how many feeds were changed.

    The file is written before the database is changed, so an interruption loses nothing.

    Raises:
        UsageError: there is something to move, but no folder to move it to, or others can read the file.
    """
    found = [(each, carried) for each in carrying(database) if (carried := carried_by(each.url))]
    if not found:
        return 0
    if site is None or not site.is_dir():
        raise UsageError(
            f"{len(found)} feeds carry credentials in their addresses, and there is no config folder for them"
        )
    _append(site / FILE, (carried for _, carried in found))
    with database.write() as conn:
        for each, carried in found:
            put_bare(conn, each.id, carried.bare)
        clean_words(conn)
    wipe(database)
    return len(found)


def _append(path: Path, found: Iterable[Carried]) -> None:
    make_private(path)
    if mode := open_to_others(path):
        raise UsageError(f"{path}: others can read it (mode {mode}): chmod 600 {path}")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND, MODE), "a", encoding="utf-8") as file:
        file.writelines(map(_entry, found))
        file.flush()
        os.fsync(file.fileno())


def _entry(carried: Carried) -> str:
    """Return one table of the credentials file."""
    parts = urlsplit(carried.bare)
    port = parts.port or (80 if parts.scheme.lower() == "http" else None)
    place = f"{parts.hostname or ''}{f':{port}' if port else ''}"
    lines = ["", "[[keep]]", f"host = {_quoted(place)}", f"path = {_quoted(parts.path or '/')}"]
    if carried.user or carried.password:
        lines += [f"user = {_quoted(carried.user)}", f"password = {_quoted(carried.password)}"]
    pairs = ", ".join(f"{_quoted(name)} = {_quoted(value)}" for name, value in carried.query)
    return "\n".join([*lines, *([f"query = {{ {pairs} }}"] if pairs else [])]) + "\n"


def _quoted(text: str) -> str:
    """Return a text as a quoted TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in escaped) + '"'
