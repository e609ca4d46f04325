"""The driver of PostgreSQL is an extra."""

from __future__ import annotations

import sys

import pytest

from offing.errors import DatabaseError
from offing.store.database.engine import open_database
from offing.store.database.trouble import database_trouble


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    """One line, without the password, and no traceback."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError) as told:
        open_database("postgresql://ada:secret@localhost/offing")
    assert "pip install 'offing[postgres]'" in str(told.value)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_faults_of_sqlite_are_reported_without_the_driver_of_postgresql(monkeypatch: pytest.MonkeyPatch):
    """Who has no PostgreSQL has no such errors either."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert database_trouble(ValueError("a fault of ours"), "the database offing.db") is None
