"""Credentials in rows of earlier versions: feed addresses that carry some, and messages that repeat them."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from offing.redaction import redact, redacted
from offing.store.database.engine import Database
from offing.store.tables import feed, outcome, poll, run, work
from offing.urls import feed_key

_WORDS: dict[sa.Table, tuple[str, ...]] = {
    feed: ("cause", "next_step", "alarm_cause", "moved_to"),
    poll: ("cause",),
    outcome: ("cause", "url"),
    work: ("reason", "trace"),
}


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed and its address, which `repr` hides."""

    id: int
    url: str = field(repr=False)


def addresses(conn: sa.Connection) -> tuple[FeedAddress, ...]:
    """Return the addresses that may carry credentials: those with a user name or parameters."""
    where = feed.c.url.like("%@%") | feed.c.url.like("%=%")
    rows = conn.execute(sa.select(feed.c.id, feed.c.url).where(where).order_by(feed.c.id))
    return tuple(FeedAddress(row.id, row.url) for row in rows)


def put_bare(conn: sa.Connection, feed_id: int, url: str) -> None:
    """Replace a feed's address by one without credentials; if another feed already has that, with a mark of its own."""
    key = feed_key(url)
    other = conn.execute(sa.select(feed.c.id).where(feed.c.url_key == key, feed.c.id != feed_id)).first()
    if other:  # two rows may not have the same key: the entries of this feed depend on it
        url = f"{url}#feed-{feed_id}"
        key = feed_key(url.replace("#", "?"))
    conn.execute(sa.update(feed).where(feed.c.id == feed_id).values(url=url, url_key=key))


def clean_words(conn: sa.Connection) -> None:
    """Remove credentials from stored sentences, traces and tallies."""
    for table, columns in _WORDS.items():
        for column in (table.c[name] for name in columns):
            for row in conn.execute(sa.select(table.c.id, column.label("said")).where(column.like("%://%"))).all():
                if (clean := redact(row.said)) != row.said:
                    conn.execute(sa.update(table).where(table.c.id == row.id).values({column.name: clean}))
    for row in conn.execute(sa.select(run.c.id, run.c.tally)).all():
        if (clean_tally := redacted(row.tally)) != row.tally:
            conn.execute(sa.update(run).where(run.c.id == row.id).values(tally=clean_tally))


def wipe(database: Database) -> None:
    """Rewrite an SQLite file, so that deleted data does not stay in its free pages; a server does so itself."""
    if not database.is_sqlite:
        return
    with database.engine.connect() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.execute(statement).fetchall()
