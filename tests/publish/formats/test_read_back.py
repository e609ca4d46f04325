"""A release's CSV files and its datapackage.json hold all that it says: from them alone it is written again."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from offing.model.projects.release import TableLayout
from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import unguarded
from offing.publish.documents import head_from
from offing.publish.formats import begun
from offing.publish.statistics import measured_before
from offing.publish.writer import LAYOUT, TableFiles
from publish.formats.whole import FORMATS, described
from publish.written import Kept, written

RELEASE = written(described(), formats=FORMATS)
TEXTS = ("string",)


def _layout() -> tuple[TableLayout, ...]:
    """Return the tables and columns as datapackage.json describes them."""
    resources = json.loads(RELEASE.files["datapackage.json"])["resources"]
    described = (each for each in resources if each["profile"] == "tabular-data-resource")
    return tuple(
        TableLayout(each["path"].removesuffix(".csv"), tuple((f["name"], f["type"]) for f in each["schema"]["fields"]))
        for each in described
        if each["path"] != "CHANGES.csv"
    )


def _rows(layout: TableLayout) -> Iterator[Cells]:
    """Yield the filled cells of each row of a table, as they were before texts were guarded."""
    forms = dict(layout.columns)
    text = RELEASE.files[f"{layout.table}.csv"].decode()
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        yield {name: unguarded(cell) if forms[name] in TEXTS else cell for name, cell in row.items() if cell}


def _bodies() -> Mapping[str, ProjectBody]:
    """Return what the files say of each project."""
    found: dict[str, dict[str, list[Cells]]] = defaultdict(dict)
    for layout in _layout():
        for row in _rows(layout):
            found[row.get("project_id") or row["id"]].setdefault(layout.table, []).append(row)
    return {key: ProjectBody(key, rows) for key, rows in sorted(found.items())}


def test_the_package_describes_every_table() -> None:
    """In the order and with the columns of the files."""
    assert _layout() == LAYOUT


def test_each_project_says_the_same_once_read_back() -> None:
    """Row by row, whatever its texts look like: apostrophes, formulas, line ends, other scripts."""
    read = _bodies()
    assert read.keys() == RELEASE.bodies.keys()
    for key, body in RELEASE.bodies.items():
        assert read[key].rows == body.rows, key
        assert read[key].digest == body.digest, key


def test_all_tables_and_formats_are_the_same_bytes_again() -> None:
    """From the tables and the description alone."""
    streams: dict[str, Kept] = {}

    def open_file(name: str) -> BinaryIO:
        return streams.setdefault(name, Kept())

    head = head_from(RELEASE.files["datapackage.json"])
    head = replace(head, statistics=measured_before(RELEASE.files["statistics.json"]))
    writers = (TableFiles(open_file, _layout()), *begun(FORMATS, open_file, head))
    for body in _bodies().values():
        for writer in writers:
            writer.add(body)
    for writer in writers:
        writer.finish()
    assert {f"{each.table}.csv" for each in LAYOUT} < streams.keys()
    for name, stream in streams.items():
        assert stream.content == RELEASE.files[name], name
