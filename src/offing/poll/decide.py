"""What one poll changes: outcome, state, next turn, validators. Pure: a decider that receives its clock.

Policy after mediacloud/rss-fetcher (graded failures, linear back-off, never given up) and miniflux (next
turn from what document and headers ask for); figures: security-plan 5.6.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from offing.model.backoff import back_off, retry_after
from offing.model.feed import DueFeed, FeedState, FeedUpdate, NotAFeed, ParsedFeed, PollOutcome
from offing.model.page import BLOCKED_KINDS, Answer, AnswerKind
from offing.model.rules import FetchPolicy
from offing.poll.inside import without_inside
from offing.poll.pace import interval_of, next_turn, spread
from offing.urls import host_of

# Weights of failures in a row (security-plan 5.6).
SOFT = 0.25  # passes by itself: no name, no connection, too slow
UNSTEADY = 0.5  # the server is there, but ails
HARD = 1.0  # stays until somebody does something
FAILING_FROM = 1.0  # weight from which a feed counts as failing: one hard failure, four soft ones

GONE_AFTER = timedelta(days=7)  # active feeds do answer 404 and come back
FULL_READING = timedelta(days=7)  # some servers answer 304 for ever
LONGEST_VALIDATOR = 1024  # characters; a longer one is no validator, but somebody's joke
PERMANENT = frozenset({301, 308})
BUSY = frozenset({429, 503})
MISSING = frozenset({404, 410})
GONE_FOR_GOOD = 410
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


@dataclass(frozen=True, slots=True)
class Failure:
    """How a poll failed: `weight` is added to the failures in a row; `state` where it does not follow from them."""

    weight: float
    cause: str
    next_step: str = ""
    outcome: PollOutcome = PollOutcome.ERROR
    state: FeedState | None = None


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
        return _delivered(feed, answer, without_inside(parsed, policy.allowed), now, policy)
    if isinstance(parsed, NotAFeed):
        return _failed(feed, answer, _no_feed(parsed), now, policy)
    if answer.status in BUSY:
        return _asked_to_wait(feed, answer, now, policy)
    if answer.status in MISSING:
        return _missing(feed, answer, now, policy)
    return _failed(feed, answer, _graded(answer), now, policy)


def _unchanged(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    if not (feed.etag or feed.last_modified):
        cause = "Its server answers that nothing is new (304) although it was asked for everything."
        return _failed(feed, answer, Failure(HARD, cause, LOOK), now, policy)
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
    """A document of a feed. Validators are kept with a whole one only: a cut one is to be read again."""
    if not parsed.entries and parsed.problems and not parsed.whole:
        failure = Failure(HARD, f"It announces nothing that can be used: {_summary(parsed)}", LOOK)
        return _failed(feed, answer, failure, now, policy)
    digest = hashlib.sha256(answer.body).hexdigest()
    same = digest == feed.body_hash
    outcome, cause, next_step = _told(feed, answer, parsed, same=same)
    useless = bool(parsed.problems) and not parsed.entries
    return FeedUpdate(
        outcome=outcome,
        state=FeedState.FAILING if useless else FeedState.HEALTHY,
        next_poll_at=next_turn(feed, answer, parsed.ttl_minutes, now, policy),
        cause=cause,
        next_step=next_step,
        etag=_validator(answer, "etag") if parsed.whole else None,
        last_modified=_validator(answer, "last-modified") if parsed.whole else None,
        body_hash=digest if parsed.whole else None,
        new_url=_to_tls(feed, answer),
        read_in_full=parsed.whole,
        title=parsed.title,
        entries=() if same else parsed.entries,
    )


def _told(feed: DueFeed, answer: Answer, parsed: ParsedFeed, *, same: bool) -> tuple[PollOutcome, str, str]:
    """Outcome, cause and next step of a document that was delivered."""
    moved = _moved_to(feed, answer)
    if moved:
        advice = "" if _to_tls(feed, answer) else f"If it stays so, add {moved} in its place."
        return PollOutcome.MOVED, f"It has moved for good to {moved}.", advice
    if same and parsed.entries:
        return PollOutcome.UNCHANGED, "Its document is the same as last time.", ""
    if parsed.problems:
        return PollOutcome.PARTIAL, _summary(parsed), "" if parsed.entries else LOOK
    if not parsed.entries:
        outcome = PollOutcome.UNCHANGED if same else PollOutcome.OK
        return outcome, "It is a feed, but announces nothing now.", ""
    return PollOutcome.OK, "", ""


def _summary(parsed: ParsedFeed) -> str:
    """The first problems of a document as one sentence."""
    first = "; ".join(parsed.problems[:3])
    more = len(parsed.problems) - 3
    return f"{first[:1].upper()}{first[1:]}{f'; and {more} more' if more > 0 else ''}."


def _validator(answer: Answer, name: str) -> str | None:
    """A validator that can be sent back byte for byte, or None."""
    value = answer.headers.get(name, "")
    return value if value and len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _moved_to(feed: DueFeed, answer: Answer) -> str | None:
    """Where a chain of permanent redirects leads; None when one of them is temporary, or there is none."""
    for_good = bool(answer.hops) and all(hop.status in PERMANENT for hop in answer.hops)
    return answer.final_url if for_good and answer.final_url != feed.spec.url else None


def _to_tls(feed: DueFeed, answer: Answer) -> str | None:
    """The new address where a host moved from http to https; any other move is for a person to judge.

    A captive portal's permanent redirect once replaced all addresses of a reader (Vienna #380).
    """
    moved = _moved_to(feed, answer)
    is_tls = moved is not None and moved.startswith("https://") and feed.spec.url.lower().startswith("http://")
    return moved if moved and is_tls and host_of(moved) == host_of(feed.spec.url) else None


def _no_feed(parsed: NotAFeed) -> Failure:
    cause = f"{parsed.reason[:1].upper()}{parsed.reason[1:].rstrip('.')}."
    if parsed.suggestion:
        return Failure(HARD, cause, f"The page names {parsed.suggestion} as its feed: add that in its place.")
    return Failure(HARD, cause, parsed.advice or LOOK)


def _failed(feed: DueFeed, answer: Answer, failure: Failure, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """A poll that brought nothing: what was known stays, the next turn is later the longer it lasts."""
    weight = feed.failures + failure.weight
    pause = back_off(weight, interval_of(feed, policy), policy.max_interval, feed.id)
    until = retry_after(answer.headers, now) or now
    return FeedUpdate(
        outcome=failure.outcome,
        state=failure.state or _state_after(feed, weight),
        next_poll_at=max(now + max(pause, policy.min_interval), until),
        cause=failure.cause,
        next_step=failure.next_step,
        failures=weight,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        first_gone_at=feed.first_gone_at,
    )


def _state_after(feed: DueFeed, weight: float) -> FeedState:
    is_new_to_it = feed.state in (FeedState.NEW, FeedState.HEALTHY)
    return feed.state if is_new_to_it and weight < FAILING_FROM else FeedState.FAILING


def _asked_to_wait(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """A busy server names its time; where it does not, the usual back-off stands. The minute after is shared out."""
    cause = f"Its server answers {answer.status}: it asks to be left alone for a while."
    failed = _failed(feed, answer, Failure(SOFT, cause, outcome=PollOutcome.RETRY_LATER), now, policy)
    until = retry_after(answer.headers, now)
    return replace(failed, next_poll_at=spread(feed, until or failed.next_poll_at))


def _missing(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """404 is believed after a week, 410 at once; even then the feed is asked once a day."""
    since = feed.first_gone_at or now
    if answer.status != GONE_FOR_GOOD and now - since < GONE_AFTER:
        cause = f"Its server answers {answer.status}: there is no feed at this address now."
        failure = Failure(
            UNSTEADY, cause, f"If it does not come back by {since + GONE_AFTER:%Y-%m-%d}, it counts as gone."
        )
        return replace(_failed(feed, answer, failure, now, policy), first_gone_at=since)
    cause = f"Its server answers {answer.status}: there is no feed at this address."
    advice = "Find its new address, or take it off the list; it is asked once a day meanwhile."
    failure = Failure(HARD, cause, advice, PollOutcome.GONE, FeedState.GONE)
    failed = _failed(feed, answer, failure, now, policy)
    return replace(failed, next_poll_at=now + policy.max_interval, first_gone_at=since)


def _graded(answer: Answer) -> Failure:
    """Class and weight of an answer that brought no document."""
    if answer.kind is AnswerKind.ROBOTS:
        advice = "Ask the publisher for leave, or watch another address of it."
        return Failure(HARD, "Its robots.txt does not allow us.", advice, PollOutcome.SKIP, FeedState.BLOCKED)
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


def _detail(answer: Answer) -> str:
    """What the exchange says of itself, as a sentence."""
    detail = answer.detail.strip() or (f"its server answers {answer.status}" if answer.status else str(answer.kind))
    return f"{detail[:1].upper()}{detail[1:].rstrip('.')}."
