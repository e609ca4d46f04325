"""offing feeds show: everything known about one feed."""

from __future__ import annotations

import re
from itertools import groupby

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.feeds.output import iso, moment, plain_status, sentences_of, state_of
from offing.cli.site import Site, pass_site, print_json
from offing.fetch_policy import fetch_policy
from offing.model.sources.feed import Exchange, FeedKind
from offing.model.values.codec import to_plain
from offing.redaction import redact
from offing.services.monitoring.feed_report import FeedReport, feed_report
from offing.services.running.run_context import utc_now

_DIGITS = re.compile(r"\d+")
_LONGEST = 60  # characters of a validator


@click.command("show")
@click.argument("feed", metavar="ID|URL")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def show(site: Site, feed: str, as_json: bool) -> None:
    """Show a feed: its state, how often it is read, and the last requests. Times are UTC.

    \b
    Example:  offing feeds show 12
              offing feeds show https://example.org/feed.xml
    """  # noqa: D301 -- click reads the backspace itself
    found = feed_report(site.database(), feed, fetch_policy(site.settings, site.layers), utc_now())
    if as_json:
        print_json(_plain(found))
        return
    console = Console()
    for name, text in _lines(found):
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=11, style="bold")
        grid.add_column()
        grid.add_row(name, text)
        console.print(grid)
    _exchanges(console, found)


def _lines(found: FeedReport) -> list[tuple[str, Text]]:
    """Return the lines above the exchanges, without those that do not apply to the feed."""
    status, record = found.status, found.record
    spec = status.spec
    about = filter(None, (spec.publisher, spec.country, spec.language, spec.timezone, " ".join(spec.groups)))
    watched = f"page, links {spec.links or 'by the usual rule'}, dates {spec.dates or 'by the usual rule'}"
    validators = [f"{name} {value[:_LONGEST]}" for name, value in _validators(found) if value]
    state = state_of(status)
    if status.alarm_since:
        state.append(f" since {moment(status.alarm_since)}")
    lines: list[tuple[str, str | Text]] = [
        ("feed", f"{status.id}  {spec.title}"),
        ("address", redact(spec.url)),
        ("kind", watched if spec.kind is FeedKind.PAGE else f"feed{f', {record.form}' if record.form else ''}"),
        ("about", ", ".join(about)),
        ("state", state),
        *(("", sentence) for sentence in sentences_of(status)),
        ("failures", f"{record.failures:g} in a row, by weight" if record.failures else ""),
        ("missing", f"since {moment(record.first_gone_at)}" if record.first_gone_at else ""),
        ("moved", f"to {status.moved_to}, announced {record.moved_times} times since {moment(record.moved_since)}"
            if status.moved_to else ""),
        ("entries", str(status.entries)),
        ("pattern", found.habit),
        ("last poll", moment(status.last_poll_at)),
        ("next poll", f"{moment(status.next_poll_at)}  {found.turn}" if status.next_poll_at else found.turn),
        ("validators", "; ".join(validators)),
        ("last in full", moment(record.since_full) if record.since_full else ""),
        ("added", f"{moment(record.added_at)} by {record.added_by}"),
        ("removed", f"{moment(record.removed_at)} by {record.removed_by}" if record.removed_at else ""),
    ]  # fmt: skip
    return [(name, text if isinstance(text, Text) else Text(text)) for name, text in lines if text]


def _validators(found: FeedReport) -> tuple[tuple[str, str | None], ...]:
    return ("ETag", found.record.etag), ("Last-Modified", found.record.last_modified)


def _exchanges(console: Console, found: FeedReport) -> None:
    if not found.exchanges:
        return
    console.print()
    table = Table(box=None, pad_edge=False)
    for name in ("requested", "outcome"):
        table.add_column(name, no_wrap=True)
    for name in ("status", "seconds", "KB", "entries", "new"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("cause")
    for _, alike in groupby(found.exchanges, _likeness):
        first, *others = alike
        status = str(first.status) if first.status else ""
        numbers = (f"{first.seconds:.1f}", f"{first.size / 1000:.0f}", str(first.entries), str(first.new_entries))
        table.add_row(moment(first.at), str(first.outcome), status, *numbers, Text(first.cause))
        if others:
            table.add_row(
                moment(others[-1].at), "…", *[""] * 5, f"{len(others)} more like this, back to then", style="dim"
            )
    console.print(table)


def _likeness(each: Exchange) -> tuple[object, ...]:
    """Return the key by which consecutive exchanges are shown as one line; counters in a cause may differ."""
    return each.outcome, each.status, each.entries, each.new_entries, _DIGITS.sub("", each.cause)


def _plain(found: FeedReport) -> dict[str, object]:
    record = found.record
    return plain_status(found.status) | {
        "form": record.form,
        "etag": record.etag,
        "last_modified": record.last_modified,
        "failures": record.failures,
        "since_full": iso(record.since_full),
        "first_gone_at": iso(record.first_gone_at),
        "moved_since": iso(record.moved_since),
        "moved_times": record.moved_times,
        "added_at": iso(record.added_at),
        "added_by": record.added_by,
        "removed_at": iso(record.removed_at),
        "removed_by": record.removed_by,
        "habit": found.habit,
        "next_turn": found.turn,
        "exchanges": [to_plain(each) for each in found.exchanges],
    }
