"""Which states, kinds and verbs count: each of them is tried, not only the two that matter most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate, stored_row
from offing.errors import Conflict
from offing.model.operation.run import Stamp
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Pair, Ref
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.decision import Judgement
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import EventKind, Status
from offing.store import tables
from offing.store.candidates import candidate
from offing.store.database.engine import Database
from offing.store.pairs import match_inputs, pair
from offing.store.records import membership
from offing.store.records.record_check import record_faults
from offing.store.stories import story
from offing.store.upkeep import figures

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND
S, K = CandidateState, CandidateKind


def _of_states(conn: sa.Connection, **more: Any) -> dict[CandidateState, int]:
    return {state: stored_candidate(conn, state=state, **more) for state in S}


def test_what_waits_in_the_queue(database: Database) -> None:
    """Open ones above the cut, and deferred ones whose time has come; no other, whatever time it bears."""
    with database.write() as conn:
        back = _of_states(conn, defer_until=EARLIER)
        below = _of_states(conn, defer_until=EARLIER, above_cut=False)
        _of_states(conn, defer_until=EARLIER, merged_into=back[S.OPEN])
        stored_candidate(conn, state=S.DEFERRED, defer_until=LATER)
        stored_candidate(conn, state=S.DEFERRED)
        waiting = [back[S.DEFERRED], back[S.OPEN], below[S.DEFERRED]]
        assert sorted(each.id for each in candidate.queued(conn, NOW)) == sorted(waiting)
        for day in ("2026-03-04", "2026-03-05", "2026-03-06"):
            drawn = _of_states(conn, audit_day=day, above_cut=False)
            stored_candidate(conn, audit_day=day, above_cut=False, merged_into=back[S.OPEN])
            if day == "2026-03-05":
                sample = drawn[S.OPEN]
        today = [each.id for each in candidate.queued(conn, NOW, today="2026-03-05", budget=2)]
        assert today == [*sorted(waiting)[:2], sample]


def test_candidates_of_equal_score_come_in_their_order(database: Database) -> None:
    """The better ones first."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, score=score) for score in (0.5, 0.9, 0.5, 0.7)]
        best = [numbers[place] for place in (1, 3, 0, 2)]
        assert [each.id for each in candidate.queued(conn, NOW)] == best
        assert list(candidate.made_between(conn, EARLIER, LATER)) == best
        assert candidate.made_between(conn, EARLIER, NOW) == ()
        assert len(candidate.made_between(conn, NOW, LATER)) == 4


def test_a_change_needs_the_version_that_was_read(database: Database) -> None:
    """Neither one before it nor one after; the next one is told."""
    with database.write() as conn:
        number = stored_candidate(conn, version=4)
        for version in (3, 5):
            with pytest.raises(Conflict):
                candidate.set_state(conn, number, version, candidate.NewState(S.ACCEPTED))
        assert candidate.set_state(conn, number, 4, candidate.NewState(S.DEFERRED, LATER)) == 5
        found = candidate.get_candidate(conn, number)
        assert found
        assert (found.version, found.state, found.defer_until, found.duplicate_of) == (5, S.DEFERRED, LATER, None)


def test_what_stands_alone_is_no_update(database: Database) -> None:
    """One of the audit stays that; one that is no update is left as it is."""
    with database.write() as conn:
        for kind in K:
            number = stored_candidate(conn, kind=kind, update_of="known:aid:1")
            candidate.stands_alone(conn, number)
            found = candidate.get_candidate(conn, number)
            assert found
            assert (found.kind, found.update_of) == (K.NEW if kind is K.UPDATE else kind, None)


def test_who_waits_is_open(database: Database) -> None:
    """In no other state; in an empty database nobody, of any age."""
    with database.write() as conn:
        assert figures.waiting_since(conn, NOW, (1, 7)) == [0, 0, 0]
        _of_states(conn, created_at=NOW)
        _of_states(conn, created_at=NOW - 5 * DAY)
        assert figures.waiting_since(conn, NOW, (1, 7)) == [1, 2, 2]


def test_where_a_candidate_waits(database: Database) -> None:
    """An accepted one that is part of no record waits for what it was accepted into last, one of no other state."""
    with database.write() as conn:
        numbers = _of_states(conn)
        for number in numbers.values():
            for judgement, into in (
                (Judgement.ACCEPT, "known:aid:1"),
                (Judgement.ACCEPT, "known:aid:2"),
                (Judgement.REJECT, "known:aid:3"),
            ):
                said = {"judgement": judgement, "by": "ana", "before": {}, "after": {}, "into": into}
                stored_row(conn, tables.decision, candidate_id=number, **said)
        places = match_inputs.candidate_places(conn, numbers.values(), {})
        waiting = {state: places[number].waits_for for state, number in numbers.items()}
        assert waiting == {**dict.fromkeys(S), S.ACCEPTED: "known:aid:2"}
        assert {each.counts for each in places.values()} == {True}
        below = _of_states(conn, above_cut=False)
        counted = {state: match_inputs.candidate_places(conn, [each], {})[each].counts for state, each in below.items()}
        assert [state for state, counts in counted.items() if not counts] == [S.OPEN, S.DEFERRED]
        _record(conn, "off-2026-000001", numbers[S.ACCEPTED])
        moved = {"off-2026-000001": "off-2026-000002"}
        assert match_inputs.candidate_places(conn, numbers.values(), {})[numbers[S.ACCEPTED]].waits_for is None
        place = match_inputs.candidate_places(conn, numbers.values(), moved)[numbers[S.ACCEPTED]]
        assert (place.project_id, place.footing) == ("off-2026-000002", (True, True, "off-2026-000002"))


def _record(conn: sa.Connection, name: str, *numbers: int) -> None:
    if not conn.execute(sa.select(tables.project.c.id).where(tables.project.c.id == name)).first():
        number = int(name[-6:])
        stored_row(conn, tables.project, id=name, year=2026, number=number, facts=to_plain(FACTS), version=1)
    for each in numbers:
        stored_row(conn, tables.project_candidate, candidate_id=each, project_id=name)


def test_who_has_still_to_come_to_a_record(database: Database) -> None:
    """Accepted ones first, then duplicates, each by number; those of a record not."""
    with database.write() as conn:
        first, second = _of_states(conn), _of_states(conn)
        waiting = [first[S.ACCEPTED], second[S.ACCEPTED], first[S.DUPLICATE], second[S.DUPLICATE]]
        assert membership.unpromoted(conn) == tuple(waiting)
        _record(conn, "off-2026-000001", waiting[0], waiting[3])
        assert membership.unpromoted(conn) == tuple(waiting[1:3])


def test_records_have_the_candidates_of_those_that_lead_to_them(database: Database) -> None:
    """Through others too; a record is made of some only where it has no other."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(5)]
        names = [f"off-2026-00000{number}" for number in range(1, 5)]
        for name, number in zip(names, numbers, strict=False):
            _record(conn, name, number)
        for name, into in ((names[0], names[1]), (names[1], names[2])):
            conn.execute(sa.update(tables.project).where(tables.project.c.id == name).values(redirects_to=into))
        one, two, three, four, loose = numbers
        assert membership.members(conn, names) == {
            names[0]: (one,),
            names[1]: (one, two),
            names[2]: (one, two, three),
            names[3]: (four,),
        }
        assert [membership.project_of(conn, each) for each in numbers] == [names[2], names[2], names[2], names[3], None]
        assert membership.came_to(conn, numbers) == dict(zip(numbers[:4], names, strict=True))
        assert membership.made_of_only(conn, [one, two]) == (names[0], names[1])
        assert membership.made_of_only(conn, [one, two, three, loose]) == tuple(names[:3])
        assert membership.made_of_only(conn, [two]) == ()
        assert list(membership.path_of("a", {"a": "b", "b": "c", "c": "a"})) == ["a", "b", "c"]
        membership.unlink(conn, [two, loose])
        assert membership.members(conn, names)[names[2]] == (one, three)


def test_first_candidates_of_records(database: Database) -> None:
    """Of each record the smallest number; of no other item any."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(4)]
        _record(conn, "off-2026-000001", numbers[2], numbers[1])
        _record(conn, "off-2026-000002", numbers[3], numbers[0])
        refs = ["project:off-2026-000001", f"candidate:{numbers[0]}", "known:aid:off-2026-000002"]
        assert pair.first_of_records(conn, refs) == {numbers[1]}
        assert pair.first_of_records(conn, []) == frozenset()


def test_what_candidates_are_updates_of(database: Database) -> None:
    """Undecided ones alone are told, each by itself; its version grows where an update becomes none, or one."""
    target, other = Ref.parse("known:aid:1"), Ref.parse("project:off-2026-000001")
    with database.write() as conn:
        rows = {
            (state, kind): stored_candidate(
                conn, state=state, kind=kind, update_of="known:aid:9" if kind is K.UPDATE else None
            )
            for state in S
            for kind in K
        }
        places = match_inputs.candidate_places(conn, rows.values(), {})
        pair.set_updates_of(conn, {places[number]: target for number in rows.values()})
        made = {each: candidate.get_candidate(conn, number) for each, number in rows.items()}
        for (state, kind), found in made.items():
            assert found
            settled = state in {S.OPEN, S.DEFERRED}
            before = "known:aid:9" if kind is K.UPDATE else None
            assert found.update_of == (str(target) if settled else before)
            assert found.kind is (K.UPDATE if settled and kind is K.NEW else kind)
            assert found.version == (2 if settled and kind is not K.UPDATE else 1)
        places = match_inputs.candidate_places(conn, rows.values(), {})
        pair.set_updates_of(conn, {places[rows[S.OPEN, K.NEW]]: other, places[rows[S.OPEN, K.UPDATE]]: None})
        for kind, ref, version in ((K.NEW, str(other), 2), (K.UPDATE, None, 2)):
            found = candidate.get_candidate(conn, rows[S.OPEN, kind])
            assert found
            assert (found.update_of, found.version) == (ref, version)
            assert found.kind is (K.UPDATE if ref else K.NEW)


def test_pairs_are_reported_best_first(database: Database) -> None:
    """One that is part of a record stands for it, by its best pair; on which side each stands is told."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(4)]
        mine, second, third, other = numbers
        _record(conn, "off-2026-000001", second, third)
        refs = [(f"candidate:{second}", 0.5), (f"candidate:{third}", 0.7), ("known:aid:1", 0.6), ("known:aid:2", 0.6)]
        made = [Pair(mine, Ref.parse(name), Relation.LINKED, score, ("why",)) for name, score in refs]
        made += [Pair(other, Ref.parse(f"candidate:{mine}"), Relation.SAME, 0.9)]
        pair.keep_pairs(conn, mine, [second, third, other], made, Stamp(NOW, "x"))
        found = pair.pairs_of(conn, mine)
        assert [str(each.target) for each in found] == ["project:off-2026-000001", "known:aid:1", "known:aid:2"]
        assert [each.score for each in found] == [0.7, 0.6, 0.6]
        candidates, known = pair.paired_among(conn, mine)
        assert (candidates, {str(each) for each in known}) == ({second, third, other}, {"known:aid:1", "known:aid:2"})
        assert pair.paired_with(conn, [Ref.parse("known:aid:1"), Ref.parse("known:aid:3")]) == {mine}
        conn.execute(sa.update(tables.candidate).where(tables.candidate.c.id == other).values(update_of="known:aid:3"))
        assert pair.paired_with(conn, [Ref.parse("known:aid:3")]) == {other}
        assert pair.pairs_of(conn, second) == ()


def test_what_the_audit_draws_from(database: Database) -> None:
    """Articles none of whose candidates is shown anyway: above the cut, or in any state but open."""
    with database.write() as conn:
        below = _of_states(conn, above_cut=False)
        stored_candidate(conn)
        conn.execute(sa.update(tables.article).values(proposed_at=NOW, score=0.1))
        own = sa.select(tables.story_article.c.article_id).join(
            tables.candidate, tables.candidate.c.story_id == tables.story_article.c.story_id
        )
        (pooled,) = conn.execute(own.where(tables.candidate.c.id == below[S.OPEN])).scalars()
        assert story.audit_pool(conn, NOW, 0.5) == (pooled,)
        assert story.audit_pool(conn, NOW, 0.1) == ()
        assert story.audit_pool(conn, NOW + DAY, 0.5) == ()


def test_an_article_is_drawn_by_its_best_candidate(database: Database) -> None:
    """The first of equal ones; the others are left as they are."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, score=score) for score in (0.3, 0.5, 0.5, 0.9)]
        c = tables.story_article.c
        stories = [
            conn.execute(sa.select(tables.candidate.c.story_id).where(tables.candidate.c.id == each)).scalar_one()
            for each in numbers
        ]
        shared = conn.execute(sa.select(c.article_id).where(c.story_id == stories[0])).scalar_one()
        for ordinal, each in enumerate(stories[1:3], 1):
            moved = sa.update(tables.story_article).where(c.story_id == each)
            conn.execute(moved.values(article_id=shared, ordinal=ordinal))
        story.draw(conn, shared, "2026-03-05")
        kinds = [candidate.get_candidate(conn, each) for each in numbers]
        assert [each and each.kind for each in kinds] == [K.NEW, K.AUDIT, K.NEW, K.NEW]
        assert story.drawn_for(conn, "2026-03-05") == 1


def test_events_that_do_not_fit_are_reported(database: Database) -> None:
    """Each kind with and without a status, and with and without changes."""
    with database.write() as conn:
        number = stored_candidate(conn, state=S.ACCEPTED, facts=FACTS)
        _record(conn, "off-2026-000001", number)
        fits = set()
        for kind in EventKind:
            for status in (None, Status.SIGNED):
                for changes in (None, {"title": [[], ["x"]]}):
                    row = {"project_id": "off-2026-000001", "candidate_id": number, "kind": kind, "status": status}
                    stored_row(conn, tables.event, **row, changes=changes, url="u", quote="q")
                    said = [each for each in record_faults(conn) if each.startswith("event")]
                    if not said:
                        fits.add((kind, status, bool(changes)))
                    conn.execute(sa.delete(tables.event))
        assert fits == {
            (kind, Status.SIGNED if kind is EventKind.STATUS else None, kind is EventKind.CHANGE) for kind in EventKind
        }
