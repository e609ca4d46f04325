"""offing init: creates a site in this folder."""

from __future__ import annotations

from pathlib import Path

import click

from offing.cli.feeds.catalogue_groups import choose_feeds
from offing.cli.running.backups import back_up_before_upgrade
from offing.cli.running.completing import complete_upgrade
from offing.cli.site import Site, pass_site
from offing.config.files.layers import Layers
from offing.model.values.numbers import counted
from offing.services.running.run_context import utc_now
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade
from offing.store.feeds.feed import add_feeds

OVERLAY_NOTE = """Files in this folder override the config that ships with offing. A file here replaces only the rows
and keys that it names. `offing config diff` shows what is overridden; docs/config.md describes every file.
"""


@click.command(short_help="Create a site in this folder: a database and an empty config.")
@click.option(
    "--feeds",
    "groups",
    multiple=True,
    metavar="GROUP",
    help="Watch the feeds of a group of the catalogue, or of `all`.",
)
@pass_site
def init(site: Site, groups: tuple[str, ...]) -> None:
    """Create a site in this folder: a database, and a config folder for what this site does differently.

    A database of an older offing is upgraded as by `offing db upgrade`, after a backup.

    \b
    Example:  offing init --feeds africa-east --feeds wires-global
    """  # noqa: D301 -- click reads the backspace itself
    overlay = site.settings.config or Path("config")
    specs = choose_feeds(site.layers if overlay.is_dir() else Layers.of(), groups)
    file = site.settings.database_file
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    database = open_database(site.settings.database)
    older = back_up_before_upgrade(site, database)
    upgrade(database)
    if older:
        complete_upgrade(site, database.of_site(site.layers))
    with database.write() as conn:
        added = add_feeds(conn, specs, utc_now(), site.settings.user)
    database.close()
    overlay.mkdir(parents=True, exist_ok=True)
    if not (overlay / "README").exists():
        (overlay / "README").write_text(OVERLAY_NOTE, encoding="utf-8")
    click.echo(
        f"site created: {database.engine.url.render_as_string(hide_password=True)}, {counted(added, 'feed')} added"
    )
    click.echo(
        "next: offing run"
        if added
        else "next: offing feeds add --catalogue GROUP (`offing feeds groups` lists the groups)"
    )
