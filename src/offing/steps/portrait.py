"""Everything that is known of one feed, for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.feed import Exchange, FeedStatus
from offing.model.policy import FetchPolicy
from offing.poll.explain import habit_of, turn_reason
from offing.store.engine import Database
from offing.store.feed import feed_status
from offing.store.poll import poll_history, recent_polls
from offing.store.watch import FeedRecord, feed_record, find_feed

SHOWN = 20  # exchanges


@dataclass(frozen=True, slots=True)
class Portrait:
    """A feed, what is kept of it, its last exchanges, and in sentences its habit and the reason of its next turn."""

    status: FeedStatus
    record: FeedRecord
    exchanges: tuple[Exchange, ...]
    habit: str
    turn: str


def feed_portrait(database: Database, word: str, policy: FetchPolicy, now: datetime) -> Portrait:
    """Everything that is known of the feed of an id or address.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        feed_id = find_feed(conn, word)
        status, history = feed_status(conn, feed_id), poll_history(conn, feed_id, now)
        record, exchanges = feed_record(conn, feed_id), recent_polls(conn, feed_id, SHOWN)
    return Portrait(status, record, exchanges, habit_of(history, now), turn_reason(status, history, policy))
