"""From when to when: what lies on a border counts once, and one second tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from factories.run import holding
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Key, User, UserRole
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement
from offing.store.accounts import user
from offing.store.accounts.activity import ActivityFilter, list_activity, note
from offing.store.articles.article import mark_proposed
from offing.store.candidates.candidate import made_between, queued
from offing.store.candidates.decision import append, decisions_between, last_standing_by
from offing.store.candidates.queue import day_budget
from offing.store.database.engine import Database
from offing.store.runs.run import FAR_OFF, Holder, end_run, last_end, last_start, start_run, take_lock
from offing.store.stories.story import audit_pool, draw, drawn_for, recent_stories
from offing.store.tables import article

SECOND, DAY, LEASE = timedelta(seconds=1), timedelta(days=1), timedelta(minutes=10)
MIDNIGHT = datetime(2026, 3, 5, tzinfo=UTC)


def _decided(conn: sa.Connection, candidate_id: int, at: datetime, **more: object) -> Decision:
    plain = {"judgement": Judgement.REJECT, "by": "ana", "reason": "", "before": {}, "after": {}, **more}
    return append(conn, Decision(id=0, candidate_id=candidate_id, at=at, **plain))  # type: ignore[arg-type]


def test_a_day_has_its_first_moment_and_not_the_next_days(database: Database) -> None:
    """Decisions and candidates of a day are counted once, whichever days are asked for one after the other."""
    times = [MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT + DAY - SECOND, MIDNIGHT + DAY]
    with database.write() as conn:
        made = [stored_candidate(conn, created_at=at) for at in times]
        decided = [_decided(conn, number, at) for number, at in zip(made, times, strict=True)]
        assert decisions_between(conn, MIDNIGHT, MIDNIGHT + DAY) == tuple(decided[1:3])
        assert made_between(conn, MIDNIGHT, MIDNIGHT + DAY) == tuple(made[1:3])


def test_a_days_budget_begins_at_midnight(database: Database) -> None:
    """Each candidate judged since takes one place, however often; what was taken back takes none; none is below 0."""
    with database.write() as conn:
        one, two, three = (stored_candidate(conn) for _ in range(3))
        _decided(conn, one, MIDNIGHT - SECOND)
        assert day_budget(conn, NOW, 2).left == 2
        _decided(conn, two, MIDNIGHT)
        _decided(conn, two, NOW)
        assert (day_budget(conn, NOW, 2).judged, day_budget(conn, NOW, 2).left) == (1, 1)
        last = _decided(conn, three, NOW)
        assert (day_budget(conn, NOW, 1).judged, day_budget(conn, NOW, 1).left) == (2, 0)
        _decided(conn, three, NOW, judgement=Judgement.UNDO, undoes=last.id)
        assert day_budget(conn, NOW, 2).judged == 1


def test_what_was_put_off_is_back_at_that_moment(database: Database) -> None:
    """Not a second before; the best comes first, of equals the one that came first."""
    with database.write() as conn:
        back = stored_candidate(conn, state="deferred", defer_until=NOW, score=0.5)
        stored_candidate(conn, state="deferred", defer_until=NOW + SECOND)
        equal = [stored_candidate(conn, score=0.7) for _ in range(2)]
        assert [each.id for each in queued(conn, NOW)] == [*equal, back]
        assert [each.id for each in queued(conn, NOW, today="2026-03-05", budget=2)] == equal


@pytest.mark.parametrize(("made", "works"), [(NOW - DAY, False), (NOW - DAY + SECOND, True), (NOW, True)])
def test_a_link_ends_with_its_day(database: Database, made: datetime, works: bool) -> None:
    """One that was made a day ago or longer opens nothing; one of a clock ahead neither."""
    with database.write() as conn:
        number = user.insert_user(conn, User(0, "ana", UserRole.VIEWER, disabled=False, created_at=NOW), "hash")
        user.insert_session(conn, "link", number, user.Begun(made, "", Key.LINK))
        user.insert_session(conn, "ahead", number, user.Begun(NOW + SECOND, "", Key.LINK))
        assert bool(user.use_link(conn, "link", (NOW - DAY, NOW))) is works
        assert user.use_link(conn, "link", (NOW - DAY, NOW)) is None
        assert user.use_link(conn, "ahead", (NOW - DAY, NOW)) is None


@pytest.mark.parametrize(
    ("begun", "seen", "stays"),
    [
        (NOW - DAY + SECOND, NOW - LEASE + SECOND, True),
        (NOW - DAY, NOW - LEASE + SECOND, False),
        (NOW - DAY + SECOND, NOW - LEASE, False),
        (NOW + LEASE, NOW, True),
        (NOW + LEASE + SECOND, NOW, False),
    ],
)
def test_a_session_ends_at_its_age(database: Database, begun: datetime, seen: datetime, stays: bool) -> None:
    """Begun or used too long ago, or begun by a clock that ran ahead; a program's token does not age."""
    with database.write() as conn:
        number = user.insert_user(conn, User(0, "ana", UserRole.VIEWER, disabled=False, created_at=NOW), "hash")
        for token, key in (("browser", Key.BROWSER), ("program", Key.TOKEN)):
            user.insert_session(conn, token, number, user.Begun(begun, "", key))
            user.touch_session(conn, token, seen)
        ages = {"begun_before": NOW - DAY, "seen_before": NOW - LEASE, "begun_after": NOW + LEASE}
        assert user.delete_stale_sessions(conn, **ages) == int(not stays)
        assert set(user.tokens(conn)) == {number}


@pytest.mark.parametrize(
    ("until", "lives"),
    [
        (NOW, False),
        (NOW + SECOND, True),
        (NOW + LEASE + FAR_OFF, True),
        (NOW + LEASE + FAR_OFF + SECOND, False),
    ],
)
def test_a_run_elsewhere_lives_as_long_as_its_lock(database: Database, until: datetime, lives: bool) -> None:
    """A lock that has ended, or that no clock of now can have given, holds nobody up."""
    with database.write() as conn:
        other = start_run(conn, "x", "there", 1, NOW)
        assert take_lock(conn, other, holding("there"), until - LEASE, LEASE) is None
        mine = start_run(conn, "x", "here", 1, NOW)
        assert take_lock(conn, mine, holding("here"), NOW, LEASE) == (Holder(other, "there", until) if lives else None)


def test_the_last_run_is_that_of_its_pipeline(database: Database) -> None:
    """By a time that counts in; what a clock ahead wrote is left out."""
    with database.write() as conn:
        for pipeline, at in (("x", NOW - DAY), ("x", NOW), ("y", NOW + SECOND)):
            end_run(conn, start_run(conn, pipeline, "here", 1, at), at, 0, {})
        start_run(conn, "x", "here", 1, NOW + SECOND)
        assert (last_start(conn, "x", NOW), last_start(conn, "x", NOW - SECOND)) == (NOW, NOW - DAY)
        assert (last_end(conn, "x"), last_end(conn), last_end(conn, until=NOW)) == (NOW, NOW + SECOND, NOW)
        assert last_end(conn, "z") is None


def test_the_log_is_read_newest_first(database: Database) -> None:
    """Of some actions, since a time that counts in, as many as asked for; decisions stand among the others."""
    with database.write() as conn:
        number = stored_candidate(conn)
        for second in range(3):
            note(conn, Activity(NOW + second * SECOND, ActivityKind.LOG_IN, "ana"))
        _decided(conn, number, NOW + 3 * SECOND)
        found = list_activity(conn, ActivityFilter(since=NOW + SECOND))
        assert [(each.action, each.at) for each in found] == [
            (ActivityKind.DECISION, NOW + 3 * SECOND),
            (ActivityKind.LOG_IN, NOW + 2 * SECOND),
            (ActivityKind.LOG_IN, NOW + SECOND),
        ]
        assert len(list_activity(conn, ActivityFilter(limit=2))) == 2
        assert {
            each.action for each in list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.LOG_IN})))
        } == {ActivityKind.LOG_IN}


def test_the_last_word_of_a_person_is_theirs(database: Database) -> None:
    """Another's newer one is not taken for it; before one, the next one back."""
    with database.write() as conn:
        one, two, three = (stored_candidate(conn) for _ in range(3))
        first, second = _decided(conn, one, NOW), _decided(conn, two, NOW)
        other = _decided(conn, three, NOW, by="bo")
        found = (last_standing_by(conn, "ana"), last_standing_by(conn, "ana", second.id), last_standing_by(conn, "bo"))
        assert [each.id for each in found if each] == [second.id, first.id, other.id]
        assert last_standing_by(conn, "ana", first.id) is None


def test_the_audit_draws_from_a_day_of_what_fell_below_the_cut(database: Database) -> None:
    """What was proposed a day ago or longer, reaches the cut, was drawn or is shown anyway is not drawn."""
    cases = [
        (NOW - DAY + SECOND, 0.49, {}, True),
        (NOW, 0.0, {}, True),
        (NOW - DAY, 0.49, {}, False),
        (NOW, 0.5, {}, False),
        (NOW, 0.1, {"above_cut": True}, False),
        (NOW, 0.1, {"state": CandidateState.REJECTED}, False),
    ]
    with database.write() as conn:
        wanted = []
        for proposed_at, score, more, drawn in cases:
            stored_candidate(conn, **{"above_cut": False, **more})
            number = conn.execute(sa.select(sa.func.max(article.c.id))).scalar_one()
            mark_proposed(conn, number, score, proposed_at)
            wanted += [number] * drawn
        assert audit_pool(conn, NOW, 0.5) == tuple(wanted)
        draw(conn, wanted[0], "2026-03-05")
        assert audit_pool(conn, NOW, 0.5) == tuple(wanted[1:])
        assert (drawn_for(conn, "2026-03-05"), drawn_for(conn, "2026-03-06")) == (1, 0)


def test_the_newest_stories_are_those_that_enough_tell(database: Database) -> None:
    """At least so many articles, as many stories as asked for, the newest first."""
    with database.write() as conn:
        two, one, three = (stored_candidate(conn, articles=number) for number in (2, 1, 3))
        assert recent_stories(conn, 10, 2) == (three, two)
        assert recent_stories(conn, 10, 1) == (three, one, two)
        assert recent_stories(conn, 1, 1) == (three,)
