"""What a release composes: names, descriptions, scores, places, the worth of sums, and links to other datasets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from factories.candidate import NOW, quote
from offing.model.pairs.pairing import Bond
from offing.model.projects.project import (
    Amount,
    Firm,
    HandValue,
    Lender,
    LifeEvent,
    LoanTerm,
    ProjectFacts,
    ProjectRecord,
)
from offing.model.projects.release import Described, KnownLink, ProvedField, PublishedSource
from offing.model.reading.evidence import FieldName
from offing.model.values.rate import Worth
from offing.model.values.vocabulary import (
    AmountKind,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Speaker,
    Status,
)
from offing.publish import project_body
from offing.publish.composed.reference import Located, Precision, Reference
from publish.written import written

ID = "off-2026-000001"
FACTS = ProjectFacts(
    title="Minister hails new era",
    countries=("KEN",),
    firms=(Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),),
    lenders=(Lender("China Eximbank", "Eximbank", "eximbank"),),
    amounts=(Amount(Decimal(85_000_000), "EUR", AmountKind.LOAN, "EUR 85 million", "about"),),
    sector=Sector.SMART_CITY,
    status=Status.SIGNED,
    record_type=RecordType.PROJECT,
    mode=Mode.LOAN,
    counterparts=("Ministry of ICT",),
    places=("Nakuru", "Old Mill"),
    terms=(LoanTerm(LoanTermKind.INTEREST, Decimal(2), "percent", "2 percent"),),
)
SIGNED = LifeEvent(EventKind.STATUS, Status.SIGNED, date(2021, 3, 5), 1, "https://a.example/1", "signed", "2021-03-05")
NAKURU = Located("KEN", -0.30719, 36.07225, "Nakuru", Precision.POPULATED_PLACE)


def _worth(value: Decimal, currency: str, day: date) -> Worth | None:
    """Two dollars for a euro, whatever the day."""
    if currency != "EUR":
        return None
    return Worth(value * 2, value, value * 3, 2021, Decimal(2), day, "ECB")


def _locate(name: str, country: str) -> Located | None:
    if not name:
        return Located(country, 1.0, 38.0, "", Precision.COUNTRY)
    return NAKURU if (name, country) == ("Nakuru", "KEN") else None


REFERENCE = Reference(_locate, _worth)


def record(**changes: Any) -> ProjectRecord:
    """A record of these facts, signed on 5 March 2021."""
    by_hand = changes.pop("by_hand", ())
    line = changes.pop("line", (SIGNED,))
    return ProjectRecord(ID, replace(FACTS, **changes), line, (1,), NOW, NOW, by_hand=by_hand)


def source(number: int, outlet: str) -> PublishedSource:
    """An article of an outlet, each a day later."""
    published = datetime(2021, 4, number, tzinfo=UTC)
    return PublishedSource(ID, f"https://a.example/{number}", "A headline", outlet, "en", published)


def rows(of: ProjectRecord, **described: Any) -> dict[str, list[dict[str, str]]]:
    """Its published rows."""
    return project_body(Described(of, **described), reference=REFERENCE).rows


def project(of: ProjectRecord, **described: Any) -> dict[str, str]:
    """Its row of projects.csv."""
    return rows(of, **described)["projects"][0]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "Smart city project, Nakuru, Kenya (Huawei)"),
        ({"firms": ()}, "Smart city project, Nakuru, Kenya (China Eximbank)"),
        ({"firms": (), "lenders": (), "places": ()}, "Smart city project, Kenya"),
        ({"sector": None, "countries": (), "places": ()}, "Project (Huawei)"),
        ({"sector": Sector.OTHER, "record_type": None}, "Project, Nakuru, Kenya (Huawei)"),
        ({"countries": ("KEN", "UGA")}, "Smart city project, Nakuru, Kenya and Uganda (Huawei)"),
        ({"countries": ("KEN", "UGA", "TZA", "RWA")}, "Smart city project, Nakuru, 4 countries (Huawei)"),
        ({"record_type": RecordType.FRAMEWORK_AGREEMENT}, "Smart city framework agreement, Nakuru, Kenya (Huawei)"),
    ],
)
def test_a_name_says_what_where_and_with_whom(changes: dict[str, Any], name: str) -> None:
    """It is never a headline."""
    assert project(record(**changes))["name"] == name


def test_a_title_that_a_person_set_is_the_name() -> None:
    """People know better than a rule what a project is called."""
    hand = HandValue("title", "Nakuru Smart City", "ana", NOW)
    assert project(record(title="Nakuru Smart City", by_hand=(hand,)))["name"] == "Nakuru Smart City"


def test_a_name_stays_while_sector_and_countries_do() -> None:
    """News of a further firm or town renames nothing; another sector does."""
    first = project_body(Described(record()))
    later = record(firms=(Firm("ZTE", "ZTE", Role.SUPPLIER), *FACTS.firms), places=("Thika",))
    assert project_body(Described(later), first).rows["projects"][0]["name"] == first.rows["projects"][0]["name"]
    other = record(sector=Sector.TELECOM)
    assert project_body(Described(other), first).rows["projects"][0]["name"] == (
        "Telecommunications project, Nakuru, Kenya (Huawei)"
    )


def test_a_description_has_all_facts() -> None:
    """In sentences, with sums for reading; the same facts give the same words."""
    sources = (source(1, "Daily"), source(3, "Herald"), source(2, "Daily"))
    text = project(record(), sources=sources)["description"]
    assert text == (
        "Smart city project in Nakuru, Old Mill, Kenya. Chinese firms: Huawei (contractor). Lenders: China Eximbank. "
        "Host side: Ministry of ICT. Sums: about 85,000,000 EUR loan. Loan terms: interest 2 percent. Status: signed. "
        "Reported by 2 outlets in 3 articles, 2021-04-01 to 2021-04-03."
    )
    assert project(record(), sources=tuple(reversed(sources)))["description"] == text


def test_sums_have_their_worth_on_the_day_of_signature() -> None:
    """With rate, day and source; without a rate the cells are empty."""
    dinars = Amount(Decimal(5), "DZD", AmountKind.GRANT, "5 dinars")
    known, unknown = rows(record(amounts=(*FACTS.amounts, dinars)), sources=(source(1, "Daily"),))["flows"]
    columns = ("usd_nominal", "eur_nominal", "usd_constant", "constant_year", "rate", "rate_day", "rate_source")
    assert [known[name] for name in columns] == [
        *("170000000", "85000000", "255000000", "2021", "2", "2021-03-05", "ECB"),
    ]
    assert not unknown.keys() & set(columns)


def test_without_a_signature_the_earliest_source_dates_a_sum() -> None:
    """What nobody dated has no worth."""
    proposed = record(line=(replace(SIGNED, status=Status.PROPOSED),))
    assert rows(proposed, sources=(source(9, "Daily"), source(4, "Daily")))["flows"][0]["rate_day"] == "2021-04-04"
    assert "rate_day" not in rows(proposed)["flows"][0]


def test_places_are_located_and_countries_stand_in_for_them() -> None:
    """A site that the gazetteer does not know has no coordinates; a country has a row where no place is in it."""
    nakuru, mill, uganda = rows(record(countries=("KEN", "UGA")))["locations"]
    assert (nakuru["name"], nakuru["region"], nakuru["latitude"], nakuru["precision"], nakuru["geocoder"]) == (
        *("Nakuru", "Nakuru", "-0.30719", "populated-place", "GeoNames"),
    )
    assert (mill["name"], mill.keys() & {"country", "latitude", "precision", "geocoder"}) == ("Old Mill", set())
    assert (uganda["country"], uganda["precision"], uganda["geocoder"]) == ("UGA", "country", "Natural Earth")
    assert rows(record())["locations"][1]["country"] == "KEN", "in the only host country"


def test_a_quote_for_a_place_proves_its_row() -> None:
    """As one for a sum proves the row of the sum."""
    proof = ProvedField(ID, quote(FieldName.PLACES, "Nakuru", "Kenya"), "https://a.example/1")
    assert rows(record(), proofs=(proof,))["evidence"][0]["row_id"] == f"{ID}-l1"


def _said_by(*speakers: Speaker) -> tuple[ProvedField, ...]:
    proof = quote(FieldName.COUNTRIES, "KEN", "Kenya")
    return tuple(ProvedField(ID, replace(proof, speaker=each), "https://a.example/1") for each in speakers)


def test_scores_are_shares_of_their_points() -> None:
    """As the codebook says."""
    sources = tuple(source(number, f"Outlet {number}") for number in (1, 2, 3))
    row = project(record(), sources=sources, proofs=_said_by(Speaker.HOST_OFFICIAL, Speaker.STATE_MEDIA))
    assert (row["host_side"], row["chinese_side"]) == ("true", "true")
    assert row["source_quality"] == "0.6", "two outlets, host side, Chinese side; neither four outlets nor a company"
    assert row["completeness"] == "1"
    assert row["implementation_detail"] == "0.5", "firm, host body, town; no size, start or completion"
    assert row["loan_detail"] == "0.67", "lender, sum, day, interest; neither maturity nor grace"
    bare = project(ProjectRecord(ID, ProjectFacts(title="t"), (), (1,), NOW, NOW))
    assert (bare["source_quality"], bare["completeness"], bare["implementation_detail"]) == ("0", "0", "0")
    assert "loan_detail" not in bare


def _hand(field: str, value: object) -> HandValue:
    return HandValue(field, value, "ana", NOW)


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, "true"),
        ({"status": Status.AGREED}, "false"),
        ({"status": Status.CANCELLED}, "false"),
        ({"by_hand": (_hand("is_umbrella", True),)}, "false"),
        ({"by_hand": (_hand("is_umbrella", True), _hand("recommended_for_aggregates", True))}, "true"),
        ({"by_hand": (_hand("recommended_for_aggregates", False),)}, "false"),
    ],
)
def test_what_is_committed_and_no_umbrella_is_counted(changes: dict[str, Any], counted: str) -> None:
    """Unless a person decides otherwise."""
    assert project(record(**changes))["recommended_for_aggregates"] == counted


def test_links_are_published_with_their_judge() -> None:
    """Who decided, or that matching found it; under the licence of the other dataset."""
    links = (
        KnownLink(ID, "aiddata", "4711", Bond.SAME, "ana", NOW, "same contract", licence="ODC-By-1.0"),
        KnownLink(ID, "aiddata", "4712", Bond.LINKED, score=0.91234),
    )
    first, second = sorted(rows(record(), links=links)["links"], key=lambda row: row["their_id"])
    assert (first["verdict"], first["judge"], first["licence"]) == ("same", "ana", "ODC-By-1.0")
    assert (second["verdict"], second["judge"], second["score"]) == ("linked", "matching", "0.912")


def test_other_words_rates_and_coordinates_change_no_record() -> None:
    """What is composed from the facts is no news of a project."""
    first = written([Described(record())])
    body = first.bodies[ID]
    changed = {table: [dict(row) for row in found] for table, found in body.rows.items()}
    changed["projects"][0] |= {"description": "Other words.", "completeness": "0.1", "host_side": "true"}
    changed["flows"][0] |= {"usd_nominal": "1", "rate": "3"}
    changed["locations"][0] |= {"latitude": "5", "longitude": "6"}
    second = written([Described(record())], replace(first, bodies={ID: replace(body, rows=changed)}), "1.1")
    assert list(csv.DictReader(io.StringIO(second.files["CHANGES.csv"].decode()))) == []
