"""parquet/: the tables of a release with typed columns, for analysis. Pure but for its own temporary files.

DuckDB writes them (extra `parquet`), from rows that wait in temporary files, one row group after the other.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from offing.errors import MissingExtra
from offing.publish.body import ProjectBody
from offing.publish.cells import clean
from offing.publish.formats.format import Head, TableText
from offing.publish.marked import OpenFile

FOLDER = "parquet"
_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMPTZ"}


class ParquetTables:
    """Writes `parquet/projects.parquet` and so on.

    Raises:
        MissingExtra: DuckDB is not installed.
    """

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        if find_spec("duckdb") is None:
            raise MissingExtra("Parquet files are written by DuckDB", "parquet")
        self._tables, self._open = {each.name: each for each in head.tables}, open_file
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name)
        self._files = {name: (self._path / f"{name}.csv").open("x", newline="") for name in self._tables}
        self._rows = {name: csv.writer(file, quoting=csv.QUOTE_ALL) for name, file in self._files.items()}

    def add(self, body: ProjectBody) -> None:
        """Keep the rows of a project."""
        for name, rows in body.rows.items():
            if table := self._tables.get(name):
                for row in rows:
                    self._rows[name].writerow([clean(row.get(each.name, "")) for each in table.columns])

    def finish(self) -> None:
        """Write the Parquet files."""
        import duckdb

        for each in self._files.values():
            each.close()
        with duckdb.connect(config={"threads": 1, "memory_limit": "128MB", "temp_directory": str(self._path)}) as conn:
            conn.execute("SET TimeZone = 'UTC'")
            for name, table in self._tables.items():
                conn.execute(_copy(table, self._path))
                made_path, name_there = self._path / f"{name}.parquet", f"{FOLDER}/{name}.parquet"
                with made_path.open("rb") as made, self._open(name_there) as file:
                    shutil.copyfileobj(made, file)
        self._folder.cleanup()


def _copy(table: TableText, folder: Path) -> str:
    columns = ", ".join(f"'{each.name}': '{_TYPES.get(each.form, 'VARCHAR')}'" for each in table.columns)
    return (
        f"COPY (FROM read_csv('{folder}/{table.name}.csv', header = false, auto_detect = false, quote = '\"', "
        f"escape = '\"', delim = ',', new_line = '\\r\\n', nullstr = '', parallel = false, "
        f"columns = {{{columns}}})) "
        f"TO '{folder}/{table.name}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
    )
