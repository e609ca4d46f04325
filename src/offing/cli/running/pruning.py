"""offing db prune: deletes what is old and led to nothing, or shows what would go and why the rest stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import click

from offing.cli.site import Site, pass_site, print_json
from offing.model.operation.retention import Prunable, Retention
from offing.model.values.numbers import counted
from offing.services.running.run_context import utc_now

_MB = 1e6
_NO_RULES = "nothing to delete: retention.toml keeps everything for good; set days there, or use `--older-than`"


@click.command("prune")
@click.option("--older-than", "days", type=click.IntRange(0, 36500), metavar="DAYS", help="One age for all, in days.")
@click.option("--dry-run", is_flag=True, help="Show what would be deleted and why the rest stays; delete nothing.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def prune(site: Site, days: int | None, dry_run: bool, as_json: bool) -> None:
    """Delete what is old and led to nothing: by the rules of `config/retention.toml`, or everything older than DAYS.

    Kept whatever their age: entries whose articles led to a candidate above the cut, to a decision or to a project,
    those of the same story, context, and those with work that is waiting or in quarantine. A pruned entry never comes
    back as new. A pipeline with `prune = true` does the same at the end of each run.

    \b
    Example:  offing db prune --dry-run
              offing db prune --older-than 365
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.sites.retention import load_retention

    retention = load_retention(site.layers)
    if days is not None:
        retention = Retention(Retention.alike(timedelta(days=days)).ages, archive=retention.archive)
    if not retention and not as_json:
        click.echo(_NO_RULES)
    elif dry_run:
        _show_plan(site, retention, as_json=as_json)
    else:
        _prune(site, retention, as_json=as_json)


def _prune(site: Site, retention: Retention, *, as_json: bool) -> None:
    from offing.services.running.prune import over_budget
    from offing.services.running.prune import prune as prune_database

    now = utc_now()
    done = prune_database(site.database(), retention, now)
    if retention.archive and done.archived and not as_json:
        click.echo(f"archived: {counted(done.archived, 'page')} in {retention.archive.folder}")
    if as_json:
        before = _moments(retention.before(now))
        print_json({"before": before, "dry_run": False, "counts": dict(done.counts), "archived": done.archived})
        return
    counts = ", ".join(f"{count:,} {noun}" for noun, count in done.counts.items() if count) or "nothing"
    click.echo(f"deleted{_since(retention, now)}: {counts}")
    if done.over and retention.budget:
        click.echo(over_budget(done.over, retention.budget))


def _show_plan(site: Site, retention: Retention, *, as_json: bool) -> None:
    from offing.services.running.prune import over_budget, plan

    now = utc_now()
    found = plan(site.database(), retention, now)
    sizes = {noun: size for noun, size in found.sizes.items() if size.rows}
    if as_json:
        counts = {noun: size.rows for noun, size in found.sizes.items()}
        width = {noun: size.bytes for noun, size in found.sizes.items()}
        kept = {str(why): count for why, count in found.kept.items()}
        answer = {"before": _moments(found.before), "dry_run": True, "counts": counts, "bytes": width, "kept": kept}
        print_json({**answer, "over_budget": found.over})
        return
    click.echo(f"would delete{_since(retention, now)}: {'' if sizes else 'nothing'}".rstrip())
    for noun, size in sizes.items():
        click.echo(f"  {size.rows:>12,} {noun:<26} {size.bytes / _MB:>12,.3f} MB")
    for why, count in found.kept.items():
        click.echo(f"stays though old enough: {counted(count, 'entry', 'entries')} {why}")
    if found.over and retention.budget:
        click.echo(over_budget(found.over, retention.budget))


def _since(retention: Retention, now: datetime) -> str:
    """Return from before when, if it is one time for all, or the time of each kind."""
    before = retention.before(now)
    if not before:
        return ""
    if len(set(before.values())) == 1 and len(before) > 1:
        return f" from before {min(before.values()):%Y-%m-%d}"
    moments = (f"{kind.replace('_', ' ')} {at:%Y-%m-%d}" for kind, at in before.items())
    return f" from before ({', '.join(moments)})"


def _moments(before: Mapping[Prunable, datetime]) -> dict[str, str]:
    return {str(kind): moment.isoformat() for kind, moment in before.items()}
