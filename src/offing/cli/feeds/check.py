"""offing feeds check: what offing would see at an address."""

from __future__ import annotations

from typing import Any

import click

from offing.cli.feeds.options import page_options, spec_of
from offing.cli.feeds.output import iso
from offing.cli.site import Site, pass_site, print_json, say
from offing.fetch_policy import fetch_policy
from offing.model.sources.feed import FeedKind, FeedSpec, FeedUpdate
from offing.model.values.numbers import counted
from offing.services.monitoring.feed_check import check_feeds

SHOWN = {FeedKind.FEED: 3, FeedKind.PAGE: 10}  # entries; enough to judge a selector by


@click.command("check")
@click.argument("urls", nargs=-1, required=True)
@page_options
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def check(site: Site, /, urls: tuple[str, ...], as_json: bool, **described: Any) -> None:
    """Fetch the feeds at URLS once and show what offing would read. Stores nothing and needs no database.

    With --page, URLS are pages whose links would be watched, to try a selector before adding it.

    \b
    Example:  offing feeds check https://example.org/feed.xml
              offing feeds check https://ministry.example/news --links "ul.news a" --dates url
    """  # noqa: D301 -- click reads the backspace itself
    specs = [spec_of(url, described) for url in urls]
    found = check_feeds(specs, fetch_policy(site.settings, site.layers))
    if as_json:
        print_json([_plain(spec, update) for spec, update in found])
    else:
        for spec, update in found:
            _print_update(spec, update)
    click.get_current_context().exit(1 if any(not update.entries for _, update in found) else 0)


def _print_update(spec: FeedSpec, update: FeedUpdate) -> None:
    sentence = f"{update.cause} {update.next_step}".strip()
    say(f"{update.outcome}: {spec.url}: {counted(len(update.entries), 'entry', 'entries')}. {sentence}".rstrip())
    for entry in update.entries[: SHOWN[spec.kind]]:
        say(f"   {f'{entry.published:%Y-%m-%d}' if entry.published else '    -     '}  {entry.title or entry.url}")
    dated = sum(entry.published is not None for entry in update.entries)
    if update.entries and dated < len(update.entries):
        say(f"   {len(update.entries) - dated} of them have no readable date")


def _plain(spec: FeedSpec, update: FeedUpdate) -> dict[str, object]:
    entries = [
        {
            "url": entry.url,
            "title": entry.title,
            "published": iso(entry.published),
            "published_raw": entry.published_raw,
        }
        for entry in update.entries
    ]
    words = {"outcome": update.outcome, "cause": update.cause, "next_step": update.next_step}
    return {"url": spec.url, "kind": spec.kind, **words, "title": update.title, "entries": entries}
