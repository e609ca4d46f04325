"""offing doctor: checks what offing depends on."""

from __future__ import annotations

from pathlib import Path

import click

from offing.cli.site import PIPELINES, Site, pass_site, print_json
from offing.doctor import (
    check_addresses,
    check_config,
    check_contact,
    check_database,
    check_groups_polled,
    check_machine,
    check_private,
    check_reader,
    check_translation,
    check_turns,
    usable_layers,
)
from offing.logs import STDERR
from offing.model.values.codec import to_plain
from offing.store.database.engine import open_database


@click.command(short_help="Check the installation, and show what to fix.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def doctor(site: Site, as_json: bool) -> None:
    """Check machine, libraries, config and database, and show what to fix. Changes nothing.

    \b
    Example:  offing doctor
    """  # noqa: D301 -- click reads the backspace itself
    findings = [*check_machine(Path()), *check_config(site.settings.config, PIPELINES, site.groups)]
    findings.append(check_reader(usable_layers(site.settings.config), site.settings.reader_key))
    findings.append(check_translation(usable_layers(site.settings.config), site.settings.translation_key))
    findings.append(check_contact(site.settings.contact))
    file = site.settings.database_file
    log = None if site.settings.log_target == STDERR else Path(site.settings.log_target)
    findings += check_private(file, log)
    if file is None or file.exists():
        database = open_database(site.settings.database)
        findings += [*check_database(database), *check_turns(database, usable_layers(site.settings.config))]
        findings += [*check_addresses(database), *check_groups_polled(database, PIPELINES)]
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
