"""offing config: the site's own config, laid over what ships."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from offing.cli.site import PIPELINES, Site, pass_site
from offing.doctor import Finding, check_config, check_groups_polled
from offing.shipped import shipped
from offing.store.database.engine import open_database

COMMON = 0.01  # share of ordinary articles from which a name is too common to count without other words


@click.group(short_help="The site's own config, over what ships.")
def config() -> None:
    """Check the config, and show what the site's own files change."""


@config.command("check")
@click.option("--news", metavar="FILE", type=click.Path(path_type=Path), help="Ordinary articles (JSONL, also .gz).")
@pass_site
def check(site: Site, news: Path | None) -> None:
    """Load every config file; the first error of each kind names file, line and key. So does every start of a command.

    A file that nothing reads is an error too, and a pipeline for a group that no feed of the catalogue or list has.

    No two firms or lenders may share a name that counts without other words, nor may it be that of a country or town,
    or a word in small letters. With --news, names that count in more than one in a hundred of ordinary articles are
    errors, too: such a name needs a `near`. The exit code is 2 where there is an error. For a language that the site
    adds it says which tables have lines and which are empty. A group of which no feed is asked now is a warning.

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
    yield Finding(
        "ordinary news", f"{len(articles)} articles, {len(common)} names of firms and lenders counted in them"
    )
    written = LexiconRows(site.layers)
    for name in common:
        if name.articles > max(1, COMMON * len(articles)):
            told = f"{name.alias!r} of {name.entity} counts in {name.articles} of {len(articles)} ordinary articles"
            yield Finding(
                name.alias, told, f"{written.where(name.entity, name.alias)}: {told}: give it a `near`, or take it out"
            )


@config.command("diff")
@pass_site
def diff(site: Site) -> None:
    """Show the site's own files beside those that ship.

    \b
    Example:  offing config diff
    """  # noqa: D301 -- click reads the backspace itself
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
    """Return the site's lines that differ from those that ship: its rows replace those below, or add to them."""
    added = [line for line in difflib.ndiff(old, new) if line.startswith("+ ")]
    return [f"{name}:", *(f"  {line}" for line in added)] if added else []
