"""offing read: what extraction sees on a page."""

from __future__ import annotations

from pathlib import Path

import click

from offing.cli.context import Site, pass_site, print_json
from offing.errors import UsageError
from offing.jobs import fetch_policy
from offing.model.article import NoArticle
from offing.model.codec import to_plain
from offing.steps.check import read_file, read_page


@click.command(short_help="What extraction sees on a page.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", default="https://example.org/", help="Address that a FILE was saved from.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def read(site: Site, target: str, url: str, as_json: bool) -> None:
    r"""Show what extraction sees at a URL or in a saved page.

    \b
    Example:  offing read https://example.org/news/1
              offing read saved.html --json
    """
    if target.startswith(("http://", "https://")):
        found = read_page(target, fetch_policy(site.settings, site.layers))
    elif Path(target).is_file():
        found = read_file(Path(target).read_bytes(), url)
    else:
        raise UsageError(f"{target!r} is neither a web address nor a file")
    if isinstance(found, NoArticle):
        raise UsageError(f"{target}: {found.reason}")
    if as_json:
        print_json(to_plain(found))
        return
    published = f"{found.published:%Y-%m-%d %H:%M %Z} (from {found.published_source})" if found.published else "unknown"
    click.echo(click.style(found.title, bold=True))
    click.echo(f"{found.outlet} · {found.author or 'no author'} · {published} · {found.language} · {found.method}\n")
    click.echo("\n\n".join(found.paragraphs))
