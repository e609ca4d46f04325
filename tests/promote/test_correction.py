"""Corrections of a record itself: what they put in stays, what they take out stays out, nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.projects.project import EventDate, HandValue, ProjectFacts
from offing.model.projects.record_change import Operation, RecordAction, RecordChange, in_force, plain_value
from offing.model.values.vocabulary import EventKind, Sector, Status
from offing.promote import Accepted, Composed, as_set, compose, set_values
from promote.parts import amount, dollars, firm, part

DAY = date(2021, 5, 1)
NOW = datetime(2022, 1, 1, 9, tzinfo=UTC)
REPORT = "https://report.example/audit.pdf"


def correction(number: int, field: str, before: Any = None, after: Any = None, **more: Any) -> RecordChange:
    """A correction that takes one value out and puts another in."""
    kinds = {(True, True): Operation.REPLACE, (True, False): Operation.REMOVE, (False, True): Operation.ADD}
    operation = more.pop("operation", None) or kinds.get((before is not None, after is not None), Operation.SET)
    plain = [plain_value(field, each) for each in (before, after)]
    change = RecordChange(
        number, "off-2026-000001", RecordAction.CORRECTION, "ana", NOW, "an audit says so", REPORT, field, operation
    )
    return replace(change, before=plain[0], after=plain[1], **more)


def made(*changes: RecordChange, parts: tuple[Accepted, ...] = ()) -> Composed:
    """A record of one candidate, or of some, with corrections."""
    told = part(1, DAY, amounts=(amount(85), amount(120)), firms=(firm("Huawei"),), status=Status.COMPLETED)
    return compose(parts or (told,), (), dollars, changes)


@pytest.mark.parametrize(
    ("change", "sums"),
    [
        (correction(1, "amounts", None, amount(7)), (85, 120, 7)),
        (correction(1, "amounts", amount(85), amount(90)), (90, 120)),
        (correction(1, "amounts", amount(85)), (120,)),
        (correction(1, "amounts", amount(33)), (85, 120)),
        (correction(1, "amounts", amount(33), amount(90)), (85, 120, 90)),
        (correction(1, "amounts", amount(85), amount(120)), (120,)),
    ],
)
def test_one_value_of_a_list_changes(change: RecordChange, sums: tuple[int, ...]) -> None:
    """Added at the end, replaced in its place, or taken out; the others stay as they were."""
    assert made(change).facts.amounts == tuple(map(amount, sums))


def test_what_was_taken_out_does_not_come_back_with_later_news() -> None:
    """An update that tells the wrong sum again changes nothing; one that tells another adds that."""
    news = (part(1, DAY, amounts=(amount(85),)), part(2, date(2023, 1, 1), amounts=(amount(85), amount(300))))
    assert made(correction(1, "amounts", amount(85), amount(90)), parts=news).facts.amounts == (amount(90), amount(300))


def test_a_value_put_in_says_who_and_why() -> None:
    """It is known as set by hand, with its source; a machine's value is not."""
    found = made(correction(1, "firms", None, firm("ZTE")))
    assert found.by_hand == (
        HandValue("firms", plain_value("firms", firm("ZTE")), "ana", NOW, "an audit says so", REPORT),
    )
    assert made(correction(1, "amounts", amount(85))).by_hand == ()


def test_a_title_may_be_corrected_and_a_sector_emptied() -> None:
    """Single values are set; the last correction holds."""
    changes = (
        correction(1, "title", None, "Fibre ring", operation=Operation.SET),
        correction(2, "title", "Fibre ring", "Fibre ring, phase one", operation=Operation.SET),
        correction(3, "sector", Sector.ENERGY, None, operation=Operation.SET),
    )
    found = made(*changes, parts=(part(1, DAY, sector=Sector.ENERGY),))
    assert (found.facts.title, found.facts.sector) == ("Fibre ring, phase one", None)
    assert [each.value for each in found.by_hand] == ["Fibre ring, phase one"]


def test_a_corrected_status_holds_until_later_news() -> None:
    """It stands in the life line with its source and no candidate; what comes about later goes on from it."""
    change = correction(1, "status", Status.COMPLETED, Status.UNDER_CONSTRUCTION, operation=Operation.SET, on="2021-03")
    found = made(change)
    assert (found.facts.status, found.facts.event_date) == (Status.UNDER_CONSTRUCTION, EventDate("2021-03", ""))
    event = next(each for each in found.life_line if not each.candidate_id)
    assert (event.kind, event.status, event.day) == (EventKind.STATUS, Status.UNDER_CONSTRUCTION, date(2021, 3, 1))
    assert (event.url, event.quote, event.event_date) == (REPORT, "", "2021-03")
    old = part(1, DAY, status=Status.COMPLETED)
    for day, status in ((date(2021, 12, 1), Status.UNDER_CONSTRUCTION), (date(2022, 3, 1), Status.COMPLETED)):
        later = part(2, day, status=Status.COMPLETED)
        assert made(change, parts=(old, later)).facts.status is status
    stepped_back = made(change, parts=(old, part(2, date(2022, 3, 1), status=Status.SIGNED)))
    assert stepped_back.facts.status is Status.UNDER_CONSTRUCTION


def test_a_corrected_date_belongs_to_the_status_that_had_the_wrong_one() -> None:
    """Not to those before and after it; news that goes on from it keeps its own."""
    told = (
        part(1, DAY, status=Status.SIGNED, event_date=EventDate("2021-04", "in April")),
        part(2, date(2021, 12, 1), status=Status.COMPLETED, event_date=EventDate("2099", "2099")),
    )
    change = correction(1, "event_date", EventDate("2099", "2099"), EventDate("2021-11", ""), operation=Operation.SET)
    found = made(change, parts=told)
    assert [(each.status, each.event_date, each.day) for each in found.life_line] == [
        (Status.SIGNED, "2021-04", date(2021, 4, 1)),
        (Status.COMPLETED, "2021-11", date(2021, 11, 1)),
    ]
    assert (found.facts.status, found.facts.event_date) == (Status.COMPLETED, EventDate("2021-11", ""))
    again = correction(2, "event_date", EventDate("2021-11", ""), EventDate("2021-10", ""), operation=Operation.SET)
    assert [each.event_date for each in made(change, again, parts=told).life_line] == ["2021-04", "2021-10"]
    undated = (part(1, DAY, status=Status.SIGNED), part(2, date(2021, 12, 1), status=Status.COMPLETED))
    first = correction(1, "event_date", None, EventDate("2021-10", ""), operation=Operation.SET)
    assert [each.event_date for each in made(first, parts=undated).life_line] == ["", "2021-10"]
    stated = correction(1, "status", Status.COMPLETED, Status.SUSPENDED, operation=Operation.SET, on="2022")
    moved = correction(2, "event_date", EventDate("2022", ""), EventDate("2023", ""), operation=Operation.SET)
    assert [each.event_date for each in made(stated, moved, parts=undated).life_line] == ["", "", "2023"]


def test_a_corrected_status_settles_what_contradicted_it() -> None:
    """Accounts that stood side by side before the correction wait for nobody any more."""
    news = (part(1, date(2020, 1, 1), status=Status.COMPLETED), part(2, date(2021, 1, 1), status=Status.SIGNED))
    assert made(parts=news).contradictions != ()
    change = correction(1, "status", None, Status.COMPLETED, operation=Operation.SET)
    assert made(change, parts=news).contradictions == ()


def test_a_status_emptied_is_none() -> None:
    """Nobody knows how it stands; the life line keeps what was reported."""
    found = made(correction(1, "status", Status.COMPLETED, None, operation=Operation.SET))
    assert (found.facts.status, len(found.life_line)) == (None, 1)


def test_what_was_taken_back_is_not_in_force() -> None:
    """Neither the change nor what took it back; the others are, in their order."""
    first, second = correction(1, "title", None, "One"), correction(2, "title", None, "Two")
    undo = RecordChange(3, first.project_id, RecordAction.UNDO, "ben", NOW + timedelta(days=1), undoes=1)
    assert in_force((undo, second, first)) == (second,)


FIRMS = st.sampled_from([firm(f"Firm {number}") for number in range(5)])
EDITS = st.lists(st.tuples(st.none() | FIRMS, st.none() | FIRMS).filter(any), max_size=5)


@given(st.lists(FIRMS, max_size=4, unique=True), EDITS)
def test_corrections_of_a_list_follow_one_after_another(read: list[Any], edits: list[tuple[Any, Any]]) -> None:
    """As a set, the list is what taking each old value out and putting each new one in makes of it."""
    wanted = set(read)
    for old, new in edits:
        wanted = (wanted - {old}) | ({new} - {None})
    changes = [correction(number, "firms", *edit) for number, edit in enumerate(edits, 1)]
    found = made(*changes, parts=(part(1, DAY, firms=tuple(read)),)).facts.firms
    assert (set(found), len(found)) == (wanted, len(wanted))


def test_a_persons_value_has_none_of_the_machines_words() -> None:
    """A sum or a role that a person set carries no wording of an article; what the machine read too keeps it."""
    machine = ProjectFacts(amounts=(amount(85),), firms=(firm("Huawei"), firm("ZTE")))
    typed = replace(amount(90), as_written="90000000 EUR loan")
    same = replace(amount(85), as_written="85000000 EUR loan")
    found = as_set(replace(machine, amounts=(typed, same)), machine, ("amounts",))
    assert [each.as_written for each in found.amounts] == ["", "85m"]
    assert set_values("amounts", found, machine) == (replace(typed, as_written=""),)
    assert set_values("firms", found, machine) == ()
