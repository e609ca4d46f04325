"""Adds rows to the site's own tables: what a person decided about the lexicon stays readable and undoable there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from offing.config.layers import Layers
from offing.config.lexicon import LEXICON_COLUMNS
from offing.config.rules import checked_lexicon
from offing.errors import OffingError, UsageError
from offing.model.rules import Lexicon


@dataclass(frozen=True, slots=True)
class Addition:
    """A row for a table of the lexicon (`firms`, `false_friends`, …); columns that it does not give stay empty."""

    table: str
    cells: Mapping[str, str]


def add_to_lexicon(
    site: Path | None, additions: Iterable[Addition], check: Callable[[Lexicon], None] = lambda _: None
) -> tuple[Path, ...]:
    """Write rows into the site's lexicon; nothing is written where the lexicon could not be loaded with them.

    Args:
        site: the site's config folder.
        additions: the rows, in the order in which they are to stand.
        check: looks at the lexicon with the new rows and raises what speaks against them.

    Returns:
        The files that have new rows.

    Raises:
        UsageError: the site has no config folder.
        ConfigError: a row does not fit: an id that stands already, an unknown entity, a name too short.
    """
    if site is None or not site.is_dir():
        raise UsageError("there is no config folder here to write to: `offing init` makes one")
    undo: list[Callable[[], object]] = []
    paths: list[Path] = []
    try:
        for addition in additions:
            path = site / "lexicons" / f"{addition.table}.csv"
            undo.append(_restorer(path))
            _append(path, LEXICON_COLUMNS[addition.table], addition.cells)
            paths.append(path)
        check(checked_lexicon(Layers.of(site)))
    except OffingError:
        for step in reversed(undo):
            step()
        raise
    return tuple(dict.fromkeys(paths))


def _restorer(path: Path) -> Callable[[], object]:
    if not path.exists():
        return lambda: path.unlink(missing_ok=True)
    old = path.read_bytes()
    return lambda: path.write_bytes(old)


def _append(path: Path, columns: Sequence[str], cells: Mapping[str, str]) -> None:
    """Add one row; a table that has other columns than those that ship keeps its own order."""
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
