"""offing projects, offing promote: the confirmed records."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from offing.cli.context import Site, pass_site, print_json
from offing.cli.joining import choose, merge, unmerge
from offing.cli.matching import match
from offing.cli.queue import CANDIDATE_ID
from offing.errors import UsageError
from offing.model.codec import to_plain
from offing.model.pairing import Thing, ThingKind
from offing.model.project import ProjectRecord
from offing.steps.plain import one_line
from offing.steps.projects import Look, look
from offing.steps.promote import DEFAULT_PREFIX, promote_accepted, promote_only, waiting
from offing.store.project import projects as all_projects


@click.group()
def projects() -> None:
    """The confirmed project records.

    \b
    Example:  offing projects list
    """  # noqa: D301 -- click reads the backspace itself


for _command in (choose, match, merge, unmerge):
    projects.add_command(_command)


@projects.command("list")
@click.option("--all", "gone", is_flag=True, help="Also those that were merged or withdrawn.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, by id.")
@pass_site
def list_(site: Site, *, gone: bool, as_json: bool) -> None:
    """List the records, by id.

    \b
    Examples:
      offing projects list --json
      offing projects list --all
    """  # noqa: D301 -- click reads the backspace itself
    from offing.cli.project_cards import print_projects, standing

    with site.database().read() as conn:
        records = all_projects(conn, gone=gone)
    if as_json:
        print_json([plain_record(record) for record in records])
    elif sys.stdout.isatty():
        print_projects(records)
    else:
        for record in records:
            countries = ",".join(record.facts.countries) or "-"
            click.echo(f"{record.id}\t{countries}\t{standing(record) or '-'}\t{one_line(record.facts.title)}")


@projects.command("show")
@click.argument("project_id", metavar="ID")
@click.option("--full", is_flag=True, help="Quotes uncut.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_site
def show(site: Site, project_id: str, *, full: bool, as_json: bool) -> None:
    """Show a record with its life line, drawn: years down the side, a mark and a short quote for each event.

    ○ on paper, ◐ under construction, ● completed, ◌ suspended, × cancelled; ! incident, ⇄ another provider,
    + expansion, → handover, ? audit, § court, ~ changed parties or sums; ≠ accounts that contradict each other.

    A project of another base is shown as it was imported.

    \b
    Examples:
      offing projects show off-2026-000001 --full
      offing projects show known:aiddata:40923
    """  # noqa: D301 -- click reads the backspace itself
    if project_id.startswith(f"{ThingKind.KNOWN}:"):
        _show_known(site, Thing.parse(project_id), as_json=as_json)
        return
    found = look(site.database(), project_id)
    if as_json:
        print_json(plain_look(found))
        return
    from offing.cli.project_cards import print_project

    print_project(found, full=full)


def _show_known(site: Site, named: Thing, *, as_json: bool) -> None:
    from offing.cli.project_cards import print_known
    from offing.steps.updates import known_project

    row = known_project(site.database(), named)
    if as_json:
        print_json(to_plain(row))
    else:
        print_known(named, row)


@projects.command("import", short_help="Take in the projects of another base.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", default="plain", show_default=True, help="Name of a mapping in config/known/, or a file.")
@click.option("--source", metavar="NAME", help="What the base is called, else as the mapping says.")
@pass_site
def import_(site: Site, file: Path, mapping: str, source: str | None) -> None:
    """Take in the projects of another base from CSV or JSONL.

    They stay apart from the records of this site; `offing projects known` gives them as rows for `offing match`.
    Importing a file again changes only what it says otherwise. Rows that cannot be used, and cells that were left out,
    are told on stderr; the exit code is 1 where a row was refused.

    \b
    Examples:
      offing projects import gcdf.csv --mapping aiddata-gcdf-3.0
      offing projects import ours.jsonl --source our-2024-list
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.known import load_shape
    from offing.config.lexicon import load_lexicon
    from offing.steps.known import import_known, open_rows
    from offing.steps.known_rows import Names, Reader

    shape = load_shape(site.layers, mapping)
    shape = replace(shape, source=source) if source else shape
    database, reader = site.database(), Reader(shape, Names(load_lexicon(site.layers)))
    with (
        open_rows(file) as rows,
        _bar(file) as bar,
    ):
        done = import_known(database, rows, reader, datetime.now(UTC), lambda at: bar.update(at - bar.pos))
    for trouble in done.troubles:
        click.echo(f"{file}: {trouble}", err=True)
    kept = done.kept
    click.echo(f"{shape.source}: {kept.new} new, {kept.changed} changed, {kept.same} as before, {done.refused} refused")
    click.get_current_context().exit(1 if done.refused else 0)


def _bar(file: Path) -> Any:
    """A bar of how much of a file was read; it shows only where somebody looks on."""
    label = file.name if sys.stderr.isatty() else None
    return click.progressbar(length=file.stat().st_size, label=label, file=sys.stderr)


@projects.command("known", short_help="The projects of other bases, as rows for `offing match`.")
@click.option("--source", metavar="NAME", help="Only those of one base.")
@pass_site
def known(site: Site, source: str | None) -> None:
    """Write the projects that were imported from other bases as JSONL, for `offing match`.

    \b
    Example:  offing projects known > known.jsonl
              offing match known.jsonl new.jsonl -o matches.jsonl
    """  # noqa: D301 -- click reads the backspace itself
    from offing.steps.known import account_row
    from offing.store.known import known_projects

    with site.database().read() as conn:
        for each in known_projects(conn, source):
            click.echo(json.dumps(account_row(each), ensure_ascii=False))


@click.command()
@click.argument("candidate_ids", type=CANDIDATE_ID, metavar="[ID]...", nargs=-1)
@click.option("--into", metavar="PROJECT", help="Fold these candidates into a record that is there.")
@click.option("--prefix", default=DEFAULT_PREFIX, show_default=True, help="What new ids start with.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of what was promoted.")
@pass_site
def promote(site: Site, candidate_ids: tuple[int, ...], into: str | None, prefix: str, *, as_json: bool) -> None:
    """Turn accepted candidates into project records, or fold them into one.

    Without ID: all that are accepted and part of no record yet. Running it again changes nothing.

    \b
    Examples:
      offing promote
      offing promote 12 15 --into off-2026-000001
    """  # noqa: D301 -- click reads the backspace itself
    if into and not candidate_ids:
        raise UsageError("--into needs the candidates: offing promote ID… --into PROJECT")
    database, now = site.database(), datetime.now(UTC)
    chosen = promote_only(database, candidate_ids, now, prefix, into) if candidate_ids else None
    done = promote_accepted(database, now, prefix) if chosen is None else chosen
    if as_json:
        print_json([{"candidate": each.candidate_id, "project": each.project_id, "new": each.new} for each in done])
        return
    for each in done:
        way = "became" if each.new else "folded into"
        click.echo(f"candidate {each.candidate_id} {way} {each.project_id}")
    kept_back = () if candidate_ids else waiting(database)
    for reason in kept_back:
        click.echo(reason)
    if not done and not kept_back:
        click.echo("nothing to promote: no accepted candidate waits")


def plain_record(record: ProjectRecord) -> dict[str, Any]:
    """A record as `--json` shows it."""
    found: dict[str, Any] = to_plain(record)
    return found


def plain_look(found: Look) -> dict[str, Any]:
    """A record with all that stands around it, as `projects show --json` gives it."""
    return {
        **plain_record(found.record),
        "contradictions": [to_plain(each) for each in found.contradictions],
        "known": [{"id": str(each.thing), "title": each.title} for each in found.known],
        "linked": [{"id": str(each.thing), "title": each.title} for each in found.linked],
        "merged": list(found.merged),
    }
