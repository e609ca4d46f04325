"""One record from all of its candidates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW, frozen_candidate, quote, story_article_of
from offing.model.projects.project import (
    Amount,
    Change,
    Firm,
    Lender,
    LifeEvent,
    LoanTerm,
    ProjectFacts,
    StatedConcern,
    span_of,
)
from offing.model.reading.evidence import Evidence, FieldName
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
from offing.promote import Accepted, Composed, compose, project_id, rivals
from offing.promote.lifeline import goes_back
from offing.promote.merge import merged
from promote.parts import amount, cameras, dated, dollars, firm, happened, part

DAY = date(2026, 3, 5)
SIGNED, BUILDING, COMPLETED = Status.SIGNED, Status.UNDER_CONSTRUCTION, Status.COMPLETED
SUSPENDED, CANCELLED = Status.SUSPENDED, Status.CANCELLED
BY_HAND = frozenset({"status"})


def term(value: int) -> LoanTerm:
    """An interest."""
    return LoanTerm(LoanTermKind.INTEREST, Decimal(value), "percent", f"{value}%")


def _made(*parts: Accepted, line: tuple[LifeEvent, ...] = ()) -> Composed:
    return compose(parts, line, dollars)


def _chosen(made: Composed, number: int, *parts: Accepted) -> Composed:
    """What becomes once a person chose the account of one candidate among those that stand side by side."""
    chosen = next(
        e for e in made.life_line if e.candidate_id == number and any(e.key in c.events for c in made.contradictions)
    )
    aside = {each.key for each in rivals(chosen, made.clashes, made.life_line)}
    line = tuple(replace(e, set_aside_by="ana", set_aside_at=NOW) if e.key in aside else e for e in made.life_line)
    return _made(*parts, line=line)


def test_ids_have_prefix_year_and_number() -> None:
    """An id is prefix, year and six digits; more digits where a year needs them."""
    assert project_id("off", 2026, 123) == "off-2026-000123"
    assert project_id("cdx", 2026, 1_234_567) == "cdx-2026-1234567"


@pytest.mark.parametrize("prefix", ["", "Off", "1x", "a-b", "x" * 17, "=off"])
def test_a_bad_prefix_is_refused(prefix: str) -> None:
    """Only small letters and digits may start an id."""
    with pytest.raises(ValueError, match="cannot start an id"):
        project_id(prefix, 2026, 1)


SPANS = [
    ("2026-03-12", date(2026, 3, 12), date(2026, 3, 12)),
    ("2026-W11", date(2026, 3, 9), date(2026, 3, 15)),
    ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("told", "first", "last"), SPANS)
def test_a_date_spans_the_days_that_it_may_mean(told: str, first: date, last: date) -> None:
    """A day, a week, a month, a year; anything else is no date."""
    assert span_of(told) == (first, last)
    assert dated(told).span == (first, last)
    with pytest.raises(ValueError, match="202"):
        span_of(f"x{told}")


def test_one_candidate_makes_a_record() -> None:
    """The candidate's facts become the record's, with the proved status as its life line."""
    made = _made(Accepted(frozen_candidate(), FACTS))
    event = LifeEvent(EventKind.STATUS, SIGNED, DAY, 1, "https://news.example/1", "signed a contract")
    assert made == Composed(FACTS, (event,))
    assert event.span == (DAY, DAY)
    assert replace(event, day=None).span is None


def test_a_record_is_never_without_a_title() -> None:
    """The first headline stands in for a title; without articles it stays empty."""
    assert _made(Accepted(frozen_candidate(), replace(FACTS, title=""))).facts.title == "Kenya signs data centre deal"
    bare = _made(Accepted(frozen_candidate(articles=()), replace(FACTS, title="")))
    assert (bare.facts.title, bare.life_line[0].url, bare.life_line[0].day) == ("", "", None)


def test_each_status_has_its_earliest_report() -> None:
    """A status reported by several articles is dated by the earliest; undated events come first."""
    articles = (story_article_of(1), story_article_of(2, NOW - timedelta(days=2)), story_article_of(3, None))
    proofs = [quote(FieldName.STATUS, "signed", "signed", number) for number in (3, 1, 2, 77)]
    agreed = quote(FieldName.STATUS, "agreed", "deal", 3)
    made = _made(Accepted(frozen_candidate(articles=articles, evidence=(*proofs, agreed)), FACTS))
    assert [(event.status, event.day) for event in made.life_line] == [
        (Status.AGREED, None),
        (SIGNED, date(2026, 3, 3)),
    ]


def test_a_status_set_by_hand_is_the_only_one() -> None:
    """Where a person set the status, what the machine read does not count; the event has no quote and no address."""
    candidate = frozen_candidate(articles=(story_article_of(2), story_article_of(1, NOW - timedelta(days=1))))
    (event,) = _made(Accepted(candidate, replace(FACTS, status=Status.AGREED), BY_HAND)).life_line
    assert event == LifeEvent(EventKind.STATUS, Status.AGREED, date(2026, 3, 4), 1, "")
    emptied = _made(Accepted(candidate, replace(FACTS, status=None), BY_HAND))
    assert (emptied.life_line, emptied.facts.status) == ((), None)


def test_days_are_days_in_utc() -> None:
    """An article's day is the day in UTC."""
    late = datetime(2026, 3, 5, 23, 59, tzinfo=UTC)
    candidate = frozen_candidate(articles=(story_article_of(1, late),))
    assert _made(Accepted(candidate, FACTS)).life_line[0].day == DAY


def test_a_late_article_adds_its_event_in_its_own_time() -> None:
    """An article of 2019 that is read after one of 2024 stands at 2019, and the status stays."""
    done, old = part(1, date(2024, 5, 2), status=COMPLETED), part(2, date(2019, 4, 1), status=SIGNED)
    made = _made(done, old)
    assert [(event.day, event.status) for event in made.life_line] == [
        (date(2019, 4, 1), SIGNED),
        (date(2024, 5, 2), COMPLETED),
    ]
    assert (made.facts.status, made.contradictions) == (COMPLETED, ())


def test_an_event_stands_at_the_day_that_is_reported() -> None:
    """What an article tells of earlier stands where it came about, as precisely as it is told."""
    told = part(1, date(2024, 5, 2), status=SIGNED, event_date=dated("2019-03"))
    (event,) = _made(told).life_line
    assert (event.event_date, event.day, event.span) == (
        "2019-03",
        date(2019, 3, 1),
        (date(2019, 3, 1), date(2019, 3, 31)),
    )
    assert _made(told).facts.event_date == dated("2019-03")


def test_what_happened_beside_the_status_is_an_event() -> None:
    """An incident has its words; a date is its own where no status is told, else that of the nearer quote."""
    alone = part(1, DAY, events=happened(EventKind.INCIDENT), event_date=dated("2026-02"))
    (event,) = _made(alone).life_line
    assert (event.kind, event.status, event.event_date, event.quote) == (
        EventKind.INCIDENT,
        None,
        "2026-02",
        "it is incident",
    )
    assert _made(alone).facts.status is None
    both = part(1, DAY, status=COMPLETED, events=happened(EventKind.AUDIT), event_date=dated("2026-02"))
    assert {e.kind: e.event_date for e in _made(both).life_line} == {EventKind.STATUS: "2026-02", EventKind.AUDIT: ""}
    far = Evidence(FieldName.EVENTS, "audit", 1, 500, 520, "the auditor found")
    near = Evidence(FieldName.EVENT_DATE, "2026-02", 1, 505, 512, "in February")
    proofs = (*(p for p in both.candidate.evidence if p.field is FieldName.STATUS), far, near)
    nearer = replace(both, candidate=replace(both.candidate, evidence=proofs))
    assert {e.kind: e.event_date for e in _made(nearer).life_line} == {EventKind.STATUS: "", EventKind.AUDIT: "2026-02"}


def test_what_happened_has_a_date_of_its_own() -> None:
    """An event that is told with its day stands there, whatever the status's date."""
    offline = replace(happened(EventKind.INCIDENT)[0], when=dated("2026-01-17"))
    told = part(1, DAY, status=COMPLETED, event_date=dated("2025-10"), events=(offline,))
    assert {e.kind: e.event_date for e in _made(told).life_line} == {
        EventKind.STATUS: "2025-10",
        EventKind.INCIDENT: "2026-01-17",
    }


def test_what_happened_is_dated_by_its_own_kind_alone() -> None:
    """The day of an audit is none of an outage beside it."""
    audit = replace(happened(EventKind.AUDIT)[0], when=dated("2026-01-17"))
    told = part(1, DAY, status=COMPLETED, events=(audit, *happened(EventKind.INCIDENT)))
    assert {e.kind: e.event_date for e in _made(told).life_line if not e.status} == {
        EventKind.AUDIT: "2026-01-17",
        EventKind.INCIDENT: "",
    }
    later = replace(happened(EventKind.INCIDENT)[0], when=dated("2026-02"))
    told = part(1, DAY, events=(audit, later), event_date=dated("2020"))
    assert {e.kind: e.event_date for e in _made(told).life_line} == {
        EventKind.AUDIT: "2026-01-17",
        EventKind.INCIDENT: "2026-02",
    }


# Where the quotes of the date, the status and the event stand, in which articles; and whether the date is the event's.
NEAR = [
    (((10, 20), 1), ((20, 30), 1), ((15, 30), 1), False),  # all touch
    (((10, 20), 1), ((21, 30), 1), ((20, 30), 1), True),
    (((10, 20), 1), ((0, 9), 1), ((0, 10), 1), True),
    (((10, 20), 1), ((0, 10), 1), ((0, 9), 1), False),
    (((10, 20), 1), ((20, 30), 2), ((90, 99), 1), True),
    (((10, 20), 1), ((90, 99), 1), ((20, 30), 2), False),
    (((10, 20), 1), ((20, 30), 2), ((20, 30), 2), False),
    (((10, 20), 2), ((20, 30), 1), ((90, 99), 2), True),
]


@pytest.mark.parametrize(("date_at", "status_at", "event_at", "of_event"), NEAR)
def test_a_date_belongs_to_the_nearer_quote(
    date_at: tuple[tuple[int, int], int],
    status_at: tuple[tuple[int, int], int],
    event_at: tuple[tuple[int, int], int],
    of_event: bool,
) -> None:
    """In one article, by the characters between; where both are as near it is the status's."""
    fields = ((FieldName.EVENT_DATE, "2026"), (FieldName.STATUS, "completed"), (FieldName.EVENTS, "audit"))
    proofs = tuple(
        Evidence(field, value, article, start, end, "")
        for (field, value), ((start, end), article) in zip(fields, (date_at, status_at, event_at), strict=True)
    )
    articles = tuple(story_article_of(number) for number in (1, 2))
    told = part(1, DAY, status=COMPLETED, events=happened(EventKind.AUDIT), event_date=dated("2026"))
    told = replace(told, candidate=replace(told.candidate, articles=articles, evidence=proofs))
    assert {e.kind: bool(e.event_date) for e in _made(told).life_line} == {
        EventKind.STATUS: not of_event,
        EventKind.AUDIT: of_event,
    }


STEPS = [
    (SIGNED, COMPLETED, False),
    (COMPLETED, SIGNED, True),
    (SIGNED, SIGNED, False),
    (SUSPENDED, Status.PROPOSED, False),
    (CANCELLED, SUSPENDED, True),
    (COMPLETED, SUSPENDED, False),
    (None, SIGNED, False),
    (SIGNED, None, False),
]


@pytest.mark.parametrize(("earlier", "later", "back"), STEPS)
def test_a_step_back_is_what_cannot_follow_by_itself(earlier: Status | None, later: Status | None, back: bool) -> None:
    """From what rests anything may go on, and nothing follows from nothing."""
    assert goes_back(earlier, later) is back


def test_a_status_that_stands_is_no_news_beside_an_outage() -> None:
    """News of what happened repeats no status, unless it is another one, a person set it, or the first one is aside."""
    opened = part(1, DAY, status=COMPLETED)
    outage = part(2, DAY + timedelta(days=90), status=COMPLETED, events=happened(EventKind.INCIDENT))
    made = _made(opened, outage)
    assert [e.status or e.kind for e in made.life_line] == [COMPLETED, EventKind.INCIDENT]
    assert made.facts.status is COMPLETED
    halted = replace(outage, facts=replace(outage.facts, status=SUSPENDED))
    for other in (replace(outage, by_hand=BY_HAND), halted, part(2, outage.day, status=COMPLETED)):
        assert any(e.status and e.candidate_id == 2 for e in _made(opened, other).life_line)
    aside = tuple(replace(e, set_aside_by="ana", set_aside_at=NOW) for e in made.life_line if e.status)
    begun = part(3, DAY, status=SUSPENDED, by_hand=BY_HAND)
    line = _made(opened, outage, begun, line=aside).life_line
    assert [(e.candidate_id, e.set_aside_by) for e in line if e.status is COMPLETED] == [(1, "ana"), (2, None)]


@pytest.mark.parametrize("kind", [EventKind.EXPANSION, EventKind.HANDOVER])
def test_what_grows_or_is_handed_over_may_be_completed_again(kind: EventKind) -> None:
    """Then the status is news of its own, beside what happened."""
    opened = part(1, DAY, status=COMPLETED)
    again = part(2, DAY + timedelta(days=90), status=COMPLETED, events=happened(kind))
    assert [e.status or e.kind for e in _made(opened, again).life_line] == [COMPLETED, COMPLETED, kind]


def test_an_audit_of_what_is_no_event_adds_none() -> None:
    """Words that name a status or a change as what happened are no event of their own."""
    odd = part(1, DAY, events=(*happened(EventKind.CHANGE), *happened(EventKind.STATUS)))
    assert _made(odd).life_line == ()


STATUS_CASES = [
    # status, day, by hand of one candidate; of another; what the record says, and whether they contradict each other
    ((SIGNED, 1, False), (COMPLETED, 9, False), COMPLETED, False),
    ((COMPLETED, 19, False), (SIGNED, 9, False), COMPLETED, False),
    ((SIGNED, 9, False), (BUILDING, 9, False), BUILDING, False),
    ((Status.AGREED, 9, False), (SIGNED, 9, False), SIGNED, False),
    ((SIGNED, 9, False), (COMPLETED, 9, False), COMPLETED, True),
    ((SIGNED, 9, True), (COMPLETED, 9, False), SIGNED, True),
    ((SIGNED, 1, True), (COMPLETED, 9, False), COMPLETED, False),
    ((COMPLETED, 1, False), (SIGNED, 9, False), COMPLETED, True),
    ((COMPLETED, 1, False), (SIGNED, 9, True), SIGNED, False),
    ((BUILDING, 1, False), (SIGNED, 9, False), BUILDING, True),
    ((SIGNED, 1, False), (Status.APPROVED, 9, False), SIGNED, False),
    ((SUSPENDED, 1, False), (BUILDING, 9, False), BUILDING, False),
    ((BUILDING, 1, False), (SUSPENDED, 9, False), SUSPENDED, False),
    ((CANCELLED, 1, False), (BUILDING, 9, False), CANCELLED, True),
    ((COMPLETED, 1, False), (CANCELLED, 9, False), CANCELLED, False),
    ((SIGNED, None, False), (COMPLETED, 9, False), COMPLETED, False),
    ((None, None, False), (COMPLETED, 9, False), COMPLETED, False),
    ((SUSPENDED, None, True), (COMPLETED, 1, False), SUSPENDED, False),  # said on the day that made the candidate
    ((SUSPENDED, None, True), (COMPLETED, 9, False), COMPLETED, False),
    ((COMPLETED, None, False), (SUSPENDED, 1, False), SUSPENDED, False),
    ((None, None, False), (None, 9, False), None, False),
]


@pytest.mark.parametrize(("one", "other", "after", "contradict"), STATUS_CASES)
def test_the_status_is_the_latest_that_is_no_step_back(
    one: tuple[Status | None, int | None, bool],
    other: tuple[Status | None, int | None, bool],
    after: Status | None,
    contradict: bool,
) -> None:
    """The later event decides; a step back waits for a person's word; one day cannot have two states."""
    parts = [
        part(number, date(2026, 3, day) if day else None, status=status, by_hand=BY_HAND if hand else frozenset())
        for number, (status, day, hand) in enumerate((one, other), 1)
    ]
    made = _made(*parts)
    assert (made.facts.status, bool(made.contradictions)) == (after, contradict)


ROOM = [
    ("2019", "2019-05-12", False),  # signed in May, completed in December
    ("2019-05-12", "2019-05-12", True),
    ("2019-05-12", "2019", False),  # completed in May, signed before that in the same year
    ("2019-05-12", "2019-05-13", True),
    ("2019-05", "2019-05-30", False),
    ("2019-05", "2019-05-31", True),
    ("2019-05", "2019-06-01", True),
    ("2019-W22", "2019-06", False),  # that week ends in June
    ("2019-05-13", "2019-05-12", False),
]


@pytest.mark.parametrize(("completed", "signed", "contradict"), ROOM)
def test_a_coarse_date_leaves_room(completed: str, signed: str, contradict: bool) -> None:
    """What may have followed each other within a year is no contradiction."""
    parts = (
        part(1, DAY, status=COMPLETED, event_date=dated(completed)),
        part(2, DAY, status=SIGNED, event_date=dated(signed)),
    )
    assert bool(_made(*parts).contradictions) is contradict


def test_choosing_sets_the_other_account_aside() -> None:
    """Completed, and years later under construction: both stand until one is chosen; the other stays, set aside."""
    parts = (part(1, date(2022, 1, 1), status=COMPLETED), part(2, date(2024, 1, 1), status=BUILDING))
    made = _made(*parts)
    assert made.facts.status is COMPLETED
    assert [each.said for each in made.contradictions] == [
        "status: under-construction (2024-01-01) stands after completed (2022-01-01)"
    ]
    later, earlier = _chosen(made, 2, *parts), _chosen(made, 1, *parts)
    assert (later.facts.status, later.contradictions) == (BUILDING, ())
    assert [event.set_aside_by for event in later.life_line] == ["ana", None]
    assert (earlier.facts.status, earlier.contradictions) == (COMPLETED, ())


def test_what_was_set_aside_is_taken_in_again_once_nothing_stands_against_it() -> None:
    """When the chosen account leaves the record, the other one holds again."""
    parts = (part(1, date(2022, 1, 1), status=COMPLETED), part(2, date(2024, 1, 1), status=BUILDING))
    chosen = _chosen(_made(*parts), 2, *parts)
    alone = _made(parts[0], line=chosen.life_line)
    assert (alone.facts.status, alone.life_line[0].set_aside_by) == (COMPLETED, None)


def test_choosing_leaves_alone_what_can_hold_too() -> None:
    """Two reports of works after the opening stand against it, not against each other."""
    days = ((1, 2020, COMPLETED), (2, 2021, BUILDING), (3, 2022, BUILDING))
    parts = tuple(part(number, date(year, 1, 1), status=status) for number, year, status in days)
    assert [event.set_aside_by for event in _chosen(_made(*parts), 3, *parts).life_line] == ["ana", None, None]


def test_a_late_status_contradicts_by_its_place_alone() -> None:
    """What it stands after is the furthest that is known; what agrees among itself is not drawn in."""
    told = (
        part(1, date(2024, 2, 20), status=BUILDING),
        part(2, date(2025, 12, 9), status=COMPLETED, event_date=dated("2025-12")),
        part(3, date(2025, 12, 3), status=COMPLETED),
        part(4, date(2026, 6, 17), status=SIGNED),
    )
    (found,) = _made(*told).contradictions
    assert found.said == "status: signed (2026-06-17) stands after completed (2025-12-03)"
    assert [key[0] for key in found.events] == [3, 4]


def test_what_a_late_status_follows_is_the_furthest_not_the_newest() -> None:
    """Works and a signature after the opening both stand after the opening."""
    told = (
        part(1, date(2020, 1, 1), status=COMPLETED),
        part(2, date(2022, 1, 1), status=BUILDING),
        part(3, date(2024, 1, 1), status=SIGNED),
    )
    assert [each.said for each in _made(*told).contradictions] == [
        "status: under-construction (2022-01-01) and signed (2024-01-01) stand after completed (2020-01-01)"
    ]


def test_one_day_cannot_have_states_that_take_time() -> None:
    """Signed, completed and cancelled on one day: all three stand together."""
    told = [part(number, DAY, status=status) for number, status in enumerate((SIGNED, COMPLETED, CANCELLED), 1)]
    assert [each.said for each in _made(*told).contradictions] == [
        "status: signed (2026-03-05) or completed (2026-03-05) or cancelled (2026-03-05)"
    ]


def test_states_of_two_days_stand_apart() -> None:
    """What cannot hold on one day has nothing to do with what cannot hold on another; sums of two kinds neither."""
    days = ((1, 1, SIGNED), (2, 1, COMPLETED), (3, 9, SUSPENDED), (4, 9, CANCELLED))
    told = [part(number, date(2026, 3, day), status=status) for number, day, status in days]
    assert [each.said for each in _made(*told).contradictions] == [
        "status: signed (2026-03-01) or completed (2026-03-01)",
        "status: suspended (2026-03-09) or cancelled (2026-03-09)",
    ]
    sums = [
        part(at, date(2020, at, 1), amounts=(amount(grant, kind=AmountKind.GRANT), amount(loan)))
        for at, grant, loan in ((1, 9, 85), (2, 20, 120))
    ]
    assert [each.said for each in _made(*sums).contradictions] == [
        "grant: 9,000,000 EUR grant or 20,000,000 EUR grant",
        "loan: 85,000,000 EUR loan or 120,000,000 EUR loan",
    ]


@pytest.mark.parametrize(
    ("contested", "other"), [(AmountKind.LOAN, AmountKind.GRANT), (AmountKind.GRANT, AmountKind.LOAN)]
)
def test_a_sum_of_another_kind_stays_beside_one_that_was_set_aside(contested: AmountKind, other: AmountKind) -> None:
    """Though its figure is the same."""
    stays, new = amount(85, kind=other), amount(120, kind=contested)
    parts = (
        part(1, date(2020, 1, 1), amounts=(amount(85, kind=contested), stays)),
        part(2, date(2021, 1, 1), amounts=(new,)),
    )
    assert _chosen(_made(*parts), 2, *parts).facts.amounts == (stays, new)


def test_what_nothing_stands_against_has_no_rivals() -> None:
    """Choosing it would set nothing aside."""
    made = _made(part(1, date(2022, 1, 1), status=SIGNED), part(2, date(2024, 1, 1), status=COMPLETED))
    assert [rivals(event, made.clashes, made.life_line) for event in made.life_line] == [(), ()]


def test_a_date_belongs_to_the_status_in_which_a_candidate_stands() -> None:
    """Another one that its articles told has none by it."""
    signed = part(1, DAY, status=SIGNED, event_date=dated("2020"))
    proofs = (*signed.candidate.evidence, Evidence(FieldName.STATUS, "agreed", 1, 0, 9, "agreed before"))
    told = replace(signed, candidate=replace(signed.candidate, evidence=proofs))
    assert {e.status: (e.event_date, e.day) for e in _made(told).life_line} == {
        SIGNED: ("2020", date(2020, 1, 1)),
        Status.AGREED: ("", DAY),
    }


def test_what_happened_is_added_whoever_set_it() -> None:
    """Events are no list that a person's word closes."""
    audit, court = happened(EventKind.AUDIT), happened(EventKind.COURT)
    known, new = replace(FACTS, events=audit), replace(FACTS, events=court)
    for by_hand in ({"known_by_hand": frozenset({"events"})}, {"new_by_hand": frozenset({"events"})}):
        assert merged(known, new, **by_hand).events == (*audit, *court)


WORK = [
    ({"status": BUILDING, "record_type": RecordType.FRAMEWORK_AGREEMENT}, RecordType.PROJECT),
    ({"status": SIGNED, "record_type": RecordType.FRAMEWORK_AGREEMENT}, RecordType.FRAMEWORK_AGREEMENT),
    ({"status": SIGNED, "record_type": RecordType.PROJECT}, RecordType.PROJECT),
    ({"record_type": RecordType.PROJECT}, RecordType.FRAMEWORK_AGREEMENT),
    ({"mode": Mode.LOAN}, RecordType.PROJECT),
    ({"amounts": (amount(85, kind=AmountKind.CONTRACT),)}, RecordType.PROJECT),
    ({"mode": Mode.LOAN, "record_type": RecordType.TRAINING_COOPERATION}, RecordType.FRAMEWORK_AGREEMENT),
]


@pytest.mark.parametrize(("told", "wanted"), WORK)
def test_a_framework_agreement_gives_way_to_the_project_that_comes_of_it(
    told: dict[str, object], wanted: RecordType
) -> None:
    """Once work is signed, begun or paid for, the record is of a project; what a person said of it stays."""
    first = part(1, date(2020, 1, 1), record_type=RecordType.FRAMEWORK_AGREEMENT, mode=Mode.UNSPECIFIED)
    facts = _made(first, part(2, date(2021, 1, 1), **told)).facts
    assert (facts.record_type, facts.mode) == (wanted, told.get("mode", Mode.UNSPECIFIED))
    by_hand = replace(first, by_hand=frozenset({"record_type"}))
    assert _made(by_hand, part(2, date(2021, 1, 1), **told)).facts.record_type is RecordType.FRAMEWORK_AGREEMENT


def test_one_sum_told_with_several_kinds_is_one() -> None:
    """The kind that says most of it stays, whatever order; a loan and a contract of one figure are two."""
    kinds = (AmountKind.INVESTMENT, AmountKind.TOTAL_COST, AmountKind.LOAN, AmountKind.INVESTMENT)
    told = [part(at, date(2020, at, 1), amounts=(amount(120, kind=kind),)) for at, kind in enumerate(kinds, 1)]
    assert _made(*told).facts.amounts == (amount(120),)
    both = part(1, DAY, amounts=(amount(120), amount(120, kind=AmountKind.CONTRACT), amount(119, kind=kinds[1])))
    assert len(_made(both).facts.amounts) == 3
    contract = amount(120, kind=AmountKind.CONTRACT)
    for other in (amount(120), amount(121, kind=kinds[1])):
        assert _made(part(1, DAY, amounts=(contract, other))).facts.amounts == (contract, other)


KINDS = (AmountKind.UNSPECIFIED, AmountKind.INVESTMENT, AmountKind.TOTAL_COST, AmountKind.CONTRACT)


@pytest.mark.parametrize(("less", "more"), list(pairwise(KINDS)))
def test_of_two_kinds_of_one_sum_the_one_that_says_more_stays(less: AmountKind, more: AmountKind) -> None:
    """Whichever was told first: a sum, an investment, a total cost, who pays it."""
    first, second = (
        part(at, date(2020, at, 1), amounts=(amount(120, kind=k),)) for at, k in enumerate((less, more), 1)
    )
    swapped = (replace(first, facts=second.facts), replace(second, facts=first.facts))
    for told in ((first, second), swapped):
        assert [each.kind for each in _made(*told).facts.amounts] == [more]


def test_one_account_may_stand_against_several() -> None:
    """Accounts that contradict the same one stand together."""
    days = ((1, 2020, COMPLETED), (2, 2021, BUILDING), (3, 2022, BUILDING))
    made = _made(*(part(number, date(year, 1, 1), status=status) for number, year, status in days))
    (found,) = made.contradictions
    assert [key[0] for key in found.events] == [1, 2, 3]


def test_sums_that_agree_by_the_rate_are_one() -> None:
    """EUR 85m and USD 94m are one sum, and an account that says what it is names it; EUR 120m stands beside it."""
    first = part(1, date(2020, 1, 1), amounts=(amount(85, kind=AmountKind.UNSPECIFIED),))
    again = part(2, date(2021, 1, 1), amounts=(amount(94, "USD"),))
    made = _made(first, again)
    assert made.facts.amounts == (amount(85),)
    assert made.life_line == ()
    odd = part(3, date(2022, 1, 1), amounts=(amount(85, "XYZ"), replace(amount(7), currency="ABC")))
    assert len(_made(first, odd).facts.amounts) == 3


def test_sums_that_do_not_agree_stand_side_by_side() -> None:
    """Another loan is a change with before and after; the chosen one stays in the facts, the other on the line."""
    parts = (
        part(1, date(2020, 1, 1), amounts=(amount(85),), quantities=(cameras(900),)),
        part(2, date(2021, 1, 1), amounts=(amount(94, "USD"),)),
        part(3, date(2022, 1, 1), amounts=(amount(120),), quantities=(cameras(650),)),
    )
    made = _made(*parts)
    assert made.facts.amounts == (amount(85), amount(120))
    assert [(event.candidate_id, event.changes) for event in made.life_line] == [
        (1, (Change("amounts", (), ("85000000 EUR loan",)), Change("quantities", (), ("900 cameras",)))),
        (
            3,
            (
                Change("amounts", ("85000000 EUR loan",), ("120000000 EUR loan",)),
                Change("quantities", ("900 cameras",), ("650 cameras",)),
            ),
        ),
    ]
    assert [each.said for each in made.contradictions] == [
        "loan: 85,000,000 EUR loan or 120,000,000 EUR loan",
        "cameras: 900 cameras or 650 cameras",
    ]
    chosen = _chosen(made, 3, *parts)
    assert (chosen.facts.amounts, chosen.facts.quantities) == ((amount(120),), (cameras(650),))
    assert chosen.contradictions == ()


def test_parties_that_join_are_a_change() -> None:
    """A firm that was not there before is a change with its quote; one that is known again is none."""
    joined = part(2, date(2021, 1, 1), firms=(firm("Huawei"), firm("ZTE")))
    proof = Evidence(FieldName.FIRMS, "ZTE", 2, 0, 9, "ZTE takes over")
    joined = replace(joined, candidate=replace(joined.candidate, evidence=(proof,)))
    made = _made(part(1, date(2020, 1, 1), firms=(firm("Huawei"),)), joined, part(3, DAY, firms=(firm("ZTE"),)))
    (event,) = made.life_line
    assert (event.kind, event.quote, event.day) == (EventKind.CHANGE, "ZTE takes over", date(2021, 1, 1))
    assert event.changes == (Change("firms", ("Huawei",), ("Huawei", "ZTE")),)
    assert [each.name for each in made.facts.firms] == ["Huawei", "ZTE"]


PARTIES = [
    (Firm("Huawei Technologies", "", Role.CONTRACTOR, "huawei"), ()),  # the same by its id
    (Firm("ZTE", "", Role.CONTRACTOR), ("ZTE",)),  # no list has this one
    (Firm("Jishi", "", Role.CONTRACTOR), ()),
    (Firm("JISHI", "", Role.SUPPLIER), ()),
    (Firm("Jishi Group", "", Role.CONTRACTOR), ("Jishi Group",)),
]


@pytest.mark.parametrize(("told", "joined"), PARTIES)
def test_a_party_is_known_by_its_id_or_else_by_its_name(told: Firm, joined: tuple[str, ...]) -> None:
    """In small letters or capitals; what joins stands behind those that are known."""
    known = (firm("Huawei"), Firm("Jishi", "", Role.CONTRACTOR))
    made = _made(part(1, date(2020, 1, 1), firms=known), part(2, DAY, firms=(told,)))
    names = ("Huawei", "Jishi")
    assert [each for event in made.life_line for each in event.changes] == (
        [Change("firms", names, (*names, *joined))] if joined else []
    )
    assert len(made.facts.firms) == 2 + len(joined)


def test_a_change_is_proved_by_the_words_on_its_own_field() -> None:
    """A quote of another field, of an article that is gone, or of what was known before proves nothing."""
    changed = part(2, date(2021, 1, 1), firms=(firm("Huawei"), firm("ZTE")), amounts=(amount(120),))
    right = Evidence(FieldName.AMOUNTS, "120000000 EUR", 2, 50, 60, "120m")
    wrong = (
        Evidence(FieldName.COUNTERPARTS, "ZTE", 2, 0, 9, "of ZTE"),
        Evidence(FieldName.FIRMS, "ZTE", 77, 0, 9, "ZTE elsewhere"),
        Evidence(FieldName.FIRMS, "Huawei", 2, 0, 9, "Huawei went on"),
        Evidence(FieldName.AMOUNTS, "12000000 EUR", 2, 0, 9, "12m"),
    )
    for proofs, quoted in (((*wrong, right), "120m"), (wrong, "")):
        told = replace(changed, candidate=replace(changed.candidate, evidence=proofs))
        made = _made(part(1, date(2020, 1, 1), firms=(firm("Huawei"),), amounts=(amount(85),)), told)
        (event,) = (each for each in made.life_line if each.candidate_id == 2)
        assert event.quote == quoted
        assert [change.field for change in event.changes] == ["amounts", "firms"]


def test_a_change_without_articles_is_still_one() -> None:
    """A candidate whose articles are gone brings its change without day and address."""
    bare = part(2, DAY, firms=(firm("ZTE"),))
    bare = replace(bare, candidate=replace(bare.candidate, articles=()))
    (event,) = _made(part(1, DAY, firms=(firm("Huawei"),)), bare).life_line
    assert (event.day, event.url) == (None, "")


def test_lists_grow_and_single_values_stay() -> None:
    """Later news adds firms and places; what is known already stays, in its order."""
    more = replace(
        FACTS,
        title="Another headline",
        firms=(replace(FACTS.firms[0], role=Role.SUPPLIER), firm("ZTE"), replace(firm("ZTE"), name="zte")),
        sector=Sector.ENERGY,
        places=("Konza",),
        countries=("UGA", "KEN"),
    )
    found = merged(FACTS, more)
    assert (found.title, found.sector, found.countries) == (FACTS.title, FACTS.sector, ("KEN", "UGA"))
    assert found.firms == (FACTS.firms[0], more.firms[1])
    assert found.places == ("Konza",)
    assert merged(ProjectFacts(), more).sector is Sector.ENERGY


UNITED: list[tuple[str, tuple[object, ...], tuple[object, ...], tuple[int, ...]]] = [
    ("countries", ("KEN",), ("ken", "UGA", "uga"), (1,)),
    ("firms", (firm("A"),), (replace(firm("A"), name="B"), replace(firm("A"), id="c")), (1,)),
    ("firms", (Firm("A", "", Role.PARTNER),), (Firm("a", "", Role.SUPPLIER), Firm("B", "", Role.SUPPLIER)), (1,)),
    ("lenders", (Lender("A", "", "x"),), (Lender("B", "", "x"), Lender("A", "", "y")), (1,)),
    ("lenders", (Lender("A", ""),), (Lender("a", ""), Lender("B", "")), (1,)),
    ("counterparts", ("Ministry",), ("MINISTRY", "Authority"), (1,)),
    ("places", ("Konza",), ("konza", "Nairobi"), (1,)),
    (
        "concerns",
        (StatedConcern(Concern.FAILURE, "x"),),
        (StatedConcern(Concern.FAILURE, "y"), StatedConcern(Concern.PROCUREMENT, "")),
        (1,),
    ),
    (
        "quantities",
        (cameras(9),),
        (replace(cameras(9), unit="Cameras"), cameras(8), replace(cameras(9), unit="km")),
        (1, 2),
    ),
    ("terms", (term(2),), (term(3), replace(term(2), kind=LoanTermKind.GRACE)), (1,)),
    ("events", happened(EventKind.AUDIT), (*happened(EventKind.AUDIT), *happened(EventKind.COURT)), (1,)),
]


@pytest.mark.parametrize(("name", "ours", "theirs", "joined"), UNITED)
def test_a_list_grows_by_what_is_not_in_it(
    name: str, ours: tuple[object, ...], theirs: tuple[object, ...], joined: tuple[int, ...]
) -> None:
    """What is known stands first, as it is; of what is told twice the first one joins."""
    found = merged(replace(ProjectFacts(), **{name: ours}), replace(ProjectFacts(), **{name: theirs}))
    assert getattr(found, name) == (*ours, *(theirs[at] for at in joined))


def test_a_persons_value_stays_unless_a_person_changes_it() -> None:
    """A single value that people set stays; a person's value of later news takes its place."""
    more = replace(FACTS, sector=Sector.ENERGY)
    by_hand = frozenset({"sector"})
    assert merged(FACTS, more, known_by_hand=by_hand).sector is FACTS.sector
    assert merged(FACTS, more, known_by_hand=by_hand, new_by_hand=by_hand).sector is Sector.ENERGY


def edited(number: int, day: date, machine: dict[str, object], **facts: object) -> Accepted:
    """A candidate in which a person set some fields."""
    read = part(number, day, **machine)
    return replace(read, facts=replace(read.facts, **facts), by_hand=frozenset(facts))


def test_a_person_changes_one_sum_and_no_other() -> None:
    """A sum that a person replaced on an update takes the place of the one that was read there; no other is lost."""
    first = part(1, date(2020, 1, 1), amounts=(amount(120),))
    update = edited(2, date(2021, 1, 1), {"amounts": (amount(85),)}, amounts=(amount(90),))
    later = part(3, date(2022, 1, 1), amounts=(amount(85), amount(400)))
    assert _made(first, update).facts.amounts == (amount(120), amount(90))
    assert _made(first, update, later).facts.amounts == (amount(120), amount(90), amount(400)), (
        "85 was said to be wrong"
    )


def test_a_person_takes_out_one_value_for_good() -> None:
    """What a person took out of a list does not come back with other news, unless a person lets it stand there."""
    first = part(1, date(2020, 1, 1), countries=("KEN", "UGA"), firms=(firm("Huawei"),))
    update = edited(2, date(2021, 1, 1), {"countries": ("KEN", "UGA")}, countries=("UGA",))
    assert _made(first, update).facts.countries == ("UGA",)
    again = edited(3, date(2022, 1, 1), {"countries": ("KEN",)}, countries=("KEN", "TZA"))
    assert set(_made(first, update, again).facts.countries) == {"KEN", "UGA", "TZA"}


def test_a_persons_role_of_a_firm_counts() -> None:
    """A role that a person set holds over the one that the machine read in other news, whatever the order."""
    supplier = replace(firm("Huawei"), role=Role.SUPPLIER)
    machine = {"firms": (firm("Huawei"), firm("ZTE"))}
    update = edited(2, date(2021, 1, 1), machine, firms=(supplier, firm("ZTE")))
    for day in (date(2020, 1, 1), date(2022, 1, 1)):
        assert set(_made(part(1, day, **machine), update).facts.firms) == {supplier, firm("ZTE")}


@given(st.lists(st.lists(st.integers(1, 6), max_size=3, unique=True), min_size=1, max_size=4), st.data())
def test_an_edit_of_a_list_changes_what_was_edited_alone(told: list[list[int]], data: st.DataObject) -> None:
    """Whatever candidates tell: a record has all that is told but what the editor took out, and what was put in."""
    machine = [tuple(firm(f"Firm {each}") for each in numbers) for numbers in told]
    place = data.draw(st.integers(0, len(told) - 1))
    kept = tuple(each for each in machine[place] if data.draw(st.booleans()))
    put_in = (firm("Firm 9"),) if data.draw(st.booleans()) else ()
    parts = [part(number, date(2020, 1, number), firms=firms) for number, firms in enumerate(machine, 1)]
    parts[place] = replace(
        parts[place], facts=replace(parts[place].facts, firms=(*kept, *put_in)), by_hand=frozenset({"firms"})
    )
    gone = set(machine[place]) - set(kept)
    assert set(_made(*parts).facts.firms) == ({each for firms in machine for each in firms} - gone) | set(put_in)


days = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2021, 12, 31)))
tellings = st.builds(
    lambda day, fields, hand: (day, fields, hand),
    days,
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([None, *Status]),
            "amounts": st.lists(st.builds(amount, st.integers(80, 99)), max_size=2).map(tuple),
            "quantities": st.lists(st.builds(cameras, st.integers(1, 3)), max_size=1).map(tuple),
            "firms": st.lists(
                st.sampled_from([firm("Huawei"), firm("ZTE"), firm("CRBC")]), max_size=2, unique=True
            ).map(tuple),
            "sector": st.sampled_from([None, *Sector]),
            "events": st.sampled_from([(), happened(EventKind.INCIDENT), happened(EventKind.COURT)]),
            "event_date": st.sampled_from(
                [None, dated("2019"), dated("2020-05"), dated("2020-W11"), dated("2021-02-03")]
            ),
        }
    ),
    st.sets(st.sampled_from(["status", "amounts", "firms", "sector"])).map(frozenset),
)


@given(st.lists(tellings, max_size=6), st.randoms(use_true_random=False))
@example(
    [(None, {"status": SIGNED}, BY_HAND), (DAY, {"status": COMPLETED}, frozenset())], __import__("random").Random(1)
)
def test_the_order_of_acceptance_does_not_matter(told: list, random: object) -> None:
    """Whatever the order in which candidates are folded in, one by one, facts and line come out the same."""
    parts = [part(number, day, by_hand=hand, **fields) for number, (day, fields, hand) in enumerate(told, 1)]
    wanted = _made(*parts)
    shuffled = parts[:]
    random.shuffle(shuffled)
    line: tuple[LifeEvent, ...] = ()
    for end in range(len(shuffled) + 1):
        made = _made(*shuffled[:end], line=line)
        line = made.life_line
    assert made == wanted
    assert len({event.key for event in line}) == len(line)


@pytest.mark.parametrize(
    ("other", "sums"),
    [
        (amount(86.5), 1),
        (amount(83.5), 1),
        (amount(88), 2),
        (amount(100), 2),
        (amount(96.9, "USD"), 1),
        (amount(105, "USD"), 2),
    ],
)
def test_only_what_rounding_and_rates_tell_apart_is_one_sum(other: Amount, sums: int) -> None:
    """In a record sums within two per cent are one, in two currencies within five; 15 per cent apart they are two."""
    made = _made(part(1, date(2020, 1, 1), amounts=(amount(85),)), part(2, date(2021, 1, 1), amounts=(other,)))
    assert len(made.facts.amounts) == sums
