"""Grades failures: the weight of each, its cause in plain words, and what to do.

Classes and weights: docs/limits.md, Retries, after mediacloud/rss-fetcher. No feed is ever given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.model.sources.feed import DueFeed, FeedState, NotAFeed, PollOutcome
from offing.model.sources.page import BLOCKED_KINDS, Answer, AnswerKind

SOFT = 0.25  # transient: DNS failure, no connection, timeout
UNSTEADY = 0.5  # the server is reachable but has errors
HARD = 1.0  # persists until somebody acts

MISSING_FOR = timedelta(days=7)  # live feeds do answer 404 and come back
SAID_TWICE = timedelta(days=1)  # a 410 is believed once it has been repeated a day later
GONE_FOR_GOOD = 410
MISSING = frozenset({404, GONE_FOR_GOOD})
PASSING = frozenset({408, 425})
SERVER_ERROR = 500
REFUSALS = {
    401: "asks for a log-in",
    402: "asks for payment",
    403: "refuses us",
    407: "asks for a log-in",
    451: "may not show it to us for legal reasons",
}
SOFT_KINDS = frozenset({AnswerKind.DNS, AnswerKind.CONNECT, AnswerKind.TIMEOUT})
UNSTEADY_KINDS = frozenset({AnswerKind.PROTOCOL, AnswerKind.ENCODING})
LOOK = "See what a browser shows at this address, and correct the address or take the feed off the list."
WAIT = "Nothing yet: it is asked again at its next turn. If it stays so for days, see whether its address is right."


@dataclass(frozen=True, slots=True)
class Failure:
    """How a poll failed.

    `weight` is added to the consecutive failures; `state` is set where it does not follow from them.
    """

    weight: float
    cause: str
    next_step: str = WAIT
    outcome: PollOutcome = PollOutcome.ERROR
    state: FeedState | None = None


def graded(answer: Answer) -> Failure:
    """Return the failure class and weight of an answer that brought no document."""
    if answer.kind is AnswerKind.ROBOTS:
        return _forbidden(answer)
    if answer.kind in BLOCKED_KINDS:
        advice = "If the address is right and internal, allow it by OFFING_ALLOWED_HOSTS; else correct it."
        return Failure(HARD, _detail(answer), advice, PollOutcome.BLOCKED, FeedState.BLOCKED)
    if answer.status in REFUSALS:
        cause = f"Its server {REFUSALS[answer.status]} (status {answer.status})."
        advice = "Open it in a browser: if it works there, ask the publisher to let us in."
        return Failure(HARD, cause, advice, state=FeedState.BLOCKED)
    if answer.kind in SOFT_KINDS or answer.status in PASSING:
        return Failure(SOFT, _detail(answer))
    if answer.kind in UNSTEADY_KINDS or (answer.status or 0) >= SERVER_ERROR:
        return Failure(UNSTEADY, _detail(answer))
    return Failure(HARD, _detail(answer), LOOK)


def _forbidden(answer: Answer) -> Failure:
    """Return a forbidding robots.txt; an unavailable one also forbids (RFC 9309 2.3.1.4) until it can be fetched."""
    if answer.status is None:
        return Failure(SOFT, _detail(answer))
    if answer.status >= SERVER_ERROR:
        return Failure(UNSTEADY, _detail(answer), outcome=PollOutcome.SKIP)
    advice = "Ask the publisher for leave, or watch another address of it."
    return Failure(HARD, "Its robots.txt does not allow us.", advice, PollOutcome.SKIP, FeedState.BLOCKED)


def missing(feed: DueFeed, answer: Answer, now: datetime) -> Failure:
    """Return a missing feed: a 404 is believed after a week, a 410 when it is repeated after a day."""
    since = feed.first_gone_at or now
    says = f"Its server answers {answer.status}"
    if answer.status == GONE_FOR_GOOD and now - since < SAID_TWICE:
        advice = "If it says so again after a day, it counts as gone: look for its new address."
        return Failure(HARD, f"{says}: the feed was taken away for good.", advice, PollOutcome.GONE)
    if answer.status != GONE_FOR_GOOD and now - since < MISSING_FOR:
        advice = f"If it does not come back by {since + MISSING_FOR:%Y-%m-%d}, it counts as gone."
        return Failure(UNSTEADY, f"{says}: there is no feed at this address now.", advice)
    advice = "Find its new address, or take it off the list; it is asked once a day meanwhile."
    return Failure(HARD, f"{says}: there is no feed at this address.", advice, PollOutcome.GONE, FeedState.GONE)


def no_feed(parsed: NotAFeed) -> Failure:
    """Return the failure for a document that is no feed."""
    cause = f"{parsed.reason[:1].upper()}{parsed.reason[1:].rstrip('.')}."
    if parsed.suggestion:
        return Failure(HARD, cause, f"The page names {parsed.suggestion} as its feed: add that in its place.")
    return Failure(HARD, cause, parsed.advice or LOOK)


def _detail(answer: Answer) -> str:
    """Return the exchange's own error detail, as a sentence."""
    detail = answer.detail.strip() or (f"its server answers {answer.status}" if answer.status else str(answer.kind))
    return f"{detail[:1].upper()}{detail[1:].rstrip('.')}."
