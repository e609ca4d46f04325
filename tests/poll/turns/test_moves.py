"""A feed that says that it has moved is followed at once, and believed after a week."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.sources.feed import DueFeed, FeedUpdate, KnownEntry, NotAFeed, ParsedFeed, PollOutcome
from offing.model.sources.page import Answer, AnswerKind, Hop
from offing.poll import decide_poll
from poll.answers import DAY, FEED, GOOD, POLICY, answer
from poll.feeds import NOW

NEW = "https://other.example/rss"
MOVED = answer(final_url=NEW, hops=(Hop(301, NEW),))
KNOWN = tuple(KnownEntry(entry.key, entry.url_key, entry.title, entry.published) for entry in GOOD.entries)


def after(feed: DueFeed, update: FeedUpdate) -> DueFeed:
    """The feed as the next poll finds it."""
    return replace(
        feed,
        moved_to=update.moved_to,
        moved_since=update.moved_since,
        moved_times=update.moved_times,
        etag=update.etag,
        last_modified=update.last_modified,
    )


def polls(
    feed: DueFeed, days: tuple[float, ...], said: Answer = MOVED, parsed: ParsedFeed | None = GOOD
) -> list[FeedUpdate]:
    """What the polls on some days decide, one after the other."""
    updates = []
    for day in days:
        updates.append(decide_poll(feed, said, parsed, NOW + day * DAY, POLICY))
        feed = after(feed, updates[-1])
    return updates


def test_a_move_is_believed_after_three_times_and_seven_days() -> None:
    """Until then it is a proposal that people can see."""
    first, second, third, last = polls(replace(FEED, known=KNOWN), (0, 1, 6.9, 7))
    assert (first.outcome, first.new_url, first.moved_to) == (PollOutcome.MOVED, None, NEW)
    assert (first.moved_since, first.moved_times, second.moved_times) == (NOW, 1, 2)
    assert "said 3 times since 2026-03-01" in third.cause
    assert NEW in third.next_step
    assert (third.new_url, last.new_url) == (None, NEW)
    assert (last.moved_to, last.moved_times, last.next_step) == (None, 0, "")


@pytest.mark.parametrize("days", [(0, 8), (0, 0.1, 0.2, 0.3, 6)])
def test_seldom_or_short_is_not_enough(days: tuple[float, ...]) -> None:
    """Twice over eight days, or often within six, is a proposal still."""
    assert polls(replace(FEED, known=KNOWN), days)[-1].new_url is None


def test_other_entries_are_another_feed() -> None:
    """Where nothing of what the new address delivers is known, the address stays."""
    assert polls(FEED, (0, 4, 8, 12))[-1].new_url is None


def test_another_target_starts_again() -> None:
    """Two addresses in turn are no move to either."""
    feed = replace(FEED, known=KNOWN, moved_to="https://third.example/", moved_since=NOW - 9 * DAY, moved_times=9)
    update = decide_poll(feed, MOVED, GOOD, NOW, POLICY)
    assert (update.new_url, update.moved_to, update.moved_times) == (None, NEW, 1)


def test_back_at_the_old_address_all_is_forgotten() -> None:
    """An answer without a permanent redirect withdraws the proposal."""
    feed = replace(FEED, known=KNOWN, moved_to=NEW, moved_since=NOW - 9 * DAY, moved_times=9)
    update = decide_poll(feed, answer(), GOOD, NOW, POLICY)
    assert (update.moved_to, update.moved_since, update.moved_times) == (None, None, 0)


def test_a_page_is_no_move() -> None:
    """A captive portal's redirect to a log-in page counts for nothing, and takes nothing back."""
    feed = replace(FEED, known=KNOWN, moved_to=NEW, moved_since=NOW - 9 * DAY, moved_times=2)
    update = decide_poll(feed, MOVED, NotAFeed("the answer is a log-in page"), NOW, POLICY)
    assert (update.outcome, update.new_url, update.moved_times) == (PollOutcome.ERROR, None, 2)


def test_a_move_seen_by_304_is_seen() -> None:
    """It counts, and when it has settled the document is asked for in full, so that its entries can be compared."""
    unchanged = answer(AnswerKind.UNCHANGED, 304, final_url=NEW, hops=(Hop(308, NEW),))
    feed = replace(FEED, since_full=NOW + 9 * DAY)
    *_, update = polls(feed, (0, 4, 8), unchanged, None)
    assert (update.outcome, update.moved_times, update.new_url) == (PollOutcome.UNCHANGED, 3, None)
    assert (update.etag, update.last_modified) == (None, None)
    assert polls(feed, (0, 4), unchanged, None)[-1].etag == '"e"'
