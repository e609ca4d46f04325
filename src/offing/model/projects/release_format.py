"""The formats in which a release is written, beside its tables."""

from __future__ import annotations

from enum import StrEnum


class ReleaseFormat(StrEnum):
    """A format that is made from the tables of a release.

    csv         the tables themselves, which every release has
    flat        one table with one row for each project
    excel-csv   the tables once more, as Excel opens them: marked as UTF-8
    xlsx        one workbook with a sheet for each table, and the codebook
    sqlite      one database with keys and the codebook
    parquet     typed columns, for analysis
    gcdf        the 126 headers of AidData's GCDF 3.0
    ftm         entities of FollowTheMoney
    geojson     places on a map
    site        web pages for readers
    """

    CSV = "csv"
    FLAT = "flat"
    EXCEL = "excel-csv"
    XLSX = "xlsx"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    GCDF = "gcdf"
    FTM = "ftm"
    GEOJSON = "geojson"
    SITE = "site"
