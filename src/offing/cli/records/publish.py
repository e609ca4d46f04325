"""offing publish: a release."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from offing.cli.site import Site, pass_site
from offing.services.records.publish import publish as write


@click.command()
@click.argument("version")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder; new or empty.")
@pass_site
def publish(site: Site, version: str, out: Path) -> None:
    """Write a release of the project records: CSV files, their description, checksums, changes.

    The same data give the same bytes; a version is never given to other data again.

    \b
    Example:  offing publish 1.0 --out release-1.0
    """  # noqa: D301 -- click reads the backspace itself
    done = write(site.database(), version, out, datetime.now(UTC))
    site.note_export(f"release {done.version}, {done.records} records")
    what = "again, unchanged" if done.again else "new"
    records = "1 record" if done.records == 1 else f"{done.records} records"
    click.echo(f"release {done.version} ({what}): {records} in {done.folder}")
