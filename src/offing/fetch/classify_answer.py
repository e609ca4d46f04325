"""Turns the answer for an entry into a page, or into a problem with its cause and next step.

Rules: docs/limits.md, Retries.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from offing.fetch.content import why_no_page
from offing.model.sources.backoff import SHORTEST_REST, back_off, retry_after
from offing.model.sources.entry import DueEntry
from offing.model.sources.page import BLOCKED_KINDS, Answer, AnswerKind, FetchedPage, FetchProblem, FetchVerdict
from offing.model.sources.policy import FetchPolicy

SECOND_LOOK = timedelta(days=1)  # pages are announced before they are online, and come back after an outage

_NOT_FOUND, _GONE, _TOO_MANY, _UNAVAILABLE = 404, 410, 429, 503
_CLIENT_ERRORS = range(400, 500)
_SERVER_ERRORS = 500
_TEMPORARY = (408, 425)  # 408: the server timed us out; 425: it does not accept early data
_CLOSED = {
    401: "the page asks for a log-in (401)",
    402: "the page is behind a paywall (402)",
    403: "the server does not let us have the page (403); the publisher may refuse robots",
    407: "the server asks for a log-in at a proxy (407)",
    451: "the page is withheld for legal reasons (451)",
}


def classify_answer(entry: DueEntry, answer: Answer, now: datetime, policy: FetchPolicy) -> FetchedPage | FetchProblem:
    """Classify the answer to an entry's link as a page or a problem.

    Args:
        entry: the entry, with the tries that failed before this one.
        answer: what came for its link.
        now: aware UTC.
        policy: how often and how soon to try again.

    Returns:
        The page; or a problem whose cause is a sentence, with RETRY while another try may help.
    """
    if answer.kind is AnswerKind.OK:
        return _page(answer)
    if answer.kind in BLOCKED_KINDS:
        return FetchProblem(FetchVerdict.BLOCKED, _sentence(answer, "the address is not to be asked"))
    if answer.kind is AnswerKind.ROBOTS:
        return _forbidden(entry, answer, now, policy)
    if answer.kind is AnswerKind.TOO_LARGE:
        return FetchProblem(FetchVerdict.UNUSABLE, _sentence(answer, "the page is too large"))
    if answer.kind is AnswerKind.HTTP_ERROR:
        return _by_status(entry, answer, now, policy)
    # A host name that still does not resolve at the last try means that the page is gone.
    at_last = FetchVerdict.GONE if answer.kind is AnswerKind.DNS else FetchVerdict.UNUSABLE
    return _later(entry, _sentence(answer, f"no page came ({answer.kind})"), now, policy, at_last)


def _forbidden(entry: DueEntry, answer: Answer, now: datetime, policy: FetchPolicy) -> FetchProblem:
    """Return the problem of a page that robots.txt forbids, which is final.

    A robots.txt that cannot be fetched (no status, or 5xx) is retried with back-off.
    """
    cause = _sentence(answer, "robots.txt of the publisher forbids this page")
    if answer.status is not None and answer.status < _SERVER_ERRORS:
        return FetchProblem(FetchVerdict.REFUSED, cause)
    return _later(entry, cause, now, policy, FetchVerdict.REFUSED)


def _page(answer: Answer) -> FetchedPage | FetchProblem:
    """Return the page in an answer, or why it can hold no article."""
    content_type = answer.headers.get("content-type", "")
    cause = why_no_page(content_type, answer.body)
    if cause:
        return FetchProblem(FetchVerdict.UNUSABLE, cause)
    return FetchedPage(
        url=answer.url,
        final_url=answer.final_url,
        status=answer.status or 200,
        content_type=content_type,
        headers=answer.headers,
        body=answer.body,
        fetched_at=answer.at,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )


def _by_status(entry: DueEntry, answer: Answer, now: datetime, policy: FetchPolicy) -> FetchProblem:
    """Return the problem that an HTTP status means."""
    status = answer.status or 0
    if status in (_TOO_MANY, _UNAVAILABLE):
        return _rest(entry, answer, now, policy)
    if status == _GONE:
        return FetchProblem(FetchVerdict.GONE, "the page was taken down (410)")
    if status == _NOT_FOUND:
        return _not_found(entry, now)
    if status in _CLOSED:
        return FetchProblem(FetchVerdict.BLOCKED, _CLOSED[status])
    if status in _CLIENT_ERRORS and status not in _TEMPORARY:
        return FetchProblem(FetchVerdict.UNUSABLE, f"the server refuses the request ({status})")
    return _later(entry, f"the server answered with status {status} instead of the page", now, policy)


def _not_found(entry: DueEntry, now: datetime) -> FetchProblem:
    """Return the problem of a 404: a second look after a day, then the page counts as gone."""
    if entry.tries:
        return FetchProblem(FetchVerdict.GONE, "there is no page at this address (404), a second time")
    cause = "there is no page at this address (404); a second look follows tomorrow"
    return FetchProblem(FetchVerdict.RETRY, cause, retry_at=now + SECOND_LOOK)


def _rest(entry: DueEntry, answer: Answer, now: datetime, policy: FetchPolicy) -> FetchProblem:
    """Return the problem of a 429 or 503: it pauses the host until the time that it names, and the entry as long."""
    until = retry_after(answer.headers, now) or now + SHORTEST_REST
    what = "asks us to slow down" if answer.status == _TOO_MANY else "is out of service"
    found = _later(entry, f"the server {what} ({answer.status})", now, policy)
    retry_at = max(found.retry_at, until) if found.retry_at else None
    return FetchProblem(found.verdict, found.cause, retry_at, host_until=until)


def _later(
    entry: DueEntry, cause: str, now: datetime, policy: FetchPolicy, at_last: FetchVerdict = FetchVerdict.UNUSABLE
) -> FetchProblem:
    """Retry after a growing pause, until the tries are used up; then end with `at_last`."""
    tries = entry.tries + 1
    if tries >= policy.max_tries:
        return FetchProblem(at_last, f"{cause}; given up after {tries} tries")
    pause = back_off(tries, policy.interval, policy.max_interval, entry.id)
    return FetchProblem(FetchVerdict.RETRY, cause, retry_at=now + pause)


def _sentence(answer: Answer, otherwise: str) -> str:
    return answer.detail or otherwise
