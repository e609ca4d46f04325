"""Checks of a site at work, for `offing doctor`: clock, runs, turns, feeds, and the network if asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from offing.config.sites.pipelines import load_pipelines
from offing.errors import MachineTrouble, OffingError
from offing.model.operation.problem import RunEnd
from offing.model.sources.feed import FeedState, FeedStatus, PollOutcome
from offing.model.sources.policy import FetchPolicy, PipelineSpec
from offing.redaction import redact
from offing.services.monitoring.feed_check import check_feeds
from offing.services.monitoring.late_runs import late_runs
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database
from offing.store.database.migrate import check_schema
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.symptom import symptoms
from offing.store.runs.run import current_run, last_runs
from offing.store.upkeep.gauges import newest_moment
from offing.urls import host_of, lookalike_key

SLACK = timedelta(minutes=5)  # by which clocks of one machine's file system and ours may differ
ASKED = 5  # hosts
UNREACHED = frozenset({PollOutcome.ERROR, PollOutcome.RETRY_LATER})


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `advice` is empty if all is well."""

    what: str
    found: str
    advice: str = ""


def check_site(database: Database, pipelines: Path | None, policy: FetchPolicy | None) -> Iterator[Finding]:
    """Check the clock, runs and feeds of a site at work; yields nothing if database or config cannot be used.

    Args:
        database: the site's.
        pipelines: its folder of pipelines.
        policy: the policy of fetching, if the network is to be asked; else None.
    """
    file = database.engine.url.database if database.is_sqlite else None
    files = [Path(f"{file}{end}") for end in ("", "-wal")] if file else []
    try:
        check_schema(database)
        specs, now = load_pipelines(pipelines), utc_now()
        yield check_time(database, files, now)
        yield from check_runs(database, specs, now)
        yield from check_symptoms(database)
        yield from check_double_feeds(database)
        if policy:
            yield check_network(database, policy)
    except OffingError:
        return


def check_time(database: Database, files: Collection[Path], now: datetime) -> Finding:
    """Compare the clock with the last run and the site's files: a clock that is behind shows there."""
    with database.read() as conn:
        last = newest_moment(conn)
    times = [datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in files if file.exists()]
    newest = max((each for each in (last, *times) if each), default=None)
    if newest is None or newest <= now + SLACK:
        return Finding("clock", f"{now:%Y-%m-%d %H:%M} UTC")
    found = f"{now:%Y-%m-%d %H:%M} UTC, but a run or a file of the site is from {newest:%Y-%m-%d %H:%M} UTC"
    return Finding("clock", found, "set the clock by a time service (NTP); see docs/operate.md, A clock that was wrong")


def check_runs(database: Database, pipelines: Mapping[str, PipelineSpec], now: datetime) -> Iterator[Finding]:
    """Yield a finding for each last run that did not end or failed, and for each turn that was missed; else one."""
    with database.read() as conn:
        runs, busy = last_runs(conn), current_run(conn, now)
    faults = [
        finding for run in runs for finding in _of_run(run, alive=busy is not None and busy.pipeline == run.pipeline)
    ]
    faults += [
        Finding(
            "runs",
            f"{each.pipeline} missed its turn at {each.due:%Y-%m-%d %H:%M} UTC",
            f"see whether cron or the service is at work; offing run {each.pipeline} catches up",
        )
        for each in late_runs(database, pipelines.values(), now)
    ]
    last = max((run.ended_at or run.started_at for run in runs), default=None)
    yield from faults or [Finding("runs", f"the last one at {last:%Y-%m-%d %H:%M} UTC" if last else "none yet")]


def _of_run(run: RunEnd, *, alive: bool) -> Iterator[Finding]:
    name = f"run {run.id} ({run.pipeline}, {run.started_at:%Y-%m-%d %H:%M} UTC)"
    if run.ended_at is None and not alive:
        advice = f"its process was killed; the next run takes its work over: offing run {run.pipeline}"
        yield Finding("runs", f"{name} has not ended and is not at work", advice)
    elif run.exit_code == MachineTrouble.exit_code:
        yield Finding(
            "runs", f"{name} was stopped by the machine", "the log says why (no longer waiting); then run again"
        )
    elif run.exit_code:
        yield Finding(
            "runs", f"{name} ended with exit code {run.exit_code}", "see `offing quarantine list` and the log"
        )


def check_symptoms(database: Database) -> Iterator[Finding]:
    """Yield a finding for each symptom of a silent failure."""
    with database.read() as conn:
        for each in symptoms(conn):
            where = "feeds" if each.feed_id is None else f"feed {each.feed_id}"
            yield Finding(where, each.cause, each.next_step)


def check_double_feeds(database: Database) -> Iterator[Finding]:
    """Yield a finding for each set of feeds that have the same final address: where one has moved, or by spelling."""
    alike: dict[str, list[FeedStatus]] = defaultdict(list)
    with database.read() as conn:
        for status in sorted(list_feeds(conn), key=lambda each: each.id):
            if status.state is not FeedState.PAUSED:
                alike[lookalike_key(status.moved_to or status.spec.url)].append(status)
    for first, *others in alike.values():
        for other in others:
            where = redact(other.moved_to or other.spec.url)
            found = f"feeds {first.id} and {other.id} have the same final address, {where}"
            yield Finding("feeds", found, f"keep one: offing feeds remove {other.id}")


def check_network(database: Database, policy: FetchPolicy) -> Finding:
    """Ask some feeds of different hosts, as a run would; stores nothing."""
    with database.read() as conn:
        by_host = {host_of(status.spec.url): status.spec for status in list_feeds(conn)}
    specs = list(by_host.values())[:ASKED]
    if not specs:
        return Finding("network", "not asked: there are no feeds")
    failed = [update.cause for _, update in check_feeds(specs, policy) if update.outcome in UNREACHED]
    found = f"{len(specs) - len(failed)} of {len(specs)} hosts answer"
    if len(failed) < len(specs):
        return Finding("network", found)
    return Finding("network", found, f"see to name servers, proxy and firewall: {failed[0]}")
