"""offing db backup and restore: the whole database in one file, and back."""

from __future__ import annotations

import time
from pathlib import Path

import click

from offing.cli.output.progress import paced
from offing.cli.site import Site, pass_site, say
from offing.errors import UsageError
from offing.model.values.numbers import counted
from offing.store.backup.backup_file import Manifest
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import current_revision, head_revision, revisions

_MB = 1e6
FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("to", type=FILE)
@click.option("--overwrite", is_flag=True, help="Replace a file of that name.")
@pass_site
def backup(site: Site, to: Path, overwrite: bool) -> None:
    """Write the whole database to the file TO, or to a file named after the time in the folder TO.

    Runs, the service and the web app may be at work meanwhile. The file is read back and compared before it gets its
    name, so that a file of that name is always whole. It holds every row of one moment, and can be restored into
    SQLite and into PostgreSQL. Config and log are not part of it.

    \b
    Example:  offing db backup /var/backups/offing/
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.monitoring.backup import Watch, back_up

    site.require_file()
    database = open_database(site.settings.database)
    click.get_current_context().call_on_close(database.close)
    begun = time.monotonic()
    with paced("writing rows") as writing, paced("reading back") as reading:
        made = back_up(database, to, Watch(writing, reading), overwrite=overwrite)
    say(f"backup written: {made.file}, {made.size / _MB:,.1f} MB, {_content(made.manifest)}, {_since(begun)}")


@click.command("restore")
@click.argument("source", metavar="FROM", type=FILE)
@click.option("--replace", is_flag=True, help="Replace a database that holds data, after asking.")
@click.option("--no-upgrade", is_flag=True, help="Leave it at the schema of the backup, for an older offing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_site
def restore(site: Site, source: Path, replace: bool, no_upgrade: bool, yes: bool) -> None:
    """Restore the database from the backup FROM, which may come from SQLite or PostgreSQL.

    The backup is checked first, and a damaged one changes nothing. An older one is upgraded, unless with
    `--no-upgrade`, for a roll-back: then install the older offing, and run its `offing db reindex`. If the command is
    killed or fails, the database stays as it was. Stop the service and the web app before.

    \b
    Example:  offing db restore /var/backups/offing/offing-20260301T043000Z.backup --replace
    """  # noqa: D301 -- click reads the backspace itself
    from offing.cli.running.completing import complete_upgrade
    from offing.services.monitoring.backup import Restoring, target_of
    from offing.services.monitoring.backup import restore as restore_database
    from offing.store.backup.verify import verify

    if not source.is_file():
        raise UsageError(f"{source} is not a file: name a backup that `offing db backup` wrote")
    database = open_database(site.settings.database)
    click.get_current_context().call_on_close(database.close)
    begun = time.monotonic()
    with paced("checking the backup") as checking:
        manifest = verify(source, checking)
    target = target_of(database)
    if target.rows != 0:
        _agree(target.rows, source, replace=replace, asked=not yes)
    with paced("restoring") as restoring, paced("indexing candidates") as indexing:
        how = Restoring(restoring, indexing, upgrade=not no_upgrade)
        indexed = restore_database(database, source, manifest, target, how)
    if no_upgrade and manifest.revision != head_revision():
        say(f"left at revision {manifest.revision}: now install the older offing, and run `offing db reindex`")
    elif manifest.revision != head_revision():
        say(f"upgraded from revision {manifest.revision} to {head_revision()}")
        complete_upgrade(site, database.of_site(site.layers))
    if not indexed and not no_upgrade:
        say("the search index could not be made; the log says why, and `offing db reindex` makes it")
    say(f"restored: {source}, {_content(manifest)}, written {manifest.made_at:%Y-%m-%d %H:%M} UTC, {_since(begun)}")


def back_up_before_upgrade(site: Site, database: Database) -> bool:
    """Back up a database that is older than this version, and print where to, and the way back.

    Returns:
        Whether it is older.

    Raises:
        OffingError: the backup cannot be made; nothing was changed.
    """
    from offing.services.monitoring.backup import Watch, back_up, time_stamp

    before = current_revision(database)
    if before not in revisions()[:-1]:
        return False
    folder = site.settings.database_file.parent if site.settings.database_file else Path()
    with paced("backing up") as writing, paced("reading back") as reading:
        made = back_up(database, folder / f"offing-{before}-{time_stamp()}.backup", Watch(writing, reading))
    say(f"backup written: {made.file}, {made.size / _MB:,.1f} MB, {_content(made.manifest)}")
    say(f"to roll back: offing db restore {made.file} --replace --no-upgrade")
    say("              then install the version of before, and run: offing db reindex")
    return True


def _agree(rows: int | None, source: Path, *, replace: bool, asked: bool) -> None:
    """Refuse to replace data that nobody agreed to replace."""
    holds = "cannot be read" if rows is None else f"holds {counted(rows, 'row')}"
    if not replace:
        raise UsageError(f"the database {holds}: restore into an empty one, or use `--replace`")
    if asked:
        click.confirm(f"The database {holds}. Replace all of it by {source}?", abort=True, err=True)


def _content(manifest: Manifest) -> str:
    tables = sum(1 for each in manifest.tables.values() if each.rows)
    return f"{counted(manifest.rows, 'row')} in {counted(tables, 'table')}, revision {manifest.revision}"


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"
