"""offing feeds pause, resume, remove: taking feeds off the schedule and putting them back; nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click
import sqlalchemy as sa

from offing.cli.feeds.options import as_option
from offing.cli.site import Site, pass_site, say
from offing.model.operation.user import Permission
from offing.services.running.run_context import utc_now
from offing.store.feeds.feed import feed_status
from offing.store.feeds.watch import find_feed, pause_feed, remove_feed, resume_feed

Change = Callable[[sa.Connection, int], bool]
_FEEDS = click.argument("feeds", nargs=-1, required=True, metavar="ID|URL...")


@click.command("pause")
@_FEEDS
@as_option
@pass_site
def pause(site: Site, feeds: tuple[str, ...], name: str | None) -> None:
    """Pause feeds: they are not read until resumed.

    \b
    Example:  offing feeds pause 12
    """  # noqa: D301 -- click reads the backspace itself
    by, now = site.caretaker(name, Permission.CURATE), utc_now()
    _each(site, feeds, lambda conn, feed_id: pause_feed(conn, feed_id, now, by), ("paused", "was already paused"))


@click.command("resume")
@_FEEDS
@pass_site
def resume(site: Site, feeds: tuple[str, ...]) -> None:
    """Resume paused or removed feeds; they are read in the next run.

    \b
    Example:  offing feeds resume 12
    """  # noqa: D301 -- click reads the backspace itself
    now = utc_now()
    words = ("resumed; next: offing run", "was not paused or removed")
    _each(site, feeds, lambda conn, feed_id: resume_feed(conn, feed_id, now), words)


@click.command("remove")
@_FEEDS
@as_option
@pass_site
def remove(site: Site, feeds: tuple[str, ...], name: str | None) -> None:
    """Remove feeds from the watch list. Their articles and all decisions on them are kept.

    \b
    Example:  offing feeds remove 12
              offing feeds resume 12        (puts it back)
    """  # noqa: D301 -- click reads the backspace itself
    by, now = site.caretaker(name, Permission.CURATE), utc_now()
    words = ("removed; its entries are kept", "was already removed")
    _each(site, feeds, lambda conn, feed_id: remove_feed(conn, feed_id, now, by), words)


def _each(site: Site, feeds: Sequence[str], change: Change, words: tuple[str, str]) -> None:
    """Change all feeds in one transaction, all or none, and report the result for each."""
    done, already = words
    with site.database().write() as conn:
        for word in feeds:
            feed_id = find_feed(conn, word)
            result = done if change(conn, feed_id) else already
            say(f"{feed_id}  {feed_status(conn, feed_id).spec.url}  {result}")
