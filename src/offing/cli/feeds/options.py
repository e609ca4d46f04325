"""Options that several commands share, and the feeds that they describe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from offing.errors import UsageError
from offing.model.sources.feed import FeedKind, FeedSpec
from offing.poll.listings.feed_list import feed_of

F = TypeVar("F", bound=Callable[..., Any])

as_option = click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")


def page_options(command: F) -> F:
    """Add the options for watching a page instead of a feed."""
    options = (
        click.option("--page", is_flag=True, help="Watch the links of a page, if the site has no feed."),
        click.option(
            "--links", default="", metavar="CSS", help="CSS selector of the links, or of the elements around them."
        ),
        click.option(
            "--dates",
            default="",
            metavar="RULE",
            help="Where their dates are: `url`, or a CSS selector; add `as DD/MM/YYYY` for a format.",
        ),
        click.option("--timezone", default="", metavar="ZONE", help="Time zone (IANA) of dates without one."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def spec_of(url: str, described: Mapping[str, Any]) -> FeedSpec:
    """Return the feed or page at an address as the options describe it.

    Raises:
        UsageError: the address or an option cannot be used.
    """
    is_page = described.get("page") or described.get("links") or described.get("dates")
    record = {key: value or "" for key, value in described.items() if key != "page"}
    spec, notes = feed_of(record | {"url": url, "kind": FeedKind.PAGE if is_page else ""})
    if spec is None or notes:
        raise UsageError(notes[0].replace(" and was left out", ""))
    return spec
