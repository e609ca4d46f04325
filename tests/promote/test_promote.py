"""From an accepted candidate to a record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW, frozen_candidate, quote, story_article_of
from offing.model.evidence import FieldName
from offing.model.project import Amount, Firm, ProjectFacts, ProjectRecord, StatusEvent
from offing.model.vocabulary import AmountKind, Role, Sector, Status
from offing.promote import (
    Accepted,
    Fold,
    KnownRecord,
    NewRecord,
    events_of,
    merged,
    newest,
    project_id,
    promote,
)

DAY = date(2026, 3, 5)
ZTE = Firm("ZTE", "ZTE", Role.SUPPLIER)


def _event(status: Status, day: date | None, candidate_id: int = 9) -> StatusEvent:
    return StatusEvent(status, day, candidate_id, "https://news.example/9", "")


def _record(facts: ProjectFacts, *events: StatusEvent) -> ProjectRecord:
    return ProjectRecord("off-2026-000001", facts, events, (9,), NOW, NOW)


def test_ids_have_prefix_year_and_number() -> None:
    """An id is prefix, year and six digits; more digits where a year needs them."""
    assert project_id("off", 2026, 123) == "off-2026-000123"
    assert project_id("cdx", 2026, 1_234_567) == "cdx-2026-1234567"


@pytest.mark.parametrize("prefix", ["", "Off", "1x", "a-b", "x" * 17, "=off"])
def test_a_bad_prefix_is_refused(prefix: str) -> None:
    """Only small letters and digits may start an id."""
    with pytest.raises(ValueError, match="cannot start an id"):
        project_id(prefix, 2026, 1)


def test_a_new_record_takes_what_was_accepted() -> None:
    """Without a known record the candidate's facts become one, with the proved status as its life line."""
    made = promote(Accepted(frozen_candidate(), FACTS), None, NOW)
    event = StatusEvent(Status.SIGNED, DAY, 1, "https://news.example/1", "signed a contract")
    assert made == NewRecord(FACTS, (event,), 1)


def test_a_record_is_never_without_a_title() -> None:
    """The first headline stands in for a title; without articles it stays empty."""
    made = promote(Accepted(frozen_candidate(), replace(FACTS, title="")), None, NOW)
    assert made.facts.title == "Kenya signs data centre deal" if isinstance(made, NewRecord) else False
    bare = promote(Accepted(frozen_candidate(articles=()), replace(FACTS, title="")), None, NOW)
    assert isinstance(bare, NewRecord)
    assert (bare.facts.title, bare.life_line[0].url) == ("", "")


def test_each_status_has_its_earliest_report() -> None:
    """A status reported by several articles is dated by the earliest; undated articles come after dated ones."""
    articles = (story_article_of(1), story_article_of(2, NOW - timedelta(days=2)), story_article_of(3, None))
    proofs = [quote(FieldName.STATUS, "signed", "signed", number) for number in (3, 1, 2, 77)]
    built = quote(FieldName.STATUS, "agreed", "deal", 3)
    candidate = frozen_candidate(articles=articles, evidence=(*proofs, built))
    events = events_of(candidate, FACTS, by_hand=False)
    assert [(event.status, event.day) for event in events] == [
        (Status.AGREED, None),
        (Status.SIGNED, date(2026, 3, 3)),
    ]


def test_a_status_set_by_hand_is_the_only_one() -> None:
    """Where a person set the status, what the machine read does not count; the event has no quote."""
    candidate = frozen_candidate(articles=(story_article_of(2), story_article_of(1, NOW - timedelta(days=1))))
    (event,) = events_of(candidate, replace(FACTS, status=Status.AGREED), by_hand=True)
    assert event == StatusEvent(Status.AGREED, date(2026, 3, 4), 1, "https://news.example/1", "")
    assert events_of(candidate, replace(FACTS, status=None), by_hand=True) == ()


def test_the_newest_event_is_the_latest_then_the_furthest() -> None:
    """By day first, then by the order of a life line; undated ones come before all others."""
    early, late = _event(Status.COMPLETED, DAY), _event(Status.SUSPENDED, DAY + timedelta(days=1))
    assert newest((late, early, _event(Status.CANCELLED, None))) is late
    assert newest((_event(Status.SIGNED, DAY), early)) is early
    assert newest(()) is None


def test_days_are_days_in_utc() -> None:
    """An article's day is the day in UTC."""
    candidate = frozen_candidate(articles=(story_article_of(1, datetime(2026, 3, 5, 23, 59, tzinfo=UTC)),))
    assert events_of(candidate, FACTS, by_hand=False)[0].day == DAY


def test_lists_grow_and_single_values_stay() -> None:
    """Folding adds new firms, sums and places; what the record says already stays, in its order."""
    more = replace(
        FACTS,
        title="Another headline",
        firms=(replace(FACTS.firms[0], role=Role.SUPPLIER), ZTE, replace(ZTE, name="zte")),
        amounts=(*FACTS.amounts, Amount(Decimal(5), "USD", AmountKind.GRANT, "5")),
        sector=Sector.ENERGY,
        places=("Konza",),
        countries=("UGA", "KEN"),
    )
    found = merged(FACTS, more)
    assert (found.title, found.sector, found.countries) == (FACTS.title, FACTS.sector, ("KEN", "UGA"))
    assert found.firms == (FACTS.firms[0], more.firms[1])
    assert (found.amounts, found.places) == (more.amounts, ("Konza",))
    assert merged(ProjectFacts(), more).sector is Sector.ENERGY


def test_a_persons_value_stays_unless_a_person_changes_it() -> None:
    """Fields that people set are not added to by the machine; a newer person's value takes their place."""
    more = replace(FACTS, countries=("UGA",), sector=Sector.ENERGY)
    by_hand = frozenset({"countries", "sector"})
    kept = merged(FACTS, more, known_by_hand=by_hand)
    assert (kept.countries, kept.sector) == (FACTS.countries, FACTS.sector)
    changed = merged(FACTS, more, known_by_hand=by_hand, new_by_hand=frozenset({"countries"}))
    assert (changed.countries, changed.sector) == (("UGA",), FACTS.sector)


SIGNED, COMPLETED = Status.SIGNED, Status.COMPLETED
EARLIER, LATER = DAY - timedelta(days=9), DAY + timedelta(days=9)
STATUS_CASES = [
    # record's status and day, by hand; candidate's status and day, by hand; what the record says afterwards
    ((SIGNED, EARLIER, False), (COMPLETED, DAY, False), COMPLETED),
    ((COMPLETED, LATER, False), (SIGNED, DAY, False), COMPLETED),
    ((SIGNED, DAY, False), (COMPLETED, DAY, False), COMPLETED),
    ((COMPLETED, DAY, False), (SIGNED, DAY, False), COMPLETED),
    ((SIGNED, DAY, True), (COMPLETED, DAY, False), SIGNED),
    ((SIGNED, EARLIER, True), (COMPLETED, DAY, False), COMPLETED),
    ((COMPLETED, DAY, False), (SIGNED, DAY, True), SIGNED),
    ((COMPLETED, LATER, False), (SIGNED, DAY, True), COMPLETED),
    ((SIGNED, None, True), (COMPLETED, DAY, False), SIGNED),
    ((SIGNED, None, False), (COMPLETED, DAY, False), COMPLETED),
    ((None, None, False), (COMPLETED, DAY, False), COMPLETED),
    ((SIGNED, DAY, False), (None, DAY, False), SIGNED),
    ((None, None, False), (None, DAY, False), None),
]


@pytest.mark.parametrize(("known", "new", "after"), STATUS_CASES)
def test_the_status_follows_the_days(
    known: tuple[Status | None, date | None, bool], new: tuple[Status | None, date, bool], after: Status | None
) -> None:
    """The later report decides; on the same or an unknown day a person's word goes before a machine's."""
    lines = (_event(known[0], known[1]),) if known[0] else ()
    record = _record(replace(FACTS, status=known[0]), *lines)
    noon = datetime(new[1].year, new[1].month, new[1].day, 12, tzinfo=UTC)
    candidate = frozen_candidate(articles=(story_article_of(1, noon),), evidence=())
    hands = [frozenset({"status"}) if by_hand else frozenset() for by_hand in (known[2], new[2])]
    fold = promote(Accepted(candidate, replace(FACTS, status=new[0]), hands[1]), KnownRecord(record, hands[0]), NOW)
    assert isinstance(fold, Fold)
    assert fold.record.facts.status is after


def test_a_status_without_event_yields() -> None:
    """A record's status that no event dates yields to what is further along."""
    fold = promote(Accepted(frozen_candidate(), FACTS), KnownRecord(_record(replace(FACTS, status=Status.AGREED))), NOW)
    assert isinstance(fold, Fold)
    assert fold.record.facts.status is SIGNED


def test_folding_keeps_the_record_and_adds_to_it() -> None:
    """A fold keeps id and version as read, adds the events and the candidate, and says when."""
    record = _record(FACTS, _event(Status.AGREED, EARLIER))
    later = NOW + timedelta(days=1)
    fold = promote(Accepted(frozen_candidate(), FACTS), KnownRecord(record), later)
    assert isinstance(fold, Fold)
    assert (fold.record.id, fold.record.version, fold.record.candidate_ids) == (record.id, 1, (1, 9))
    assert [event.status for event in fold.record.life_line] == [Status.AGREED, SIGNED]
    assert (fold.record.changed_at, fold.record.created_at, fold.candidate_id) == (later, NOW, 1)


names = st.lists(st.sampled_from(["KEN", "UGA", "TZA", "RWA"]), unique=True).map(tuple)


@given(names, names)
def test_folding_twice_changes_nothing(ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """A list that was folded in is not added again, and nothing is lost."""
    once = merged(replace(FACTS, countries=ours), replace(FACTS, countries=theirs))
    assert merged(once, replace(FACTS, countries=theirs)) == once
    assert set(once.countries) == {*ours, *theirs}
    assert once.countries[: len(ours)] == ours
