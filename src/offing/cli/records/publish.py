"""offing publish: a release, and the check before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from offing.cli.output.progress import paced
from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.model.projects.release_format import ReleaseFormat
from offing.model.values.numbers import counted
from offing.services.releases.checks import Checked, FindingState, check
from offing.services.releases.one_pass import Terms
from offing.services.releases.publish import publish as write
from offing.services.views.finding_sheets import export_findings, plain_finding

SHOWN = 20  # findings of each rule on a terminal


@click.command()
@click.argument("version", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="A new or empty folder; with --check, a spreadsheet.")
@click.option("--check", "only_check", is_flag=True, help="Only check; exit code 1 if anything blocks the release.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([each.value for each in ReleaseFormat]),
    help="A format beside the tables (csv: none); repeatable. By default those of release.toml.",
)
@click.option("--by", metavar="NAME", help="Who publishes; by default your system account.")
@click.option("--json", "as_json", is_flag=True, help="With --check: one JSON document.")
@pass_site
@click.pass_context
def publish(context: click.Context, site: Site, /, version: str | None, out: Path | None, **options: object) -> None:
    """Publish a release of the project records: CSV files, a data description, checksums and changes.

    First, all records are checked (config/release.toml): errors block the release, and warnings block it until somebody
    signs them off. A version that was published before is written again byte for byte, whatever has changed since.

    \b
    Examples:
      offing publish --check --out monday.xlsx
      offing releases signoff 3f2a9c01b7d4 --note "the contract says so too"
      offing publish 1.0 --out release-1.0 --by dana
      offing publish 1.0 --out release-1.0 --format xlsx --format sqlite
    """  # noqa: D301 -- click reads the backspace itself
    by = str(options["by"] or site.settings.user)
    if options["only_check"]:
        with paced("checking") as report:
            done = check(site.database(), datetime.now(UTC), Terms(by, report))
        _report(done, as_json=bool(options["as_json"]))
        if out:
            export_findings(out, done.findings)
            say(f"{out}: {counted(len(done.findings), 'finding')}", err=True)
        context.exit(1 if done.blocking else 0)
    if version is None or out is None:
        raise UsageError("give a version and a folder, such as `offing publish 1.0 --out release-1.0`, or --check")
    chosen = cast("tuple[str, ...]", options["formats"])
    formats = tuple(map(ReleaseFormat, chosen)) if chosen else None
    with paced("publishing") as report:
        made = write(site.database(), version, out, datetime.now(UTC), Terms(by, report, formats))
    what = "written again, unchanged" if made.again else "new"
    click.echo(f"release {made.version} ({what}): {counted(made.records, 'record')} in {made.folder}")
    if made.changes:
        click.echo(made.changes)


def _report(done: Checked, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "records": done.records,
                "changes": done.changes,
                "blocking": done.blocking,
                "more": done.more,
                "findings": [plain_finding(each) for each in done.findings],
            }
        )
        return
    shown: dict[str, int] = {}
    for each in done.findings:
        rule = each.finding.rule
        shown[rule] = shown.get(rule, 0) + 1
        if shown[rule] <= SHOWN:
            say(_line(each))
    for name, number in shown.items():
        if number > SHOWN:
            say(f"… and {number - SHOWN} more of {name}; --out FILE writes all of them")
    if done.more:
        say(f"… and {done.more} more that are not listed; fix these first, or turn a rule off in config/release.toml")
    say(_sum(done))


def _line(each: FindingState) -> str:
    found = each.finding
    state = f"signed off by {each.signed.by}: {each.signed.note}" if each.signed else found.remedy
    return f"{found.key}  {found.severity:7}  {found.rule}  {found.said}\n              {state}"


def _sum(done: Checked) -> str:
    number = len(done.findings) + done.more
    found = f"{counted(number, 'finding')}, {done.blocking} blocking" if number else "no findings"
    return f"{counted(done.records, 'record')} checked: {found}; {done.changes}"
