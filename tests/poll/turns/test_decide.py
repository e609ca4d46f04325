"""What one poll changes: outcome, state, next turn, validators; nothing is given up for ever."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.feed import FeedForm, FeedState, NotAFeed, ParsedFeed, PollOutcome
from offing.model.sources.page import Answer, AnswerKind, Hop
from offing.poll import decide_poll
from poll.answers import BODY, DAY, FEED, GOOD, HOUR, POLICY, URL, answer, http, wait
from poll.feeds import NOW, item, parse, rss


def test_a_new_document_brings_its_entries() -> None:
    """Entries, title, validators, body hash and the time of reading in full belong together."""
    headers = {"etag": 'W/"2"', "last-modified": "Tue, 05 Mar 2024 09:30:00 GMT"}
    update = decide_poll(replace(FEED, failures=3), answer(headers=headers), GOOD, NOW, POLICY)
    assert (update.outcome, update.state, update.failures, update.cause) == (PollOutcome.OK, FeedState.HEALTHY, 0, "")
    assert (update.etag, update.last_modified) == ('W/"2"', "Tue, 05 Mar 2024 09:30:00 GMT")
    assert update.body_hash == hashlib.sha256(BODY).hexdigest()
    assert (len(update.entries), update.title, update.read_in_full) == (2, "News", True)
    assert HOUR <= wait(update) <= 1.1 * HOUR


def test_the_same_body_is_unchanged_but_read_in_full() -> None:
    """A server that knows no conditional requests is found to bring nothing new."""
    feed = replace(FEED, body_hash=hashlib.sha256(BODY).hexdigest())
    update = decide_poll(feed, answer(), GOOD, NOW, POLICY)
    assert (update.outcome, update.entries, update.read_in_full) == (PollOutcome.UNCHANGED, (), True)


def test_304_keeps_validators() -> None:
    """Nothing new: the next request is conditional again."""
    update = decide_poll(replace(FEED, failures=1), answer(AnswerKind.UNCHANGED, 304), None, NOW, POLICY)
    assert (update.outcome, update.etag, update.last_modified) == (PollOutcome.UNCHANGED, '"e"', "yesterday")
    assert (update.body_hash, update.failures, update.read_in_full) == ("hash", 0, False)


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=7, seconds=1)])
def test_after_a_week_of_304_the_document_is_asked_for_in_full(since: datetime | None) -> None:
    """Some servers answer 304 for ever; without validators the next request is unconditional."""
    update = decide_poll(replace(FEED, since_full=since), answer(AnswerKind.UNCHANGED, 304), None, NOW, POLICY)
    assert (update.outcome, update.etag, update.last_modified) == (PollOutcome.UNCHANGED, None, None)


def test_304_to_an_unconditional_request_is_an_error() -> None:
    """It would hide the feed for ever."""
    feed = replace(FEED, etag=None, last_modified=None)
    update = decide_poll(feed, answer(AnswerKind.UNCHANGED, 304), None, NOW, POLICY)
    assert (update.outcome, update.state) == (PollOutcome.ERROR, FeedState.FAILING)


def test_a_valid_feed_without_entries_is_no_failure() -> None:
    """An empty feed is healthy, and says so."""
    empty = parse(rss())
    update = decide_poll(FEED, answer(), empty, NOW, POLICY)
    assert (update.outcome, update.state) == (PollOutcome.OK, FeedState.HEALTHY)
    assert "announces nothing" in update.cause
    again = decide_poll(replace(FEED, body_hash=update.body_hash), answer(), empty, NOW, POLICY)
    assert again.outcome is PollOutcome.UNCHANGED


def test_a_feed_with_bad_entries_is_partial() -> None:
    """What is good is taken, what is bad is told; the document was whole, so its validators hold."""
    parsed = replace(GOOD, problems=("entry 3 has no link", "b", "c", "d"))
    update = decide_poll(FEED, answer(headers={"etag": "x"}), parsed, NOW, POLICY)
    assert (update.outcome, update.state, update.etag) == (PollOutcome.PARTIAL, FeedState.HEALTHY, "x")
    assert update.cause == "Entry 3 has no link; b; c; and 1 more."


def test_a_cut_document_keeps_no_validators() -> None:
    """Its entries are taken, and the next request asks for everything again."""
    parsed = replace(GOOD, problems=("cut",), whole=False)
    update = decide_poll(FEED, answer(headers={"etag": "x", "last-modified": "y"}), parsed, NOW, POLICY)
    assert (update.outcome, len(update.entries)) == (PollOutcome.PARTIAL, 2)
    assert (update.etag, update.last_modified, update.body_hash, update.read_in_full) == (None, None, None, False)


def test_a_feed_of_useless_entries_only_is_failing() -> None:
    """It can never look like a quiet one."""
    update = decide_poll(FEED, answer(), parse(rss(item(link="x:y"))), NOW, POLICY)
    assert (update.outcome, update.state) == (PollOutcome.PARTIAL, FeedState.FAILING)
    assert "no usable link" in update.cause
    assert update.next_step


def test_an_index_of_sitemaps_is_an_error() -> None:
    """It announces nothing itself; the sentence says what to add."""
    parsed = parse("<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>")
    update = decide_poll(FEED, answer(), parsed, NOW, POLICY)
    assert (update.outcome, update.state, update.etag) == (PollOutcome.ERROR, FeedState.FAILING, '"e"')
    assert "https://news.example/s.xml" in update.cause


def test_a_page_in_the_feeds_place_is_an_error_with_advice() -> None:
    """Known validators stay, no address changes, and the advertised feed is named."""
    moved = answer(final_url="https://portal.example/login", hops=(Hop(301, "https://portal.example/login"),))
    parsed = NotAFeed("the answer is a log-in page", "https://news.example/rss")
    update = decide_poll(FEED, moved, parsed, NOW, POLICY)
    assert (update.outcome, update.state, update.new_url) == (PollOutcome.ERROR, FeedState.FAILING, None)
    assert update.cause == "The answer is a log-in page."
    assert "https://news.example/rss" in update.next_step
    assert (update.etag, update.body_hash) == ('"e"', "hash")
    assert decide_poll(FEED, answer(), NotAFeed("the answer is empty"), NOW, POLICY).next_step


@pytest.mark.parametrize(
    ("target", "statuses", "outcome", "new_url"),
    [
        ("https://news.example/feed.xml", (301,), PollOutcome.MOVED, "https://news.example/feed.xml"),
        ("https://news.example/rss", (301, 308), PollOutcome.MOVED, "https://news.example/rss"),
        ("http://news.example/rss", (308,), PollOutcome.MOVED, None),
        ("https://other.example/rss", (301,), PollOutcome.MOVED, None),
        ("https://news.example/feed.xml", (301, 302), PollOutcome.OK, None),
        ("https://other.example/rss", (302,), PollOutcome.OK, None),
        (URL, (301,), PollOutcome.OK, None),
    ],
)
def test_moves(target: str, statuses: tuple[int, ...], outcome: PollOutcome, new_url: str | None) -> None:
    """Only from http to https of one host the address changes by itself; other moves for good are proposed."""
    hops = tuple(Hop(status, target) for status in statuses)
    update = decide_poll(FEED, answer(final_url=target, hops=hops), GOOD, NOW, POLICY)
    assert (update.outcome, update.new_url, len(update.entries)) == (outcome, new_url, 2)
    if outcome is PollOutcome.MOVED:
        assert target in update.cause
        assert (target in update.next_step) == (new_url is None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("headers", "shortest", "longest"),
    [
        ({"retry_after": "7200"}, 2 * HOUR, 2 * HOUR + timedelta(minutes=1)),
        ({"retry_after": "1"}, timedelta(minutes=5), timedelta(minutes=6)),
        ({"retry_after": "999999999"}, DAY, DAY + timedelta(minutes=1)),
        ({"retry_after": "soon"}, 0.9 * HOUR, 1.1 * HOUR + timedelta(minutes=1)),
        ({}, 0.9 * HOUR, 1.1 * HOUR + timedelta(minutes=1)),
    ],
)
def test_a_busy_server_is_left_alone(
    status: int, headers: dict[str, str], shortest: timedelta, longest: timedelta
) -> None:
    """Until Retry-After, at least five minutes and at most a day; what is known stays."""
    update = decide_poll(FEED, http(status, **headers), None, NOW, POLICY)
    assert (update.outcome, update.state, update.failures) == (PollOutcome.RETRY_LATER, FeedState.HEALTHY, 0.25)
    assert shortest <= wait(update) <= longest
    assert (update.etag, update.body_hash) == ('"e"', "hash")


def test_404_is_believed_after_a_week() -> None:
    """Feeds come back; until then it is an error, afterwards the feed is gone, and asked once a day."""
    first = decide_poll(FEED, http(404), None, NOW, POLICY)
    assert (first.outcome, first.state, first.first_gone_at) == (PollOutcome.ERROR, FeedState.HEALTHY, NOW)
    later = NOW + timedelta(days=7)
    gone = decide_poll(replace(FEED, first_gone_at=first.first_gone_at), http(404), None, later, POLICY)
    assert (gone.outcome, gone.state, gone.first_gone_at) == (PollOutcome.GONE, FeedState.GONE, NOW)
    assert (gone.next_poll_at, bool(gone.next_step)) == (later + DAY, True)
    back = decide_poll(replace(FEED, state=FeedState.GONE, first_gone_at=NOW), answer(), GOOD, later, POLICY)
    assert (back.state, back.first_gone_at) == (FeedState.HEALTHY, None)


def test_410_is_believed_when_it_is_said_again_after_a_day() -> None:
    """The first time it is shown and asked again a day later; then it counts as gone."""
    first = decide_poll(FEED, http(410), None, NOW, POLICY)
    assert (first.outcome, first.state, wait(first)) == (PollOutcome.GONE, FeedState.FAILING, DAY)
    assert "after a day" in first.next_step
    again = decide_poll(replace(FEED, first_gone_at=first.first_gone_at), http(410), None, NOW + DAY, POLICY)
    assert (again.outcome, again.state) == (PollOutcome.GONE, FeedState.GONE)
    assert again.next_poll_at == NOW + 2 * DAY


def test_another_failure_does_not_forget_since_when_a_feed_is_missing() -> None:
    """A time-out between two 404 does not start the week again."""
    feed = replace(FEED, first_gone_at=NOW - DAY)
    assert decide_poll(feed, answer(AnswerKind.TIMEOUT, None), None, NOW, POLICY).first_gone_at == NOW - DAY


@pytest.mark.parametrize("status", [401, 402, 403, 407, 451])
def test_a_refusal_needs_a_person(status: int) -> None:
    """The feed counts as blocked, with what to do."""
    update = decide_poll(FEED, http(status), None, NOW, POLICY)
    assert (update.state, update.failures) == (FeedState.BLOCKED, 1)
    assert str(status) in update.cause
    assert update.next_step


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (AnswerKind.BLOCKED_ADDRESS, PollOutcome.BLOCKED),
        (AnswerKind.BLOCKED_SCHEME, PollOutcome.BLOCKED),
        (AnswerKind.BLOCKED_PORT, PollOutcome.BLOCKED),
        (AnswerKind.BLOCKED_URL, PollOutcome.BLOCKED),
    ],
)
def test_what_we_may_not_ask_for_is_blocked(kind: AnswerKind, outcome: PollOutcome) -> None:
    """An address that the guard refuses."""
    update = decide_poll(FEED, answer(kind, None, detail="it is a private address"), None, NOW, POLICY)
    assert (update.outcome, update.state) == (outcome, FeedState.BLOCKED)
    assert update.next_step


@pytest.mark.parametrize(
    ("status", "outcome", "state", "weight"),
    [
        (200, PollOutcome.SKIP, FeedState.BLOCKED, 1),
        (503, PollOutcome.SKIP, FeedState.HEALTHY, 0.5),
        (None, PollOutcome.ERROR, FeedState.HEALTHY, 0.25),
    ],
)
def test_robots_txt_that_forbids_and_that_cannot_be_had(
    status: int | None, outcome: PollOutcome, state: FeedState, weight: float
) -> None:
    """A rule needs a person; a robots.txt that did not come is a failure that passes by itself."""
    found = answer(AnswerKind.ROBOTS, status, detail="robots.txt of the site cannot be had")
    update = decide_poll(FEED, found, None, NOW, POLICY)
    assert (update.outcome, update.state, update.failures) == (outcome, state, weight)
    assert ("cannot be had" in update.cause) == (status != 200)
    assert update.next_step


@pytest.mark.parametrize(
    ("found", "weight"),
    [
        (answer(AnswerKind.DNS, None), 0.25),
        (answer(AnswerKind.CONNECT, None), 0.25),
        (answer(AnswerKind.TIMEOUT, None), 0.25),
        (http(408), 0.25),
        (http(425), 0.25),
        (answer(AnswerKind.PROTOCOL, None), 0.5),
        (answer(AnswerKind.ENCODING, 200), 0.5),
        (http(500), 0.5),
        (http(599), 0.5),
        (http(400), 1),
        (answer(AnswerKind.TLS, None), 1),
        (answer(AnswerKind.TOO_LARGE, 200), 1),
        (answer(AnswerKind.REDIRECT_REFUSED, 302), 1),
        (answer(AnswerKind.OK, 200), 1),  # a document that nobody parsed
    ],
)
def test_failures_are_graded(found: Answer, weight: float) -> None:
    """What passes by itself weighs less; one hard failure or several soft ones make a feed failing."""
    update = decide_poll(FEED, replace(found, detail="no answer came"), None, NOW, POLICY)
    assert (update.outcome, update.failures) == (PollOutcome.ERROR, weight)
    assert update.cause == "No answer came."
    assert update.state is (FeedState.FAILING if weight == 1 else FeedState.HEALTHY)
    again = decide_poll(replace(FEED, failures=0.75), replace(found, detail=""), None, NOW, POLICY)
    assert again.state is FeedState.FAILING
    assert again.cause.endswith(".")


@given(st.floats(0, 10_000), st.integers(1, 10_000))
def test_a_failing_feed_is_never_given_up(failures: float, number: int) -> None:
    """However long it fails, it is asked again within a day, and never sooner than the shortest interval."""
    feed = replace(FEED, id=number, failures=failures)
    update = decide_poll(feed, answer(AnswerKind.CONNECT, None), None, NOW, POLICY)
    assert POLICY.min_interval <= wait(update) <= POLICY.max_interval


@pytest.mark.parametrize("etag", ["x" * 1025, "a\r\nX: y", "naïve", ""])
def test_odd_validators_are_not_kept(etag: str) -> None:
    """What could not be sent back safely is dropped."""
    assert decide_poll(FEED, answer(headers={"etag": etag}), GOOD, NOW, POLICY).etag is None


def test_a_decision_travels_between_processes() -> None:
    """The function and its value can be pickled."""
    update = decide_poll(FEED, answer(), GOOD, NOW, POLICY)
    assert pickle.loads(pickle.dumps(update)) == update
    assert pickle.loads(pickle.dumps(decide_poll)) is decide_poll
    assert ParsedFeed(FeedForm.RSS, "", ()).whole
    assert NOW.tzinfo is UTC
