"""Taking one decision of several back, with a database."""

from __future__ import annotations

from dataclasses import replace

from factories.candidate import FACTS, NOW, stored_candidate
from factories.telling import RULES, Piece, arrive_all
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide, show, undo
from offing.services.stories.story_check import check_stories
from offing.store.database.engine import Database
from offing.store.pairs.pairing import decisions_on
from offing.store.records.known_project import keep_known
from propose.tellings import FACTS as TOLD
from propose.tellings import amount, size

SIGNED = replace(TOLD, amounts=(amount(86.4),), quantities=(size(900),))
KNOWN = Ref.known("base", "7")
RECORD = Ref.project("off-2026-000001")


def _said(database: Database, ref: Ref) -> list[tuple[str, str]]:
    with database.read() as conn:
        return [(str(each.one), str(each.other)) for each in decisions_on(conn, (ref,))]


def test_one_of_several_takes_its_own_bonds_along(database: Database) -> None:
    """Updates accepted by one person at one time: what was said with one goes with it, of the others nothing."""
    with database.write() as conn:
        first, second, third, fourth = (str(stored_candidate(conn)) for _ in range(4))
    decide(database, Verdict(int(first), Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    beside = Ref.candidate(int(second))
    for each, into in ((second, RECORD), (third, RECORD), (fourth, beside)):
        decide(database, Verdict(int(each), Judgement.ACCEPT, "ana", into=into), NOW)
    promote_accepted(database, NOW)
    undo(database, "ben", NOW, candidate_id=int(second))
    assert _said(database, beside) == [(f"candidate:{fourth}", str(beside))]
    assert _said(database, RECORD) == [(f"candidate:{third}", str(RECORD))]


def test_a_record_stays_the_known_project_that_another_member_was_accepted_into(database: Database) -> None:
    """The tie to a project of another base goes with the last candidate that was accepted into it."""
    with database.write() as conn:
        keep_known(conn, (KnownProject("base", "7", replace(FACTS, title="NDC")),), NOW)
        ids = [stored_candidate(conn) for _ in range(2)]
    for each in ids:
        decide(database, Verdict(each, Judgement.ACCEPT, "ana", into=KNOWN), NOW)
    assert {each.project_id for each in promote_accepted(database, NOW)} == {RECORD.key}
    undo(database, "ana", NOW, candidate_id=ids[0])
    assert _said(database, RECORD) == [(str(RECORD), str(KNOWN))]
    undo(database, "ana", NOW, candidate_id=ids[1])
    assert (_said(database, RECORD), _said(database, KNOWN)) == ([], [])


def test_what_waits_again_says_what_was_told_meanwhile(database: Database) -> None:
    """An article that came while the candidate was decided counts as soon as the decision is taken back."""
    arrive_all(database, Piece("Cameras for Ouagadougou", replace(SIGNED, status=None)))
    decide(database, Verdict(1, Judgement.ACCEPT, "ana"), NOW)
    arrive_all(database, Piece("Cameras for Ouagadougou signed", replace(SIGNED, places=("Dori",)), 1))
    before = show(database, 1).candidate
    assert (before.outlets, before.facts.status) == (2, None)
    undo(database, "ana", NOW, scoring=RULES)
    after = show(database, 1).candidate
    assert after.score > before.score
    assert (after.state, after.facts.status, after.facts.places) == (CandidateState.OPEN, SIGNED.status, ("Dori",))
    with database.read() as conn:
        assert list(check_stories(conn, RULES)) == []
