"""How often a feed brings news, and the pause that fits it.

After mediacloud/rss-fetcher, which shortens the pause of a feed that brings mostly new entries and lengthens that of
one that brings none; here the pause follows from the last exchanges alone, so that it moves smoothly and needs no
memory of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from offing.model.feed import Exchange, PollOutcome

ANSWERED = frozenset({PollOutcome.OK, PollOutcome.PARTIAL, PollOutcome.MOVED, PollOutcome.UNCHANGED})
LOOKED_AT = 12  # exchanges
ENOUGH = 4
LONG_AGO = timedelta(days=30)
PART_REPLACED = 0.25  # of a document between two polls: at three times the usual pace nothing is lost yet
PATIENCE = 8  # after so many hours without news, an hour may pass


def habitual_pause(history: Sequence[Exchange], now: datetime, usual: timedelta) -> timedelta:
    """The pause that fits a feed's habit, not yet within any bounds.

    Shorter than the usual one where a quarter of its document is new in less time, so that no entry comes and goes
    unseen. Longer where nothing new has come for long: an eighth of that time.

    Args:
        history: the exchanges, latest first, the last of them just made.
        now: aware UTC.
        usual: the pause of a feed of which nothing is known yet.
    """
    recent = list(takewhile(lambda exchange: now - exchange.at < LONG_AGO, history))[:LOOKED_AT]
    answered = [exchange for exchange in recent if exchange.outcome in ANSWERED]
    if len(answered) < ENOUGH:
        return usual
    last_news = next((exchange.at for exchange in history if exchange.new_entries), history[-1].at)
    replaced = _time_to_replace(answered)
    busy = min(usual, replaced * PART_REPLACED) if replaced else usual
    return max(busy, (now - last_news) / PATIENCE)


def _time_to_replace(answered: Sequence[Exchange]) -> timedelta | None:
    """How long it takes until all entries of the document are others; None where none is new."""
    span = answered[0].at - answered[-1].at
    # What the oldest brought came before the span began.
    turned = sum(one.new_entries / max(one.entries, one.new_entries, 1) for one in answered[:-1])
    return span / turned if turned else None
