"""Records looked at, contradictions chosen, records merged and parted again, with a database."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from factories.release import without_rules
from offing.errors import UnknownItem, UsageError
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.known import KnownProject
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.records.amending import Statement
from offing.services.records.compose import composed
from offing.services.records.projects import NamedItem, choose, joining, look, merge, part, parting
from offing.services.records.promote import promote_accepted
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, undo
from offing.services.views.updates import proposed_update
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision, decisions_on
from offing.store.records.known_project import keep_known
from offing.store.records.membership import project_of
from offing.store.records.project import projects
from offing.store.records.record_check import record_faults
from offing.store.tables import candidate, project

FIRST, SECOND = "off-2026-000001", "off-2026-000002"
YEARS = ((2020, Status.COMPLETED), (2024, Status.UNDER_CONSTRUCTION))


@pytest.fixture
def records(database: Database) -> Database:
    """Two records of one candidate each: completed in 2020, under construction in 2024."""
    for year, status in YEARS:
        with database.write() as conn:
            facts = replace(FACTS, status=status)
            number = stored_candidate(conn, facts=facts, published=datetime(year, 5, 1, tzinfo=UTC))
        edits = {"status": status.value} if year == 2020 else {}  # the other one by the machine
        decide(database, Verdict(number, Judgement.ACCEPT, "ana", edits=edits), NOW)
    promote_accepted(database, NOW)
    return database


def _statuses(database: Database, project_id: str) -> list[tuple[int, Status | None, str | None]]:
    return [(each.candidate_id, each.status, each.set_aside_by) for each in look(database, project_id).record.life_line]


def test_merging_is_shown_first_and_taken_back(records: Database) -> None:
    """A merged record leads to the other, which has the events of both; parted, both are as they were."""
    before = [look(records, each).record for each in (FIRST, SECOND)]
    shown = joining(records, SECOND, FIRST)
    assert (len(shown.both.life_line), look(records, SECOND).record) == (3, before[1])
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    both = look(records, FIRST)
    assert (both.record.candidate_ids, both.record.life_line) == ((1, 2), shown.both.life_line)
    assert both.merged == (SECOND,)
    gone = look(records, SECOND).record
    assert (gone.redirects_to, gone.candidate_ids, gone.life_line) == (FIRST, (2,), ())
    with records.read() as conn:
        assert project_of(conn, 2) == FIRST
    assert parting(records, SECOND).kept.id == FIRST
    part(records, SECOND, Statement("ana", NOW))
    after = [look(records, each).record for each in (FIRST, SECOND)]
    assert [(r.facts, r.life_line, r.candidate_ids) for r in after] == [
        (r.facts, r.life_line, r.candidate_ids) for r in before
    ]
    with records.read() as conn:
        assert decisions_on(conn, (Ref.project(SECOND),)) == ()


def test_updates_follow_a_merge_and_its_end(records: Database) -> None:
    """What waits as an update of a merged record is held against the one that was kept, and goes back with it."""
    with records.write() as conn:
        third = stored_candidate(conn)
        waits = Ref.candidate(third), Ref.project(SECOND)
        append_pair_decision(conn, PairDecision(0, *waits, Bond.SAME, "ben", NOW))
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    assert _target(records, third) == FIRST
    part(records, SECOND, Statement("ana", NOW))
    assert _target(records, third) == SECOND


def _target(database: Database, candidate_id: int) -> str:
    found = proposed_update(database, candidate_id, Ref.project(SECOND))
    assert found is not None
    return found.target.key


def test_what_was_accepted_into_the_merged_one_goes_with_it(records: Database) -> None:
    """A candidate said to be of the merged id counts where that leads, and stands under it once it is parted."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    with records.write() as conn:
        third = stored_candidate(conn)
    decide(records, Verdict(third, Judgement.ACCEPT, "ben", into=Ref.project(SECOND)), NOW)
    assert [each.project_id for each in promote_accepted(records, NOW)] == [FIRST]
    undo(records, "ana", NOW, candidate_id=2)
    assert look(records, FIRST).record.candidate_ids == (1, third)
    part(records, SECOND, Statement("ana", NOW))
    assert [look(records, each).record.candidate_ids for each in (FIRST, SECOND)] == [(1,), (third,)]


def test_parting_withdraws_what_has_no_candidate(records: Database) -> None:
    """A merged id whose only candidate was taken back meanwhile is a tombstone once it is parted."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    undo(records, "ana", NOW, candidate_id=2)
    part(records, SECOND, Statement("ana", NOW))
    gone = look(records, SECOND).record
    assert (gone.candidate_ids, gone.life_line, gone.withdrawn) == ((), (), "its last candidate was removed")


def test_parting_leaves_no_empty_record(records: Database) -> None:
    """Where the kept side has no candidate of its own any more it is withdrawn; the other one stands by itself."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    undo(records, "ana", NOW, candidate_id=1)
    part(records, SECOND, Statement("ana", NOW))
    with records.read() as conn:
        assert [(each.id, each.candidate_ids) for each in projects(conn)] == [(SECOND, (2,))]
        assert list(record_faults(conn)) == []
    assert look(records, FIRST).record.withdrawn == "its last candidate was removed"


def test_parting_takes_no_published_record_away(records: Database, tmp_path: Path) -> None:
    """A published side that would be left with nothing keeps both together, and the refusal names it."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    publish(without_rules(records, tmp_path), "1.0", tmp_path / "release", NOW)
    undo(records, "ana", NOW, candidate_id=1)
    for action in (lambda: parting(records, SECOND), lambda: part(records, SECOND, Statement("ana", NOW))):
        with pytest.raises(UsageError, match=f"project {FIRST} would be left with no candidate"):
            action()
    assert look(records, SECOND).record.redirects_to == FIRST


def test_parting_takes_back_its_own_merge_alone(records: Database) -> None:
    """What people said of the parted record and a third one stands on."""
    mine, third = Ref.project(SECOND), Ref.project("off-2026-000009")
    with records.write() as conn:
        append_pair_decision(conn, PairDecision(0, mine, third, Bond.SAME, "ben", NOW))
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    part(records, SECOND, Statement("ana", NOW))
    with records.read() as conn:
        assert [(each.other, each.by) for each in decisions_on(conn, (mine,))] == [(third, "ben")]


MERGES = [
    (("off-1", FIRST), UnknownItem, "no project off-1"),
    ((FIRST, "off-1"), UnknownItem, "no project off-1"),
    ((FIRST, FIRST), UsageError, "into itself"),
    ((SECOND, FIRST), UsageError, f"is merged into {FIRST} already"),
]


def test_what_cannot_be_merged_or_parted_is_reported(records: Database) -> None:
    """Unknown ids, a record and itself, merged and withdrawn ones are refused."""
    with pytest.raises(UsageError, match="merged into none"):
        parting(records, SECOND)
    with pytest.raises(UnknownItem, match="no project off-1"):
        parting(records, "off-1")
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    for pair, error, words in MERGES:
        with pytest.raises(error, match=words):
            joining(records, *pair)
    part(records, SECOND, Statement("ana", NOW))
    with records.write() as conn:
        conn.execute(sa.update(project).where(project.c.id == SECOND).values(withdrawn="a rumour"))
    for pair in ((SECOND, FIRST), (FIRST, SECOND)):
        with pytest.raises(UsageError, match="was withdrawn: a rumour"):
            joining(records, *pair)


def test_one_account_is_chosen_and_the_choice_taken_back(records: Database) -> None:
    """The other account is set aside and the status follows; all may stand side by side again."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    found = look(records, FIRST)
    (contradiction,) = found.contradictions
    assert contradiction.said == "status: under-construction (2024-05-01) stands after completed (2020-05-01)"
    numbers = {each.key: each.id for each in found.record.life_line}
    later = numbers[contradiction.events[1]]
    held, against = choose(records, FIRST, later, Statement("ana", NOW))
    assert (held.status, [each.status for each in against]) == (Status.UNDER_CONSTRUCTION, [Status.COMPLETED])
    chosen = look(records, FIRST)
    assert (chosen.record.facts.status, chosen.contradictions) == (Status.UNDER_CONSTRUCTION, ())
    assert (1, Status.COMPLETED, "ana") in _statuses(records, FIRST)
    choose(records, FIRST, numbers[contradiction.events[0]], Statement("ben", NOW))
    assert look(records, FIRST).record.facts.status is Status.COMPLETED
    choose(records, FIRST, later, Statement("ben", NOW), again=True)
    assert {by for _, _, by in _statuses(records, FIRST)} == {None}
    with pytest.raises(UnknownItem, match="no event 99"):
        choose(records, FIRST, 99, Statement("ana", NOW))
    part(records, SECOND, Statement("ana", NOW))
    with pytest.raises(UsageError, match="nothing contradicts event"):
        choose(records, FIRST, numbers[contradiction.events[0]], Statement("ana", NOW))


def test_a_record_names_what_it_is_elsewhere_and_what_it_is_linked_to(records: Database) -> None:
    """Projects of other bases that people said to be the same, and items that they said to be linked, are named."""
    known, mine = Ref.known("base", "7"), Ref.project(FIRST)
    others = [Ref.project(SECOND), Ref.candidate(2), Ref.known("base", "9")]
    with records.write() as conn:
        keep_known(conn, (KnownProject("base", "7", replace(FACTS, title="NDC")),), NOW)
        append_pair_decision(conn, PairDecision(0, mine, known, Bond.SAME, "ana", NOW))
        for other in others:
            append_pair_decision(conn, PairDecision(0, mine, other, Bond.LINKED, "ana", NOW))
    found = look(records, FIRST)
    assert found.known == (NamedItem(known, "NDC"),)
    assert [(str(each.ref), each.title) for each in found.linked] == [
        ("candidate:2", FACTS.title),
        ("known:base:9", ""),
        (f"project:{SECOND}", FACTS.title),
    ]
    with pytest.raises(UnknownItem, match="no project off-1"):
        look(records, "off-1")


def test_a_candidate_whose_story_became_anothers_is_reported_by_that_one(records: Database) -> None:
    """Where both are part of a record, its articles count once."""
    with records.write() as conn:
        conn.execute(sa.update(candidate).where(candidate.c.id == 2).values(merged_into=1))
        assert {each.candidate_id for each in composed(conn, (1, 2)).life_line} == {1}
        assert {each.candidate_id for each in composed(conn, (2,)).life_line} == {2}
