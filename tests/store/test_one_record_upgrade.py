"""The upgrade to stories by keys: what stood before it stands after it, in its new place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import command

from offing.store import migrate
from offing.store.engine import open_database
from offing.store.migrate import upgrade
from offing.store.tables import event, evidence, story_article

BEFORE = "20261125_0003"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_quotes_and_life_lines_outlive_the_upgrade(database_url: str) -> None:
    """A quote belongs to what its article said; a status is an event; a telling has its article's date."""
    opened = open_database(database_url)
    with opened.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, BEFORE)
        _fill(conn)
        conn.commit()
    upgrade(opened)
    with opened.read() as conn:
        quote = conn.execute(sa.select(evidence.c.telling_id, evidence.c.quote, evidence.c.field)).one()
        telling = conn.execute(sa.select(story_article.c.id, story_article.c.at)).one()
        line = conn.execute(sa.select(event.c.kind, event.c.status, event.c.day, event.c.quote)).one()
    assert (quote.telling_id, quote.quote, quote.field) == (telling.id, "Kenya", "countries")
    assert telling.at == NOW
    assert tuple(line) == ("status", "signed", date(2026, 1, 2), "was signed")
    opened.close()


def _fill(conn: sa.Connection) -> None:
    """One candidate with a quote and a project with a status, as the schema was."""
    tables = sa.MetaData()
    tables.reflect(conn)

    def put(name: str, **values: Any) -> Any:
        table = tables.tables[name]
        needed = {c.name: _any(c) for c in table.columns if not c.nullable and c.server_default is None}
        row = {**needed, **values}
        if "id" not in values:
            row.pop("id", None)  # the database gives it
        added = sa.insert(table).values(**row).returning(*table.primary_key.columns)
        return conn.execute(added).scalar_one()

    feed_id = put("feed", publisher="media", kind="feed", state="new", groups=[])
    entry_id = put("entry", feed_id=feed_id)
    put("body", sha256="0" * 64)
    page_id = put("page", entry_id=entry_id, sha256="0" * 64)
    article_id = put("article", page_id=page_id, published=NOW, paragraphs=[])
    story_id = put("story")
    put("story_article", story_id=story_id, article_id=article_id, facts={})
    candidate_id = put("candidate", story_id=story_id, kind="new", state="accepted", facts={}, reasons=[])
    put("evidence", candidate_id=candidate_id, article_id=article_id, field="countries", quote="Kenya")
    put("project", id="off-2026-000001", facts={})
    put(
        "status_event",
        project_id="off-2026-000001",
        candidate_id=candidate_id,
        status="signed",
        day=date(2026, 1, 2),
        quote="was signed",
    )


def _any(column: sa.Column[Any]) -> object:
    """Some value that a column takes."""
    kind = column.type
    if isinstance(kind, sa.LargeBinary):
        return b""
    if isinstance(kind, sa.DateTime):
        return NOW if getattr(kind, "timezone", False) else NOW.replace(tzinfo=None)
    if isinstance(kind, sa.Boolean):
        return False
    return 0 if isinstance(kind, (sa.Integer, sa.Numeric, sa.Float)) else ""
