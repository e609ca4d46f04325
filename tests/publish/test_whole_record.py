"""A release says all that a record holds: every field of the record's model, down to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from factories.candidate import FACTS, NOW
from offing.model.projects.project import (
    Amount,
    Change,
    EventDate,
    Firm,
    HandValue,
    Lender,
    LifeEvent,
    LoanTerm,
    ProjectFacts,
    ProjectRecord,
    ReportedEvent,
    SizedBy,
    StatedConcern,
)
from offing.model.projects.release import Described
from offing.model.values.vocabulary import (
    AmountKind,
    Concern,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Status,
)
from publish.written import written

FULL = ProjectFacts(
    title="the title",
    countries=("KEN",),
    firms=(Firm("a firm", "the firm as written", Role.SUPPLIER, "the-firm"),),
    lenders=(Lender("a lender", "the lender as written", "the-lender"),),
    amounts=(Amount(Decimal(4711), "KES", AmountKind.CREDIT, "the sum as written", "up-to"),),
    sector=Sector.WATER,
    status=Status.SUSPENDED,
    record_type=RecordType.TRAINING_COOPERATION,
    mode=Mode.LICENCE,
    counterparts=("a ministry",),
    concerns=(StatedConcern(Concern.PROCUREMENT, "no tender"),),
    quantities=(SizedBy(Decimal(4712), "cameras", "the size as written"),),
    places=("Konza",),
    terms=(LoanTerm(LoanTermKind.GRACE, Decimal(4713), "months", "the term as written"),),
    event_date=EventDate("2021-03", "in March"),
    events=(ReportedEvent(EventKind.COURT, "a court", EventDate("2022-04", "in April")),),
)
LINE = (
    LifeEvent(EventKind.STATUS, Status.SUSPENDED, date(2021, 3, 1), 1, "https://a.example/1", "a stop", "2021-03"),
    LifeEvent(EventKind.COURT, None, date(2022, 4, 1), 1, "https://a.example/2", "a hearing", "2022-04"),
    LifeEvent(
        EventKind.CHANGE, None, date(2023, 5, 1), 1, "https://a.example/3", changes=(Change("firms", ("A",), ("B",)),)
    ),
)
HAND = HandValue("places", "Konza", "ana", NOW, "the map says so", "https://map.example")
ELSEWHERE = {
    "concerns.as_written": "its quote stands in evidence.csv",
    "event_date.as_written": "its quote stands in evidence.csv",
    "events.as_written": "its quote stands in evidence.csv",
    "events.when.as_written": "its quote stands in evidence.csv",
    "candidate_ids": "numbers of the review; the articles behind them are in sources.csv",
    "life_line.candidate_id": "a number of the review",
    "life_line.id": "a number of the database; event_id is the public one",
    "life_line.release": "which adopted release brought an event is said in the history of the record",
    "life_line.set_aside_by": "what was set aside is not published",
    "life_line.set_aside_at": "what was set aside is not published",
    "created_at": "a time of the database; releases say when they were made",
    "changed_at": "a time of the database; releases say when they were made",
    "version": "counts writes of the database",
}


def _leaves(shape: Any, path: str = "") -> Iterator[str]:
    """The paths of all fields of a dataclass, through lists and what may be None."""
    inner = next((each for each in (shape, *get_args(shape)) if is_dataclass(each)), None)
    if inner is None:
        yield path
        return
    shapes = get_type_hints(inner)
    for each in fields(inner):
        yield from _leaves(shapes[each.name], f"{path}.{each.name}".strip("."))


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    """The values at a path."""
    if isinstance(value, tuple):
        for each in value:
            yield from _at(each, path)
    elif path:
        yield from _at(getattr(value, path[0]), path[1:])
    elif value is not None and value != "":
        yield value


def _told(value: Any) -> str:
    if isinstance(value, Decimal | date) and not hasattr(value, "hour"):
        return str(value)
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if hasattr(value, "hour") else str(value)


def test_every_field_of_a_record_is_in_the_release() -> None:
    """In a column of some table; the few that are not say where else they are, or why they are nobody's business."""
    comment = HandValue("staff_comments", "two phases in one", "ana", NOW, "for readers", "https://map.example")
    records = (
        ProjectRecord("off-2026-000001", FULL, LINE, (1,), NOW, NOW, by_hand=(HAND, comment)),
        ProjectRecord("off-2026-000002", FACTS, (), (2,), NOW, NOW, redirects_to="off-2026-000001"),
        ProjectRecord("off-2026-000003", FACTS, (), (3,), NOW, NOW, withdrawn="no project"),
    )
    files = written(map(Described, records)).files
    text = b"".join(content for name, content in files.items() if name.endswith(".csv")).decode()
    facts = set(_leaves(ProjectFacts))
    rest = {each for each in _leaves(ProjectRecord) if not each.startswith("facts.")}
    values = {each: [*_at(FULL, each.split("."))] for each in facts}
    values |= {each: [one for record in records for one in _at(record, each.split("."))] for each in rest}
    assert values.keys() >= ELSEWHERE.keys(), "only fields that there are need a reason"
    for path, found in values.items():
        if path not in ELSEWHERE:
            assert found, f"{path} needs a value in this test"
            assert all(_told(each) in text for each in found), f"{path} is in no table"


def test_a_new_field_of_a_record_needs_a_column() -> None:
    """The walk finds fields in lists, in what may be None, and in what they hold."""
    paths = set(_leaves(ProjectFacts))
    assert {"title", "firms.role", "terms.unit", "event_date.value", "events.when.value"} <= paths
    assert list(_at(FULL, ["terms", "kind"])) == [LoanTermKind.GRACE]
    assert all(isinstance(each, str | StrEnum) for each in _at(FULL, ["firms", "role"]))
    assert list(_at(replace(FULL, mode=None), ["mode"])) == []
