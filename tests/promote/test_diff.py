"""What a candidate would change of something known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factories.candidate import NOW
from offing.model.pairs.pairing import Ref
from offing.model.projects.project import Lender, LoanTerm, StatedConcern
from offing.model.projects.update import Stand, Update
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
from offing.promote import Accepted, Target, compose, sizes_of, sums_of, update_of
from promote.parts import amount, cameras, dated, dollars, firm, happened, part

TARGET = Ref.project("off-2026-000001")
COMPLETED = Status.COMPLETED


def term(value: int) -> LoanTerm:
    """An interest."""
    return LoanTerm(LoanTermKind.INTEREST, Decimal(value), "percent", f"{value}%")


FIRST = part(
    1,
    date(2020, 5, 1),
    status=COMPLETED,
    countries=("KEN",),
    firms=(firm("Huawei"),),
    amounts=(amount(85),),
    quantities=(cameras(900),),
    places=("Konza",),
    terms=(term(2),),
    sector=Sector.SMART_CITY,
    lenders=(Lender("China Exim", "", "exim"), Lender("Bank X", "")),
    concerns=(StatedConcern(Concern.PROCUREMENT, ""),),
    counterparts=("Ministry of Works",),
)


def _update(told: Accepted, *members: Accepted) -> Update:
    before, after = compose(members, (), dollars), compose((*members, told), (), dollars)
    sums = tuple(each for member in members for each in sums_of(member))
    sizes = tuple(each for member in members for each in sizes_of(member))
    known = Target(TARGET, before.facts, before.life_line, sums, sizes, before.contradictions)
    return update_of(known, told, after, dollars)


CASES = [
    ({"countries": ("KEN",)}, "countries", Stand.AGREES, ("KEN",)),
    ({"countries": ("UGA",)}, "countries", Stand.DIFFERS, ("KEN", "UGA")),
    ({"firms": (firm("Huawei"), firm("ZTE"))}, "firms", Stand.NEW, ("Huawei:contractor", "ZTE:contractor")),
    ({"firms": (firm("ZTE"),)}, "firms", Stand.DIFFERS, ("Huawei:contractor", "ZTE:contractor")),
    ({"places": ("Nairobi",)}, "places", Stand.NEW, ("Konza", "Nairobi")),
    ({"places": ("KONZA",)}, "places", Stand.AGREES, ("Konza",)),
    ({"counterparts": ("ICT Authority",)}, "counterparts", Stand.NEW, ("Ministry of Works", "ICT Authority")),
    ({"counterparts": ("ministry of works",)}, "counterparts", Stand.AGREES, ("Ministry of Works",)),
    ({"concerns": (StatedConcern(Concern.PROCUREMENT, "again"),)}, "concerns", Stand.AGREES, ("procurement",)),
    ({"concerns": (StatedConcern(Concern.FAILURE, ""),)}, "concerns", Stand.NEW, ("procurement", "failure")),
    ({"lenders": (Lender("Exim", "", "exim"),)}, "lenders", Stand.AGREES, ("China Exim", "Bank X")),
    ({"lenders": (Lender("BANK X", ""),)}, "lenders", Stand.AGREES, ("China Exim", "Bank X")),
    ({"lenders": (Lender("CDB", "", "cdb"),)}, "lenders", Stand.DIFFERS, ("China Exim", "Bank X", "CDB")),
    ({"amounts": (amount(94, "USD"),)}, "amounts", Stand.AGREES, ("85000000 EUR loan",)),
    ({"amounts": (amount(120),)}, "amounts", Stand.DIFFERS, ("85000000 EUR loan", "120000000 EUR loan")),
    (
        {"amounts": (amount(9, kind=AmountKind.GRANT),)},
        "amounts",
        Stand.NEW,
        ("85000000 EUR loan", "9000000 EUR grant"),
    ),
    ({"quantities": (cameras(650),)}, "quantities", Stand.DIFFERS, ("900 cameras", "650 cameras")),
    ({"terms": (term(2),)}, "terms", Stand.AGREES, ("interest 2 percent",)),
    ({"terms": (term(3),)}, "terms", Stand.DIFFERS, ("interest 2 percent",)),
    (
        {"terms": (LoanTerm(LoanTermKind.GRACE, Decimal(5), "years", ""),)},
        "terms",
        Stand.NEW,
        ("interest 2 percent", "grace 5 years"),
    ),
    ({"sector": Sector.SMART_CITY}, "sector", Stand.AGREES, ("smart-city",)),
    ({"sector": Sector.ENERGY}, "sector", Stand.DIFFERS, ("smart-city",)),
    ({"sector": Sector.WATER}, "sector", Stand.DIFFERS, ("smart-city",)),
    ({"firms": (replace(firm("Huawei"), role=Role.PARTNER),)}, "firms", Stand.DIFFERS, ("Huawei:contractor",)),
    (
        {"amounts": (amount(400, kind=AmountKind.TOTAL_COST),)},
        "amounts",
        Stand.NEW,
        ("85000000 EUR loan", "400000000 EUR total-cost"),
    ),
    ({"status": Status.AGREED}, "status", Stand.DIFFERS, ("completed",)),
    ({"status": Status.CANCELLED}, "status", Stand.NEW, ("cancelled",)),
    ({"status": Status.SIGNED}, "status", Stand.DIFFERS, ("completed",)),
]


@pytest.mark.parametrize(("told", "field", "stand", "after"), CASES)
def test_each_field_agrees_is_new_or_differs(
    told: dict[str, object], field: str, stand: Stand, after: tuple[str, ...]
) -> None:
    """Sums are compared by the rate of the day; lists grow; what the record will say stands beside both."""
    (found,) = _update(part(2, date(2024, 1, 1), **told), FIRST).fields
    assert (found.field, found.stand, found.after) == (field, stand, after)


AGREED = part(
    1,
    date(2020, 5, 1),
    status=Status.AGREED,
    record_type=RecordType.FRAMEWORK_AGREEMENT,
    mode=Mode.UNSPECIFIED,
    amounts=(amount(120, "USD", AmountKind.TOTAL_COST),),
    firms=(replace(firm("Huawei"), role=Role.PARTNER),),
)


def _stands(**told: object) -> dict[str, tuple[Stand, tuple[str, ...]]]:
    return {each.field: (each.stand, each.after) for each in _update(part(2, date(2024, 1, 1), **told), AGREED).fields}


def test_a_project_that_comes_of_an_agreement_is_said_to_be_one() -> None:
    """A type and a mode that say less give way, also where the news names no type; nothing is said of nothing."""
    told = _stands(record_type=RecordType.PROJECT, mode=Mode.LOAN)
    assert told["record_type"] == (Stand.NEW, ("project",))
    assert told["mode"] == (Stand.NEW, ("loan",))
    assert _stands(status=Status.UNDER_CONSTRUCTION)["record_type"] == (Stand.NEW, ("project",))
    assert _stands(mode=Mode.UNSPECIFIED) == {}
    assert _stands(record_type=RecordType.PROJECT)["record_type"] == (Stand.DIFFERS, ("framework-agreement",))


def test_another_value_that_a_person_set_is_a_contrast() -> None:
    """Only a status goes on by itself: of another sector the record says what it will be, and that it differs."""
    told = replace(part(2, date(2024, 1, 1), sector=Sector.ENERGY), by_hand=frozenset({"sector"}))
    (found,) = _update(told, FIRST).fields
    assert (found.stand, found.after) == (Stand.DIFFERS, ("energy",))


def test_another_role_or_kind_is_no_agreement() -> None:
    """A firm in another role and a sum of another kind differ, though name and figure are known."""
    assert _stands(firms=(firm("Huawei"),))["firms"] == (Stand.DIFFERS, ("Huawei:partner",))
    sums = _stands(amounts=(amount(120, "USD"),))["amounts"]
    assert sums == (Stand.DIFFERS, ("120000000 USD loan",))
    unnamed = _stands(amounts=(amount(120, "USD", AmountKind.UNSPECIFIED),))["amounts"]
    assert unnamed == (Stand.AGREES, ("120000000 USD total-cost",))


def test_what_moves_on_is_added_to_the_line() -> None:
    """New events stand at their place, without a word of warning."""
    told = part(2, date(2024, 1, 1), status=Status.SUSPENDED, events=happened(EventKind.INCIDENT))
    found = _update(told, FIRST)
    assert [event.kind for event in found.events] == [EventKind.STATUS, EventKind.INCIDENT]
    assert [event.candidate_id for event in found.line] == [1, 2, 2]
    assert (found.target, found.title, found.warnings) == (TARGET, "Project of 1", ())


def test_older_news_is_said_to_be_older() -> None:
    """News of 2019 is added at 2019 and the status stays; a person's word of the same age may change it."""
    told = part(2, date(2024, 1, 1), status=Status.SIGNED, event_date=dated("2019"))
    found = _update(told, FIRST)
    assert found.warnings == ("older than the known status: adds signed at 2019; status stays completed",)
    assert [event.candidate_id for event in found.line] == [2, 1]
    suspended = part(1, date(2020, 5, 1), status=Status.SUSPENDED)
    undated = replace(part(2, None, status=Status.SIGNED), by_hand=frozenset({"status"}))
    assert _update(undated, suspended).warnings == ()


def test_news_of_the_same_day_is_not_older() -> None:
    """Nor is news older than a status that a person set aside, or that nothing dates."""
    signed = part(1, date(2020, 5, 1), status=Status.SIGNED)
    same = part(2, date(2020, 5, 1), status=Status.AGREED)
    assert _update(same, signed).warnings == ()
    older = replace(same, candidate=part(2, date(2020, 4, 30), status=Status.AGREED).candidate)
    assert [said.partition(":")[0] for said in _update(older, signed).warnings] == ["older than the known status"]
    before = compose((signed,), (), dollars)
    aside = replace(before.life_line[0], set_aside_by="ana", set_aside_at=NOW)
    for line in ((aside,), (replace(aside, set_aside_by=None, day=None),)):
        known = Target(TARGET, before.facts, line)
        assert update_of(known, older, compose((signed, older), (), dollars), dollars).warnings == ()


def test_news_is_older_than_the_newest_word_of_the_status_alone() -> None:
    """Of two reports the later one counts; what happened beside it, and a status of no day, make nothing older."""
    held = (part(1, date(2019, 5, 1), status=COMPLETED), part(3, date(2022, 5, 1), status=COMPLETED))
    said = _update(part(2, date(2020, 5, 1), status=Status.SIGNED), *held).warnings
    assert [each.partition(":")[0] for each in said][:1] == ["older than the known status"]
    outage = part(1, date(2022, 5, 1), events=happened(EventKind.INCIDENT))
    assert _update(part(2, date(2020, 5, 1), status=Status.SIGNED), outage).warnings == ()
    assert _update(part(2, None, status=Status.CANCELLED), FIRST).warnings == ()
    assert _update(part(2, date(2019, 1, 1), places=("Konza",)), FIRST).warnings == ()


def test_a_size_that_is_reported_again_agrees() -> None:
    """Of several sizes each is compared with those of its unit; a new unit is news."""
    told = (cameras(900), replace(cameras(12), unit="km"))
    assert [each.stand for each in _update(part(2, date(2024, 1, 1), quantities=told), FIRST).fields] == [Stand.NEW]
    again = _update(part(2, date(2024, 1, 1), quantities=(cameras(910),)), FIRST)
    assert [each.stand for each in again.fields] == [Stand.AGREES]


def test_nothing_told_is_no_difference() -> None:
    """What only the known one has is not shown; a firm that is written otherwise is the same by its id."""
    assert _update(part(2, date(2024, 1, 1)), FIRST).fields == ()
    other = replace(firm("Huawei"), name="Huawei Technologies")
    assert [each.stand for each in _update(part(2, date(2024, 1, 1), firms=(other,)), FIRST).fields] == [Stand.AGREES]


def test_a_step_back_and_other_sums_are_said_to_stand_side_by_side() -> None:
    """What cannot follow by itself, another sum and another country are told before anybody confirms them."""
    told = part(2, date(2024, 1, 1), status=Status.UNDER_CONSTRUCTION, countries=("UGA",), amounts=(amount(120),))
    until = "side by side until a person chooses"
    assert _update(told, FIRST).warnings == (
        "another country: it tells of UGA, known is KEN",
        f"{until}: status: under-construction (2024-01-01) stands after completed (2020-05-01)",
        f"{until}: loan: 85,000,000 EUR loan or 120,000,000 EUR loan",
    )


def test_what_stands_side_by_side_already_is_not_said_again() -> None:
    """Only contradictions that the candidate brings are told."""
    other = part(3, date(2022, 1, 1), amounts=(amount(120),))
    assert _update(part(2, date(2024, 1, 1), places=("Konza",)), FIRST, other).contradictions == ()


def test_older_news_may_change_the_status() -> None:
    """Completed in 2019 makes signed in 2020 a step back, which waits for a person."""
    held, told = part(1, date(2020, 5, 1), status=Status.SIGNED), part(2, date(2019, 4, 30), status=COMPLETED)
    assert _update(told, held).warnings == (
        "older than the known status: adds completed at 2019-04-30; status becomes completed, was signed",
        "side by side until a person chooses: status: signed (2020-05-01) stands after completed (2019-04-30)",
    )
