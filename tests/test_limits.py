"""What docs/limits.md promises is what the code does: a figure that changes in one of them fails here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.fetch import load_fetch_policy
from offing.model.sources.backoff import JITTER, LONGEST_REST, SHORTEST_REST
from offing.model.sources.page import Request
from offing.model.sources.policy import FetchPolicy
from offing.model.text.dates import EARLIEST, FUTURE
from offing.model.text.markup import LARGEST_PAGE, MOST_ATTRIBUTES, MOST_ELEMENTS
from offing.model.text.text import LONGEST_TOKEN
from offing.net.guard import PORTS
from offing.net.robots import LONGEST_DELAY, SIZE_LIMIT
from offing.net.wire import HEAD_LIMIT

LIMITS = " ".join((Path(__file__).parents[1] / "docs/limits.md").read_text(encoding="utf-8").split())
POLICY = FetchPolicy("offing/1.0")
NUMBERS = {2: "two", 5: "five"}


def _mb(size: int) -> str:
    return f"{size / 1024**2:g} MB"


def _s(span: timedelta) -> str:
    return f"{span.total_seconds():g} s"


PROMISED = [
    f"{_s(POLICY.deadline)} in all, {_s(POLICY.connect_timeout)} to connect, {HEAD_LIMIT / 1024:g} KB of headers,",
    f"{_mb(POLICY.feed_limit)} of feed or {_mb(POLICY.page_limit)} of page, packed and unpacked",
    f"{NUMBERS[POLICY.max_hops].capitalize()} redirects",
    f"ports {PORTS[0]} and {PORTS[1]} or as configured",
    f"cut at {SIZE_LIMIT / 1024:g} KiB",
    f"{MOST_ATTRIBUTES} attributes an element; page {MOST_ELEMENTS:,} elements",
    f"token {LONGEST_TOKEN:,},",
    f"Dates lie between {EARLIEST.year} and {NUMBERS[FUTURE.days]} days from now",
    f"as long as it asks, {NUMBERS[SHORTEST_REST.seconds // 60]} minutes to a day",
    f"±{JITTER * 100:g} %",
]


@pytest.mark.parametrize("promise", PROMISED)
def test_a_limit_is_what_the_docs_say(promise: str) -> None:
    """The sentence of docs/limits.md, with the figures of the code in it, stands there word for word."""
    assert promise in LIMITS


def test_days_and_minutes_are_whole() -> None:
    """What the sentences round is exact, and robots.txt cannot stop a host for longer than a minute."""
    assert (timedelta(minutes=5), timedelta(days=1)) == (SHORTEST_REST, LONGEST_REST)
    assert (EARLIEST.month, EARLIEST.day, FUTURE) == (1, 1, timedelta(days=2))
    assert timedelta(minutes=1) == LONGEST_DELAY


def test_the_policy_that_ships_is_that_of_the_code() -> None:
    """Who builds a policy without files gets the limits and manners of config/fetch.toml."""
    assert load_fetch_policy(Layers.of()) == FetchPolicy(load_fetch_policy(Layers.of()).user_agent)
    assert Request("https://news.test/").body_limit == POLICY.page_limit == LARGEST_PAGE
