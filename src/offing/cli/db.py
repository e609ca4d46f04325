"""offing db: the database's schema."""

from __future__ import annotations

import click

from offing.cli.context import Site, pass_site
from offing.store.engine import Database, open_database
from offing.store.migrate import check_schema, head_revision
from offing.store.migrate import upgrade as upgrade_database


@click.group(short_help="The database's schema.")
def db() -> None:
    """Bring the database to the schema of this offing, and check that it is there."""


def _opened(site: Site) -> Database:
    database = open_database(site.settings.database)
    click.get_current_context().call_on_close(database.close)
    return database


@db.command("upgrade")
@pass_site
def upgrade(site: Site) -> None:
    r"""Bring the database to the schema of this offing; make a backup first.

    \b
    Example:  offing db upgrade
    """
    upgrade_database(_opened(site))
    click.echo(f"the database stands at {head_revision()}")


@db.command("check")
@pass_site
def check(site: Site) -> None:
    r"""Say whether database and code fit.

    \b
    Example:  offing db check
    """
    check_schema(_opened(site))
    click.echo(f"the database stands at {head_revision()}, as the code does")
