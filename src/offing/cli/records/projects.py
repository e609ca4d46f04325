"""offing projects, offing promote: the confirmed records."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.records.amending import correct, history, split, undo, withdraw
from offing.cli.records.known_projects import forget, import_, known
from offing.cli.records.merging import choose, merge, unmerge
from offing.cli.records.project_matches import match
from offing.cli.records.value_trace import trace_value
from offing.cli.site import CANDIDATE_ID, Site, pass_site, print_json
from offing.config.sites.records import load_promoter
from offing.errors import UsageError
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.project import ProjectRecord
from offing.model.values.codec import to_plain
from offing.services.records.projects import RecordView, look
from offing.services.records.promote import promote_accepted, promote_only, waiting
from offing.services.views.plain import one_line
from offing.store.records.project import projects as all_projects


@click.group()
def projects() -> None:
    """List, show and correct the confirmed project records.

    \b
    Example:  offing projects list
    """  # noqa: D301 -- click reads the backspace itself


for _command in (
    *(choose, correct, forget, history, import_, known, match, merge, split, trace_value, undo, unmerge, withdraw),
):
    projects.add_command(_command)


@projects.command("list")
@click.option("--all", "gone", is_flag=True, help="Include merged and withdrawn records.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, by id.")
@pass_site
def list_(site: Site, *, gone: bool, as_json: bool) -> None:
    """List the records, by id.

    \b
    Examples:
      offing projects list --json
      offing projects list --all
    """  # noqa: D301 -- click reads the backspace itself
    from offing.cli.output.project_cards import print_projects, state_of

    with site.database().read() as conn:
        records = all_projects(conn, gone=gone)
    if as_json:
        print_json([plain_record(record) for record in records])
    elif sys.stdout.isatty():
        print_projects(records)
    else:
        for record in records:
            countries = ",".join(record.facts.countries) or "-"
            click.echo(f"{record.id}\t{countries}\t{state_of(record) or '-'}\t{one_line(record.facts.title)}")


@projects.command("show")
@click.argument("project_id", metavar="ID")
@click.option("--full", is_flag=True, help="Show quotes in full.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_site
def show(site: Site, project_id: str, *, full: bool, as_json: bool) -> None:
    """Show a record with its timeline: years down the side, a mark and a short quote for each event.

    ○ on paper, ◐ under construction, ● completed, ◌ suspended, × cancelled; ! incident, ⇄ another provider,
    + expansion, → handover, ? audit, § court, ~ changed parties or sums; ≠ contradictory accounts.

    A project of another dataset is shown as it was imported.

    \b
    Examples:
      offing projects show off-2026-000001 --full
      offing projects show known:aiddata:40923
    """  # noqa: D301 -- click reads the backspace itself
    if project_id.startswith(f"{RefKind.KNOWN}:"):
        _show_known(site, Ref.parse(project_id), as_json=as_json)
        return
    found = look(site.database(), project_id)
    if as_json:
        print_json(plain_look(found))
        return
    from offing.cli.output.project_cards import print_project

    print_project(found, full=full)


@projects.command("recompose", short_help="Recompose records from their candidates.")
@click.argument("project_ids", metavar="[ID]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON array of the differences.")
@pass_site
def recompose(site: Site, project_ids: tuple[str, ...], *, as_json: bool) -> None:
    """Recompose records from their candidates and decisions; without ID, all records.

    Every change does this automatically. Run it if `offing db check` says so after a change of rates or rules.

    \b
    Example:  offing projects recompose off-2026-000001
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.records.recomposing import recompose_all

    found = recompose_all(site.database(), datetime.now(UTC), project_ids)
    if as_json:
        print_json([to_plain(each) for each in found])
        return
    for each in found:
        click.echo(f"{each.project_id}\t{each.field}\twas {each.stored}\tnow {each.composed}")
    if not found:
        click.echo("every record already matches its candidates")


def _show_known(site: Site, named: Ref, *, as_json: bool) -> None:
    from offing.cli.output.project_cards import print_known
    from offing.services.views.updates import known_project

    row = known_project(site.database(), named)
    if as_json:
        print_json(to_plain(row))
    else:
        print_known(named, row)


@click.command()
@click.argument("candidate_ids", type=CANDIDATE_ID, metavar="[ID]...", nargs=-1)
@click.option("--into", metavar="PROJECT", help="Add these candidates to an existing record.")
@click.option("--prefix", metavar="WORD", help="Prefix of new ids; by default as in records.toml.")
@click.option("--as", "name", metavar="NAME", help="Who promotes; by default your system account.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of the promoted candidates.")
@pass_site
def promote(site: Site, /, candidate_ids: tuple[int, ...], into: str | None, **options: Any) -> None:
    """Turn accepted candidates into project records, or add them to an existing one.

    Without ID: all accepted candidates that are not part of a record yet and meet the rules of `records.toml`: decided
    or confirmed by a second person, with quotes for both sides. Giving an ID confirms that candidate. Running it again
    changes nothing.

    \b
    Examples:
      offing promote
      offing promote 12 15 --into off-2026-000001
    """  # noqa: D301 -- click reads the backspace itself
    if into and not candidate_ids:
        raise UsageError("--into needs candidates: offing promote ID… --into PROJECT")
    database, now = site.database(), datetime.now(UTC)
    promoter = load_promoter(site.layers, options["name"] or site.settings.user)
    promoter = replace(promoter, prefix=options["prefix"]) if options["prefix"] else promoter
    chosen = promote_only(database, candidate_ids, now, promoter, into) if candidate_ids else None
    done = promote_accepted(database, now, promoter) if chosen is None else chosen
    if options["as_json"]:
        print_json([{"candidate": each.candidate_id, "project": each.project_id, "new": each.new} for each in done])
        return
    for each in done:
        way = "became" if each.new else "added to"
        warned = f"; {each.warning}" if each.warning else ""
        click.echo(f"candidate {each.candidate_id} {way} {each.project_id}{warned}")
    held_back = () if candidate_ids else waiting(database, promoter)
    for reason in held_back:
        click.echo(reason)
    if not done and not held_back:
        named = "already part of a record" if candidate_ids else "no accepted candidates are waiting"
        click.echo(f"nothing to promote: {named}")


def plain_record(record: ProjectRecord) -> dict[str, Any]:
    """Return a record as `--json` shows it."""
    found: dict[str, Any] = to_plain(record)
    return found


def plain_look(found: RecordView) -> dict[str, Any]:
    """Return a record with all that is related to it, as `projects show --json` gives it."""
    return {
        **plain_record(found.record),
        "contradictions": [to_plain(each) for each in found.contradictions],
        "known": [{"id": str(each.ref), "title": each.title} for each in found.known],
        "linked": [{"id": str(each.ref), "title": each.title} for each in found.linked],
        "merged": list(found.merged),
    }
