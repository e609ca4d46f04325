"""Derives a feed's pause from how often it brings news.

mediacloud/rss-fetcher shortens the pause of a feed with mostly new entries and lengthens that of a feed with none. Here
the pause is a function of the last exchanges alone, so it changes smoothly and needs no state of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from offing.model.sources.feed import Exchange, PollOutcome

ANSWERED = frozenset({PollOutcome.OK, PollOutcome.PARTIAL, PollOutcome.MOVED, PollOutcome.UNCHANGED})
LOOKED_AT = 12  # exchanges
ENOUGH = 4
LONG_AGO = timedelta(days=30)
PART_REPLACED = 0.25  # of a document between two polls: even at three times the usual pace nothing is lost
PATIENCE = 8  # after this many hours without news, one hour may pass


def habitual_pause(history: Sequence[Exchange], now: datetime, usual: timedelta) -> timedelta:
    """Return the pause that fits a feed's habit, before any bounds are applied.

    Shorter than usual if a quarter of the document is replaced in less time, so that no entry comes and goes unseen.
    Longer if there has been no news for long: an eighth of that time.

    Args:
        history: the exchanges, latest first, including the current one.
        now: aware UTC.
        usual: the pause of a feed with too little history.
    """
    recent = list(takewhile(lambda exchange: now - exchange.at < LONG_AGO, history))[:LOOKED_AT]
    answered = [exchange for exchange in recent if exchange.outcome in ANSWERED]
    if len(answered) < ENOUGH:
        return usual
    last_news = next((exchange.at for exchange in history if exchange.new_entries), history[-1].at)
    span = answered[0].at - answered[-1].at
    # How often the document was replaced in that time; what the oldest exchange brought appeared before it began.
    turned = sum(one.new_entries / max(one.entries, one.new_entries, 1) for one in answered[:-1])
    replaced = span / turned if turned else None
    busy = min(usual, replaced * PART_REPLACED) if replaced else usual
    return max(busy, (now - last_news) / PATIENCE)
