"""Assignments on both databases: by hand, evenly, by rule, each with its history; a person's own day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.candidate import NOW, stored_candidate
from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import QueueFilter, QueueView
from offing.model.values.vocabulary import Sector
from offing.services.accounts.users import add_user, disable_user
from offing.services.records.derived_again import candidates_changed
from offing.services.review import assigning
from offing.services.review.decisions import decide
from offing.services.review.queue import QueueReader, page
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database
from offing.store.tables import candidate

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def desk(database: Database) -> Database:
    """A queue of six candidates, three of them of Kenya, with ana, bo and a viewer."""
    for name, role in (("ana", UserRole.ANALYST), ("bo", UserRole.CURATOR), ("vi", UserRole.VIEWER)):
        add_user(database, name, role, None, Stamp(NOW))
    with database.write() as conn:
        for number in range(6):
            facts = ProjectFacts(countries=("KEN",) if number % 2 else ("UGA",), sector=list(Sector)[number % 3])
            reindex(conn, stored_candidate(conn, facts=facts, score=0.9 - number / 100))
    return database


def whose(database: Database) -> dict[int, str]:
    """Who is to judge each candidate."""
    return {number: each.person for number, each in sorted(assigning.standing_on(database, range(1, 9)).items())}


def test_by_hand_to_a_person_and_back_to_nobody(desk: Database) -> None:
    """Each change is kept with who made it and when; the same again changes nothing."""
    assert assigning.assign(desk, [1, 2], ["ana"], "bo", NOW) == 2
    assert assigning.assign(desk, [1], ["ana"], "bo", LATER) == 0
    assert assigning.assign(desk, [2], [assigning.NOBODY], "ana", LATER) == 1
    assert whose(desk) == {1: "ana", 2: ""}
    history = assigning.assignments_of(desk, 2)
    assert [(each.person, each.by, each.at, each.ended_at) for each in history] == [
        ("", "ana", LATER, None),
        ("ana", "bo", NOW, LATER),
    ]


def test_a_split_gives_each_as_many_of_the_best(desk: Database) -> None:
    """In turn, from the best on; what is decided is left out and takes nobody's place."""
    decide(desk, Verdict(2, Judgement.REJECT, "bo"), NOW)
    assert assigning.assign(desk, [1, 2, 3, 4, 5], ["ana", "bo"], "bo", NOW) == 4
    assert whose(desk) == {1: "ana", 3: "bo", 4: "ana", 5: "bo"}


@pytest.mark.parametrize("people", [[], ["vi"], ["nobody-known"], ["gone"]])
def test_only_those_who_may_judge_are_assigned_anything(desk: Database, people: list[str]) -> None:
    """Not a viewer, a stranger, a closed account; then nothing at all is changed."""
    add_user(desk, "gone", UserRole.ANALYST, None, Stamp(NOW))
    disable_user(desk, "gone", Stamp(NOW))
    with pytest.raises(UsageError):
        assigning.assign(desk, [1], people, "bo", NOW)
    assert whose(desk) == {}


def test_rules_take_what_nobody_assigned_by_hand(desk: Database) -> None:
    """The narrower rule first; a hand beats both, also for nobody; what came since follows at the next change."""
    assigning.assign(desk, [2], [assigning.NOBODY], "bo", NOW)
    assigning.assign(desk, [4], ["bo"], "bo", NOW)
    assert assigning.add_rule(desk, QueueFilter.parse("country=KEN"), "ana", "bo", NOW) == 1
    assert whose(desk) == {2: "", 4: "bo", 6: "ana"}
    narrow = QueueFilter(view=QueueView.WAITING, country=("KEN",), sector=(list(Sector)[2],))
    assert assigning.add_rule(desk, narrow, "bo", "bo", LATER) == 1
    assert whose(desk)[6] == "bo"
    with desk.write() as conn:
        new = stored_candidate(conn, facts=ProjectFacts(countries=("KEN",)))
        candidates_changed(conn, [new], LATER)
    assert whose(desk)[new] == "ana"
    first, *_ = [rule.id for rule in assigning.overview(desk).rules if rule.person == "ana"]
    assert assigning.end_rule(desk, first, "bo", LATER) == 1
    assert whose(desk) == {2: "", 4: "bo", 6: "bo"}
    with pytest.raises(UnknownItem):
        assigning.end_rule(desk, first, "bo", LATER)
    assert [each.rule_id for each in assigning.assignments_of(desk, 6)] == [2, 1]


@pytest.mark.parametrize("wanted", ["", "q=port", "firm=huawei", "country=KEN&mine=1"])
def test_a_rule_goes_by_country_language_and_sector_alone(desk: Database, wanted: str) -> None:
    """What else a filter can ask is not known of every candidate, or is not the same for everybody."""
    with pytest.raises(UsageError, match="a rule goes by"):
        assigning.add_rule(desk, QueueFilter.parse(wanted), "ana", "bo", NOW)


def test_ones_own_day(desk: Database) -> None:
    """An equal share of the budget, or a goal of one's own; only one's own decisions count, and only one's own wait."""
    reader = QueueReader("ana", NOW, budget=5)
    assigning.assign(desk, [2, 3, 4, 5], ["ana"], "bo", NOW)
    own = page(desk, QueueFilter(view=QueueView.MY_DAY), reader)
    assert ([line.id for line in own.lines], own.own) == ([2, 3, 4], assigning.OwnDay(3, 0, 4))
    assigning.choose_goal(desk, "ana", 2)
    decide(desk, Verdict(1, Judgement.REJECT, "bo"), NOW)
    decide(desk, Verdict(2, Judgement.REJECT, "ana"), NOW)
    own = page(desk, QueueFilter(view=QueueView.MY_DAY), reader)
    assert ([line.id for line in own.lines], own.own) == ([3], assigning.OwnDay(2, 1, 3, chosen=True))
    assert [line.id for line in page(desk, QueueFilter.parse("assigned=me"), reader).lines] == [3, 4, 5]
    assert [line.id for line in page(desk, QueueFilter.parse("assigned=nobody"), reader).lines] == [6]
    with pytest.raises(UsageError, match="from 1 to"):
        assigning.choose_goal(desk, "ana", 0)


def test_a_candidate_assigned_by_hand_goes_back_to_the_rules(desk: Database) -> None:
    """To what a rule says, or to nobody; who gave it back is kept, and what no hand assigned stays."""
    assigning.assign(desk, [1, 2], [assigning.NOBODY], "bo", NOW)
    assigning.add_rule(desk, QueueFilter.parse("country=KEN"), "ana", "bo", NOW)
    assert assigning.release(desk, [1, 2, 4], "bo", LATER) == 2
    assert whose(desk) == {2: "ana", 4: "ana", 6: "ana"}
    last, first = assigning.assignments_of(desk, 2)
    assert (first.ended_at, first.ended_by, first.by_hand) == (LATER, "bo", False)
    assert (last.rule_id, last.at, last.by_hand) == (1, LATER, False)
    assert assigning.release(desk, [1, 2, 4], "bo", LATER) == 0
    with pytest.raises(UsageError, match="no candidate is selected"):
        assigning.release(desk, [], "bo", LATER)


def lead(database: Database, candidate_id: int, into: int | None) -> None:
    """Merge a candidate into another, or part them."""
    with database.write() as conn:
        conn.execute(candidate.update().where(candidate.c.id == candidate_id).values(merged_into=into))
        candidates_changed(conn, [each for each in (candidate_id, into) if each], LATER)


def test_an_assignment_follows_a_merge_of_stories(desk: Database) -> None:
    """The newest by hand, over what a rule says; it counts on the merged one again when they are parted."""
    assigning.add_rule(desk, QueueFilter.parse("country=UGA"), "ana", "bo", NOW)
    assigning.assign(desk, [2], ["ana"], "bo", NOW)
    assigning.assign(desk, [4], ["bo"], "ana", NOW + timedelta(minutes=1))
    lead(desk, 2, 1)
    lead(desk, 4, 1)
    held = assigning.standing_on(desk, [1])[1]
    assert (held.person, held.by, held.rule_id) == ("ana", "bo", None)  # it had one by hand when the second came
    lead(desk, 4, 3)
    assert whose(desk)[3] == "bo"
    lead(desk, 2, None)
    assert whose(desk)[2] == "ana"


def test_what_was_given_back_to_the_rules_does_not_follow_again(desk: Database) -> None:
    """A later change of the same story moves nothing; neither does a decided candidate take anything over."""
    assigning.assign(desk, [2, 5], ["ana"], "bo", NOW)
    lead(desk, 2, 1)
    assigning.release(desk, [1], "bo", LATER)
    lead(desk, 2, 1)
    decide(desk, Verdict(3, Judgement.REJECT, "bo"), NOW)
    lead(desk, 5, 3)
    assert whose(desk) == {2: "ana", 5: "ana"}


def test_assignments_stand_in_the_activity_log(desk: Database) -> None:
    """One line for what one person assigned to another at once; what rules do is nobody's."""
    assigning.assign(desk, [1, 2], ["ana"], "bo", NOW)
    assigning.assign(desk, [3], [assigning.NOBODY], "ana", LATER)
    assigning.add_rule(desk, QueueFilter.parse("country=KEN"), "ana", "bo", LATER)
    assigning.release(desk, [2], "bo", LATER + timedelta(minutes=1))
    assigning.end_rule(desk, 1, "bo", LATER + timedelta(minutes=2))
    with desk.read() as conn:
        log = list_activity(conn, ActivityFilter())
        hers = list_activity(conn, ActivityFilter(since=LATER, by="ana"))
        others = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.EXPORT})))
    found = [(each.by, each.about, each.candidate_id) for each in log if each.action is ActivityKind.ASSIGNMENT]
    assert found[:2] == [
        ("bo", "rule 1, KEN, to ana: removed", None),
        ("bo", "from ana back to the rules", 2),
    ]
    assert set(found[2:4]) == {("ana", "to nobody", 3), ("bo", "rule 1, KEN, to ana", None)}
    assert found[4:] == [("bo", "to ana: 2 candidates", None)]
    assert [each.about for each in hers] == ["to nobody"]
    assert others == ()
