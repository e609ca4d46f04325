"""offing quarantine: items set aside because handling them failed in an unknown way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.model.values.codec import to_plain
from offing.model.values.numbers import HIGHEST_ID, counted
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.publish.cells import clean
from offing.redaction import redact
from offing.services.monitoring.quarantine import QuarantineCase, case_of, drop_for_good
from offing.services.running.run_context import utc_now
from offing.store.runs.quarantine import Which, count_quarantined, quarantined, release

SHOWN = 50
_SHORT = 80  # characters of a reason in the list
STAGE = click.option("--stage", "--verb", "stage", type=click.Choice([str(verb) for verb in MACHINE_VERBS]))
SINCE = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="Only items set aside since then (UTC)."
)
FAULT = click.option("--class", "fault", default="", help="Only this kind of error: hang, memory, crash, ValueError …")
IDS = click.argument("ids", type=click.IntRange(1, HIGHEST_ID), nargs=-1, metavar="[ID]...")


@click.group(short_help="Inspect, retry or drop items that failed.")
def quarantine() -> None:
    """Inspect, retry or drop items that were set aside because of an unexpected error."""


def _which(ids: tuple[int, ...], stage: str | None, since: datetime | None, fault: str) -> Which:
    return Which(ids, Verb(stage) if stage else None, since.replace(tzinfo=UTC) if since else None, fault)


@quarantine.command("list")
@STAGE
@SINCE
@FAULT
@click.option(
    "--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="How many to show, newest first."
)
@click.option("--json", "as_json", is_flag=True, help="All items as JSON.")
@pass_site
def list_(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    site: Site, stage: str | None, since: datetime | None, fault: str, limit: int, as_json: bool
) -> None:
    """List the items in quarantine, newest first.

    \b
    Example:  offing quarantine list --stage extract --class hang
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().read() as conn:
        found = quarantined(conn, _which((), stage, since, fault), None if as_json else limit)
        total = count_quarantined(conn)
    if as_json:
        print_json([to_plain(item) for item in found])
        return
    if not found:
        say("no such items in quarantine" if total else "the quarantine is empty")
        return
    table = Table("id", "stage", "class", "since", "tries", "item", "reason", box=None)
    for item in found:
        since_when = f"{item.since:%Y-%m-%d %H:%M}"
        cells = (str(item.id), item.verb, item.fault, since_when, str(item.tries), item.url, item.reason[:_SHORT])
        table.add_row(*map(_text, cells))
    Console().print(table)
    say(f"{len(found)} of {total} · next: offing quarantine show {found[0].id}")


@quarantine.command("show")
@click.argument("number", type=click.IntRange(1, HIGHEST_ID), metavar="ID")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Save the input of the stage to a file.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def show(site: Site, number: int, save: Path | None, as_json: bool) -> None:
    """Show one item: reason, traceback, input of the stage, and how to reproduce the error.

    \b
    Example:  offing quarantine show 12 --save page.html
    """  # noqa: D301 -- click reads the backspace itself
    case = case_of(site.database(), number)
    if save is not None:
        if not case.content:
            raise UsageError(f"{case.item.verb} has no input that could be saved")
        save.write_bytes(case.content)
    if as_json:
        print_json(_plain(case))
    elif save is not None:
        say(f"saved {len(case.content)} bytes to {save}")
    else:
        _print(case)


def _plain(case: QuarantineCase) -> dict[str, Any]:
    given = {"bytes": len(case.content), "sha256": case.digest} if case.content else None
    past = [to_plain(each) for each in case.past]
    return {**to_plain(case.item), "input": given, "commands": list(case.commands), "past": past}


def _print(case: QuarantineCase) -> None:
    item, console = case.item, Console()
    grid = Table(box=None, show_header=False, pad_edge=False)
    rows = [
        ("stage", item.verb),
        ("item", item.url),
        ("reason", item.reason),
        ("class", item.fault),
        ("since", f"{item.since:%Y-%m-%d %H:%M} UTC, {item.tries} tries, offing {item.version}"),
        ("input", f"{len(case.content)} bytes, SHA-256 {case.digest}" if case.content else ""),
        *(("reproduce", command) for command in case.commands),
        *(("earlier", f"{past.at:%Y-%m-%d %H:%M}  {past.ending}  {past.cause}") for past in case.past),
    ]
    for name, value in rows:
        if value:
            grid.add_row(Text(name, "bold"), _text(value))
    console.print(grid)
    if item.trace:
        console.print(Text("\n".join(clean(line) for line in item.trace.splitlines()), "dim"), soft_wrap=True)


def _text(value: str) -> Text:
    """Return text from outside without markup or control characters that could control the terminal."""
    return Text(" ".join(clean(redact(value)).split()))


@quarantine.command("retry")
@IDS
@STAGE
@SINCE
@FAULT
@pass_site
def retry(site: Site, ids: tuple[int, ...], stage: str | None, since: datetime | None, fault: str) -> None:
    """Put items back to work, all or some. An upgrade of offing does this once by itself.

    \b
    Example:  offing quarantine retry --stage extract --since 2026-03-01
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().write() as conn:
        count = release(conn, _which(ids, stage, since, fault), utc_now(), site.settings.user)
    say(f"{counted(count, 'item')} will be retried; next: offing run")


@quarantine.command("drop")
@IDS
@STAGE
@SINCE
@FAULT
@click.option("--reason", required=True, help="Why the items can be dropped.")
@pass_site
def drop(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    site: Site, ids: tuple[int, ...], stage: str | None, since: datetime | None, fault: str, reason: str
) -> None:
    """Drop items for good. Who dropped them and why is recorded. A feed is removed from the list instead.

    \b
    Example:  offing quarantine drop 12 13 --reason "a page of pictures"
    """  # noqa: D301 -- click reads the backspace itself
    if not (ids or stage or since or fault):
        raise UsageError("choose items by ID, --stage, --since or --class")
    if not reason.strip():
        raise UsageError("--reason is empty: give a reason")
    which = _which(ids, stage, since, fault)
    count = drop_for_good(site.database(), which, site.settings.user, reason.strip(), utc_now())
    say(f"dropped {counted(count, 'item')}")
