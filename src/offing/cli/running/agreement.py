"""`offing users agreement`: how far two readers of one candidate agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from rich.console import Console
from rich.table import Table

from offing.cli.site import Site, pass_site, print_json
from offing.model.review.second_reading import Agreement


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), help="Only second readings of the last so many days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_site
def agreement(site: Site, days: int | None, *, as_json: bool) -> None:
    """Show how often second readers agree with the first: on the verdict (Cohen's kappa) and on each field.

    Fields are compared where both accepted. OFFING_SECOND_READING sets the share that is read twice.

    \b
    Example:  offing users agreement --days 90
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.review.agreement import agreement_of

    found = agreement_of(site.database(), datetime.now(UTC) - timedelta(days=days) if days else None)
    if as_json:
        print_json(_plain(found))
    elif found.pairs:
        _show(found)
    else:
        share = site.settings.second_reading
        click.echo(f"no second readings yet; {share:.0%} of decided candidates are drawn for one")


def _plain(found: Agreement) -> dict[str, object]:
    table = [{"first": str(one), "second": str(other), "pairs": count} for (one, other), count in found.table.items()]
    fields = [{"field": f.field, "pairs": f.pairs, "equal": f.equal, "share": f.share} for f in found.fields]
    judgement = {"equal": found.equal, "kappa": found.kappa, "table": table}
    return {"pairs": found.pairs, "judgement": judgement, "fields": fields, "differing": list(found.differing)}


def _show(found: Agreement) -> None:
    kappa = "not defined" if found.kappa is None else f"{found.kappa:.2f}"
    click.echo(
        f"second readings: {found.pairs}; same verdict: {found.equal} ({found.equal / found.pairs:.0%}); kappa {kappa}"
    )
    if found.differing:
        click.echo(f"different verdicts on candidates: {' '.join(map(str, found.differing))}")
    console = Console(soft_wrap=True)
    judgements = Table("first", "second", "pairs", box=None, pad_edge=False)
    for (one, other), count in sorted(found.table.items()):
        judgements.add_row(one, other, str(count))
    fields = Table("field, if both accepted", "pairs", "equal", "share", box=None, pad_edge=False)
    for each in found.fields:
        share = "" if each.share is None else f"{each.share:.0%}"
        fields.add_row(each.field.replace("_", " "), str(each.pairs), str(each.equal), share)
    for table in (judgements, fields):
        console.print()
        console.print(table)
