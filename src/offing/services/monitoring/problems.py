"""Present problems of feeds, runs and quarantine, each with its cause and the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from textwrap import shorten

import sqlalchemy as sa

from offing.errors import MachineTrouble
from offing.model.operation.problem import Problem, ProblemKind, RunEnd
from offing.model.sources.feed import ILL, FeedStatus
from offing.store.database.engine import Database
from offing.store.feeds.feed import LONGEST_REASON, list_feeds
from offing.store.feeds.symptom import symptoms
from offing.store.runs.quarantine import count_quarantined, quarantined
from offing.store.runs.run import last_runs

TOO_LONG = timedelta(hours=6)  # a run that has not ended by then hangs, or was killed
OVERDUE = timedelta(hours=26)  # a daily cron job, and some delay


def problems(database: Database, now: datetime) -> tuple[Problem, ...]:
    """Return all present problems: runs first, then quarantine, then feeds, the longest-lasting first."""
    with database.read() as conn:
        runs, feeds = last_runs(conn), list_feeds(conn)
        found = [*_of_runs(runs, now, feeds=bool(feeds)), *_of_quarantine(conn), *_of_site(conn)]
    known = sorted(_of_feeds(feeds), key=lambda problem: (problem.since is None, problem.since or now, problem.key))
    return (*found, *known)


def _of_runs(runs: tuple[RunEnd, ...], now: datetime, *, feeds: bool) -> Iterator[Problem]:
    for run in runs:
        where = f"pipeline {run.pipeline}"
        if run.ended_at is None and now - run.started_at > TOO_LONG:
            cause = f"Run {run.id} started at {run.started_at:%Y-%m-%d %H:%M} UTC and has not ended."
            yield _run(run, "unended", where, cause, "See whether its process lives; a new run takes its work over.")
        elif run.exit_code == MachineTrouble.exit_code:
            cause = f"Run {run.id} stopped: database, disk, machine or network was in trouble; nothing is lost."
            yield _run(
                run, "stopped", where, cause, "The log says what it was (no longer waiting); offing doctor helps."
            )
        elif run.exit_code:
            cause = f"Run {run.id} ended with exit code {run.exit_code}: work of ours failed."
            yield _run(run, "failed", where, cause, "Look at offing quarantine list and the log.")
    last = max((run.ended_at or run.started_at for run in runs), default=None)
    if feeds and last is not None and now - last > OVERDUE:
        cause = f"The last run was at {last:%Y-%m-%d %H:%M} UTC."
        step = "See whether cron or the service is at work; offing run does it now."
        yield Problem(
            ProblemKind.RUN, f"run:overdue:{last:%Y%m%d%H%M}", "No run for more than a day", cause, step, last
        )


def _run(run: RunEnd, what: str, where: str, cause: str, step: str) -> Problem:
    title = f"A run of {where} {'does not end' if what == 'unended' else what}"
    return Problem(ProblemKind.RUN, f"run:{run.id}:{what}", title, cause, step, run.ended_at or run.started_at)


def _of_quarantine(conn: sa.Connection) -> Iterator[Problem]:
    number = count_quarantined(conn)
    if not number:
        return
    newest = quarantined(conn, limit=100)
    faults = ", ".join(
        f"{fault or 'unknown'} {count}" for fault, count in Counter(q.fault for q in newest).most_common(3)
    )
    title = f"{number} {'item was' if number == 1 else 'items were'} set aside"
    yield Problem(
        ProblemKind.QUARANTINE,
        f"quarantine:{newest[0].id}",
        title,
        f"Handling them failed in an unknown way ({faults}). The newest: {shorten(newest[0].reason, LONGEST_REASON)}",
        "offing quarantine list, then offing quarantine show ID.",
        newest[0].since,
    )


def _of_feeds(feeds: tuple[FeedStatus, ...]) -> Iterator[Problem]:
    for feed in feeds:
        name = feed.spec.title or feed.spec.url
        if feed.state in ILL:
            key = f"feed:{feed.id}:{feed.state}"
            yield Problem(
                *(ProblemKind.FEED, key, f"{name} is {feed.state}", feed.cause, feed.next_step, feed.last_poll_at),
                url=feed.spec.url,
            )
        if feed.alarm and feed.state not in ILL:
            key = f"feed:{feed.id}:{feed.alarm}"
            step = f"offing feeds show {feed.id} has its last exchanges."
            yield Problem(
                *(ProblemKind.FEED, key, f"{name} is {feed.alarm}", feed.alarm_cause, step, feed.alarm_since),
                url=feed.spec.url,
            )
        for each in feed.symptoms:
            key = f"feed:{feed.id}:{each.kind}"
            yield Problem(
                *(ProblemKind.FEED, key, f"{name} {each.kind.phrase}", each.cause, each.next_step, each.since),
                url=feed.spec.url,
            )


def _of_site(conn: sa.Connection) -> Iterator[Problem]:
    """Yield what concerns so many feeds at once that it is reported once."""
    for each in symptoms(conn):
        if each.feed_id is None:
            title = f"Many feeds at once: each {each.kind.phrase}"
            yield Problem(ProblemKind.SITE, f"site:{each.kind}", title, each.cause, each.next_step, each.since)
