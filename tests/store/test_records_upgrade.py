"""The upgrade to records as decisions stand: choices stand apart from events, ids know for whom they were given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import command

from offing.model.update import Aside
from offing.model.vocabulary import EventKind, Status
from offing.store import migrate
from offing.store.engine import open_database
from offing.store.event import asides
from offing.store.migrate import upgrade
from offing.store.project import begun_by

BEFORE = "20261201_0013"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
FIRST = "off-2026-000001"


def test_choices_and_beginnings_outlive_the_upgrade(database_url: str) -> None:
    """An account that was set aside is so still; an id was given for the candidate with which its record began."""
    opened = open_database(database_url)
    with opened.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, BEFORE)
        _fill(conn)
        conn.commit()
    upgrade(opened)
    with opened.read() as conn:
        assert asides(conn, (1, 2)) == (Aside((2, EventKind.STATUS, Status.SIGNED), None, "ana", NOW),)
        assert (begun_by(conn, 1), begun_by(conn, 2)) == ((FIRST,), ())
    opened.close()


def _fill(conn: sa.Connection) -> None:
    """A record that began with candidate 1 and into which candidate 2 came later, whose account was set aside."""
    tables = sa.MetaData()
    tables.reflect(conn)

    def put(name: str, **values: Any) -> None:
        table = tables.tables[name]
        needed = {c.name: _any(c) for c in table.columns if not c.nullable and c.server_default is None}
        row = {**needed, **values}
        if "id" not in values:
            row.pop("id", None)  # the database gives it
        conn.execute(sa.insert(table).values(**row))

    put("project", id=FIRST, year=2026, number=1, facts={}, created_at=NOW, version=1)
    for number in (1, 2):
        put("story", id=number)
        put("candidate", id=number, story_id=number, kind="new", state="accepted", facts={}, reasons=[])
        put("project_candidate", candidate_id=number, project_id=FIRST, promoted_at=NOW + timedelta(days=number - 1))
    aside = {"set_aside_by": "ana", "set_aside_at": NOW}
    for number, chosen in ((1, {}), (2, aside)):
        day = date(2026, 1, number)
        put("event", project_id=FIRST, kind="status", status="signed", day=day, candidate_id=number, **chosen)


def _any(column: sa.Column[Any]) -> object:
    """Some value that a column takes."""
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return NOW if getattr(kind, "timezone", False) else NOW.replace(tzinfo=None)
    if isinstance(kind, sa.Boolean):
        return False
    return 0 if isinstance(kind, (sa.Integer, sa.Numeric, sa.Float)) else ""
