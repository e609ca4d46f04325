"""offing feeds add, import, export: adding feeds to the list, and exporting the list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from offing.cli.feeds.catalogue_groups import choose_feeds
from offing.cli.feeds.options import as_option, page_options, spec_of
from offing.cli.site import Site, pass_site, say
from offing.errors import UsageError
from offing.fetch_policy import fetch_policy
from offing.model.operation.user import Permission
from offing.model.sources.feed import DEFAULT_GROUP, FeedSpec
from offing.model.values.numbers import counted
from offing.poll import lookalikes, read_list, write_opml
from offing.services.monitoring.feed_check import fetch_document
from offing.services.running.run_context import utc_now
from offing.store.feeds.feed import add_feeds, list_feeds
from offing.urls import feed_key


@click.command("add")
@click.argument("urls", nargs=-1)
@click.option("--catalogue", "chosen", multiple=True, metavar="GROUP", help="Add a group of the catalogue, or `all`.")
@click.option("--group", "groups", default=DEFAULT_GROUP, show_default=True, help="Group for the URLs.")
@click.option("--title", default="", help="Name of the publisher.")
@click.option("--language", help="Language of the articles (ISO 639-1).")
@click.option("--country", help="Country of the publisher (ISO 3166-1 alpha-3).")
@click.option(
    "--publisher", help="Kind of publisher: official-host, official-china, company, media, state-media, ngo, academic."
)
@page_options
@as_option
@pass_site
def add(site: Site, /, urls: tuple[str, ...], chosen: tuple[str, ...], name: str | None, **described: Any) -> None:
    """Add feeds to the watch list: those at URLS, or whole groups of the catalogue.

    \b
    Example:  offing feeds add https://example.org/feed.xml --title "The Example"
              offing feeds add --catalogue africa-east
              offing feeds add https://ministry.example/news --links "ul.news a" --dates "i.date as DD/MM/YYYY"
    """  # noqa: D301 -- click reads the backspace itself
    specs = [spec_of(url, described) for url in urls] + list(choose_feeds(site.layers, chosen))
    if not specs:
        raise UsageError("name a URL, or a group with --catalogue (see `offing feeds groups`)")
    put_on_the_list(site, specs, name)


def put_on_the_list(site: Site, specs: Sequence[FeedSpec], name: str | None, but: str = "") -> None:
    """Add feeds, and report how many are new and which look like others.

    Args:
        site: the site.
        specs: the feeds.
        name: who adds them; None for the system's user.
        but: a remark to add to the same sentence.
    """
    by = site.caretaker(name, Permission.CURATE)
    with site.database().write() as conn:
        watched = [status.spec.url for status in list_feeds(conn)]
        added = add_feeds(conn, specs, utc_now(), by)
    say(f"{counted(added, 'feed')} added, {len(specs) - added} already watched{but}")
    _print_lookalikes(watched, [spec.url for spec in specs])


def _print_lookalikes(watched: Sequence[str], new: Sequence[str]) -> None:
    """Report which of the new feeds look like another one."""
    known = {feed_key(url) for url in watched}
    fresh = [url for url in new if feed_key(url) not in known]
    everything = [*watched, *fresh]
    for group in lookalikes(everything):
        if group[-1] >= len(watched):
            others = ", ".join(f"{everything[at]}{' (watched)' if at < len(watched) else ''}" for at in group[:-1])
            say(f"possible duplicate: {everything[group[-1]]} looks like {others}; keep one", err=True)


@click.command("import")
@click.argument("source", metavar="FILE|URL")
@as_option
@pass_site
def import_(site: Site, source: str, name: str | None) -> None:
    """Add the feeds of a list to the watch list: OPML, CSV, JSON or one address per line, detected by content.

    Unusable lines are reported with number and reason; exit code 1 if there are any.

    \b
    Example:  offing feeds import subscriptions.opml
              offing feeds import sources.csv
    """  # noqa: D301 -- click reads the backspace itself
    listed = read_list(_content(site, source))
    for problem in listed.problems:
        say(f"{source}: {problem}", err=True)
    if not listed.feeds:
        raise UsageError(f"{source}: contains no usable feed")
    repeated = f", {listed.repeated} listed twice" if listed.repeated else ""
    unused = f", {listed.unused} unusable" if listed.unused else ""
    put_on_the_list(site, list(listed.feeds.values()), name, f"{repeated}{unused} ({listed.form})")
    click.get_current_context().exit(1 if listed.unused else 0)


def _content(site: Site, source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    if not source.startswith(("http://", "https://")):
        if not Path(source).is_file():
            raise UsageError(f"there is no file {source!r}")
        return Path(source).read_bytes()
    found = fetch_document(source, fetch_policy(site.settings, site.layers))
    if isinstance(found, str):
        raise UsageError(f"{source}: {found}")
    return found


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@pass_site
def export(site: Site, file: Path | None) -> None:
    """Write the watched feeds as OPML to FILE, or to stdout.

    \b
    Example:  offing feeds export subscriptions.opml
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().read() as conn:
        content = write_opml([status.spec for status in list_feeds(conn)], "offing")
    if file is None:
        click.echo(content, nl=False)
    else:
        file.write_bytes(content)
        say(f"wrote {file}")
