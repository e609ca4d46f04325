"""CHANGES.md: what changed against the release before, for people. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from offing.model.projects.release import ChangeKind, Release
from offing.publish.delta import ProjectChange, RowChange
from offing.publish.schema import EVIDENCE, PROJECTS, SOURCES

LISTED = 200  # projects of each kind; delta.json has all of them
_FIELDS = 8  # changes of one project in its line
_LONGEST = 120  # characters of a value
_AROUND = 20  # characters that two long values share, before the first that differs
_COUNTED = (SOURCES.name, EVIDENCE.name)  # rows of which there are many: delta.json has each
_OPS = {"ADD": "added", "MOD": "changed", "DEL": "removed"}
_ROWS = {
    "parties": ("party", ("kind", "name", "role")),
    "flows": ("flow", ("value", "currency", "kind")),
    "terms": ("term", ("kind", "value", "unit")),
    "quantities": ("quantity", ("value", "unit")),
    "events": ("event", ("event_date", "day", "status", "kind")),
    "by_hand": ("set by hand", ("field", "value", "set_by", "reason", "source")),
}  # what a row of a table is called, and the columns that say what it is
_HEADINGS = {
    ChangeKind.ADDED: "New projects",
    ChangeKind.CHANGED: "Changed projects",
    ChangeKind.MERGED: "Merged into others",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.RESTORED: "Back again",
}
_MARKDOWN = re.compile(r"[\\`*{}\[\]<>#|]|(?<![^\W_])_|_(?![^\W_])")  # an underscore within a word is one


@dataclass(slots=True)
class Notes:
    """Collects the changes of a release; of each kind the first are listed, all are counted."""

    counts: Counter[ChangeKind] = field(default_factory=Counter)
    lines: dict[ChangeKind, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, change: ProjectChange) -> None:
        """Take in the change of one project."""
        self.counts[change.kind] += 1
        if len(self.lines[change.kind]) < LISTED:
            head, *rest = map(_text, in_words(change))
            self.lines[change.kind].append("\n".join((f"- {head}", *(f"  - {each}" for each in rest))))

    def page(self, version: str, before: Release | None, yanked: Sequence[Release], columns: Sequence[str]) -> bytes:
        """The page.

        Args:
            version: of this release.
            before: the release that it is compared with.
            yanked: releases that should not be used any more.
            columns: what changed in the columns, in sentences.
        """
        against = f"Compared with release {before.version}" if before else "The first release"
        parts = [f"# Release {version}", f"{against}: {self.said()}."]
        if columns:
            parts.append("\n".join(f"- {each}" for each in columns))
        if yanked:
            parts.append("## Releases not to be used\n\n" + "\n".join(map(_yanked, yanked)))
        parts += [self._section(kind) for kind in _HEADINGS if before and self.counts[kind]]
        parts.append("`delta.json` has every change, field by field.")
        return ("\n\n".join(parts) + "\n").encode()

    def said(self) -> str:
        """The counts in words: "2 projects added, 1 changed"."""
        return said_of(self.counts)

    def _section(self, kind: ChangeKind) -> str:
        more = self.counts[kind] - len(self.lines[kind])
        rest = [f"- and {more} more"] if more else []
        return f"## {_HEADINGS[kind]}\n\n" + "\n".join((*self.lines[kind], *rest))


def said_of(counts: Mapping[ChangeKind, int]) -> str:
    """Numbers of changes in words: "2 projects added, 1 changed"."""
    found = [(kind, counts[kind]) for kind in ChangeKind if counts.get(kind)]
    if not found:
        return "no project changed"
    (kind, number), *rest = found
    first = f"{number} {'project' if number == 1 else 'projects'} {kind}"
    return ", ".join((first, *(f"{count} {each}" for each, count in rest)))


def in_words(change: ProjectChange) -> tuple[str, ...]:
    """The change of one project: a line that names it, and one for each of its first changes; evidence is counted."""
    named = f"{change.project_id} {_shortened(change.title)}".rstrip()
    if change.kind in {ChangeKind.MERGED, ChangeKind.WITHDRAWN}:
        return (f"{named}: {_shortened(change.note)}",)
    if change.kind is not ChangeKind.CHANGED:
        return (f"{named}: {change.note}" if change.note else named,)
    if change.rows is None:
        return (f"{named}: what the release before said of it was not stored",)
    said = [each for row in change.rows if row.table not in _COUNTED for each in _row(row)]
    more = [f"and {len(said) - _FIELDS} more"] if len(said) > _FIELDS else []
    return (named, *said[:_FIELDS], *more, *_counted(change.rows))


def _row(row: RowChange) -> list[str]:
    one, telling = _ROWS.get(row.table, (row.table, ()))
    named = f"{one} {row.row}"
    if row.op == "ADD":
        return [f"{named} added: {_values(row.after, telling)}"]
    if row.op == "DEL":
        return [f"{named} removed: {_values(row.before, telling)}"]
    prefix = "" if row.table == PROJECTS.name else f"{named}: "
    return [f"{prefix}{column}: {_both(row.before[column], row.after[column])}" for column in row.after]


def _both(before: str, after: str) -> str:
    """Two values of a cell, from where they begin to differ if they are long."""
    if len(before) > _LONGEST or len(after) > _LONGEST:
        alike = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
        start = max(0, alike - _AROUND)
        before, after = (f"…{each[start:]}" if start else each for each in (before, after))
    return f"{_shortened(before) or 'empty'} → {_shortened(after) or 'empty'}"


def _counted(rows: Iterable[RowChange]) -> Iterator[str]:
    for table in _COUNTED:
        ops = Counter(row.op for row in rows if row.table == table)
        said = [f"{ops[op]} {word}" for op, word in _OPS.items() if ops[op]]
        if said:
            yield f"{table}: {', '.join(said)}"


def _values(cells: dict[str, str], telling: tuple[str, ...]) -> str:
    """The cells that say what a row is."""
    return ", ".join(_shortened(cells[name]) for name in telling if cells.get(name))


def _yanked(release: Release) -> str:
    assert release.yanked
    reason = _text(_shortened(release.yanked.reason))
    return f"- {_text(release.version)}, yanked {release.yanked.at:%Y-%m-%d}: {reason}"


def _shortened(value: str) -> str:
    """A value in one line, cut where it is long."""
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _text(value: str) -> str:
    """A line that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\g<0>", value)
