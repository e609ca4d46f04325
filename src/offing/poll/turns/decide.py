"""Decides what one poll changes: outcome, state, next turn, validators. Pure: the clock is passed in.

Policy after mediacloud/rss-fetcher (graded failures, linear back-off, never given up) and miniflux (next turn from
what document and headers ask for); figures: docs/limits.md, Retries.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from offing.model.sources.backoff import back_off, retry_after
from offing.model.sources.feed import (
    DueFeed,
    Exchange,
    FeedState,
    FeedUpdate,
    NotAFeed,
    ParsedFeed,
    PollOutcome,
)
from offing.model.sources.page import Answer, AnswerKind
from offing.model.sources.policy import FetchPolicy
from offing.poll.documents.private_links import without_private_links
from offing.poll.turns.failures import HARD, LOOK, MISSING, SOFT, Failure, graded, missing, no_feed
from offing.poll.turns.moves import Move, move_message, move_of
from offing.poll.turns.new_entries import SortedEntries, sort_entries
from offing.poll.turns.pace import interval_of, next_turn, spread

FAILING_FROM = 1.0  # accumulated weight at which a feed counts as failing: one hard failure, four soft ones
FULL_READING = timedelta(days=7)  # some servers answer 304 forever
DISTRUST = timedelta(days=30)  # for this long no validators are sent to a server whose 304 hid entries
LONGEST_VALIDATOR = 1024  # characters; anything longer is not a real validator
BUSY = frozenset({429, 503})


def decide_poll(
    feed: DueFeed, answer: Answer, parsed: ParsedFeed | NotAFeed | None, now: datetime, policy: FetchPolicy
) -> FeedUpdate:
    """Decide what a poll changes.

    Args:
        feed: the feed as it was due, with its last exchanges and the entries that the document may repeat.
        answer: what came back, of any kind.
        parsed: what its document announces; None where there was none to parse.
        now: aware UTC.
        policy: intervals and limits.
    """
    if isinstance(parsed, ParsedFeed):
        return _delivered(feed, answer, without_private_links(parsed, policy.allowed), now, policy)
    if answer.kind is AnswerKind.UNCHANGED:
        update = _unchanged(feed, answer, now, policy)
    elif isinstance(parsed, NotAFeed):
        update = _failed(feed, answer, no_feed(parsed), now, policy)
    elif answer.kind is AnswerKind.ROBOTS:  # the status is that of robots.txt
        update = _failed(feed, answer, graded(answer), now, policy)
    elif answer.status in BUSY:
        update = _busy_server(feed, answer, now, policy)
    elif answer.status in MISSING:
        update = _missing(feed, answer, now, policy)
    else:
        update = _failed(feed, answer, graded(answer), now, policy)
    return _remembered(update)


def _unchanged(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """Return the update for a 304, after which the document is requested in full once in a while."""
    if not (feed.etag or feed.last_modified):
        cause = "Its server answers that nothing is new (304) although it was asked for everything."
        return _failed(feed, answer, Failure(HARD, cause, LOOK), now, policy)
    move = move_of(feed, answer, now, same_entries=False)
    stale = feed.since_full is None or now - feed.since_full > FULL_READING or move.settled
    update = FeedUpdate(
        outcome=PollOutcome.UNCHANGED,
        state=FeedState.HEALTHY,
        next_poll_at=next_turn(_with(feed, _exchange(answer, now)), answer, None, now, policy),
        exchange=_exchange(answer, now),
        cause="Its server says that nothing is new.",
        # Without validators the next request fetches the whole document, whatever the server believes unchanged.
        etag=None if stale else feed.etag,
        last_modified=None if stale else feed.last_modified,
        body_hash=feed.body_hash,
    )
    return _moving(update, move)


def _delivered(feed: DueFeed, answer: Answer, parsed: ParsedFeed, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """Return the update for a feed document.

    Validators are stored only with a complete one: a truncated one is to be read again.
    """
    if not parsed.entries and parsed.problems and not parsed.whole:
        failure = Failure(HARD, f"It announces nothing that can be used: {_summary(parsed)}", LOOK)
        return _remembered(_failed(feed, answer, failure, now, policy))
    sifted = sort_entries(parsed.entries, feed.known, feed.history)
    known = {entry.key for entry in feed.known}
    same_entries = bool(sifted.renamed) or any(entry.key in known for entry in parsed.entries)
    move = move_of(feed, answer, now, same_entries=same_entries)
    update = _read(feed, answer, parsed, sifted, now)
    outcome, cause, next_step = _message(parsed, move, same=update.outcome is PollOutcome.UNCHANGED)
    exchange = replace(update.exchange, outcome=outcome, cause=cause)
    # A 304 of the server hid entries lately, so no validators are sent.
    hides = any(one.missed and now - one.at < DISTRUST for one in (exchange, *feed.history))
    update = replace(
        update,
        outcome=outcome,
        next_poll_at=next_turn(_with(feed, exchange), answer, parsed, now, policy),
        cause=cause,
        next_step=next_step,
        etag=None if hides else update.etag,
        last_modified=None if hides else update.last_modified,
        renamed=sifted.renamed,
        exchange=exchange,
    )
    return _moving(update, move)


def _read(feed: DueFeed, answer: Answer, parsed: ParsedFeed, sifted: SortedEntries, now: datetime) -> FeedUpdate:
    """Return what this document changes, regardless of earlier ones; an unchanged document has no entries."""
    digest = hashlib.sha256(answer.body).hexdigest()
    same = digest == feed.body_hash
    useless = bool(parsed.problems) and not parsed.entries
    return FeedUpdate(
        outcome=PollOutcome.UNCHANGED if same else PollOutcome.OK,
        state=FeedState.FAILING if useless else FeedState.HEALTHY,
        next_poll_at=now,
        exchange=replace(
            _exchange(answer, now),
            entries=len(parsed.entries),
            new_entries=sifted.new,
            dated=sum(1 for entry in parsed.entries if entry.published),
            with_text=sum(1 for entry in parsed.entries if entry.summary),
            repeated=len(sifted.renamed),
            missed=sifted.missed,
        ),
        etag=_validator(answer, "etag") if parsed.whole else None,
        last_modified=_validator(answer, "last-modified") if parsed.whole else None,
        body_hash=digest if parsed.whole else None,
        read_in_full=parsed.whole,
        title=parsed.title,
        form=parsed.form,
        entries=() if same else parsed.entries,
    )


def _message(parsed: ParsedFeed, move: Move, *, same: bool) -> tuple[PollOutcome, str, str]:
    """Return outcome, cause and next step for a document that was delivered."""
    if move.to or move.new_url:
        return PollOutcome.MOVED, *move_message(move)
    if same and parsed.entries:
        return PollOutcome.UNCHANGED, "Its document is the same as last time.", ""
    if parsed.problems:
        return PollOutcome.PARTIAL, _summary(parsed), "" if parsed.entries else LOOK
    if not parsed.entries:
        outcome = PollOutcome.UNCHANGED if same else PollOutcome.OK
        return outcome, "It is a feed, but announces nothing now.", ""
    return PollOutcome.OK, "", ""


def _moving(update: FeedUpdate, move: Move) -> FeedUpdate:
    """Record a move in the update."""
    update = replace(update, new_url=move.new_url)
    return update if move.new_url else replace(update, moved_to=move.to, moved_since=move.since, moved_times=move.times)


def _exchange(answer: Answer, now: datetime) -> Exchange:
    return Exchange(now, PollOutcome.UNCHANGED, answer.status, round(answer.seconds, 3), len(answer.body))


def _remembered(update: FeedUpdate) -> FeedUpdate:
    """Copy the update's outcome into its exchange."""
    return replace(update, exchange=replace(update.exchange, outcome=update.outcome, cause=update.cause))


def _with(feed: DueFeed, exchange: Exchange) -> DueFeed:
    """Return the feed with one more exchange in its history."""
    return replace(feed, history=(exchange, *feed.history))


def _summary(parsed: ParsedFeed) -> str:
    """Return the document's first problems as one sentence."""
    first = "; ".join(parsed.problems[:3])
    more = len(parsed.problems) - 3
    return f"{first[:1].upper()}{first[1:]}{f'; and {more} more' if more > 0 else ''}."


def _validator(answer: Answer, name: str) -> str | None:
    """Return a validator that can be sent back byte for byte, or None."""
    value = answer.headers.get(name, "")
    return value if value and len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _failed(feed: DueFeed, answer: Answer, failure: Failure, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """Return the update for a poll that brought nothing: known state stays, and the pause grows with each failure."""
    weight = feed.failures + failure.weight
    pause = back_off(weight, interval_of(feed, policy), policy.max_interval, feed.id)
    until = retry_after(answer.headers, now) or now
    keeps_state = feed.state in (FeedState.NEW, FeedState.HEALTHY) and weight < FAILING_FROM
    return FeedUpdate(
        outcome=failure.outcome,
        state=failure.state or (feed.state if keeps_state else FeedState.FAILING),
        next_poll_at=max(now + max(pause, policy.min_interval), until),
        exchange=_exchange(answer, now),
        cause=failure.cause,
        next_step=failure.next_step,
        failures=weight,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        first_gone_at=feed.first_gone_at,
        moved_to=feed.moved_to,
        moved_since=feed.moved_since,
        moved_times=feed.moved_times,
    )


def _busy_server(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """Return the update for a busy server: Retry-After, else the usual back-off.

    Turns are spread over the minute after.
    """
    cause = f"Its server answers {answer.status}: it asks to be left alone for a while."
    advice = "Nothing: it is left alone until the time that it named, or longer each time."
    failure = Failure(SOFT, cause, advice, PollOutcome.RETRY_LATER)
    failed = _failed(feed, answer, failure, now, policy)
    until = retry_after(answer.headers, now)
    return replace(failed, next_poll_at=spread(feed, until or failed.next_poll_at))


def _missing(feed: DueFeed, answer: Answer, now: datetime, policy: FetchPolicy) -> FeedUpdate:
    """Return the update for a missing feed. Once it counts as removed it is polled once a day, never less."""
    failure = missing(feed, answer, now)
    failed = replace(_failed(feed, answer, failure, now, policy), first_gone_at=feed.first_gone_at or now)
    is_gone = failure.outcome is PollOutcome.GONE
    return replace(failed, next_poll_at=now + policy.max_interval) if is_gone else failed
