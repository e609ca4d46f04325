"""When a feed's next turn comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from offing.model.sources.feed import DueFeed, FeedSpec
from offing.model.sources.page import AnswerKind
from offing.poll import decide_poll
from poll.answers import DAY, FEED, GOOD, HOUR, POLICY, URL, answer, wait
from poll.feeds import NOW, item, parse, rss
from poll.weeks import NOTHING_NEW


@pytest.mark.parametrize(
    ("feed", "ttl", "headers", "shortest"),
    [
        (FEED, 180, {}, 3 * HOUR),
        (FEED, 5, {}, HOUR),
        (FEED, 10**6, {}, DAY),
        (FEED, None, {"cache-control": "public, max-age=7200"}, 2 * HOUR),
        (FEED, None, {"cache-control": "s-maxage=7200, max-age=60"}, HOUR),
        (FEED, None, {"cache-control": "max-age=9999999999"}, DAY),
        (FEED, None, {"expires": "Sun, 01 Mar 2026 14:00:00 GMT"}, 2 * HOUR),
        (FEED, None, {"expires": "Tue, 01 Mar 2016 14:00:00 GMT", "date": "Tue, 01 Mar 2016 12:00:00 GMT"}, 2 * HOUR),
        (FEED, None, {"expires": "Sun, 01 Mar 2026 14:00:00"}, 2 * HOUR),
        (FEED, None, {"expires": "0"}, HOUR),
        (FEED, None, {"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY),
        (FEED, None, {"retry-after": "10800"}, 3 * HOUR),
        (replace(FEED, spec=FeedSpec(URL, interval_minutes=20)), 600, {"cache-control": "max-age=7200"}, HOUR / 3),
        (replace(FEED, spec=FeedSpec(URL, interval_minutes=1)), None, {}, HOUR / 4),
        (replace(FEED, spec=FeedSpec(URL, interval_minutes=10**6)), None, {}, DAY),
    ],
)
def test_the_next_turn(feed: DueFeed, ttl: int | None, headers: dict[str, str], shortest: timedelta) -> None:
    """After what document and server ask for, within the policy, and never before its time."""
    update = decide_poll(feed, answer(headers=headers), replace(GOOD, ttl_minutes=ttl), NOW, POLICY)
    assert shortest <= wait(update) <= min(1.1 * shortest, DAY)


def test_feeds_do_not_all_come_at_once() -> None:
    """Jitter is different from feed to feed, and the same for the same feed."""
    turns = {decide_poll(replace(FEED, id=n), answer(), GOOD, NOW, POLICY).next_poll_at for n in range(50)}
    assert len(turns) == 50
    assert decide_poll(FEED, answer(), GOOD, NOW, POLICY) == decide_poll(FEED, answer(), GOOD, NOW, POLICY)


@pytest.mark.parametrize(
    ("channel", "earliest", "latest"),
    [
        ("<skipHours><hour>13</hour><hour> 14 </hour></skipHours>", 3 * HOUR, 4 * HOUR),
        ("<skipHours><hour>24</hour><hour>1</hour></skipHours>", HOUR, 1.1 * HOUR),
        ("<skipDays><day>Sunday</day></skipDays>", 12 * HOUR, 13 * HOUR),
        ("<skipDays><day>Sunday</day><day>Monday</day><day>Tuesday</day></skipDays>", DAY, DAY),
        (
            "<skipHours><hour>25</hour><hour>noon</hour></skipHours><skipDays><day>Funday</day></skipDays>",
            HOUR,
            1.1 * HOUR,
        ),
        ("<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>", HOUR, 1.1 * HOUR),
        ("<!-- <skipDays><day>Sunday</day></skipDays> -->", HOUR, 1.1 * HOUR),
    ],
)
def test_hours_and_days_that_a_feed_asks_to_skip(channel: str, earliest: timedelta, latest: timedelta) -> None:
    """The next turn is in none of them (GMT), but never later than a day; it is Sunday, 12:00."""
    update = decide_poll(FEED, answer(), parse(rss(item(), channel=channel)), NOW, POLICY)
    assert earliest <= wait(update) <= latest


def test_an_interval_of_ops_wins_over_all_wishes() -> None:
    """Neither skipped hours nor habit change it."""
    parsed = parse(rss(item(), channel="<skipDays><day>Sunday</day></skipDays>"))
    history = tuple(replace(NOTHING_NEW, at=NOW - number * HOUR) for number in range(1, 300))
    feed = replace(FEED, spec=FeedSpec(URL, interval_minutes=30), history=history)
    assert HOUR / 2 <= wait(decide_poll(feed, answer(), parsed, NOW, POLICY)) <= 0.55 * HOUR


def test_habit_sets_the_pace() -> None:
    """A feed that brought nothing for two days is asked after a quarter of a day; its own ttl still counts."""
    history = tuple(replace(NOTHING_NEW, at=NOW - number * HOUR) for number in range(1, 49))
    feed = replace(FEED, history=history)
    unchanged = answer(AnswerKind.UNCHANGED, 304)
    assert 6 * HOUR <= wait(decide_poll(feed, unchanged, None, NOW, POLICY)) <= 6.6 * HOUR
    assert wait(decide_poll(feed, answer(headers={"cache-control": "max-age=32400"}), GOOD, NOW, POLICY)) >= 9 * HOUR
