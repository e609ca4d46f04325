"""publish: from project records to the files of a release; same data, same bytes. Pure."""

from offing.publish.cells import csv_bytes, guarded, unguarded
from offing.publish.release import TableRows, build_release, digests, supported, table_rows

__all__ = [
    "TableRows",
    "build_release",
    "csv_bytes",
    "digests",
    "guarded",
    "supported",
    "table_rows",
    "unguarded",
]
