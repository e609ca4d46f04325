"""offing add: an article found elsewhere, through the same path as all others."""

from __future__ import annotations

import hashlib
import sys

import click

from offing.cli.context import Site, pass_site
from offing.errors import UsageError
from offing.model.entry import AnnouncedEntry
from offing.steps.context import utc_now
from offing.store.entry import save_entries
from offing.urls import url_key


@click.command(short_help="An article found elsewhere, on the same path as all others.")
@click.argument("urls", nargs=-1, required=True)
@pass_site
def add(site: Site, urls: tuple[str, ...]) -> None:
    r"""Put the articles at URLS on the path of all others; the next run fetches them.

    \b
    Example:  offing add https://example.org/news/1
              offing add - < urls.txt
    """
    if urls == ("-",):
        urls = tuple(line.strip() for line in sys.stdin if line.strip())
    entries = [_entry(url) for url in urls]
    with site.database().write() as conn:
        _, new = save_entries(conn, None, entries, utc_now(), site.settings.user)
    click.echo(f"{new} new, {len(entries) - new} known already; next: offing run")


def _entry(url: str) -> AnnouncedEntry:
    try:
        return AnnouncedEntry(hashlib.sha256(url.encode()).hexdigest(), url, url_key(url))
    except ValueError as error:
        raise UsageError(str(error)) from None
