"""offing projects choose, merge, unmerge: one record per project, and one account where several contradict."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.site import Site, pass_site, print_json
from offing.model.projects.project import LifeEvent
from offing.model.values.codec import to_plain
from offing.model.values.numbers import HIGHEST_ID
from offing.services.matching.shared_countries import foreign
from offing.services.records.amending import Statement
from offing.services.records.projects import Joining, joining, parting
from offing.services.records.projects import choose as choose_event
from offing.services.records.projects import merge as merge_records
from offing.services.records.projects import part as part_records

_YES = click.option("--yes", is_flag=True, help="Apply the change; without it, only show it.")
_REASON = click.option("--reason", default="", help="Reason, for later readers.")
_SOURCE = click.option("--source", default="", metavar="URL", help="Address or name of the supporting document.")
_AS = click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object.")


@click.command(short_help="Choose between contradictory accounts.")
@click.argument("project_id", metavar="ID")
@click.argument("event", type=click.IntRange(1, HIGHEST_ID), metavar="EVENT")
@click.option("--none", "again", is_flag=True, help="Undo the choice, so that all of them count again.")
@_REASON
@_SOURCE
@_AS
@pass_site
def choose(site: Site, /, project_id: str, event: int, *, again: bool, **options: Any) -> None:
    """Settle a contradiction in a timeline: keep EVENT, and set aside the events that contradict it.

    EVENT is the number in brackets in `offing projects show ID`. Events set aside are still shown but not published.

    \b
    Examples:
      offing projects choose off-2026-000001 12
      offing projects choose off-2026-000001 12 --none
    """  # noqa: D301 -- click reads the backspace itself
    held, against = choose_event(site.database(), project_id, event, _said(site, options), again=again)
    others = ", ".join(map(_event_line, against))
    click.echo(
        f"undecided again: {_event_line(held)}, {others}"
        if again
        else f"chosen: {_event_line(held)}; set aside: {others}"
    )


@click.command(short_help="Merge a record into another, to which its id then redirects.")
@click.argument("gone", metavar="ID")
@click.argument("kept", metavar="INTO")
@_YES
@_REASON
@_SOURCE
@_AS
@_JSON
@pass_site
def merge(site: Site, /, gone: str, kept: str, **options: Any) -> None:
    """Merge project ID into project INTO, which then holds the candidates and events of both; ID redirects there.

    `offing projects unmerge ID --yes` undoes it. Without --yes, only shows the change.

    \b
    Examples:
      offing projects merge off-2026-000007 off-2026-000003
      offing projects merge off-2026-000007 off-2026-000003 --source https://treasury.example/contract.pdf --yes
    """  # noqa: D301 -- click reads the backspace itself
    database, yes = site.database(), options["yes"]
    found = merge_records(database, gone, kept, _said(site, options)) if yes else joining(database, gone, kept)
    warn_of_countries([each.facts.countries for each in (found.gone, found.kept)])
    if options["as_json"]:
        print_json(_plain(found, done=yes))
        return
    if yes:
        click.echo(f"{found.gone.id} merged into {found.kept.id}; to undo: offing projects unmerge {found.gone.id}")
        return
    from offing.cli.output.project_cards import print_joining

    print_joining(found, parted=False)
    click.echo(f"not changed yet; to merge: offing projects merge {gone} {kept} --yes")


@click.command(short_help="Undo a merge.")
@click.argument("gone", metavar="ID")
@_YES
@_REASON
@_SOURCE
@_AS
@_JSON
@pass_site
def unmerge(site: Site, /, gone: str, **options: Any) -> None:
    """Undo a merge: both records are recomposed from their own candidates.

    Without --yes, only shows the change.

    \b
    Example:  offing projects unmerge off-2026-000007 --yes
    """  # noqa: D301 -- click reads the backspace itself
    database, yes = site.database(), options["yes"]
    found = part_records(database, gone, _said(site, options)) if yes else parting(database, gone)
    if options["as_json"]:
        alone = {"alone": {each.id: to_plain(each.facts) for each in (found.gone, found.kept)}} if not yes else {}
        print_json(_plain(found, done=yes) | alone)
        return
    if yes:
        click.echo(f"{found.gone.id} and {found.kept.id} are two records again")
        return
    from offing.cli.output.project_cards import print_joining

    print_joining(found, parted=True)
    click.echo(f"not changed yet; to undo the merge: offing projects unmerge {gone} --yes")


def _said(site: Site, options: dict[str, Any]) -> Statement:
    return Statement(options["name"] or site.settings.user, datetime.now(UTC), options["reason"], options["source"])


def _event_line(event: LifeEvent) -> str:
    return f"[{event.id}] {event.status or event.kind} {event.event_date or event.day or 'undated'}"


def warn_of_countries(countries: Sequence[Collection[str]]) -> None:
    """Warn on stderr if the items to be joined share no country."""
    if warning := foreign(countries):
        click.echo(f"warning: {warning}", err=True)


def _plain(found: Joining, *, done: bool) -> dict[str, object]:
    both = found.both
    together = {
        "facts": to_plain(both.facts),
        "life_line": [to_plain(event) for event in both.life_line],
        "contradictions": [to_plain(each) for each in both.contradictions],
    }
    return {"done": done, "id": found.gone.id, "into": found.kept.id, "together": together}
