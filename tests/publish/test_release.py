"""The files of a release."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW, TEXT, quote, quotes
from offing.model.projects.project import (
    Change,
    EventDate,
    LifeEvent,
    LoanTerm,
    ProjectFacts,
    ProjectRecord,
    ReportedEvent,
    SizedBy,
    StatedConcern,
)
from offing.model.projects.release import Described, ProvedField, PublishedSource
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import Concern, EventKind, LoanTermKind, Status
from offing.publish import ProjectBody, supported
from offing.publish.rows import evidence_rows, source_rows
from offing.publish.schema import ALL_TABLES, EVIDENCE
from offing.publish.table import Column, Table
from publish.written import Written, written

DAY = date(2026, 3, 5)
FULL = replace(
    FACTS,
    counterparts=("=Ministry", "Konza; Ltd"),
    places=("Konza; south", "Nairobi"),
    terms=(LoanTerm(LoanTermKind.INTEREST, Decimal("2.50"), "percent", "2.5%"),),
    quantities=(SizedBy(Decimal("1E+3"), "racks", "1000 racks"),),
    concerns=(StatedConcern(Concern.PROCUREMENT, "no tender"),),
)
EVENTS = (
    LifeEvent(EventKind.STATUS, Status.SIGNED, DAY, 1, "https://a.example/1", "signed"),
    LifeEvent(EventKind.STATUS, Status.AGREED, date(2026, 1, 2), 1, "https://a.example/2", "agreed"),
    LifeEvent(EventKind.STATUS, Status.PROPOSED, None, 1, "https://a.example/2", ""),
    LifeEvent(
        EventKind.CHANGE,
        None,
        DAY,
        2,
        "https://a.example/3",
        changes=(Change("firms", ("Huawei",), ("Huawei", "ZTE; Ltd")),),
    ),
    LifeEvent(EventKind.INCIDENT, None, date(2026, 4, 1), 2, "https://a.example/3", "offline", event_date="2026-04"),
    LifeEvent(
        EventKind.STATUS, Status.COMPLETED, DAY, 2, "https://a.example/3", "done", set_aside_by="ana", set_aside_at=NOW
    ),
)


def _id(number: int) -> str:
    return f"off-2026-{number:06d}"


def _record(number: int = 1, facts: ProjectFacts = FULL) -> ProjectRecord:
    return ProjectRecord(_id(number), facts, EVENTS, (number,), NOW, NOW)


def _source(number: int, page: int) -> PublishedSource:
    published = NOW - timedelta(days=page) if page else None
    return PublishedSource(_id(number), f"https://a.example/{page}", f"+title {page}", "A", "en", published)


def _described(record: ProjectRecord) -> Described:
    number = int(record.id[-6:])
    sources = tuple(_source(number, page) for page in (2, 0, 1))
    return Described(record, sources, tuple(ProvedField(record.id, proof, "https://a.example/1") for proof in quotes()))


def _written(*records: ProjectRecord, before: Written | None = None) -> Written:
    return written(map(_described, records), before)


def _rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline=""), strict=True))


FILES = _written(_record(2), _record(1)).files


def test_a_release_has_all_its_files() -> None:
    """A release holds its tables, their description, the codebook, the changes and the checksums."""
    tables = {
        f"{n}.csv"
        for n in (
            *("projects", "parties", "flows", "terms", "quantities", "locations", "events"),
            *("sources", "evidence", "by_hand", "links", "retired", "CHANGES"),
        )
    }
    words = {"CHANGES.md", "codebook.md"}
    described = {"datapackage.json", "metadata.jsonld", "delta.json", "statistics.json"}
    assert set(FILES) == {*tables, *words, *described, "SHA256SUMS"}


def test_projects_are_reported_by_id() -> None:
    """Each live record is one row, by id, with its status dated and its sources counted."""
    first, second = _rows(FILES, "projects")
    assert (first["id"], second["id"]) == (_id(1), _id(2))
    assert first == {
        "id": _id(1),
        "title": "Data centre in Nairobi",
        "name": "Data centre and cloud project, Konza; south, Kenya (Huawei)",
        "description": first["description"],
        "countries": "KEN",
        "sector": "data-centre-cloud",
        "status": "signed",
        "status_day": "2026-03-05",
        "record_type": "project",
        "mode": "",
        "places": "Konza, south; Nairobi",
        "quantities": "1000 racks",
        "concerns": "procurement",
        "first_reported": "2026-03-03",
        "last_reported": "2026-03-04",
        "outlets": "1",
        "sources": "3",
        "split_from": "",
        "parent_id": "",
        "is_umbrella": "",
        "recommended_for_aggregates": "true",
        "staff_comments": "",
        "host_side": "true",
        "chinese_side": "false",
        "source_quality": "0.2",
        "completeness": "0.9",
        "implementation_detail": first["implementation_detail"],
        "loan_detail": first["loan_detail"],
    }


def test_parties_sums_and_events_have_rows_of_their_own() -> None:
    """Firms, lenders and counterparts, sums, and events stand in their tables; what a person set aside does not."""
    parties = [row for row in _rows(FILES, "parties") if row["project_id"] == _id(1)]
    assert [(row["kind"], row["name"], row["role"]) for row in parties] == [
        ("firm", "Huawei", "contractor"),
        ("lender", "China Exim Bank", ""),
        ("counterpart", "'=Ministry", ""),
        ("counterpart", "Konza; Ltd", ""),
    ]
    assert _rows(FILES, "flows")[0]["value"] == "85000000"
    columns = ("day", "status", "kind", "event_date", "changes")
    events = [tuple(row[name] for name in columns) for row in _rows(FILES, "events")][:5]
    assert events == [
        ("", "proposed", "status", "", ""),
        ("2026-01-02", "agreed", "status", "", ""),
        ("2026-03-05", "", "change", "", "firms: Huawei -> Huawei, ZTE, Ltd"),
        ("2026-03-05", "signed", "status", "", ""),
        ("2026-04-01", "", "incident", "2026-04", ""),
    ]


def test_sources_and_evidence_carry_no_text_but_quotes() -> None:
    """Sources are addresses and headlines, evidence the quotes with their offsets; no article's text is published."""
    source = _rows(FILES, "sources")[1]
    assert (source["title"], source["published"]) == ("'+title 1", "2026-03-04T08:00:00Z")
    for row in _rows(FILES, "evidence"):
        assert TEXT[int(row["start"]) : int(row["end"])] == row["quote"]
    assert not any(TEXT.encode() in content for content in FILES.values())


def test_quotes_of_one_value_stand_in_the_order_of_their_places() -> None:
    """A quote at character 9 stands before one at 10, although "10" comes before "9" as a text."""
    late, early = (replace(quotes()[0], start=start, end=start + 5) for start in (10, 9))
    rows = evidence_rows([ProvedField(_id(1), each, "https://a.example/1") for each in (late, early)])
    assert [row[EVIDENCE.header.index("start")] for row in rows] == [9, 10]


def test_addresses_carry_no_credentials() -> None:
    """Somebody who was let in may have read it there; a release is for everybody."""
    secret = PublishedSource(_id(1), "https://ana:hidden@a.example/1?x=1&token=hidden", "t", "A", "en", None)
    proof = ProvedField(_id(1), quotes()[0], secret.url)
    told = [*source_rows([secret]), *evidence_rows([proof])]
    assert "hidden" not in repr(told)
    assert "https://***@a.example/1?x=1&token=***" in repr(told)


def test_the_description_fits_the_files() -> None:
    """datapackage.json names each table with its columns in order, its size and its digest."""
    described = json.loads(FILES["datapackage.json"])
    assert described["version"] == "1.0"
    for resource in described["resources"]:
        content = FILES[resource["path"]]
        heading = content.decode().split("\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == heading
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert all(f"`{name}`".encode() in FILES["codebook.md"] for name in heading)
        _check_values(resource, _rows(FILES, resource["path"].removesuffix(".csv")))


def _check_values(resource: dict, rows: list[dict[str, str]]) -> None:
    for field in resource["schema"]["fields"]:
        limits = field.get("constraints", {})
        for value in (row[field["name"]] for row in rows):
            assert value or not limits.get("required")
            assert not value or value in limits.get("enum", [value])


def test_the_checksums_hold() -> None:
    """SHA256SUMS lists every other file with its digest, by name."""
    lines = [line.split("  ") for line in FILES["SHA256SUMS"].decode().splitlines()]
    assert [name for _, name in lines] == sorted(set(FILES) - {"SHA256SUMS"})
    assert all(hashlib.sha256(FILES[name]).hexdigest() == digest for digest, name in lines)


def test_no_cell_of_any_table_is_a_formula() -> None:
    """No cell starts with a sign that a spreadsheet takes for a formula."""
    evil = replace(FULL, title="=cmd|' /C calc'!A0", places=("@here",), counterparts=("\t-1", "＝1"))
    files = _written(_record(1, evil)).files
    for name in files:
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(files[name].decode(), newline="")):
                assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝")) for cell in row)


@given(st.permutations([1, 2, 3]), st.randoms())
def test_same_data_same_bytes(order: list[int], random: "object") -> None:
    """The order in which records, sources and proofs are read makes no difference."""

    def shuffled(found: tuple) -> tuple:
        mixed = list(found)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        return tuple(mixed)

    usual = [_described(_record(number)) for number in (1, 2, 3)]
    mixed = [
        replace(usual[number - 1], sources=shuffled(usual[0].sources), proofs=shuffled(usual[0].proofs))
        for number in order
    ]
    mixed = [
        replace(
            each,
            sources=tuple(replace(one, project_id=each.record.id) for one in each.sources),
            proofs=tuple(replace(one, project_id=each.record.id) for one in each.proofs),
        )
        for each in mixed
    ]
    assert written(mixed) == written(usual)


def test_changes_are_reported_against_the_release_before() -> None:
    """Added, changed, merged and withdrawn projects are listed once; unchanged ones and new tombstones are not."""
    before = _written(*(_record(number) for number in (1, 2, 3, 4)))
    now = (
        _record(1),
        _record(2, replace(FULL, title="Another")),
        replace(_record(3), redirects_to=_id(1)),
        replace(_record(4), withdrawn="=no project"),
        _record(5),
        replace(_record(6), withdrawn="never released"),
    )
    after = _written(*now, before=before)
    assert [tuple(row.values()) for row in _rows(after.files, "CHANGES")] == [
        (_id(2), "changed", ""),
        (_id(3), "merged", f"into {_id(1)}"),
        (_id(4), "withdrawn", "'=no project"),
        (_id(5), "added", ""),
    ]
    assert [row["id"] for row in _rows(after.files, "projects")] == [_id(1), _id(2), _id(5)]
    assert [row["id"] for row in _rows(after.files, "retired")] == [_id(3), _id(4), _id(6)]
    assert _rows(_written(*now, before=after).files, "CHANGES") == []


def test_a_new_source_is_a_change() -> None:
    """A project whose sources grew has another digest, although its own row may be the same."""
    usual = _described(_record())
    more = replace(usual, sources=(*usual.sources, replace(_source(1, 1), url="https://b.example/")))
    one, other = written([usual]).bodies[_id(1)], written([more]).bodies[_id(1)]
    assert one.digest != other.digest


def test_the_same_address_counts_once() -> None:
    """An article that two candidates of a project share is one source."""
    usual = _described(_record())
    assert written([replace(usual, sources=(*usual.sources, *usual.sources))]) == written([usual])


def test_an_empty_release_is_a_release() -> None:
    """Without records the tables have headings only."""
    assert written([]).files["projects.csv"].count(b"\n") == 1


PROOFS = [
    (FieldName.COUNTRIES, "KEN", True),
    (FieldName.COUNTRIES, "UGA", False),
    (FieldName.FIRMS, "huawei", True),
    (FieldName.FIRMS, "ZTE", False),
    (FieldName.AMOUNTS, "8.5E+7 EUR", True),
    (FieldName.AMOUNTS, "85000000.0 eur", True),
    (FieldName.AMOUNTS, "85000000 USD", False),
    (FieldName.AMOUNTS, "Infinity EUR", False),
    (FieldName.QUANTITIES, "1000 racks", True),
    (FieldName.TERMS, "interest 2.5 percent", True),
    (FieldName.TERMS, "interest 3 percent", False),
    (FieldName.TERMS, "grace 2.5 percent", False),
    (FieldName.STATUS, "agreed", True),
    (FieldName.STATUS, "completed", False),
    (FieldName.CONCERNS, "procurement", True),
    (FieldName.MODE, "loan", False),
    (FieldName.PLACES, "Nairobi", True),
]


@pytest.mark.parametrize(("field", "value", "kept"), PROOFS)
def test_only_what_the_record_says_is_proved(field: FieldName, value: str, *, kept: bool) -> None:
    """A quote for a value that the record does not have is not published."""
    proof: Evidence = quote(field, value, "Huawei")
    assert supported((proof,), _record()) == ((proof,) if kept else ())


def test_an_event_with_a_date_of_its_own_is_proved() -> None:
    """An event is named by its kind in the evidence, whatever else is told of it."""
    told = ReportedEvent(EventKind.AUDIT, "the auditor found", EventDate("2026-06-17", "on Wednesday"))
    proof: Evidence = quote(FieldName.EVENTS, "audit", "Huawei")
    assert supported((proof,), _record(facts=replace(FULL, events=(told,)))) == (proof,)


# A promise to all who read releases by machine: ! is never empty, = one of a list.
PROMISED = {
    "projects": "id! title! name! description countries sector= status= status_day:date record_type= mode= places"
    " quantities concerns first_reported:date last_reported:date outlets:integer! sources:integer! split_from parent_id"
    " is_umbrella:boolean recommended_for_aggregates:boolean! staff_comments host_side:boolean! chinese_side:boolean!"
    " source_quality:number! completeness:number! implementation_detail:number! loan_detail:number",
    "parties": "party_id! project_id! kind!= name! as_written role= entity_id set_by_hand:boolean",
    "flows": "flow_id! project_id! value:number! currency! kind!= qualifier as_written set_by_hand:boolean"
    " usd_nominal:number eur_nominal:number usd_constant:number constant_year:integer rate:number rate_day:date"
    " rate_source",
    "terms": "term_id! project_id! kind!= value:number! unit! as_written set_by_hand:boolean",
    "quantities": "quantity_id! project_id! value:number! unit! as_written set_by_hand:boolean",
    "locations": "location_id! project_id! name country region latitude:number longitude:number precision= geocoder",
    "events": "event_id! project_id! day:date status= quote url kind!= event_date changes set_by_hand:boolean",
    "sources": "project_id! url! title outlet language published:datetime",
    "evidence": "evidence_id! project_id! field!= value! quote start:integer! end:integer! speaker= url! row_id!",
    "by_hand": "hand_id! project_id! field! value! set_by set_at:datetime reason source",
    "links": "link_id! project_id! dataset! their_id! verdict!= judge decided_at:datetime score:number reason licence",
    "retired": "id! redirects_to withdrawn source",
    "changes": "project_id! change!= note",
}


def _promised(field: dict) -> str:
    limits = field.get("constraints", {})
    form = "" if field["type"] == "string" else f":{field['type']}"
    return f"{field['name']}{form}{'!' * ('required' in limits)}{'=' * ('enum' in limits)}"


def test_the_columns_and_their_constraints_are_a_promise() -> None:
    """Each column has its type, and says whether it may be empty and whether its values come from a list."""
    resources = json.loads(FILES["datapackage.json"])["resources"]
    told = {each["name"]: " ".join(map(_promised, each["schema"]["fields"])) for each in resources}
    assert told == PROMISED
    assert all("constraints" not in f or f["constraints"] for each in resources for f in each["schema"]["fields"])


def test_the_description_says_how_files_are_written() -> None:
    """Two blanks before each level; quotes are doubled, the first row names the columns; what is required says so."""
    described = json.loads(FILES["datapackage.json"])
    assert FILES["datapackage.json"].splitlines()[1].startswith(b'  "profile"')
    for resource in described["resources"]:
        assert resource["dialect"] == {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        }
        limits = [field.get("constraints", {}) for field in resource["schema"]["fields"]]
        assert all(each.get("required", True) is True for each in limits)


def test_the_digest_of_a_project_says_nothing_of_the_order_of_its_tables() -> None:
    """What is published of it is the same, whichever table was read first."""
    one, other = ("b", [{"n": "1"}]), ("a", [{"n": "x"}])
    assert ProjectBody("p", dict((one, other))).digest == ProjectBody("p", dict((other, one))).digest
    assert ProjectBody("p", dict((one,))).digest != ProjectBody("p", dict((other,))).digest


def test_a_project_is_reported_from_its_first_day_to_its_last() -> None:
    """Whatever lies between; outlets and addresses count once."""
    dated = [replace(_source(1, page), outlet="A" if page < 4 else "B") for page in (3, 1, 4, 2)]
    described = replace(_described(_record()), sources=(*dated, dated[0]))
    (row,) = _rows(written([described]).files, "projects")
    assert (row["first_reported"], row["last_reported"]) == ("2026-03-01", "2026-03-04")
    assert (row["outlets"], row["sources"]) == ("2", "4")


def test_a_sum_in_the_words_of_its_quote_is_proved() -> None:
    """Its figure as written is one way more to name it."""
    amount = replace(FULL.amounts[0], as_written="85000000 EUR")
    proof: Evidence = quote(FieldName.AMOUNTS, "85000000 EUR", "Huawei")
    assert supported((proof,), _record(facts=replace(FULL, amounts=(amount,)))) == (proof,)


def test_keys_tie_the_tables_together() -> None:
    """Projects, sources, retired ids and changes are unique; every table of a project's parts refers to it."""
    schemas = {each["name"]: each["schema"] for each in json.loads(FILES["datapackage.json"])["resources"]}
    keys = {name: each["primaryKey"] for name, each in schemas.items() if "primaryKey" in each}
    assert keys == {
        "projects": ["id"],
        "parties": ["party_id"],
        "flows": ["flow_id"],
        "terms": ["term_id"],
        "quantities": ["quantity_id"],
        "locations": ["location_id"],
        "events": ["event_id"],
        "sources": ["project_id", "url"],
        "evidence": ["evidence_id"],
        "by_hand": ["hand_id"],
        "links": ["link_id"],
        "retired": ["id"],
        "changes": ["project_id"],
    }
    tied = {name for name, each in schemas.items() if "foreignKeys" in each}
    assert tied == {
        *("parties", "flows", "terms", "quantities", "locations"),
        *("events", "sources", "evidence", "by_hand", "links"),
    }
    reference = {"resource": "projects", "fields": "id"}
    assert schemas["flows"]["foreignKeys"] == [{"fields": "project_id", "reference": reference}]


def test_a_project_without_dated_sources_has_no_days() -> None:
    """Nothing is known of when it was reported."""
    (row,) = _rows(written([replace(_described(_record()), sources=(_source(1, 0),))]).files, "projects")
    assert (row["first_reported"], row["last_reported"], row["sources"]) == ("", "", "1")


def test_the_day_of_a_status_is_that_of_the_latest_event_that_stands() -> None:
    """What a person set aside, what has no day, and what tells another status do not date it."""
    signed = EVENTS[0]
    events = (
        replace(signed, day=date(2026, 1, 5)),
        replace(signed, day=None),
        replace(signed, day=date(2026, 2, 5)),
        replace(signed, day=date(2026, 6, 5), set_aside_by="ana", set_aside_at=NOW),
        replace(signed, day=date(2026, 7, 5), status=Status.COMPLETED),
    )
    (row,) = _rows(_written(replace(_record(), life_line=events)).files, "projects")
    assert (row["status"], row["status_day"]) == ("signed", "2026-02-05")
    (undated,) = _rows(_written(replace(_record(), life_line=events[1:2])).files, "projects")
    assert undated["status_day"] == ""


def test_a_column_is_defined_with_its_value() -> None:
    """A row has a cell for each column, in their order, and no table names a column twice."""
    number: Column[int] = Column("one", "the number", lambda each: each)
    double: Column[int] = Column("two", "its double", lambda each: 2 * each)
    table = Table("doubles", "Numbers and their doubles.", (number, double))
    assert (table.header, table.row(3)) == (("one", "two"), (3, 6))
    assert all(len(set(each.header)) == len(each.columns) for each in ALL_TABLES)
