"""offing config: the site's own config over what ships."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from offing.cli.context import Site, pass_site
from offing.doctor import check_config
from offing.shipped import shipped


@click.group(short_help="The site's own config, over what ships.")
def config() -> None:
    """Check the config, and show what the site's own changes."""


@config.command("check")
@pass_site
def check(site: Site) -> None:
    r"""Load every config file; the first error of each kind names file, line and key.

    \b
    Example:  offing config check
    """
    findings = list(check_config(site.layers, Path("pipelines")))
    for finding in findings:
        click.echo(finding.advice or f"{finding.what}: {finding.found}", err=bool(finding.advice))
    click.get_current_context().exit(2 if any(finding.advice for finding in findings) else 0)


@config.command("diff")
@pass_site
def diff(site: Site) -> None:
    r"""Show the site's own files beside those that ship.

    \b
    Example:  offing config diff
    """
    folder = site.settings.config
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".toml", ".csv"}) if folder else []
    if not files:
        click.echo("the site has no config of its own: everything is as it ships")
    for path in files:
        assert folder is not None
        base = shipped("config") / path.relative_to(folder)
        old = base.read_text(encoding="utf-8").splitlines() if base.is_file() else []
        new = path.read_text(encoding="utf-8").splitlines()
        for line in _own_lines(old, new, str(path.relative_to(folder))):
            click.echo(line)


def _own_lines(old: list[str], new: list[str], name: str) -> list[str]:
    """The site's lines that do not stand so in what ships: its rows replace or add to those below."""
    added = [line for line in difflib.ndiff(old, new) if line.startswith("+ ")]
    return [f"{name}:", *(f"  {line}" for line in added)] if added else []
