"""Promotion with a database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, everything, stored_candidate
from offing.errors import Blocked, UnknownItem, UsageError
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectRecord
from offing.model.projects.promotion import Promoter
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.records.amending import Statement
from offing.services.records.correcting import withdraw
from offing.services.records.placement import waiting_for_each_other
from offing.services.records.projects import merge
from offing.services.records.promote import Promoted, promote_accepted, promote_only, waiting
from offing.services.review.decisions import decide
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.pairs.pairing import same_items
from offing.store.records.known_project import keep_known
from offing.store.records.project import get_project, projects
from offing.store.tables import candidate

FIRST, SECOND = "off-2026-000001", "off-2026-000002"


def _candidates(database: Database, number: int) -> list[int]:
    with database.write() as conn:
        return [stored_candidate(conn) for _ in range(number)]


def _accept(database: Database, candidate_id: int, **edits: str) -> None:
    decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", edits=edits), NOW)


def _double(database: Database, candidate_id: int, of: int) -> None:
    decide(database, Verdict(candidate_id, Judgement.DUPLICATE, "ana", duplicate_of=of), NOW)


def _record(database: Database, project_id: str) -> ProjectRecord:
    with database.read() as conn:
        found = get_project(conn, project_id)
    assert found is not None
    return found


def test_accepted_ones_become_records_once(database: Database) -> None:
    """Each accepted candidate becomes a record with a number of its own; a second call does nothing."""
    one, two, _ = _candidates(database, 3)
    _accept(database, two, status="agreed")
    _accept(database, one)
    assert promote_accepted(database, NOW) == (Promoted(one, FIRST, new=True), Promoted(two, SECOND, new=True))
    assert promote_accepted(database, NOW) == ()
    assert promote_only(database, (one,), NOW) == ()
    assert _record(database, FIRST).facts == FACTS
    assert _record(database, SECOND).facts.status is Status.AGREED


def test_duplicates_fold_into_the_record(database: Database) -> None:
    """A duplicate follows the candidate that it doubles, through a chain too, and brings its events."""
    one, two, three = _candidates(database, 3)
    _double(database, three, of=two)
    _double(database, two, of=one)
    assert promote_accepted(database, NOW) == ()
    _accept(database, one)
    done = promote_accepted(database, NOW + timedelta(hours=1))
    assert [(each.candidate_id, each.project_id, each.new) for each in done] == [
        (one, FIRST, True),
        (two, FIRST, False),
        (three, FIRST, False),
    ]
    record = _record(database, FIRST)
    assert (record.candidate_ids, record.version, len(record.life_line)) == ((one, two, three), 3, 3)


def test_a_persons_value_survives_folding(database: Database) -> None:
    """What a person set on the first candidate stays when a machine's candidate is folded in."""
    one, two = _candidates(database, 2)
    _accept(database, one, countries="UGA", firms="ZTE:supplier")
    _double(database, two, of=one)
    promote_accepted(database, NOW)
    facts = _record(database, FIRST).facts
    assert (facts.countries, [firm.name for firm in facts.firms]) == (("UGA",), ["ZTE"])


def test_into_folds_by_hand(database: Database) -> None:
    """A candidate may be folded into a record that is named; again is harmless, elsewhere is refused."""
    one, two, three = _candidates(database, 3)
    for each in (one, two, three):
        _accept(database, each)
    promote_only(database, (one,), NOW)
    assert promote_only(database, (two,), NOW, into=FIRST) == (Promoted(two, FIRST, new=False),)
    assert promote_only(database, (two,), NOW, into=FIRST) == ()
    promote_only(database, (three,), NOW)
    with pytest.raises(UsageError, match=f"part of project {SECOND} already"):
        promote_only(database, (three,), NOW, into=FIRST)


def test_merged_records_are_followed_and_withdrawn_ones_refused(database: Database) -> None:
    """Folding follows redirects; a withdrawn record takes nothing, and its duplicates wait."""
    one, two, three, four = _candidates(database, 4)
    for each in (one, two, three):
        _accept(database, each)
    promote_only(database, (one, two), NOW)
    merge(database, FIRST, SECOND, Statement("ana", NOW))
    assert promote_only(database, (three,), NOW, into=FIRST) == (Promoted(three, SECOND, new=False),)
    _double(database, four, of=one)
    withdraw(database, SECOND, Statement("ana", NOW, "no such item"), keep=True)
    assert promote_accepted(database, NOW) == ()
    with pytest.raises(UsageError, match="was withdrawn: no such item"):
        promote_only(database, (four,), NOW, into=FIRST)


def test_what_cannot_be_promoted_is_said(database: Database) -> None:
    """Unknown ids, undecided candidates, lonely duplicates and a bad prefix are errors."""
    one, two, three = _candidates(database, 3)
    with pytest.raises(UnknownItem, match="no candidate 99"):
        promote_only(database, (99,), NOW)
    with pytest.raises(UsageError, match="is open: offing decide"):
        promote_only(database, (one,), NOW)
    _double(database, two, of=three)
    with pytest.raises(Blocked, match=f"candidate {three}, which it doubles, is open and in no record"):
        promote_only(database, (two,), NOW)
    with pytest.raises(UnknownItem, match="no project off-2020-000001"):
        promote_only(database, (one,), NOW, into="off-2020-000001")
    _accept(database, one)
    with pytest.raises(UsageError, match="'NO' cannot start an id"):
        promote_accepted(database, NOW, Promoter(prefix="NO"))
    with database.read() as conn:
        assert everything(conn)["project"] == 0


def test_updates_follow_what_they_belong_to(database: Database) -> None:
    """An update waits for its candidate, says so, and comes with it, through others that wait too."""
    one, two, three, four = _candidates(database, 4)
    for candidate_id, other in ((four, three), (three, two), (two, one)):
        into = Ref.candidate(other)
        decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", into=into), NOW)
    assert promote_accepted(database, NOW) == ()
    assert (
        waiting(database)[0]
        == f"candidate {two} waits: candidate {one}, which it is an update of, is open and in no record"
    )
    with pytest.raises(Blocked, match=f"candidate {two} waits"):
        promote_only(database, (two,), NOW)
    _accept(database, one)
    assert [(each.candidate_id, each.new) for each in promote_accepted(database, NOW)] == [
        (one, True),
        (two, False),
        (three, False),
        (four, False),
    ]
    assert (_record(database, FIRST).candidate_ids, waiting(database)) == ((one, two, three, four), ())


def _into(database: Database, candidate_id: int, other: int) -> None:
    into = Ref.candidate(other)
    decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", into=into), NOW)


def test_updates_of_each_other_become_one_record(database: Database) -> None:
    """Whichever was accepted first, the earliest news makes the record; another update of one of them comes too."""
    with database.write() as conn:
        later = stored_candidate(conn, published=NOW)
        earlier = stored_candidate(conn, published=NOW - timedelta(days=300))
        third = stored_candidate(conn, published=NOW)
    for candidate_id, other in ((third, later), (later, earlier), (earlier, later)):
        _into(database, candidate_id, other)
    with database.read() as conn:
        assert list(waiting_for_each_other(conn)) == []
    made, *folded = promote_accepted(database, NOW)
    assert made == Promoted(earlier, FIRST, new=True)
    assert {each.candidate_id for each in folded} == {later, third}
    assert _record(database, FIRST).candidate_ids == (later, earlier, third)
    assert waiting(database) == ()


def test_a_record_of_its_own_is_no_update(database: Database) -> None:
    """What a person accepted as new is called an update of nothing once its record is made."""
    with database.write() as conn:
        one = stored_candidate(conn)
        two = stored_candidate(conn, kind="update", update_of=f"candidate:{one}")
    decide(database, Verdict(two, Judgement.ACCEPT, "ana", alone=True), NOW)
    assert promote_only(database, (two,), NOW) == (Promoted(two, FIRST, new=True),)
    with database.read() as conn:
        found = get_candidate(conn, two)
    assert found is not None
    assert (found.kind, found.update_of) == ("new", None)


def test_what_has_to_be_first_is_promoted_with_what_is_asked_for(database: Database) -> None:
    """Promoting an update alone promotes the accepted candidate that makes its record, too."""
    one, two, three = _candidates(database, 3)
    _accept(database, one)
    _into(database, two, one)
    _into(database, three, two)
    assert (
        waiting(database)[0]
        == f"candidate {two} waits: candidate {one}, whose project it tells of, is to be promoted first"
    )
    assert [(each.candidate_id, each.new) for each in promote_only(database, (three,), NOW)] == [
        (one, True),
        (three, False),
    ]


def test_duplicates_of_each_other_wait_for_ever_and_are_reported(database: Database) -> None:
    """Where none of a circle is accepted nothing can begin: the check of the database says so."""
    one, two = _candidates(database, 2)
    with database.write() as conn:
        for each, other in ((one, two), (two, one)):
            change = sa.update(candidate).where(candidate.c.id == each)
            conn.execute(change.values(state=CandidateState.DUPLICATE, duplicate_of=other))
    assert promote_accepted(database, NOW) == ()
    with database.read() as conn:
        found = list(waiting_for_each_other(conn))
    said = f"candidates {one}, {two} lead to each other, and none of them is accepted"
    assert found == [f"candidate {each} waits for ever: {said}" for each in (one, two)]


def test_updates_of_a_known_project_share_one_record_of_ours(database: Database) -> None:
    """The first makes a record, said to be that project; the next one folds into it; a record that is gone has none."""
    known = Ref.known("base", "7")
    one, two, three = _candidates(database, 3)
    with database.write() as conn:
        keep_known(conn, (KnownProject("base", "7", FACTS),), NOW)
    for candidate_id in (one, two):
        decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", into=known), NOW)
    assert [each.new for each in promote_accepted(database, NOW)] == [True, False]
    with database.read() as conn:
        assert Ref.project(FIRST) in same_items(conn, known)
    decide(database, Verdict(three, Judgement.ACCEPT, "ana", into=Ref.project(FIRST)), NOW)
    withdraw(database, FIRST, Statement("ana", NOW, "no such item"), keep=True)
    assert promote_accepted(database, NOW) == ()
    assert waiting(database) == (f"candidate {three} waits: it was accepted into project {FIRST}, which is gone",)


def test_promotions_at_once_make_each_record_once(database: Database) -> None:
    """Promotions that run at the same moment give each candidate one record and each record one number."""
    ids = _candidates(database, 6)
    for each in ids:
        _accept(database, each)
    with ThreadPoolExecutor(4) as pool:
        done = [each for part in pool.map(lambda _: promote_accepted(database, NOW), range(4)) for each in part]
    assert sorted(each.candidate_id for each in done) == ids
    with database.read() as conn:
        assert [record.id for record in projects(conn)] == [f"off-2026-{n:06d}" for n in range(1, 7)]
