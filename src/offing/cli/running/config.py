"""offing config: the site's own config, laid over what ships."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from offing.cli.site import PIPELINES, Site, pass_site
from offing.doctor import check_config, check_groups_polled
from offing.services.monitoring.site_check import Finding
from offing.shipped import shipped
from offing.store.database.engine import open_database

COMMON = 0.01  # share of ordinary articles from which a name is too common to count without other words


@click.group(short_help="Check the config, and show what the site changes.")
def config() -> None:
    """Check the config, and show what the site changes."""


@config.command("check")
@click.option(
    "--news",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ordinary articles to test names against (JSONL, also .gz).",
)
@pass_site
def check(site: Site, news: Path | None) -> None:
    """Check every config file, and report the first error of each kind with file, line and key.

    Unused files are errors, too, and so is a pipeline for a group that no feed belongs to. Exit code 2 if there is an
    error. A group whose feeds are all inactive is a warning.

    Two firms or lenders must not share a name that counts without context words, and such a name must not be that of a
    country or town, or a lower-case word. With --news, a name found in more than one in a hundred ordinary articles is
    an error, too: give it a `near`. For a language added by the site, the tables with entries and the empty ones are
    listed.

    \b
    Example:  offing config check
              offing config check --news last_month.jsonl.gz
    """  # noqa: D301 -- click reads the backspace itself
    findings = list(check_config(site.settings.config, PIPELINES, site.groups))
    if news and not any(finding.advice for finding in findings):
        findings += _common(site, news)
    for warning in _not_polled(site):
        click.echo(f"warning: {warning.advice}", err=True)
    for finding in findings:
        click.echo(finding.advice or f"{finding.what}: {finding.found}", err=bool(finding.advice))
    click.get_current_context().exit(2 if any(finding.advice for finding in findings) else 0)


def _not_polled(site: Site) -> list[Finding]:
    """Return findings on groups of pipelines of which no feed is asked; none if there is no database yet."""
    file = site.settings.database_file
    if file and not file.exists():
        return []
    database = open_database(site.settings.database)
    try:
        return list(check_groups_polled(database, PIPELINES))
    finally:
        database.close()


def _common(site: Site, news: Path) -> Iterator[Finding]:
    """Yield one finding for each name that is common in ordinary news."""
    from offing.cli.jsonl_rows import rows_of
    from offing.services.analysis.analyse import article_of
    from offing.services.analysis.analyst import load_analyst
    from offing.services.lexicon.lexicon_check import common_names
    from offing.services.lexicon.row_positions import LexiconRows

    analyst = load_analyst(site.settings.config)
    rows = rows_of(news)
    signs = analyst.recognizer.language_words
    articles = [article_of(row, number, analyst.country_of, signs) for number, row in enumerate(rows, 1)]
    common = common_names(articles, analyst.recognizer)
    yield Finding("ordinary news", f"{len(articles)} articles, {len(common)} names of firms and lenders found in them")
    written = LexiconRows(site.layers)
    for name in common:
        if name.articles > max(1, COMMON * len(articles)):
            found = f"{name.alias!r} of {name.entity} is found in {name.articles} of {len(articles)} ordinary articles"
            yield Finding(
                name.alias, found, f"{written.where(name.entity, name.alias)}: {found}: give it a `near`, or remove it"
            )


@config.command("diff")
@pass_site
def diff(site: Site) -> None:
    """Show the lines of the site's own files that differ from the config that ships.

    \b
    Example:  offing config diff
    """  # noqa: D301 -- click reads the backspace itself
    folder = site.settings.config
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".toml", ".csv"}) if folder else []
    if not files:
        click.echo("no config of its own: the site uses the config that ships with offing")
    for path in files:
        assert folder is not None
        base = shipped("config") / path.relative_to(folder)
        old = base.read_text(encoding="utf-8").splitlines() if base.is_file() else []
        new = path.read_text(encoding="utf-8").splitlines()
        for line in _own_lines(old, new, str(path.relative_to(folder))):
            click.echo(line)


def _own_lines(old: list[str], new: list[str], name: str) -> list[str]:
    """Return the site's lines that differ from those that ship: its rows replace those below, or add to them."""
    added = [line for line in difflib.ndiff(old, new) if line.startswith("+ ")]
    return [f"{name}:", *(f"  {line}" for line in added)] if added else []
