"""projects.geojson: where projects are, as GeoJSON (RFC 7946). Pure.

A project has a point for each of its rows of locations.csv that has coordinates; else one in each of its countries,
whose `precision` says that it stands for the country.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import clean
from offing.publish.formats.format import Head
from offing.publish.formats.said import Rows, codes, country_name, main_flow
from offing.publish.formats.world import world
from offing.publish.marked import OpenFile

FILE = "projects.geojson"
_SAID = ("title", "sector", "status", "record_type", "mode", "first_reported", "last_reported")
COUNTRY = "country"


class Places:
    """Writes projects.geojson."""

    def __init__(self, open_file: OpenFile, _head: Head) -> None:
        self._file, self._first = open_file(FILE), True
        self._file.write(b'{"type": "FeatureCollection", "features": [')

    def add(self, body: ProjectBody) -> None:
        """Write the places of a project, unless it was merged or withdrawn."""
        for project in body.rows.get("projects", ()):
            for each in features(project, body.rows):
                self._file.write((b"\n" if self._first else b",\n") + json.dumps(each, ensure_ascii=False).encode())
                self._first = False

    def finish(self) -> None:
        """Close the file."""
        self._file.write(b"\n]}\n")
        self._file.close()


def features(project: Cells, rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield the features of a project, which share its properties.

    Args:
        project: its row of projects.csv.
        rows: all of its rows.
    """
    flow = main_flow(rows)
    sum_ = {"amount": float(flow["value"]), "currency": flow["currency"], "amount_kind": flow["kind"]} if flow else {}
    said = {name: clean(project[name]) for name in _SAID if name in project} | sum_
    for place, (longitude, latitude, own) in enumerate(points(project, rows), 1):
        yield {
            "type": "Feature",
            "id": f"{project['id']}/{place}",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {"project_id": project["id"], **own, **said},
        }


def points(project: Cells, rows: Rows) -> Iterator[tuple[float, float, dict[str, str]]]:
    """Yield longitude and latitude of each place of a project, with its name, country and precision."""
    placed = [row for row in rows.get("locations", ()) if row.get("latitude") and row.get("longitude")]
    for row in placed:
        own = {"place": row.get("name", ""), "country": row.get("country", ""), "precision": row.get("precision", "")}
        yield float(row["longitude"]), float(row["latitude"]), {name: clean(each) for name, each in own.items() if each}
    for code in () if placed else codes(project):
        if outline := world().get(code):
            own = {"place": country_name(code), "country": code, "precision": COUNTRY}
            yield outline.longitude, outline.latitude, own
