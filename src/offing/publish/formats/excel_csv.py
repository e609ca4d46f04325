"""The tables of a release as Excel opens them by a double click: marked as UTF-8, rows ending in CR LF. Pure."""

from __future__ import annotations

from offing.publish.body import ProjectBody
from offing.publish.cells import csv_line
from offing.publish.formats.format import Head
from offing.publish.marked import OpenFile

_BOM = b"\xef\xbb\xbf"
FOLDER = "excel"


class ExcelTables:
    """Writes `excel/projects.csv` and so on."""

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        self._columns = {each.name: [(one.name, one.form) for one in each.columns] for each in head.tables}
        self._files = {name: open_file(f"{FOLDER}/{name}.csv") for name in self._columns}
        for name, columns in self._columns.items():
            self._files[name].write(_BOM + ",".join(column for column, _ in columns).encode() + b"\r\n")

    def add(self, body: ProjectBody) -> None:
        """Write the rows of a project."""
        for table, rows in body.rows.items():
            for row in rows if table in self._files else ():
                self._files[table].write(csv_line(self._columns[table], row).removesuffix(b"\n") + b"\r\n")

    def finish(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
