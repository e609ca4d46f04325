"""Brings a database to the schema of the code, and tells when it is not there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock

from offing.errors import DatabaseError, MachineTrouble, SchemaOutdated, SchemaTooNew
from offing.private import MODE
from offing.shipped import shipped
from offing.store.engine import Database

ADVISORY_KEY = 0x0FF1_46  # any number of our own: one migration at a time on PostgreSQL


def current_revision(database: Database) -> str | None:
    """The revision in which the database stands; None when it is empty.

    Raises:
        DatabaseError: it cannot be opened or read, and will not be by waiting.
        MachineTrouble: it is locked or away at present.
    """
    try:
        with database.read() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except MachineTrouble as trouble:
        if trouble.passes:
            raise
        raise DatabaseError(str(trouble)) from trouble


def head_revision() -> str:
    """The revision of the code."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def check_schema(database: Database) -> None:
    """Make sure that code and database fit.

    Raises:
        SchemaOutdated: the database is empty or older; nothing was changed.
        SchemaTooNew: it was made by a newer offing.
    """
    found = current_revision(database)
    if found == head_revision():
        return
    if found is None:
        raise SchemaOutdated("the database is empty: run `offing init` here, or `offing db upgrade`")
    if found in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise SchemaOutdated(f"the database stands at {found}, the code at {head_revision()}: run `offing db upgrade`")
    raise SchemaTooNew(f"the database stands at {found}, which this offing does not know: install a newer offing")


def upgrade(database: Database) -> None:
    """Bring the database to the revision of the code; a second process waits for the first.

    Raises:
        SchemaTooNew: it was made by a newer offing.
    """
    with _one_at_a_time(database), database.engine.connect() as connection:
        try:
            check_schema(database)
        except SchemaOutdated:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    return config


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[None]:
    if database.is_sqlite:
        file = database.engine.url.database
        lock = Path(f"{file}.migrate.lock") if file else Path(tempfile.gettempdir()) / "offing.migrate.lock"
        with FileLock(lock, mode=MODE):
            yield
        lock.unlink(missing_ok=True)
        return
    with database.engine.connect() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(ADVISORY_KEY)))
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(ADVISORY_KEY)))
