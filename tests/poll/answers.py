"""A feed as it was due, and answers to its request."""

from __future__ import annotations

from datetime import timedelta

from offing.model.sources.feed import DueFeed, FeedSpec, FeedState, FeedUpdate
from offing.model.sources.page import Answer, AnswerKind
from offing.model.sources.policy import FetchPolicy
from poll.feeds import NOW, item, parse, rss

URL = "http://news.example/feed.xml"
POLICY = FetchPolicy("offing-tests")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = DueFeed(7, FeedSpec(URL), FeedState.HEALTHY, '"e"', "yesterday", "hash", since_full=NOW - DAY)
BODY = rss(item(1), item(2)).encode()
GOOD = parse(BODY)


def answer(kind: AnswerKind = AnswerKind.OK, status: int | None = 200, **more: object) -> Answer:
    """An answer to the feed's request."""
    values = {"url": URL, "final_url": URL, "at": NOW, "body": BODY if kind is AnswerKind.OK else b""} | more
    return Answer(kind, status=status, **values)


def http(status: int, **headers: str) -> Answer:
    """An answer with a status that brings no document."""
    return answer(
        AnswerKind.HTTP_ERROR, status, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def wait(update: FeedUpdate) -> timedelta:
    """How long until the next turn."""
    return update.next_poll_at - NOW
