"""offing doctor: checks what offing depends on."""

from __future__ import annotations

from pathlib import Path

import click

from offing.cli.running.first_contact import meet_outlets
from offing.cli.site import PIPELINES, Site, pass_site, print_json
from offing.doctor import (
    check_addresses,
    check_config,
    check_contact,
    check_database,
    check_groups_polled,
    check_growth,
    check_machine,
    check_private,
    check_reader,
    check_translation,
    check_turns,
    usable_layers,
)
from offing.fetch_policy import fetch_policy
from offing.logs import STDERR
from offing.model.values.codec import to_plain
from offing.services.monitoring.archive_check import check_archive
from offing.services.monitoring.site_check import check_site
from offing.store.database.engine import open_database


@click.command(short_help="Check the installation, and show what to fix.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--network", is_flag=True, help="Also ask a few feeds, as a run would.")
@click.option("--live", is_flag=True, help="Only ask ten outlets of the catalogue, and their newest pages.")
@click.option("--group", "groups", multiple=True, metavar="GROUP", help="With --live: outlets of these groups only.")
@pass_site
def doctor(site: Site, *, as_json: bool, network: bool, live: bool, groups: tuple[str, ...]) -> None:
    """Check machine, libraries, config, database, clock, runs and feeds, and show what to fix. Changes nothing.

    Exit code 1: something is to be mended; its line begins with `!` and says what to do.

    --live is for the first contact with the real web: names, certificates, robots.txt, feeds and articles of ten
    outlets, politely and without storing anything. It needs no site.

    \b
    Example:  offing doctor
              offing doctor --network
              offing doctor --live
    """  # noqa: D301 -- click reads the backspace itself
    if live:
        meet_outlets(site, groups, as_json=as_json)
    findings = [*check_machine(_folder(site)), *check_config(site.settings.config, PIPELINES, site.groups)]
    findings.append(check_reader(usable_layers(site.settings.config), site.settings.reader_key))
    findings.append(check_translation(usable_layers(site.settings.config), site.settings.translation_key))
    findings.append(check_contact(site.settings.contact))
    findings += check_archive(usable_layers(site.settings.config))
    file = site.settings.database_file
    log = None if site.settings.log_target == STDERR else Path(site.settings.log_target)
    findings += check_private(file, log)
    if file is None or file.exists():
        database = open_database(site.settings.database)
        findings += [*check_database(database), *check_turns(database, usable_layers(site.settings.config))]
        findings += [*check_addresses(database), *check_groups_polled(database, PIPELINES)]
        policy = fetch_policy(site.settings, site.layers) if network else None
        findings += check_site(database, PIPELINES, policy)
        findings += check_growth(database, file)
        database.close()
    if as_json:
        print_json([to_plain(finding) for finding in findings])
    else:
        for finding in findings:
            mark = "!" if finding.advice else " "
            click.echo(f"{mark} {finding.what}: {finding.found}{': ' if finding.advice else ''}{finding.advice}")
        if file is not None and not file.exists():
            click.echo(f"  database: none yet ({file}); create one with `offing init`")
    click.get_current_context().exit(1 if any(finding.advice for finding in findings) else 0)


def _folder(site: Site) -> Path:
    """Return the folder whose disk fills: that of an SQLite file, else the current one."""
    file = site.settings.database_file
    return file.parent if file and file.parent.is_dir() else Path()
