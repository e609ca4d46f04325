"""Handles feeds that announce a permanent move.

A captive portal's permanent redirect once replaced all addresses of a reader (Vienna #380, AntennaPod #5324). So a move
is stored as a proposal and believed only when it was repeated several times over a week (lion-reader #183) and the new
address delivers known entries. A change from http to https on the same host is believed at once. A redirect to a page
instead of a feed is no move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.model.sources.credentials import carried_by
from offing.model.sources.feed import DueFeed
from offing.model.sources.page import Answer
from offing.urls import host_of

PERMANENT = frozenset({301, 308})
SIGHTINGS = 3
SETTLED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Move:
    """A feed's move: `to` is the proposed address, with count and start; `new_url` is set once the move is believed.

    `settled` means that only a document with known entries is missing.
    """

    to: str | None = None
    since: datetime | None = None
    times: int = 0
    new_url: str | None = None
    settled: bool = False


def move_of(feed: DueFeed, answer: Answer, now: datetime, *, same_entries: bool) -> Move:
    """Return the move that an answer supports.

    Args:
        feed: the feed as it was due, with any pending proposal.
        answer: an answer that brought a document, or "nothing new".
        now: aware UTC.
        same_entries: whether the document announces entries already known from this feed.
    """
    target = moved_to(feed, answer)
    if target is None:
        return Move()
    url = feed.spec.url
    is_secured = url.lower().startswith("http://") and target.startswith("https://")
    if is_secured and host_of(url) == host_of(target):
        return Move(new_url=target)
    known = target == feed.moved_to
    since = feed.moved_since if known and feed.moved_since else now
    times = feed.moved_times + 1 if known else 1
    settled = times >= SIGHTINGS and now - since >= SETTLED
    return Move(target, since, times, target if settled and same_entries else None, settled)


def moved_to(feed: DueFeed, answer: Answer) -> str | None:
    """Return the target of a chain of permanent redirects.

    None for a temporary one, none at all, or a secret address.
    """
    if carried_by(answer.final_url):
        return None
    for_good = bool(answer.hops) and all(hop.status in PERMANENT for hop in answer.hops)
    return answer.final_url if for_good and answer.final_url != feed.spec.url else None


def move_message(move: Move) -> tuple[str, str]:
    """Return cause and next step for a feed that has moved."""
    if move.new_url:
        return f"It has moved for good to {move.new_url}: its address was changed.", ""
    since = f"{move.since:%Y-%m-%d}" if move.since else "now"
    cause = f"It has moved for good to {move.to} (said {move.times} times since {since})."
    advice = (
        f"Nothing, or add {move.to} in its place: its address changes by itself when it was said {SIGHTINGS} times "
        f"over {SETTLED.days} days and the entries are the same."
    )
    return cause, advice
