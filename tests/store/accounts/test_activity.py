"""The activity log on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts import sessions, users
from offing.services.review.decisions import decide, undo
from offing.store.accounts.activity import ActivityFilter, list_activity, note
from offing.store.database.engine import Database

PASSWORD = "harbour light at noon"


def test_all_that_people_do_stands_in_one_list(database: Database) -> None:
    """Accounts, log-ins, failures, decisions and undos, newest first, with who and from where."""
    users.add_user(database, "ana", UserRole.ANALYST, PASSWORD, Stamp(NOW, "root"))
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
    hour = timedelta(hours=1)
    sessions.log_in(database, "ana", "wrong", NOW + hour, "203.0.113.9")
    sessions.log_in(database, "hunter2", "wrong", NOW + 2 * hour, "203.0.113.9")
    token = sessions.log_in(database, "ana", PASSWORD, NOW + 3 * hour, "203.0.113.9")
    decide(database, Verdict(candidate_id, Judgement.REJECT, "ana", "sport"), NOW + 4 * hour)
    undo(database, "ana", NOW + 5 * hour, reason="no, it is not")
    sessions.log_out(database, str(token), Stamp(NOW + 6 * hour, address="203.0.113.9"))
    users.disable_user(database, "ana", Stamp(NOW + 7 * hour, "root"))
    with database.read() as conn:
        found = list_activity(conn, ActivityFilter())
        only = list_activity(
            conn, ActivityFilter(by="ana", actions=frozenset({ActivityKind.UNDO, ActivityKind.LOG_IN}))
        )
        late = list_activity(conn, ActivityFilter(since=NOW + 6 * hour))
        two = list_activity(conn, ActivityFilter(limit=2))
    assert [(done.action, done.by, done.about, done.candidate_id, done.address) for done in reversed(found)] == [
        (ActivityKind.USER_CHANGED, "root", "ana added as analyst", None, ""),
        (ActivityKind.LOG_IN_FAILED, "ana", "by password", None, "203.0.113.9"),
        (ActivityKind.LOG_IN_FAILED, "", "by password", None, "203.0.113.9"),
        (ActivityKind.LOG_IN, "ana", "by password", None, "203.0.113.9"),
        (ActivityKind.DECISION, "ana", "reject: sport", candidate_id, ""),
        (ActivityKind.UNDO, "ana", "no, it is not", candidate_id, ""),
        (ActivityKind.LOG_OUT, "ana", "", None, "203.0.113.9"),
        (ActivityKind.USER_CHANGED, "root", "ana disabled", None, ""),
    ]
    assert [done.action for done in only] == [ActivityKind.UNDO, ActivityKind.LOG_IN]
    assert late == two == found[:2]


@pytest.mark.parametrize("change", ["UPDATE activity SET about = 'x'", "DELETE FROM activity"])
def test_the_database_refuses_to_change_what_was_done(database: Database, change: str) -> None:
    """Rows are appended only, whoever asks and in whatever way."""
    with database.write() as conn:
        note(conn, Activity(NOW, ActivityKind.EXPORT, "ana", "queue.xlsx"))
    with pytest.raises(sa.exc.DBAPIError, match="appended only"), database.write() as conn:
        conn.execute(sa.text(change))
