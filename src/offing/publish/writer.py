"""Writes the files of a release project by project, so that its size does not matter. Pure: files are streams."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from offing.model.projects.finding import Citation
from offing.model.projects.release import Release, Statistics, TableLayout
from offing.model.projects.release_format import ReleaseFormat
from offing.model.review.second_reading import Agreement
from offing.publish.body import ProjectBody
from offing.publish.catalogue.entry import Entry, metadata_file, zenodo_file
from offing.publish.catalogue.licences import licence_file
from offing.publish.cells import csv_line, plain
from offing.publish.delta import ProjectChange, change_of, columns_of, shared
from offing.publish.documents import TITLE, checksums, citation_file, codebook, datapackage, head_of
from offing.publish.formats import begun
from offing.publish.marked import SUMS, MarkedFiles, OpenFile
from offing.publish.notes import Notes
from offing.publish.published import PublishedChange
from offing.publish.schema import CHANGES, DATA_TABLES
from offing.publish.statistics import CellCounts, measured, statistics_file

LAYOUT: tuple[TableLayout, ...] = tuple(table.layout for table in DATA_TABLES)
"""The tables and columns with which this offing writes releases."""
UNCITED = Citation()


def is_table(name: str) -> bool:
    """Whether a file holds the rows of a table, which are stored by project."""
    return name in {table.file for table in DATA_TABLES}


@dataclass(frozen=True, slots=True)
class Outline:
    """What a release says of itself: version, release before, releases that were yanked, and how it is to be cited.

    `formats` are those in which it is written beside its tables; `at` is when it is published, aware. `agreement` is
    how far two readers agree, where the site has measured it.
    """

    version: str
    before: Release | None = None
    yanked: tuple[Release, ...] = ()
    citation: Citation = UNCITED
    formats: tuple[ReleaseFormat, ...] = ()
    at: datetime | None = None
    agreement: Agreement | None = None


class TableFiles:
    """The CSV files of the tables of a release."""

    def __init__(self, open_file: OpenFile, layout: Sequence[TableLayout]) -> None:
        self._layout = {each.table: each.columns for each in layout}
        self._files = {f"{each.table}.csv": open_file(f"{each.table}.csv") for each in layout}
        for table, columns in self._layout.items():
            self._files[f"{table}.csv"].write((",".join(name for name, _ in columns) + "\n").encode())

    def add(self, body: ProjectBody) -> None:
        """Write the rows of a project."""
        for table, rows in body.rows.items():
            if table in self._layout:
                file, columns = self._files[f"{table}.csv"], self._layout[table]
                for row in rows:
                    file.write(csv_line(columns, row))

    def finish(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


class ReleaseWriter:
    """Writes a new release: add each project in the order of ids, then finish.

    Args:
        open_file: opens a file of the release by name.
        outline: what the release says of itself.
    """

    def __init__(self, open_file: OpenFile, outline: Outline) -> None:
        self._files, self._outline = MarkedFiles(open_file), outline
        self._tables = TableFiles(self._files, LAYOUT)
        about = head_of(outline.version, outline.citation, outline.formats, outline.at)
        self._about = replace(about, statistics=measured(outline.agreement))
        self._formats = begun(outline.formats, self._files, self._about)
        self._tally, self._notes = CellCounts(), Notes()
        own = columns_of(LAYOUT)
        before = columns_of(outline.before.layout) if outline.before and outline.before.layout else own
        self._shared, self._new, self._dropped = shared(own, before), _beyond(own, before), _beyond(before, own)
        self._changes = self._files(CHANGES.file)
        self._changes.write((",".join(CHANGES.header) + "\n").encode())
        self._delta = self._files("delta.json")
        self._delta.write(self._head())
        self._first = True

    def add(self, body: ProjectBody, before: ProjectBody | None, *, known: bool) -> None:
        """Write a project.

        Args:
            body: what this release says of it.
            before: what the release before says of it, where it is stored and differs.
            known: whether the release before knows the project.
        """
        for each in (self._tables, *self._formats):
            each.add(body)
        self._tally.add(body)
        if change := change_of(body, before, self._shared, known=known):
            self._note(change)

    @property
    def said(self) -> str:
        """What changed against the release before, in words: "2 projects added, 1 changed"."""
        return self._notes.said()

    def finish(self) -> Statistics:
        """Write the other files; return the figures of the release."""
        version, figures = self._outline.version, self._tally.figures()
        self._delta.write(b"\n]}\n")
        for each in (self._tables, *self._formats):
            each.finish()
        for file in (self._changes, self._delta):
            file.close()
        rest = {
            "CHANGES.md": self._notes.page(version, self._outline.before, self._outline.yanked, self._column_changes()),
            "codebook.md": codebook(version),
            "datapackage.json": datapackage(self._about, self._files.marks),
            "statistics.json": statistics_file(version, figures, self._outline.agreement),
        }
        for name, content in {**rest, **self._catalogued()}.items():
            self._files.write(name, content)
        self._files.write(SUMS, checksums(self._files.marks))
        return figures

    def _catalogued(self) -> dict[str, bytes]:
        """How the release is to be cited and used, for people and catalogues."""
        version, cited, at = self._outline.version, self._outline.citation, self._outline.at
        entry = Entry(TITLE, version, at.astimezone(UTC).date() if at else None, cited)
        found = {"metadata.jsonld": metadata_file(entry, self._files.marks), ".zenodo.json": zenodo_file(entry)}
        if cited.authors:
            found["CITATION.cff"] = citation_file(version, cited)
        if cited.licence:
            found["LICENSE"] = licence_file(cited.licence, TITLE, version)
        return {name: content for name, content in found.items() if content}

    def _note(self, change: ProjectChange) -> None:
        self._notes.add(change)
        told = PublishedChange(change.project_id, change.kind, change.note)
        cells = dict(zip(CHANGES.header, map(plain, CHANGES.row(told)), strict=True))
        self._changes.write(csv_line(CHANGES.layout.columns, cells))
        line = json.dumps(change.plain(), ensure_ascii=False)
        self._delta.write(("\n" if self._first else ",\n").encode() + line.encode())
        self._first = False

    def _head(self) -> bytes:
        before = self._outline.before
        plain_columns = {"added": _listed(self._new), "dropped": _listed(self._dropped)}
        head: dict[str, Any] = {
            "version": self._outline.version,
            "against": before.version if before else None,
            "columns": plain_columns,
            "projects": [],
        }
        return json.dumps(head, ensure_ascii=False).removesuffix("]}").encode()

    def _column_changes(self) -> list[str]:
        said = (("new", self._new), ("no longer there", self._dropped))
        return [
            f"Columns of `{table}.csv` that are {what}: {', '.join(f'`{name}`' for name in sorted(names))}."
            for what, found in said
            for table, names in found.items()
        ]


def _beyond(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The columns of the one release that the other does not have, by table."""
    found = {table: names - other.get(table, frozenset()) for table, names in one.items()}
    return {table: names for table, names in found.items() if names}


def _listed(columns: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {table: sorted(names) for table, names in columns.items()}
