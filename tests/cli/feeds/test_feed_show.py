"""Exchanges that are alike are told in one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from offing.cli.feeds.show import _likeness
from offing.model.sources.feed import Exchange, PollOutcome

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_exchanges_that_differ_in_figures_of_their_cause_only_are_alike() -> None:
    """A count that goes on does not part them; another outcome, status or number of entries does."""
    one = Exchange(NOW, PollOutcome.MOVED, 200, entries=4, cause="Said 3 times.")
    again = Exchange(NOW + timedelta(hours=1), PollOutcome.MOVED, 200, entries=4, cause="Said 14 times.")
    other = Exchange(NOW, PollOutcome.MOVED, 200, entries=5, cause="Said 3 times.")
    assert _likeness(one) == _likeness(again) != _likeness(other)
