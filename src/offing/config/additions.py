"""Adds rows to a site's own lexicon tables, where people can read and undo their decisions about names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import LEXICON_COLUMNS
from offing.config.rules import checked_lexicon
from offing.errors import OffingError, UsageError
from offing.model.reading.rules import Lexicon


@dataclass(frozen=True, slots=True)
class Addition:
    """A row for a table of the lexicon (`firms`, `false_friends`, …); missing columns stay empty."""

    table: str
    cells: Mapping[str, str]


def add_to_lexicon(
    site: Path | None, additions: Iterable[Addition], check: Callable[[Lexicon], None] = lambda _: None
) -> tuple[Path, ...]:
    """Write rows into the site's lexicon; nothing is written if the lexicon would no longer load.

    Args:
        site: the site's config folder.
        additions: the rows, in their final order.
        check: inspects the lexicon with the new rows and raises if it objects.

    Returns:
        The files that have new rows.

    Raises:
        UsageError: the site has no config folder.
        ConfigError: a row is invalid: a duplicate id, an unknown entity, a name too short.
    """
    if site is None or not site.is_dir():
        raise UsageError("there is no config folder to write to; create one with `offing init`")
    before: dict[Path, bytes | None] = {}  # None: the file did not exist
    try:
        for addition in additions:
            path = site / "lexicons" / f"{addition.table}.csv"
            before.setdefault(path, path.read_bytes() if path.exists() else None)
            _append(path, LEXICON_COLUMNS[addition.table], addition.cells)
        check(checked_lexicon(Layers.of(site)))
    except OffingError:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise
    return tuple(before)


def _append(path: Path, columns: Sequence[str], cells: Mapping[str, str]) -> None:
    """Add one row; a table with other columns than the shipped ones keeps its own order."""
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    header = next(csv.reader(old.splitlines()), None) or list(columns)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not old:
        writer.writerow(header)
    writer.writerow([cells.get(column.strip(), "") for column in header])
    path.parent.mkdir(parents=True, exist_ok=True)
    joint = "" if not old or old.endswith("\n") else "\n"
    path.write_text(old + joint + text.getvalue(), encoding="utf-8")
