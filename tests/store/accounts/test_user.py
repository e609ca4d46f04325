"""Accounts and sessions as stored, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import User, UserRole
from offing.services.accounts import sessions
from offing.services.accounts import users as steps
from offing.store.accounts import user as store
from offing.store.database.engine import Database

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
PASSWORD = "harbour light at noon"


def make(conn: sa.Connection, name: str = "ana") -> int:
    """An account with a hash that nothing matches."""
    return store.insert_user(conn, User(0, name, UserRole.ANALYST, disabled=False, created_at=NOW), "hash")


def test_an_account_comes_back_as_stored(database: Database) -> None:
    """With role, times and hash; names are listed in order; an unknown one is None."""
    with database.write() as conn:
        assert not store.has_users(conn)
        ids = [make(conn, "bo"), make(conn, "ana")]
    with database.read() as conn:
        ana = User(ids[1], "ana", UserRole.ANALYST, disabled=False, created_at=NOW)
        assert store.find_user(conn, "ana") == (ana, "hash")
        assert [user.name for user in store.list_users(conn)] == ["ana", "bo"]
        assert store.find_user(conn, "eve") is None
        assert store.has_users(conn)


def test_a_name_is_taken_once(database: Database) -> None:
    """The database refuses the second account of a name."""
    with database.write() as conn:
        make(conn)
    with pytest.raises(IntegrityError), database.write() as conn:
        make(conn)


def test_an_account_that_is_shut_is_no_way_in(database: Database) -> None:
    """With all accounts shut nobody can log in; opening one changes that."""
    with database.write() as conn:
        number = make(conn)
        store.set_disabled(conn, number, disabled=True)
        assert not store.has_users(conn)
        store.set_disabled(conn, number, disabled=False)
        assert store.has_users(conn)


def test_sessions_begin_are_used_and_end(database: Database) -> None:
    """One by its token, all of an account, or by age."""
    with database.write() as conn:
        number = make(conn)
        for token in ("a", "b", "c", "d"):
            store.insert_session(conn, token, number, store.Begun(NOW, f"csrf-{token}"))
        store.touch_session(conn, "a", NOW + timedelta(hours=1))
        found = store.find_session(conn, "a")
        assert found
        assert (found.user.name, found.csrf, found.created_at) == ("ana", "csrf-a", NOW)
        assert found.seen_at == NOW + timedelta(hours=1)
        store.delete_session(conn, "b")
        store.delete_session(conn, "unknown")
        assert store.find_session(conn, "b") is None
        ages = {"begun_before": NOW - timedelta(days=1), "seen_before": NOW, "begun_after": NOW + timedelta(hours=2)}
        assert store.delete_stale_sessions(conn, **ages) == 2
        assert store.delete_sessions_of(conn, number) == 1


def test_logging_in_on_both_databases(database: Database) -> None:
    """The token opens a session until it is logged out; what is wrong opens none."""
    steps.add_user(database, "Ana", UserRole.CURATOR, PASSWORD, Stamp(NOW))
    token = sessions.log_in(database, "ANA", PASSWORD, NOW)
    assert token
    found = sessions.session_of(database, token, NOW)
    assert found
    assert found.user.role is UserRole.CURATOR
    assert sessions.log_in(database, "ana", PASSWORD + "x", NOW) is None
    assert sessions.log_in(database, "a\0na", PASSWORD, NOW) is None
    sessions.log_out(database, token, Stamp(NOW))
    assert sessions.session_of(database, token, NOW) is None
    assert sessions.session_of(database, "\udcff", NOW) is None


def test_accents_may_be_typed_either_way(sqlite_database: Database) -> None:
    """A password with é matches whether a keyboard sends one character or two."""
    steps.add_user(sqlite_database, "ana", UserRole.VIEWER, "cafe\u0301 du port, midi", Stamp(NOW))
    assert sessions.log_in(sqlite_database, "ana", "caf\u00e9 du port, midi", NOW)


def test_an_account_that_is_shut_cannot_log_in_until_reset(sqlite_database: Database) -> None:
    """Disable refuses the right password; reset with a new one opens the account again."""
    steps.add_user(sqlite_database, "ana", UserRole.VIEWER, PASSWORD, Stamp(NOW))
    steps.disable_user(sqlite_database, "ana", Stamp(NOW))
    assert sessions.log_in(sqlite_database, "ana", PASSWORD, NOW) is None
    steps.reset_password(sqlite_database, "ana", "another harbour light", Stamp(NOW))
    assert sessions.log_in(sqlite_database, "ana", PASSWORD, NOW) is None
    assert sessions.log_in(sqlite_database, "ana", "another harbour light", NOW)


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaaaaaa", "abababababab", "x" * 2000, "with a \0 in the midst"]
)
def test_passwords_that_are_refused(sqlite_database: Database, password: str) -> None:
    """Too short, too long, too plain, or with control characters."""
    with pytest.raises(UsageError, match="password"):
        steps.add_user(sqlite_database, "ana", UserRole.VIEWER, password, Stamp(NOW))


@pytest.mark.parametrize("name", ["", "a b", "<b>", "-x", "x" * 65, "a\n"[:0] + "\n"])
def test_names_that_are_refused(sqlite_database: Database, name: str) -> None:
    """Only what can be typed and told apart."""
    with pytest.raises(UsageError, match="user name"):
        steps.add_user(sqlite_database, name, UserRole.VIEWER, PASSWORD, Stamp(NOW))


def test_mistaken_names_are_said(sqlite_database: Database) -> None:
    """A name that is taken, whatever its case, and a name that nobody has."""
    steps.add_user(sqlite_database, "ana", UserRole.VIEWER, PASSWORD, Stamp(NOW))
    with pytest.raises(UsageError, match="already"):
        steps.add_user(sqlite_database, "ANA", UserRole.OPS, PASSWORD, Stamp(NOW))
    with pytest.raises(UnknownItem, match="users list"):
        steps.disable_user(sqlite_database, "eve", Stamp(NOW))
    with pytest.raises(UsageError, match="easy"):
        steps.add_user(sqlite_database, "harbour.light", UserRole.OPS, "Harbour.Light", Stamp(NOW))
