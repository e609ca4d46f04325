"""Everything known about one feed, for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.sources.feed import Exchange, FeedStatus
from offing.model.sources.policy import FetchPolicy
from offing.poll.turns.explain import habit_of, turn_reason
from offing.store.database.engine import Database
from offing.store.feeds.feed import feed_status
from offing.store.feeds.poll import poll_history, recent_polls
from offing.store.feeds.watch import FeedRecord, feed_record, find_feed

SHOWN = 20  # exchanges


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A feed, its stored state, its last exchanges, and sentences on its habit and the reason of its next turn."""

    status: FeedStatus
    record: FeedRecord
    exchanges: tuple[Exchange, ...]
    habit: str
    turn: str


def feed_report(database: Database, word: str, policy: FetchPolicy, now: datetime) -> FeedReport:
    """Return everything known about the feed of an id or address.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        feed_id = find_feed(conn, word)
        status, history = feed_status(conn, feed_id), poll_history(conn, feed_id, now)
        record, exchanges = feed_record(conn, feed_id), recent_polls(conn, feed_id, SHOWN)
    return FeedReport(status, record, exchanges, habit_of(history, now), turn_reason(status, history, policy))
