"""What a format of a release is: a writer that is fed project by project, and what it knows of the release. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from offing.model.projects.finding import Citation
from offing.publish.body import ProjectBody
from offing.publish.marked import OpenFile
from offing.publish.table import AnyTable


@dataclass(frozen=True, slots=True)
class ColumnText:
    """What the codebook says of a column: `form` is its type of Table Schema, `words` are the allowed values."""

    name: str
    form: str
    meaning: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableText:
    """What the codebook says of a table; `key` names the columns that make a row unique."""

    name: str
    meaning: str
    columns: tuple[ColumnText, ...]
    key: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: AnyTable) -> TableText:
        """Describe a table."""
        columns = (ColumnText(each.name, each.form, each.meaning, tuple(each.words or ())) for each in table.columns)
        return cls(table.name, table.meaning, tuple(columns), table.key)


@dataclass(frozen=True, slots=True)
class FileText:
    """A file of a release, and what it is."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a format knows of its release before the first project.

    All of it can be read from the release's own documents, so that a release is written again as it was.

    Args:
        version: of the release.
        title: what the data are, in a line.
        citation: by whom, and under which licence.
        tables: the tables of the projects, in their order.
        statistics: statistics.json, without the figures of this release's own tables.
        released: when it was published, ISO 8601 in UTC; "" where nobody wrote it down.
        files: all files of the release that people download.
    """

    version: str
    title: str
    citation: Citation
    tables: tuple[TableText, ...]
    statistics: Mapping[str, Any] = field(default_factory=dict)
    released: str = ""
    files: tuple[FileText, ...] = ()


class FormatWriter(Protocol):
    """Writes a release in one format. It keeps nothing of a project but figures."""

    def add(self, body: ProjectBody) -> None:
        """Write a project; they come in the order of their ids, those that were merged or withdrawn too."""
        ...

    def finish(self) -> None:
        """Write what is left, and close every file."""
        ...


@dataclass(frozen=True, slots=True)
class FormatFile:
    """The file of a format, or its folder if the name ends in "/": its name, format, media type and meaning."""

    name: str
    kind: str
    media_type: str
    meaning: str

    def has(self, name: str) -> bool:
        """Whether a file of a release is this one, or lies in this folder."""
        return name.startswith(self.name) if self.name.endswith("/") else name == self.name


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """A format: what a release has of it, and how to begin it."""

    file: FormatFile
    begin: Callable[[OpenFile, Head], FormatWriter]
