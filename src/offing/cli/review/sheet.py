"""offing queue export, offing queue import: the queue as a spreadsheet, and back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from offing.cli.site import Site, pass_site, print_json
from offing.model.operation.user import Permission
from offing.model.values.numbers import counted

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.argument("file", type=FILE)
@click.option("--today", is_flag=True, help="Only today's share, and today's audit sample.")
@click.option("--limit", type=click.IntRange(min=1), help="How many candidates.")
@pass_site
def export_(site: Site, file: Path, *, today: bool, limit: int | None) -> None:
    """Write the queue to a spreadsheet (.xlsx or .csv) with columns for decisions.

    \b
    Example:  offing queue export monday.xlsx --today
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.sites.keys import load_keys
    from offing.services.review.decisions import queue
    from offing.services.views.sheets import export_queue

    items = queue(site.database(), datetime.now(UTC), today=today, budget=limit or site.queue_rules.budget)
    shown = items if today or limit is None else items[:limit]
    export_queue(file, shown, load_keys(site.layers))
    site.note_export(f"queue as {file.name}, {len(shown)} rows")
    click.echo(f"{file}: {counted(len(shown), 'candidate')}")


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Make the decisions; without it, they are only shown.")
@click.option("--as", "name", metavar="NAME", help="Who filled it in; by default your system account.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array with an object per row.")
@pass_site
@click.pass_context
def import_(context: click.Context, site: Site, /, file: Path, **options: Any) -> None:
    """Import the decisions from a spreadsheet. Without --yes, only shows them.

    Rows that cannot be applied are reported by line and skipped; the exit code is then 1. Importing the same sheet
    again changes nothing.

    \b
    Example:  offing queue import monday.xlsx --yes
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.views.actors import load_register
    from offing.services.views.sheets import RowState, SheetReading, import_queue

    by = site.author(options["name"], Permission.DECIDE)
    reading = SheetReading(by, datetime.now(UTC), load_register(site.layers))
    apply = options["yes"]
    outcomes = import_queue(site.database(), file, reading, apply=apply)
    filled = [outcome for outcome in outcomes if outcome.state is not RowState.EMPTY]
    if options["as_json"]:
        print_json([{"line": o.line, "state": o.state, "id": o.candidate_id, "message": o.sentence} for o in outcomes])
    else:
        for outcome in filled:
            of = f" candidate {outcome.candidate_id}:" if outcome.candidate_id else ""
            click.echo(f"{file}:{outcome.line}:{of} {outcome.state}: {outcome.sentence}")
        click.echo(_sum(Counter(outcome.state for outcome in outcomes), applied=apply))
    if any(outcome.state in (RowState.OUTDATED, RowState.REFUSED) for outcome in filled):
        context.exit(1)


def _sum(counts: Counter[str], *, applied: bool) -> str:
    parts = [f"{number} {state}" for state, number in counts.items() if state != "empty"]
    total = ", ".join(parts) or "no rows were filled in"
    return total if applied or not counts["to do"] else f"{total}; add --yes to apply"
