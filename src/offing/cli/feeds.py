"""offing feeds: the sources that are watched."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from offing.cli.choosing import choose_feeds
from offing.cli.context import Site, pass_site, print_json
from offing.config.feeds import load_catalogue
from offing.errors import UsageError
from offing.jobs import fetch_policy
from offing.model.feed import DEFAULT_GROUP, FeedSpec, FeedState, FeedStatus
from offing.poll import read_list, write_opml
from offing.steps.check import check_feeds, fetch_document
from offing.steps.context import utc_now
from offing.store.feed import add_feeds, list_feeds
from offing.urls import canonical_url

PROBLEMS = frozenset({FeedState.FAILING, FeedState.BLOCKED, FeedState.GONE})


@click.group(short_help="The sources that are watched.")
def feeds() -> None:
    """Add, list, import, export and check the feeds that are watched."""


@feeds.command("groups")
@pass_site
def groups(site: Site) -> None:
    r"""List the groups of the catalogue.

    \b
    Example:  offing feeds groups
    """
    catalogue = load_catalogue(site.layers)
    table = Table("group", "feeds", "what", box=None)
    for group in catalogue.groups:
        table.add_row(group.id, str(sum(group.id in spec.groups for spec in catalogue.feeds)), group.description)
    Console().print(table)


@feeds.command("add")
@click.argument("urls", nargs=-1)
@click.option("--catalogue", "chosen", multiple=True, metavar="GROUP", help="A group of the catalogue, or `all`.")
@click.option("--group", default=DEFAULT_GROUP, show_default=True, help="Group of the URLs.")
@click.option("--title", default="", help="Name of the source.")
@click.option("--language", help="ISO 639-1 of its articles.")
@click.option("--country", help="ISO 3166-1 alpha-3 of its publisher.")
@pass_site
def add(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    site: Site, urls: tuple[str, ...], chosen: tuple[str, ...], group: str, title: str, language: str, country: str
) -> None:
    r"""Watch the feeds at URLS, or groups of the catalogue.

    \b
    Example:  offing feeds add https://example.org/feed.xml --title "The Example"
              offing feeds add --catalogue africa-east
    """
    specs = [FeedSpec(_usable(url), title, (group,), country or None, language or None) for url in urls]
    specs += choose_feeds(site.layers, chosen)
    if not specs:
        raise UsageError("name a URL, or a group with --catalogue (see `offing feeds groups`)")
    _add(site, specs)


def _usable(url: str) -> str:
    try:
        canonical_url(url)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return url


def _add(site: Site, specs: list[FeedSpec]) -> None:
    with site.database().write() as conn:
        added = add_feeds(conn, specs, utc_now(), site.settings.user)
    click.echo(f"{added} feeds added, {len(specs) - added} were watched already")


@feeds.command("import")
@click.argument("source", metavar="FILE|URL")
@pass_site
def import_(site: Site, source: str) -> None:
    r"""Watch the feeds of an OPML FILE, or of one at a URL; lines that cannot be used are reported.

    \b
    Example:  offing feeds import subscriptions.opml
    """
    listed = read_list(_content(site, source))
    specs = list(listed.feeds.values())
    for problem in listed.problems:
        click.echo(f"{source}: {problem}", err=True)
    if not specs:
        raise UsageError(f"{source}: no feed in it can be used")
    _add(site, specs)


def _content(site: Site, source: str) -> bytes:
    if not source.startswith(("http://", "https://")):
        if not Path(source).is_file():
            raise UsageError(f"there is no file {source!r}")
        return Path(source).read_bytes()
    found = fetch_document(source, fetch_policy(site.settings, site.layers))
    if isinstance(found, str):
        raise UsageError(f"{source}: {found}")
    return found


@feeds.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@pass_site
def export(site: Site, file: Path | None) -> None:
    r"""Write the watched feeds as OPML to FILE, or to stdout.

    \b
    Example:  offing feeds export subscriptions.opml
    """
    with site.database().read() as conn:
        content = write_opml([status.spec for status in list_feeds(conn)], "offing")
    if file is None:
        click.echo(content, nl=False)
    else:
        file.write_bytes(content)
        click.echo(f"written: {file}")


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--problems", is_flag=True, help="Only those that do not deliver.")
@pass_site
def list_(site: Site, as_json: bool, problems: bool) -> None:
    r"""List the watched feeds with state, cause and next step.

    \b
    Example:  offing feeds list --problems
    """
    with site.database().read() as conn:
        found = [status for status in list_feeds(conn) if not problems or status.state in PROBLEMS]
    if as_json:
        print_json([_plain(status) for status in found])
        return
    if not found:
        click.echo("no feed has a problem" if problems else "no feeds yet: offing feeds add --catalogue GROUP")
        return
    table = Table("id", "feed", "state", "last poll", "entries", "cause and next step", box=None)
    for status in found:
        last = f"{status.last_poll_at:%Y-%m-%d %H:%M} {status.outcome}" if status.last_poll_at else "never"
        why = f"{status.cause} {status.next_step}".strip()
        table.add_row(
            str(status.id), status.spec.title or status.spec.url, status.state, last, str(status.entries), why
        )
    Console().print(table)


def _plain(status: FeedStatus) -> dict[str, object]:
    return {
        "id": status.id,
        "url": status.spec.url,
        "title": status.spec.title,
        "groups": list(status.spec.groups),
        "country": status.spec.country,
        "language": status.spec.language,
        "state": status.state,
        "outcome": status.outcome,
        "cause": status.cause,
        "next_step": status.next_step,
        "entries": status.entries,
        "last_poll_at": status.last_poll_at.isoformat() if status.last_poll_at else None,
        "next_poll_at": status.next_poll_at.isoformat() if status.next_poll_at else None,
    }


@feeds.command("check")
@click.argument("urls", nargs=-1, required=True)
@pass_site
def check(site: Site, urls: tuple[str, ...]) -> None:
    r"""Ask the feeds at URLS once and say what offing would see; nothing is stored, no database needed.

    \b
    Example:  offing feeds check https://example.org/feed.xml
    """
    failed = 0
    for url, update in check_feeds(urls, fetch_policy(site.settings, site.layers)):
        sentence = f"{update.cause} {update.next_step}".strip()
        click.echo(f"{update.outcome}: {url}: {len(update.entries)} entries. {sentence}".rstrip())
        for entry in update.entries[:3]:
            click.echo(f"   {entry.published:%Y-%m-%d}  {entry.title}" if entry.published else f"   {entry.title}")
        failed += not update.entries
    click.get_current_context().exit(1 if failed else 0)
