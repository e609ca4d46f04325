"""What one poll changes: outcome, state, next turn, validators. Pure: a decider that receives its clock.

Policy after mediacloud/rss-fetcher (graded failures, linear back-off, never given up) and miniflux (next
turn from what document and headers ask for); figures: security-plan 5.6.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.model.backoff import back_off, retry_after
from offing.model.feed import DueFeed, FeedState, FeedUpdate, NotAFeed, ParsedFeed, PollOutcome
from offing.model.page import BLOCKED_KINDS, Answer, AnswerKind
from offing.model.rules import FetchPolicy
from offing.poll.pace import next_turn
from offing.urls import host_of

SOFT = 0.25  # weight of a failure that passes by itself
HARD = 1.0
FAILING_FROM = 3.0  # weight of failures in a row from which a feed counts as failing
GONE_AFTER = timedelta(days=7)  # active feeds do answer 404 and come back
FULL_READING = timedelta(days=7)  # some servers answer 304 for ever
REFUSALS = {401: "asks for a log-in", 403: "refuses us", 407: "asks for a log-in", 451: "is barred for legal reasons"}
BUSY = frozenset({429, 503})
MISSING = frozenset({404, 410})
GONE_FOR_GOOD = 410
SERVER_ERROR = 500
PERMANENT = frozenset({301, 308})
SOFT_KINDS = frozenset({AnswerKind.DNS, AnswerKind.CONNECT, AnswerKind.TIMEOUT, AnswerKind.PROTOCOL})


@dataclass(frozen=True, slots=True)
class Failure:
    """How a poll failed: `weight` is added to the failures in a row."""

    outcome: PollOutcome
    state: FeedState
    weight: float
    cause: str
    next_step: str = ""


def decide_poll(
    feed: DueFeed, answer: Answer, parsed: ParsedFeed | NotAFeed | None, now: datetime, policy: FetchPolicy
) -> FeedUpdate:
    """What a poll is to change.

    Args:
        feed: the feed as it was due.
        answer: what came back, whatever it was.
        parsed: what its document announces; None where there was none to parse.
        now: aware UTC.
        policy: intervals and limits.
    """
    if answer.kind is AnswerKind.UNCHANGED:
        return _unchanged(feed, answer, now, policy)
    if isinstance(parsed, ParsedFeed):
        return _delivered(feed, answer, parsed, now, policy)
    if isinstance(parsed, NotAFeed):
        advice = f"The page names {parsed.suggestion} as its feed: add that instead." if parsed.suggestion else ""
        state = _state_after(feed, HARD)
        return _failed(feed, Failure(PollOutcome.ERROR, state, HARD, parsed.reason, advice), now, policy)
    if answer.status in BUSY and answer.kind is AnswerKind.HTTP_ERROR:
        return _asked_to_wait(feed, answer, now, policy)
    if answer.status in MISSING and answer.kind is AnswerKind.HTTP_ERROR:
        return _missing(feed, answer, now, policy)
    return _failed(feed, _grade(feed, answer), now, policy)


def _unchanged(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    stale = feed.since_full is None or now - feed.since_full > FULL_READING
    return FeedUpdate(
        outcome=PollOutcome.UNCHANGED,
        state=FeedState.HEALTHY,
        next_poll_at=next_turn(feed, answer, None, now, policy),
        cause="Its server says that nothing is new.",
        # Without validators the next request reads the document in full, whatever the server believes.
        etag=None if stale else feed.etag,
        last_modified=None if stale else feed.last_modified,
        body_hash=feed.body_hash,
    )


def _delivered(feed: DueFeed, answer: Answer, parsed: ParsedFeed, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    digest = hashlib.sha256(answer.body).hexdigest()
    outcome, cause, next_step = _told(feed, answer, parsed, same=digest == feed.body_hash)
    return FeedUpdate(
        outcome=outcome,
        state=FeedState.HEALTHY,
        next_poll_at=next_turn(feed, answer, parsed.ttl_minutes, now, policy),
        cause=cause,
        next_step=next_step,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        body_hash=digest,
        new_url=_to_tls(feed, answer),
        read_in_full=True,
        title=parsed.title,
        entries=parsed.entries,
    )


def _told(feed: DueFeed, answer: Answer, parsed: ParsedFeed, *, same: bool) -> tuple[PollOutcome, str, str]:
    moved = _moved_to(feed, answer)
    if parsed.problems:
        return PollOutcome.PARTIAL, " ".join(parsed.problems[:3]), ""
    if moved:
        advice = "" if _to_tls(feed, answer) else f"If it stays so, add {moved} instead."
        return PollOutcome.MOVED, f"It has moved for good to {moved}.", advice
    if same:
        return PollOutcome.UNCHANGED, "Its document is the same as last time.", ""
    if not parsed.entries:
        return PollOutcome.OK, "It is a feed, but announces nothing now.", ""
    return PollOutcome.OK, "", ""


def _moved_to(feed: DueFeed, answer: Answer) -> str | None:
    """Where a chain of permanent redirects leads; None when one of them is temporary, or there is none."""
    for_good = bool(answer.hops) and all(hop.status in PERMANENT for hop in answer.hops)
    return answer.final_url if for_good and answer.final_url != feed.spec.url else None


def _to_tls(feed: DueFeed, answer: Answer) -> str | None:
    """The new address where it differs from the old one by https only; any other is for a person to judge.

    A captive portal's permanent redirect once replaced all addresses of a reader (Vienna #380).
    """
    moved = _moved_to(feed, answer)
    if moved is None or not moved.startswith("https://") or host_of(moved) != host_of(feed.spec.url):
        return None
    return moved if moved.removeprefix("https://") == feed.spec.url.removeprefix("http://") else None


def _failed(feed: DueFeed, failure: Failure, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    weight = feed.failures + failure.weight
    pause = back_off(weight, _interval(feed, policy), policy.max_interval, feed.id)
    return FeedUpdate(
        outcome=failure.outcome,
        state=failure.state,
        next_poll_at=now + max(pause, policy.min_interval),
        cause=failure.cause,
        next_step=failure.next_step,
        failures=weight,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        first_gone_at=feed.first_gone_at,
    )


def _interval(feed: DueFeed, policy: FetchPolicy) -> timedelta:
    return timedelta(minutes=feed.spec.interval_minutes) if feed.spec.interval_minutes else policy.interval


def _state_after(feed: DueFeed, weight: float) -> FeedState:
    if feed.failures + weight >= FAILING_FROM or feed.state is FeedState.FAILING:
        return FeedState.FAILING
    return feed.state if feed.state in (FeedState.NEW, FeedState.HEALTHY) else FeedState.FAILING


def _asked_to_wait(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    until = retry_after(answer.headers, now)
    cause = f"Its server answered {answer.status} and asked to be left alone for a while."
    failed = _failed(feed, Failure(PollOutcome.RETRY_LATER, _state_after(feed, SOFT), SOFT, cause), now, policy)
    return FeedUpdate(
        outcome=failed.outcome,
        state=failed.state,
        next_poll_at=until or failed.next_poll_at,
        cause=cause,
        failures=failed.failures,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
    )


def _missing(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    since = feed.first_gone_at or now
    gone = answer.status == GONE_FOR_GOOD or now - since >= GONE_AFTER
    state = FeedState.GONE if gone else _state_after(feed, SOFT)
    outcome = PollOutcome.GONE if gone else PollOutcome.ERROR
    cause = f"Its server answers {answer.status}: there is no feed at this address" + ("." if gone else " now.")
    advice = "Find its new address, or take it off the list; it is asked once a day meanwhile." if gone else ""
    failed = _failed(feed, Failure(outcome, state, HARD if gone else SOFT, cause, advice), now, policy)
    return FeedUpdate(
        outcome=failed.outcome,
        state=failed.state,
        next_poll_at=now + policy.max_interval if gone else failed.next_poll_at,
        cause=failed.cause,
        next_step=failed.next_step,
        failures=failed.failures,
        first_gone_at=since,
    )


def _grade(feed: DueFeed, answer: Answer) -> Failure:
    """Class and weight of an answer that brought no document."""
    if answer.kind is AnswerKind.ROBOTS:
        advice = "Ask the publisher, or watch another address of it."
        return Failure(PollOutcome.SKIP, FeedState.BLOCKED, HARD, "Its robots.txt does not allow us.", advice)
    if answer.kind in BLOCKED_KINDS:
        advice = "If the address is right and internal, allow it by OFFING_ALLOWED_HOSTS."
        return Failure(PollOutcome.BLOCKED, FeedState.BLOCKED, HARD, answer.detail, advice)
    if answer.status in REFUSALS:
        cause = f"Its server {REFUSALS[answer.status]} (status {answer.status})."
        advice = "Open it in a browser: if it works there, ask the publisher to let us in."
        return Failure(PollOutcome.ERROR, FeedState.BLOCKED, HARD, cause, advice)
    passing = answer.kind in SOFT_KINDS or (answer.status or 0) >= SERVER_ERROR
    weight = SOFT if passing else HARD
    cause = answer.detail or f"Its server answers {answer.status}."
    advice = "" if passing else "See what a browser shows at this address."
    return Failure(PollOutcome.ERROR, _state_after(feed, weight), weight, cause, advice)
