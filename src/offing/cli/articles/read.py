"""offing read: what extraction sees on a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.extract.address import UNKNOWN_ADDRESS
from offing.fetch_policy import fetch_policy
from offing.model.sources.article import Completeness, ExtractedArticle, NoArticle
from offing.model.values.codec import to_plain
from offing.services.monitoring.page_read import PageRead, read_file, read_url

_WIDEST = 100  # columns; longer lines are hard to read
_SOURCES = {
    "json-ld": "the page's structured data",
    "meta": "the page's meta tags",
    "time": "a time element",
    "text": "the text near the headline",
    "url": "the address",
    "entry": "the feed",
    "guess": "a guess from the whole page",
    "document": "the date of the document",
    "outlet-rule": "the outlet's rule",
}


@click.command(short_help="Show what is extracted from a page.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", default="", help="Address that the FILE was saved from; by default the one it names itself.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def read(site: Site, target: str, url: str, as_json: bool) -> None:
    """Show what is extracted from a URL, or from a saved page or PDF document.

    The page is read as in a run: by the rules of its outlet, in a worker process with all limits. Exit code 1 if it
    contains no article; the reason is shown.

    \b
    Example:  offing read https://example.org/news/1
              offing read saved.html --url https://example.org/news/1
              offing read release.pdf --json
    """  # noqa: D301 -- click reads the backspace itself
    seen = _page_read(site, target, url)
    if as_json:
        print_json(_plain(seen))
    elif isinstance(seen.found, ExtractedArticle):
        _show(seen.found, seen)
    if isinstance(seen.found, NoArticle):
        if not as_json:
            obstacle = f" ({seen.found.obstacle})" if seen.found.obstacle else ""
            say(f"offing: {target}: no article{obstacle}: {seen.found.reason}", err=True)
        click.get_current_context().exit(1)


def _page_read(site: Site, target: str, url: str) -> PageRead:
    folders = site.layers.folders
    if target.startswith(("http://", "https://")):
        return read_url(target, fetch_policy(site.settings, site.layers), folders)
    if Path(target).is_file():
        return read_file(Path(target).read_bytes(), url, folders)
    raise UsageError(f"{target!r} is neither a web address nor a file")


def _plain(seen: PageRead) -> dict[str, Any]:
    """Return everything as plain values, the article's fields on top; without an article the reason."""
    page = {
        "url": seen.url, "content_type": seen.content_type, "size": seen.size, "reservation": seen.reservation
    }  # fmt: skip
    found: dict[str, Any] = to_plain(seen.found)
    if isinstance(seen.found, NoArticle):
        return {"article": False, **found, "page": page}
    length = sum(map(len, seen.found.paragraphs))
    return {"article": True, **found, "length": length, "page": page}


def _show(found: ExtractedArticle, seen: PageRead) -> None:
    console = Console(highlight=False)
    width = min(console.width, _WIDEST)
    console.print(Text(found.title or "(no title)", style="bold"), width=width)
    console.print()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _facts(found, seen):
        grid.add_row(name, value)
    console.print(grid, width=width)
    page = 0
    for number, paragraph in enumerate(found.paragraphs):
        console.print()
        if found.pages and found.pages[number] != page:
            page = found.pages[number]
            console.print(Text(f"page {page}", style="dim"))
        console.print(Text(paragraph), width=width)


def _facts(found: ExtractedArticle, seen: PageRead) -> Iterator[tuple[str, Text]]:
    is_known = not found.url.startswith(UNKNOWN_ADDRESS)
    yield "outlet", _or_none(found.outlet if found.outlet not in UNKNOWN_ADDRESS else "", "not given")
    yield "author", _or_none(found.author, "none found")
    yield "published", _published(found)
    yield "section", _or_none(found.section, "none found")
    yield "language", _or_none(found.language, "unknown")
    yield "address", _or_none(found.url if is_known else "", "unknown; give it with --url")
    yield "text", Text(_length(found))
    yield "method", Text(found.method)
    yield "complete", _completeness(found)
    if seen.reservation:
        yield "reserved", Text(f"{seen.reservation} (rights reserved by the publisher)", style="yellow")


def _or_none(value: str | None, otherwise: str) -> Text:
    return Text(value) if value else Text(otherwise, style="dim")


def _published(found: ExtractedArticle) -> Text:
    if found.published is None:
        return Text("no date found", style="yellow")
    source = _SOURCES.get(found.published_source, found.published_source)
    return Text(f"{found.published:%Y-%m-%d %H:%M} UTC").append(f"  from {source}", style="dim")


def _length(found: ExtractedArticle) -> str:
    pages = f" on {found.pages[-1]} pages" if found.pages else ""
    cut = ", cut at the limit" if found.cut else ""
    return f"{len(found.paragraphs)} paragraphs{pages}, {sum(map(len, found.paragraphs)):,} characters{cut}"


def _completeness(found: ExtractedArticle) -> Text:
    if found.completeness is Completeness.COMPLETE:
        return Text("yes", style="green").append("  no sign that text is missing", style="dim")
    return Text(f"no, {found.completeness}", style="yellow").append(f": {found.completeness_sign}")
