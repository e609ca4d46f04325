"""Migrates a database to the schema of the code, and checks whether it is there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from filelock import FileLock

from offing.errors import DatabaseError, MachineTrouble, SchemaOutdated, SchemaTooNew
from offing.private import MODE
from offing.shipped import shipped
from offing.store.database.engine import Database

if TYPE_CHECKING:  # importing takes a quarter of a second, which every command that only checks the schema would pay
    from alembic.config import Config

ADVISORY_KEY = 0x0FF1_46  # an arbitrary number: one migration at a time on PostgreSQL
_REVISION = len("20261125_0001")  # the prefix of each migration's name


_STANDS = sa.table("alembic_version", sa.column("version_num", sa.String))


def current_revision(database: Database) -> str | None:
    """Return the revision of the database; None if it is empty.

    Raises:
        DatabaseError: it cannot be opened or read, and waiting will not help.
        MachineTrouble: it is locked or unavailable at present.
    """
    try:
        with database.read() as connection:
            if not sa.inspect(connection).has_table(_STANDS.name):
                return None
            return connection.execute(sa.select(_STANDS.c.version_num)).scalar_one_or_none()
    except MachineTrouble as trouble:
        if trouble.passes:
            raise
        raise DatabaseError(str(trouble)) from trouble


def revisions() -> tuple[str, ...]:
    """Return all revisions that the code knows, oldest first, by the names of their files."""
    files = (shipped("migrations") / "versions").glob("*.py")
    return tuple(sorted(path.name[:_REVISION] for path in files))


def head_revision() -> str:
    """Return the revision of the code."""
    return revisions()[-1]


def check_schema(database: Database) -> None:
    """Check that the database has the schema of the code.

    Raises:
        SchemaOutdated: the database is empty or older; nothing was changed.
        SchemaTooNew: it was made by a newer offing.
    """
    found = current_revision(database)
    if found == head_revision():
        return
    if found is None:
        raise SchemaOutdated("the database is empty: run `offing init` here, or `offing db upgrade`")
    if found in revisions():
        raise SchemaOutdated(
            f"the database is at revision {found}, but this version needs {head_revision()}; run `offing db upgrade`"
        )
    raise SchemaTooNew(
        f"the database is at revision {found}, which this version of offing does not know; install a newer one"
    )


def upgrade(database: Database) -> None:
    """Migrate the database to the revision of the code; a second process waits for the first.

    Raises:
        SchemaTooNew: it was made by a newer offing.
    """
    with database.translated(), _one_at_a_time(database), database.engine.connect() as connection:
        try:
            check_schema(database)
        except SchemaOutdated:
            migrate_within(connection)
            connection.commit()


def create_at(database: Database, revision: str) -> None:
    """Create the tables of a revision that the code knows in an empty database.

    Raises:
        MachineTrouble: the disk is full, or the database is away.
    """
    with database.translated(), database.engine.connect() as connection:
        migrate_within(connection, revision)
        connection.commit()


def migrate_within(connection: sa.Connection, revision: str = "head") -> None:
    """Migrate to a revision within the transaction of a connection, which the caller ends."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    from alembic.config import Config

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
