"""offing add: adds articles found elsewhere, on the same path as all others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from offing.cli.feeds.options import as_option
from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.model.operation.user import Permission
from offing.services.review.adding import Added, AddResult, Pasted, add_addresses, add_text
from offing.services.running.run_context import utc_now

STDIN = "-"
MOST_REASONS = 5  # in one sentence


@click.command(short_help="Add an article found elsewhere.")
@click.argument("urls", nargs=-1)
@click.option("--from", "file", metavar="FILE", help="Read the addresses from a file, one per line; `-` is stdin.")
@click.option("--text", metavar="FILE", help="Add this text, if the page cannot be fetched; needs --title.")
@click.option("--title", default="", help="Headline of the text.")
@click.option("--outlet", default="", help="Outlet that published the text.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Day on which the text was published.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_option
@pass_site
def add(site: Site, /, urls: tuple[str, ...], file: str | None, as_json: bool, **options: Any) -> None:
    """Add the articles at URLS. The next run fetches and processes them like any others.

    Shows for each address whether it was added, is already known and how far it got, or why it cannot be used. Exit
    code 1 if some cannot be used, 2 if none can.

    \b
    Example:  offing add https://example.org/news/1
              offing add --from found.txt --as ada
              offing add - < urls.txt
              offing add --text article.txt --title "Kenya signs" --outlet "The Ledger" --day 2026-03-02
    """  # noqa: D301 -- click reads the backspace itself
    by, now = site.caretaker(options["name"], Permission.DECIDE), utc_now()
    wanted = list(dict.fromkeys([*_addresses(urls), *(_lines(file) if file else ())]))
    if options["text"]:
        added = [add_text(site.database(), _pasted(wanted, options), by, now)]
    elif not wanted:
        raise UsageError("give a URL, a file of URLs with --from, or a text with --text")
    else:
        added = add_addresses(site.database(), wanted, by, now)
    refused = [each for each in added if each.result is AddResult.REFUSED]
    if len(refused) == len(added):
        raise UsageError("; ".join(each.detail for each in refused[:MOST_REASONS]))
    if as_json:
        print_json([{"url": each.url, "result": each.result, "detail": each.detail} for each in added])
    else:
        _print_added(added)
    click.get_current_context().exit(1 if refused else 0)


def _pasted(urls: Sequence[str], options: dict[str, Any]) -> Pasted:
    """Return the text to add, with its one address if it has one."""
    if len(urls) > 1:
        raise UsageError("a text can have only one URL")
    day = options["day"].date() if options["day"] else None
    return Pasted(options["title"], _content(options["text"]), urls[0] if urls else "", options["outlet"], day)


def _addresses(urls: Sequence[str]) -> Iterator[str]:
    for url in urls:
        yield from _lines(STDIN) if url == STDIN else (url,)


def _lines(file: str) -> list[str]:
    """Return the addresses of a file, one a line, skipping empty lines and comments (#)."""
    lines = (line.strip() for line in _content(file).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _content(file: str) -> str:
    if file != STDIN and not Path(file).is_file():
        raise UsageError(f"there is no file {file!r}")
    content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    return content.decode("utf-8-sig", "replace")


def _print_added(added: Sequence[Added]) -> None:
    for each in added:
        say(f"{each.result:8} {each.url}")
        if each.detail:
            say(f"         {each.detail}")
    counts = {result: sum(each.result == result for each in added) for result in ("added", "known", "refused")}
    refused = f", {counts['refused']} unusable" if counts["refused"] else ""
    say(
        f"{counts['added']} added, {counts['known']} already known{refused}"
        f"{'; next: offing run' if counts['added'] else ''}"
    )
