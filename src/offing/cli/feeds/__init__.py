"""offing feeds: the feeds that are watched."""

from __future__ import annotations

import click

from offing.cli.feeds.adding import add, export, import_
from offing.cli.feeds.changing import pause, remove, resume
from offing.cli.feeds.check import check
from offing.cli.feeds.discover import discover
from offing.cli.feeds.listing import groups, list_
from offing.cli.feeds.show import show


@click.group(short_help="Find, add, check and list feeds.")
def feeds() -> None:
    """Find, add, check and list the feeds and pages that the site watches."""


for command in (groups, discover, check, add, import_, export, list_, show, pause, resume, remove):
    feeds.add_command(command)
