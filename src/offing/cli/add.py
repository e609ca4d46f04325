"""offing add: an article found elsewhere, through the same path as all others."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import sqlalchemy as sa

from offing.cli.context import Site, pass_site, print_json
from offing.cli.feeds.options import as_option
from offing.errors import UsageError
from offing.model.entry import AnnouncedEntry
from offing.poll.listed import address_fault
from offing.steps.context import utc_now
from offing.store.entry import save_entries
from offing.store.fate import fate_of
from offing.urls import url_key

STDIN = "-"
MOST_TOLD = 5  # reasons in one sentence


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of one address: `added`, `known` or `refused`, and more of it in a sentence."""

    url: str
    result: str
    detail: str = ""


@click.command(short_help="An article found elsewhere, on the same path as all others.")
@click.argument("urls", nargs=-1)
@click.option("--from", "file", metavar="FILE", help="A file with an address a line; `-` is stdin.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_option
@pass_site
def add(site: Site, urls: tuple[str, ...], file: str | None, as_json: bool, name: str | None) -> None:
    """Put the articles at URLS on the path of all others; the next run fetches them.

    What became of each is said: added, known already and how far it has come, or why it cannot be used. Exit code
    1 where some cannot be used, 2 where none can.

    \b
    Example:  offing add https://example.org/news/1
              offing add --from found.txt --as ada
              offing add - < urls.txt
    """  # noqa: D301 -- click reads the backspace itself
    wanted = dict.fromkeys([*_given(urls), *(_lines(file) if file else ())])
    if not wanted:
        raise UsageError("name a URL, or a file with --from")
    with site.database().write() as conn:
        told = [_put(conn, url, name or site.settings.user) for url in wanted]
    refused = [each for each in told if each.result == "refused"]
    if len(refused) == len(told):
        raise UsageError("; ".join(each.detail for each in refused[:MOST_TOLD]))
    if as_json:
        print_json([{"url": each.url, "result": each.result, "detail": each.detail} for each in told])
    else:
        _tell(told)
    click.get_current_context().exit(1 if refused else 0)


def _given(urls: Sequence[str]) -> Iterator[str]:
    for url in urls:
        yield from _lines(STDIN) if url == STDIN else (url,)


def _lines(file: str) -> list[str]:
    """The addresses of a file, an address a line; empty lines and remarks (#) are none."""
    if file != STDIN and not Path(file).is_file():
        raise UsageError(f"there is no file {file!r}")
    content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    lines = (line.strip() for line in content.decode("utf-8-sig", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _put(conn: sa.Connection, url: str, by: str) -> _Told:
    """Put one address on the path, unless it is known or cannot be used."""
    fault = address_fault(url)
    if fault:
        return _Told(url, "refused", fault)
    key = url_key(url)
    known = fate_of(conn, key)
    if known:
        return _Told(url, "known", f"{known.stands}; brought by {known.source} on {known.seen_at:%Y-%m-%d}")
    save_entries(conn, None, [AnnouncedEntry(hashlib.sha256(url.encode()).hexdigest(), url, key)], utc_now(), by)
    return _Told(url, "added")


def _tell(told: Sequence[_Told]) -> None:
    for each in told:
        click.echo(f"{each.result:8} {each.url}")
        if each.detail:
            click.echo(f"         {each.detail}")
    counts = {result: sum(each.result == result for each in told) for result in ("added", "known", "refused")}
    refused = f", {counts['refused']} not usable" if counts["refused"] else ""
    click.echo(
        f"{counts['added']} new, {counts['known']} known already{refused}"
        f"{'; next: offing run' if counts['added'] else ''}"
    )
