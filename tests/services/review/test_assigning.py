"""Assignments on both databases: by hand, evenly, by rule, each with its history; a person's own day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.candidate import NOW, stored_candidate
from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import QueueFilter, QueueView
from offing.model.values.vocabulary import Sector
from offing.services.accounts.users import add_user, disable_user
from offing.services.records.derived_again import candidates_changed
from offing.services.review import assigning
from offing.services.review.decisions import decide
from offing.services.review.queue import Reader, page
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database

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
    assert assigning.end_rule(desk, first, LATER) == 1
    assert whose(desk) == {2: "", 4: "bo", 6: "bo"}
    with pytest.raises(UnknownItem):
        assigning.end_rule(desk, first, LATER)
    assert [each.rule_id for each in assigning.assignments_of(desk, 6)] == [2, 1]


@pytest.mark.parametrize("wanted", ["", "q=port", "firm=huawei", "country=KEN&mine=1"])
def test_a_rule_goes_by_country_language_and_sector_alone(desk: Database, wanted: str) -> None:
    """What else a filter can ask is not known of every candidate, or is not the same for everybody."""
    with pytest.raises(UsageError, match="a rule goes by"):
        assigning.add_rule(desk, QueueFilter.parse(wanted), "ana", "bo", NOW)


def test_ones_own_day(desk: Database) -> None:
    """An equal share of the budget, or a goal of one's own; only one's own decisions count, and only one's own wait."""
    reader = Reader("ana", NOW, budget=5)
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
