"""The formats of a release beside its tables, each a writer that is fed project by project. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from offing.model.projects.release_format import ReleaseFormat
from offing.publish.formats.excel_csv import FOLDER as EXCEL_FOLDER
from offing.publish.formats.excel_csv import ExcelTables
from offing.publish.formats.flat import FILE as FLAT_FILE
from offing.publish.formats.flat import FlatTable
from offing.publish.formats.followthemoney import FILE as FTM_FILE
from offing.publish.formats.followthemoney import Entities
from offing.publish.formats.format import FormatFile, FormatSpec, FormatWriter, Head
from offing.publish.formats.gcdf import FILE as GCDF_FILE
from offing.publish.formats.gcdf import GcdfTable
from offing.publish.formats.geojson import FILE as GEOJSON_FILE
from offing.publish.formats.geojson import Places
from offing.publish.formats.parquet import FOLDER as PARQUET_FOLDER
from offing.publish.formats.parquet import ParquetTables
from offing.publish.formats.site import FOLDER as SITE_FOLDER
from offing.publish.formats.site import Site
from offing.publish.formats.sqlite import FILE as SQLITE_FILE
from offing.publish.formats.sqlite import Database
from offing.publish.formats.workbook import FILE as XLSX_FILE
from offing.publish.formats.workbook import Workbook
from offing.publish.marked import OpenFile

FORMATS: Mapping[ReleaseFormat, FormatSpec] = {
    ReleaseFormat.FLAT: FormatSpec(
        FormatFile(FLAT_FILE, "csv", "text/csv", "One row for each project, with what the other tables say of it."),
        FlatTable,
    ),
    ReleaseFormat.EXCEL: FormatSpec(
        FormatFile(
            f"{EXCEL_FOLDER}/", "csv", "text/csv", "The same tables marked as UTF-8, for a double click in Excel."
        ),
        ExcelTables,
    ),
    ReleaseFormat.XLSX: FormatSpec(
        FormatFile(
            XLSX_FILE,
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "All tables and the codebook in one workbook.",
        ),
        Workbook,
    ),
    ReleaseFormat.SQLITE: FormatSpec(
        FormatFile(SQLITE_FILE, "sqlite", "application/vnd.sqlite3", "All tables and the codebook in one database."),
        Database,
    ),
    ReleaseFormat.PARQUET: FormatSpec(
        FormatFile(
            f"{PARQUET_FOLDER}/", "parquet", "application/vnd.apache.parquet", "The same tables with typed columns."
        ),
        ParquetTables,
    ),
    ReleaseFormat.GCDF: FormatSpec(
        FormatFile(GCDF_FILE, "csv", "text/csv", "One row for each project under the headers of AidData's GCDF 3.0."),
        GcdfTable,
    ),
    ReleaseFormat.FTM: FormatSpec(
        FormatFile(FTM_FILE, "jsonl", "application/json+ftm", "Entities of FollowTheMoney, one a line."), Entities
    ),
    ReleaseFormat.GEOJSON: FormatSpec(
        FormatFile(GEOJSON_FILE, "geojson", "application/geo+json", "Where projects are, as points."), Places
    ),
    ReleaseFormat.SITE: FormatSpec(
        FormatFile(
            f"{SITE_FOLDER}/", "text", "text/plain", "Checksums of the web pages; begin at index.html beside it."
        ),
        Site,
    ),
}


def begun(formats: Iterable[ReleaseFormat], open_file: OpenFile, head: Head) -> list[FormatWriter]:
    """Begin some formats of a release, each once.

    Args:
        formats: which; that of the tables themselves begins nothing.
        open_file: opens the files of the release.
        head: what they know of the release.

    Raises:
        MissingExtra: a library that one of them needs is not installed.
    """
    return [FORMATS[each].begin(open_file, head) for each in dict.fromkeys(formats) if each in FORMATS]


def formats_of(names: Collection[str]) -> tuple[ReleaseFormat, ...]:
    """Return the formats to which some files of a release belong."""
    return tuple(kind for kind, spec in FORMATS.items() if any(spec.file.has(name) for name in names))


def is_of_format(name: str) -> bool:
    """Whether a file belongs to a format: it is made from the tables, and not stored with the release."""
    return bool(formats_of([name]))
