"""`offing users activity`: who did what, when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.site import Site, pass_site, print_json
from offing.model.operation.activity import Activity, ActivityKind

MOST = 10_000  # lines at once; fewer days show what lies beyond


@click.command()
@click.option("--by", help="Only of this person.")
@click.option(
    "--action",
    "actions",
    multiple=True,
    type=click.Choice([str(action) for action in ActivityKind]),
    help="Only these actions.",
)
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3650), help="How many days back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_site
def activity(site: Site, by: str | None, actions: tuple[str, ...], days: int, *, as_json: bool) -> None:
    """List who did what, newest first: log-ins, decisions, leases taken over, exports, account changes.

    \b
    Example:  offing users activity --by ana --action decision --days 30
    """  # noqa: D301 -- click reads the backspace itself
    from offing.store.accounts.activity import ActivityFilter, list_activity

    since = datetime.now(UTC) - timedelta(days=days)
    with site.database().read() as conn:
        found = list_activity(conn, ActivityFilter(since, by, frozenset(map(ActivityKind, actions)), MOST))
    if as_json:
        print_json([_plain(done) for done in found])
    elif found:
        Console(soft_wrap=True).print(_table(found))
    else:
        click.echo(f"no activity in the last {days} days; use --days to look further back")


def _plain(done: Activity) -> dict[str, object]:
    plain = {"at": done.at.isoformat(), "action": str(done.action), "by": done.by, "about": done.about}
    return {**plain, "candidate": done.candidate_id, "address": done.address}


def _table(found: tuple[Activity, ...]) -> Table:
    table = Table("when", "who", "action", "candidate", "details", "from", box=None, pad_edge=False)
    for done in found:
        number = str(done.candidate_id or "")
        words = (Text(done.by or "unknown"), done.action, number, Text(done.about), Text(done.address))
        table.add_row(f"{done.at:%Y-%m-%d %H:%M}", *words)
    return table
