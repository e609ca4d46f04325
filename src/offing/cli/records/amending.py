"""offing projects correct, withdraw, split, undo, history: records that are published stay correctable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from offing.cli.site import CANDIDATE_ID, Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.projects.record_change import Operation
from offing.model.values.codec import to_plain
from offing.model.values.numbers import HIGHEST_ID
from offing.services.records.amending import Amended, Statement
from offing.services.records.correcting import correct as correct_record
from offing.services.records.correcting import withdraw as withdraw_record
from offing.services.records.edit import Edit
from offing.services.records.splitting import split as split_record
from offing.services.records.undoing import undo_change
from offing.services.views.record_changes import Altered, Moment, altered, said_of
from offing.services.views.record_changes import history as history_of

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _stated(source: str) -> Callable[[_Command], _Command]:
    """Add the options that say who changes a record, why and on which source, and whether to do it."""
    options = (
        click.option("--reason", required=True, help="Reason, for later readers."),
        click.option("--source", default="", metavar="URL", help=source),
        click.option("--yes", is_flag=True, help="Apply the change; without it, only show it."),
        click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object."),
    )

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@click.command(short_help="Correct one value of a record, with the reason and the source.")
@click.argument("project_id", metavar="ID")
@click.argument("field", metavar="FIELD")
@click.option("--set", "set_", metavar="VALUE", help="Set a field that has a single value; an empty value clears it.")
@click.option("--add", metavar="VALUE", help="Add a value to a field that can have several.")
@click.option("--replace", nargs=2, metavar="OLD NEW", help="Replace one value with another.")
@click.option("--remove", metavar="VALUE", help="Remove a wrong value; later news does not bring it back.")
@click.option("--on", default="", metavar="DATE", help="Date of a new status: 2026-03-12, 2026-03 or 2026.")
@_stated("Address or name of the supporting document; published with the value.")
@pass_site
def correct(site: Site, /, project_id: str, field: str, **options: Any) -> None:
    """Correct one value of a record; all others stay as they are.

    The correction is recorded and published with its author, date, reason and source; the quote and wording of the
    value that it replaces are not published. Later news does not override it: a removed value stays removed, and a
    corrected status stays until news of a later date changes it. `offing projects undo ID` undoes it. Values are
    written as in `offing decide --set`. Without --yes, only shows the change.

    Beside the facts of a project, a record has four fields of its own, which only people set: parent_id (the umbrella
    agreement or programme that it is part of), is_umbrella and recommended_for_aggregates (yes or no) and
    staff_comments.

    \b
    Examples:
      offing projects correct off-2026-000001 amounts --replace "85000000 EUR loan" "90000000 EUR loan"
          --reason "the signed contract says 90" --source https://treasury.example/contract.pdf --yes
      offing projects correct off-2026-000001 firms --remove ZTE --reason "bid, but did not win"
      offing projects correct off-2026-000001 status --set completed --on 2026-03 --reason "opened by the minister"
      offing projects correct off-2026-000007 parent_id --set off-2026-000001 --reason "phase 2 of the programme" --yes
    """  # noqa: D301 -- click reads the backspace itself
    edit = _edit(field, options)
    if field in {"firms", "lenders"}:
        edit = _with_parties(site, edit)
    found = correct_record(site.database(), project_id, edit, _said(site, options), keep=options["yes"])
    _show(found, options, "to correct it")


@click.command(short_help="Withdraw a record; its id stays on file with the reason.")
@click.argument("project_id", metavar="ID")
@_stated("Address or name of the supporting document.")
@pass_site
def withdraw(site: Site, /, project_id: str, **options: Any) -> None:
    """Withdraw a record: it is no longer published, but its id stays on file with the reason.

    `offing projects undo ID` brings it back. Without --yes, only shows the change.

    \b
    Example:  offing projects withdraw off-2026-000004 --reason "the firm is not Chinese" --yes
    """  # noqa: D301 -- click reads the backspace itself
    found = withdraw_record(site.database(), project_id, _said(site, options), keep=options["yes"])
    _show(found, options, "to withdraw it")


@click.command(short_help="Split candidates off a record into a record of their own.")
@click.argument("project_id", metavar="ID")
@click.argument("candidate_ids", type=CANDIDATE_ID, metavar="CANDIDATE...", nargs=-1, required=True)
@_stated("Address or name of the supporting document.")
@pass_site
def split(site: Site, /, project_id: str, candidate_ids: tuple[int, ...], **options: Any) -> None:
    """Split candidates off a record into a record of their own, with their duplicates.

    Corrections stay with the original record. `offing projects undo ID` undoes the split; if the new id has been
    published, merge it back instead. Without --yes, only shows the change.

    \b
    Example:  offing projects split off-2026-000003 12 15 --reason "the second phase is another contract" --yes
    """  # noqa: D301 -- click reads the backspace itself
    found = split_record(site.database(), project_id, candidate_ids, _said(site, options), keep=options["yes"])
    _show(found, options, "to split it")


@click.command(short_help="Undo a correction, merge, split or withdrawal.")
@click.argument("project_id", metavar="ID")
@click.option(
    "--change", type=click.IntRange(1, HIGHEST_ID), metavar="NUMBER", help="Undo this change instead of the last one."
)
@_stated("Address or name of the supporting document.")
@pass_site
def undo(site: Site, /, project_id: str, change: int | None, **options: Any) -> None:
    """Undo the last change of a record, or the one given by --change. The undo is recorded, too.

    Changes can be undone in any order. `offing projects history ID` shows their numbers. Without --yes, only shows the
    result.

    \b
    Example:  offing projects undo off-2026-000001 --reason "the document was of another project" --yes
    """  # noqa: D301 -- click reads the backspace itself
    found = undo_change(site.database(), project_id, _said(site, options), change, keep=options["yes"])
    _show(found, options, "to undo it")


@click.command(short_help="Show the history of a record.")
@click.argument("project_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, oldest first.")
@pass_site
def history(site: Site, project_id: str, *, as_json: bool) -> None:
    """Show the history of a record: promotions, updates, corrections, merges, splits, withdrawals, releases.

    Numbers in brackets identify changes for `offing projects undo ID --change NUMBER`.

    \b
    Example:  offing projects history off-2026-000001
    """  # noqa: D301 -- click reads the backspace itself
    found = history_of(site.database(), project_id)
    if as_json:
        print_json([to_plain(each) for each in found])
        return
    for each in found:
        click.echo(_line(each))


def _edit(field: str, options: dict[str, Any]) -> Edit:
    wanted = {
        Operation.SET: options["set_"],
        Operation.ADD: options["add"],
        Operation.REPLACE: options["replace"],
        Operation.REMOVE: options["remove"],
    }
    chosen = [(operation, value) for operation, value in wanted.items() if value is not None]
    if len(chosen) != 1:
        raise UsageError("use exactly one of --set VALUE, --add VALUE, --replace OLD NEW, --remove VALUE")
    ((operation, value),) = chosen
    old, new = value if operation is Operation.REPLACE else ("", value)
    return Edit(field, operation, new, old, options["on"])


def _with_parties(site: Site, edit: Edit) -> Edit:
    from dataclasses import replace

    from offing.services.views.actors import load_register
    from offing.services.views.candidate_view import listed_parties

    return replace(edit, parties=listed_parties(load_register(site.layers)))


def _said(site: Site, options: dict[str, Any]) -> Statement:
    return Statement(options["name"] or site.settings.user, datetime.now(UTC), options["reason"], options["source"])


def _show(found: Amended, options: dict[str, Any], to_do: str) -> None:
    changes = altered(found)
    if options["as_json"]:
        print_json({"done": options["yes"], "change": to_plain(found.change), "alters": list(map(to_plain, changes))})
        return
    click.echo(said_of(found.change) if options["yes"] else f"preview: {said_of(found.change)}")
    for each in changes:
        click.echo(_altered(each))
    if options["yes"]:
        back = f"to undo: offing projects undo {found.change.project_id} --reason WHY --yes"
        click.echo(back if found.change.undoes is None else f"done, by {found.change.by}")
    else:
        click.echo(f"not changed yet; {to_do}, add --yes")


def _altered(each: Altered) -> str:
    return f"  {each.project_id}  {each.field}: {each.before or '(empty)'}  →  {each.after or '(empty)'}"


def _line(each: Moment) -> str:
    number = f"[{each.number}]" if each.number else ""
    gone = "" if each.stands else " (undone)"
    why = ": ".join(filter(None, (each.by, each.reason)))
    source = f" <{each.source}>" if each.source else ""
    return f"{each.at:%Y-%m-%d %H:%M} {number:>6}  {each.said}{gone}{f'  ({why})' if why else ''}{source}"
