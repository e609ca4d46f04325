"""What drivers raise, as trouble of the database: by the names that SQLite and PostgreSQL give to their codes."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from offing.store.database.trouble import database_trouble, place_of
from offing.trouble import Trouble

SQLITE = {
    "PERM": Trouble.CANNOT_OPEN,
    "BUSY": Trouble.BUSY,
    "LOCKED": Trouble.BUSY,
    "NOMEM": Trouble.MEMORY,
    "READONLY": Trouble.READ_ONLY,
    "INTERRUPT": Trouble.BUSY,
    "IOERR": Trouble.FAILING,
    "IOERR_READ": Trouble.FAILING,
    "CORRUPT": Trouble.DAMAGED,
    "FULL": Trouble.FULL,
    "CANTOPEN": Trouble.CANNOT_OPEN,
    "CANTOPEN_ISDIR": Trouble.CANNOT_OPEN,
    "PROTOCOL": Trouble.BUSY,
    "NOLFS": Trouble.FULL,
    "NOTADB": Trouble.DAMAGED,
    **dict.fromkeys(("ERROR", "CONSTRAINT", "CONSTRAINT_UNIQUE", "MISMATCH", "TOOBIG", "MISUSE", "SCHEMA")),
}
POSTGRES = {
    "08006": Trouble.AWAY,
    "25006": Trouble.READ_ONLY,
    "25P03": Trouble.AWAY,
    "28P01": Trouble.AWAY,
    "3D000": Trouble.AWAY,
    "40001": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "53300": Trouble.AWAY,
    "53100": Trouble.FULL,
    "53200": Trouble.MEMORY,
    "55006": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57P01": Trouble.AWAY,
    "57014": Trouble.BUSY,
    "58030": Trouble.FAILING,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    **dict.fromkeys(("25001", "40002", "23505", "42601", "22003", "XX000")),
}


def _told(error: Exception, kind: Trouble | None) -> None:
    found = database_trouble(error, "the database x")
    if kind is None:
        assert found is None
        return
    assert found
    assert str(found).startswith(f"the database x {kind.what}")
    assert kind.advice in str(found)


@pytest.mark.parametrize(("name", "kind"), SQLITE.items(), ids=SQLITE)
def test_sqlite_is_reported_by_its_codes(name: str, kind: Trouble | None) -> None:
    """By the extended ones, too; a fault of a statement is no trouble of the database."""
    error = sqlite3.OperationalError("no words")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    _told(error, kind)


@pytest.mark.parametrize(("state", "kind"), POSTGRES.items(), ids=POSTGRES)
def test_postgresql_is_reported_by_its_states(state: str, kind: Trouble | None) -> None:
    """A state by itself counts before its class."""
    _told(psycopg.errors.lookup(state)("no words"), kind)


def test_a_session_that_cannot_be_had_is_away() -> None:
    """Of PostgreSQL without a state, and where others hold all sessions; the rest is a fault of ours."""
    _told(psycopg.OperationalError("server closed the connection"), Trouble.AWAY)
    _told(sa.exc.TimeoutError("pool"), Trouble.AWAY)
    _told(psycopg.ProgrammingError("no such thing"), None)
    _told(ValueError("no such thing"), None)


def test_a_driver_says_little() -> None:
    """Of its words the first line, 200 characters of it."""
    told = str(database_trouble(psycopg.OperationalError("x" * 300 + "\nsecond"), "the database x"))
    assert "x" * 200 in told
    assert "x" * 201 not in told
    assert "second" not in told


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:////var/offing.db", "the database /var/offing.db"),
        ("postgresql+psycopg://u:secret@db.example:5433/offing", "the database offing at db.example:5433"),
        ("postgresql+psycopg://db.example/offing", "the database offing at db.example"),
        ("postgresql+psycopg:///offing", "the database offing at this machine"),
    ],
)
def test_a_database_is_named_without_its_password(url: str, place: str) -> None:
    """By what finds it again."""
    assert place_of(sa.make_url(url)) == place
