"""offing quarantine: what was set aside because handling it failed in an unknown way."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from offing.cli.context import Site, pass_site, print_json
from offing.model.codec import to_plain
from offing.model.vocabulary import MACHINE_VERBS, Verb
from offing.steps.context import utc_now
from offing.store.work import quarantined, release_quarantined


@click.group(short_help="What was set aside, with its reason.")
def quarantine() -> None:
    """List what was set aside because handling it failed in an unknown way, and try it again."""


@quarantine.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def list_(site: Site, as_json: bool) -> None:
    r"""List what was set aside.

    \b
    Example:  offing quarantine list
    """
    with site.database().read() as conn:
        found = quarantined(conn)
    if as_json:
        print_json([to_plain(item) for item in found])
        return
    if not found:
        click.echo("nothing was set aside")
        return
    table = Table("verb", "item", "since", "tries", "reason", box=None)
    for item in found:
        table.add_row(item.verb, str(item.item_id), f"{item.since:%Y-%m-%d %H:%M}", str(item.tries), item.reason)
    Console().print(table)


@quarantine.command("retry")
@click.option("--verb", type=click.Choice([str(verb) for verb in MACHINE_VERBS]), help="Only this verb's items.")
@click.option("--item", type=int, help="Only this item.")
@pass_site
def retry(site: Site, verb: str | None, item: int | None) -> None:
    r"""Make items due again, for example after an upgrade.

    \b
    Example:  offing quarantine retry --verb extract
    """
    with site.database().write() as conn:
        count = release_quarantined(conn, utc_now(), Verb(verb) if verb else None, item)
    click.echo(f"{count} items are due again; next: offing run")
