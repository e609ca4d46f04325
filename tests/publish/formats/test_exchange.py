"""The formats by which other programs and other bases take a release over, each read by one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio.raw
import pytest

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.config.sites.import_shapes import load_shape
from offing.publish.body import Cells
from offing.publish.formats.followthemoney import entities
from offing.publish.formats.gcdf import gcdf_row, headers
from offing.publish.formats.geojson import points
from offing.publish.formats.world import HEIGHT, WIDTH, projected, world
from offing.services.known_projects.row_mapping import Names, RowReader
from publish.formats.whole import PROJECTS, write_release

# What our entities may say, by followthemoney 4.11.2: properties of their schemata with the type of each.
SCHEMATA = {
    "Project": {
        *("name", "projectId", "country", "status", "description", "keywords", "startDate", "endDate"),
        *("amount", "currency", "amountUsd", "amountEur", "sourceUrl"),
    },
    "ProjectParticipant": {"project", "participant", "role", "recordId"},
    "Company": {"name", "country"},
    "LegalEntity": {"name", "country"},
    "Article": {"title", "sourceUrl", "publisher", "publishedAt"},
    "Documentation": {"document", "entity", "role"},
}
ENDS = {
    ("ProjectParticipant", "project"): {"Project"},
    ("ProjectParticipant", "participant"): {"Company", "LegalEntity"},
    ("Documentation", "document"): {"Article"},
    ("Documentation", "entity"): {"Project"},
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release in all formats."""
    return write_release(tmp_path_factory.mktemp("release"))


def entities_of(release: Path) -> list[dict[str, Any]]:
    """The entities of a release."""
    return [json.loads(line) for line in (release / "entities.ftm.json").read_text("utf-8").splitlines()]


def test_gcdf_has_its_126_headers(release: Path) -> None:
    """Each once, and every project has a row."""
    table = pd.read_csv(release / "projects.gcdf.csv", dtype=str, keep_default_na=False)
    assert tuple(table.columns) == headers()
    assert len(set(headers())) == 126
    assert list(table["AidData Record ID"]) == list(PROJECTS)
    assert set(table["Financier Country"]) == {"China"}


def test_what_gcdf_knows_comes_back_by_our_own_import(release: Path) -> None:
    """A file of ours is read by the mapping for GCDF, and says what the release says."""
    table = pd.read_csv(release / "projects.gcdf.csv", dtype=str, keep_default_na=False)
    layers = Layers.of()
    reader = RowReader(load_shape(layers, "aiddata-gcdf-3.0"), Names(load_rules(layers).lexicon))
    known, left_out = reader.read(table.to_dict("records")[0], 1)
    projects = pd.read_csv(release / "projects.csv", dtype=str, keep_default_na=False).to_dict("records")[0]
    parties = pd.read_csv(release / "parties.csv", dtype=str, keep_default_na=False)
    own = parties[parties["project_id"] == PROJECTS[0]]
    assert left_out == []
    assert (known.key, known.facts.title) == (PROJECTS[0], projects["name"])
    assert "; ".join(known.facts.countries) == projects["countries"]
    assert [each.name for each in known.facts.lenders] == list(own[own["kind"] == "lender"]["name"])
    assert [each.name for each in known.facts.firms] == list(own[own["kind"] == "firm"]["name"])


def test_gcdf_says_dates_sums_and_terms_its_own_way() -> None:
    """Days as Americans write them, months as years, the loan before the cost of the whole."""
    project = {"id": "off-1", "title": "T", "countries": "KEN; UGA", "status": "completed"}
    project["sector"] = "telecom-connectivity"
    rows: dict[str, list[Cells]] = {
        "projects": [project],
        "flows": [
            {"value": "90", "currency": "EUR", "kind": "total-cost"},
            {"value": "10", "currency": "EUR", "kind": "loan", "qualifier": "in part"},
            {"value": "85", "currency": "EUR", "kind": "loan", "qualifier": "about"},
        ],
        "terms": [
            {"kind": "grace", "value": "18", "unit": "months"},
            {"kind": "interest", "value": "2", "unit": "percent"},
        ],
        "events": [
            {"status": "signed", "event_date": "2019-03", "day": "2019-03-01"},
            {"status": "under-construction", "day": "2020-05-04"},
            {"status": "completed", "event_date": "2021-06-07", "day": "2021-06-07"},
        ],
    }
    row = gcdf_row(project, rows)
    wanted = {
        "Recipient": "Kenya|Uganda",
        "Status": "Completion",
        "Sector Code": "220",
        "Amount (Original Currency)": "85",
        "Amount Estimated": "Yes",
        "Flow Type": "Loan",
        "Grace Period": "1.5",
        "Interest Rate": "2",
        "Commitment Year": "2019",
        "Actual Implementation Start Date (MM/DD/YYYY)": "05/04/2020",
        "Actual Implementation Start Date Estimated": "Yes",
        "Actual Completion Date (MM/DD/YYYY)": "06/07/2021",
        "Actual Completion Date Estimated": "No",
    }
    assert {name: row.get(name) for name in wanted} == wanted
    assert "Commitment Date (MM/DD/YYYY)" not in row, "a month is no day"
    assert row.keys() <= set(headers())


def test_entities_say_what_their_schemata_allow(release: Path) -> None:
    """Every property is one of the schema, every edge has both ends, no entity comes twice."""
    found = entities_of(release)
    schema_of = {each["id"]: each["schema"] for each in found}
    assert len(schema_of) == len(found)
    assert {name for each in found for name in each["properties"]} != set()
    for each in found:
        assert each["properties"].keys() <= SCHEMATA[each["schema"]]
        for (schema, name), ends in ENDS.items():
            if schema == each["schema"]:
                assert {schema_of[key] for key in each["properties"][name]} <= ends


def test_parties_take_part_by_their_role(release: Path) -> None:
    """Each row of parties.csv is a participation; a firm of two projects is one company."""
    found = entities_of(release)
    parties = pd.read_csv(release / "parties.csv", dtype=str, keep_default_na=False)
    edges = [each["properties"] for each in found if each["schema"] == "ProjectParticipant"]
    assert sorted(each["recordId"][0] for each in edges) == sorted(parties["party_id"])
    companies = [each for each in found if each["schema"] == "Company"]
    chinese = [row for row in parties.to_dict("records") if row["kind"] != "counterpart"]
    assert len(companies) == len({(row["kind"], row["entity_id"] or row["name"]) for row in chinese})
    assert {code for each in companies for code in each["properties"]["country"]} == {"cn"}


def test_followthemoney_takes_every_value(release: Path) -> None:
    """The library itself keeps each property of each entity."""
    ftm = pytest.importorskip("followthemoney", reason="it compiles against ICU, for a minute: not for `make setup`")
    for each in entities_of(release):
        proxy = ftm.model.get_proxy(each, cleaned=False)
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in each["properties"].items()
        }
        proxy.schema.validate(each)


def test_weeks_and_quarters_are_years_to_followthemoney() -> None:
    """It knows no other parts of a year than months."""
    project = {"id": "off-1", "title": "T"}
    rows = {"events": [{"status": "signed", "event_date": "2026-W11"}]}
    assert next(entities(project, rows))["properties"]["startDate"] == ["2026"]


def test_gdal_reads_the_places(release: Path) -> None:
    """Points with their properties, in degrees; each project has one in each of its countries."""
    meta, _, geometry, fields = pyogrio.raw.read(release / "projects.geojson")
    assert meta["geometry_type"] == "Point"
    assert meta["crs"] == "EPSG:4326"
    values = dict(zip(meta["fields"], fields, strict=True))
    projects = pd.read_csv(release / "projects.csv", dtype=str, keep_default_na=False)
    countries = [code for each in projects["countries"] for code in each.split("; ")]
    assert len(geometry) == len(countries)
    assert list(values["country"]) == countries
    assert set(values["precision"]) == {"country"}


def test_places_with_coordinates_come_before_countries() -> None:
    """Where a place is known, the country has no point of its own."""
    project = {"id": "off-1", "title": "T", "countries": "KEN; UGA"}
    placed = {"name": "Konza", "country": "KEN", "latitude": "-1.74", "longitude": "37.13"}
    placed["precision"] = "populated-place"
    found = list(points(project, {"locations": [placed, {"name": "nowhere"}]}))
    assert found == [(37.13, -1.74, {"place": "Konza", "country": "KEN", "precision": "populated-place"})]


def test_countries_lie_where_they_are() -> None:
    """Nairobi's country lies on the equator, and everything is on the map."""
    kenya = world()["KEN"]
    assert abs(kenya.latitude) < 3
    assert 34 < kenya.longitude < 42
    assert len([code for code in world() if not code.startswith("-")]) > 230
    for each in world().values():
        x, y = projected(each.longitude, each.latitude)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert projected(0, 0) == pytest.approx((WIDTH / 2, HEIGHT / 2))
