"""offing db: the schema of the database, its backups, and deleting old data."""

from __future__ import annotations

import time

import click

from offing.cli.output.progress import paced
from offing.cli.running.archiving import archive
from offing.cli.running.backups import back_up_before_upgrade, backup, restore
from offing.cli.running.pruning import prune
from offing.cli.site import Site, pass_site
from offing.model.values.numbers import counted
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import check_schema, head_revision
from offing.store.database.migrate import upgrade as upgrade_database

_MB = 1e6


@click.group(short_help="Back up, restore, upgrade, check, prune, archive and vacuum the database.")
def db() -> None:
    """Back up, restore, upgrade, check, prune, archive, vacuum and reindex the database."""


db.add_command(backup)
db.add_command(restore)
db.add_command(prune)
db.add_command(archive)


def _opened(site: Site) -> Database:
    database = open_database(site.settings.database).of_site(site.layers)
    click.get_current_context().call_on_close(database.close)
    return database


@db.command("upgrade")
@click.option("--no-backup", is_flag=True, help="Make no backup before.")
@pass_site
def upgrade(site: Site, no_backup: bool) -> None:
    """Upgrade the database to the schema of this version, after a backup, and show how to roll back.

    The backup is written beside an SQLite database, or into the current folder. Nothing is written if the schema is up
    to date. Stop the service and the web app before.

    Records that differ from their candidates are recomposed and listed.

    \b
    Example:  offing db upgrade
    """  # noqa: D301 -- click reads the backspace itself
    from offing.cli.running.completing import complete_upgrade

    database = _opened(site)
    if not no_backup:
        back_up_before_upgrade(site, database)
    upgrade_database(database)
    click.echo(f"database schema: revision {head_revision()}")
    complete_upgrade(site, database)


@db.command("check")
@pass_site
def check(site: Site) -> None:
    """Check that the schema matches this version and that the data is consistent. Exit code 1 if not.

    Stories are recomputed from their articles, records from their candidates, and both are compared with what is
    stored. Nothing is changed.

    \b
    Example:  offing db check
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.sites.fetch import load_fetch_policy
    from offing.config.weights.scoring import load_scoring
    from offing.services.monitoring.invariants import broken
    from offing.services.pipeline.clock_repair import misplaced

    database = _opened(site)
    check_schema(database)
    click.echo(f"database schema: revision {head_revision()}, up to date")
    faults = broken(database, load_scoring(site.layers))
    for fault in faults:
        click.echo(fault, err=True)
    with database.read() as conn:
        put_off = misplaced(conn, load_fetch_policy(site.layers), utc_now())
    if put_off:
        click.echo(put_off, err=True)
    if faults:
        click.echo(
            f"{counted(len(faults), 'inconsistency', 'inconsistencies')} found: keep a backup, and report this",
            err=True,
        )
    if faults or put_off:
        raise click.exceptions.Exit(1)
    click.echo("data: consistent")


@db.command("reindex")
@pass_site
def reindex(site: Site) -> None:
    """Rebuild the index by which candidates are searched and filtered. Normally it is always up to date.

    The keys by which candidates and known projects are matched are rebuilt, too, if their rules have changed. Each run
    does this for known projects and the newest candidates.

    \b
    Example:  offing db reindex
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.known_projects.naming import load_names
    from offing.services.matching.reindex import reindex_all
    from offing.services.pipeline.redrawing import redraw

    done = 0
    with paced("indexing candidates") as report:
        for done, total in reindex_all(site.database()):
            report(done, total)
    click.echo(f"search index rebuilt for {counted(done, 'candidate')}")
    drawn = redraw(site.database())
    load_names(site.database(), site.layers)
    if drawn.known or drawn.candidates:
        click.echo(
            f"match keys rebuilt: {counted(drawn.candidates, 'candidate')} and {counted(drawn.known, 'known project')}"
        )


@db.command("vacuum")
@pass_site
def vacuum(site: Site) -> None:
    """Give the room of deleted rows back to the disk, and show how much it was. Not while a run is at work.

    An SQLite file is written again, which takes as much free room as it has now. PostgreSQL marks the room for its own
    use, returns what lies at the end of a table, and updates its statistics.

    \b
    Example:  offing db vacuum
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.running.run_lock import lock_file
    from offing.store.upkeep.vacuum import size_in_bytes
    from offing.store.upkeep.vacuum import vacuum as vacuum_database

    database, begun = site.database(), time.monotonic()
    with lock_file(database):
        before = size_in_bytes(database)
        vacuum_database(database)
        after = size_in_bytes(database)
    sizes = f"{before / _MB:,.1f} MB before, {after / _MB:,.1f} MB now"
    click.echo(f"vacuumed: {sizes}, {max(before - after, 0) / _MB:,.1f} MB freed, {time.monotonic() - begun:.1f} s")
