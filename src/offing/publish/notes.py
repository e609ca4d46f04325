"""CHANGES.md: what changed against the release before, for people. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from offing.model.projects.release import ChangeKind, Release
from offing.publish.delta import ProjectChange, RowChange

LISTED = 200  # projects of each kind; delta.json has all of them
_FIELDS = 8  # changes of one project in its line
_LONGEST = 80  # characters of a value
_HEADINGS = {
    ChangeKind.ADDED: "New projects",
    ChangeKind.CHANGED: "Changed projects",
    ChangeKind.MERGED: "Merged into others",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.RESTORED: "Back again",
}
_MARKDOWN = str.maketrans({each: f"\\{each}" for each in "\\`*_{}[]<>#|"})


@dataclass(slots=True)
class Notes:
    """Collects the changes of a release; of each kind the first are listed, all are counted."""

    counts: Counter[ChangeKind] = field(default_factory=Counter)
    lines: dict[ChangeKind, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, change: ProjectChange) -> None:
        """Take in the change of one project."""
        self.counts[change.kind] += 1
        if len(self.lines[change.kind]) < LISTED:
            self.lines[change.kind].append(f"- {in_words(change)}")

    def page(self, version: str, before: Release | None, yanked: Sequence[Release], columns: Sequence[str]) -> bytes:
        """The page.

        Args:
            version: of this release.
            before: the release that it is compared with.
            yanked: releases that should not be used any more.
            columns: what changed in the columns, in sentences.
        """
        against = f"Compared with release {before.version}: {self.said()}." if before else "The first release."
        parts = [f"# Release {version}", against]
        if columns:
            parts.append("\n".join(f"- {each}" for each in columns))
        if yanked:
            parts.append("## Releases not to be used\n\n" + "\n".join(map(_yanked, yanked)))
        parts += [self._section(kind) for kind in _HEADINGS if before and self.counts[kind]]
        parts.append("`delta.json` has every change, field by field.")
        return ("\n\n".join(parts) + "\n").encode()

    def said(self) -> str:
        """The counts in words: "2 projects added, 1 changed"."""
        found = [
            (kind, number)
            for kind, number in sorted(self.counts.items(), key=lambda each: list(ChangeKind).index(each[0]))
            if number
        ]
        if not found:
            return "no project changed"
        (kind, number), *rest = found
        first = f"{number} {'project' if number == 1 else 'projects'} {kind}"
        return ", ".join((first, *(f"{count} {each}" for each, count in rest)))

    def _section(self, kind: ChangeKind) -> str:
        more = self.counts[kind] - len(self.lines[kind])
        rest = [f"- and {more} more"] if more else []
        return f"## {_HEADINGS[kind]}\n\n" + "\n".join((*self.lines[kind], *rest))


def in_words(change: ProjectChange) -> str:
    """The change of one project in a line of Markdown."""
    named = f"`{change.project_id}` {_text(change.title)}".rstrip()
    if change.kind in {ChangeKind.MERGED, ChangeKind.WITHDRAWN}:
        return f"{named}: {_text(change.note)}"
    if change.kind is not ChangeKind.CHANGED:
        return named
    if change.rows is None:
        return f"{named}: what the release before said of it was not stored"
    said = [each for row in change.rows for each in _row(row)]
    more = [f"and {len(said) - _FIELDS} more"] if len(said) > _FIELDS else []
    return f"{named}: {'; '.join((*said[:_FIELDS], *more))}"


def _row(row: RowChange) -> list[str]:
    name = row.table if row.table == "projects" else f"{row.table} {_text(row.row)}"
    if row.op == "ADD":
        return [f"{name} added ({_values(row.after)})"]
    if row.op == "DEL":
        return [f"{name} removed ({_values(row.before)})"]
    prefix = "" if row.table == "projects" else f"{name} "
    return [
        f"{prefix}{column}: {_text(row.before[column]) or 'empty'} → {_text(row.after[column]) or 'empty'}"
        for column in row.after
    ]


def _values(cells: dict[str, str]) -> str:
    """The cells that tell a person what the row is, without ids and places in texts."""
    left_out = {"project_id", "start", "end", "row_id", "party_id", "flow_id", "event_id", "evidence_id", "language"}
    return ", ".join(_text(cell) for name, cell in cells.items() if cell and name not in left_out)


def _yanked(release: Release) -> str:
    assert release.yanked
    return f"- {_text(release.version)}, yanked {release.yanked.at:%Y-%m-%d}: {_text(release.yanked.reason)}"


def _text(value: str) -> str:
    """A value in one line, shortened, that Markdown shows as it is."""
    line = " ".join(value.split())
    return (line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…").translate(_MARKDOWN)
