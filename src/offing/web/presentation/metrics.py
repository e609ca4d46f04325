"""The figures of a site for Prometheus (docs/operate.md, Metrics)."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from offing import __version__
from offing.model.operation.run import Ending
from offing.model.review.candidate import CandidateState
from offing.model.sources.feed import FeedAlarm, FeedState
from offing.model.values.vocabulary import MACHINE_VERBS
from offing.services.monitoring.late_runs import late_runs
from offing.services.monitoring.readiness import site_folder
from offing.store.runs.run import current_run
from offing.store.upkeep.figures import Counted, counts_by
from offing.store.upkeep.gauges import (
    Queue,
    database_size,
    feed_alarms,
    last_ends,
    last_times,
    review_queue,
    run_durations,
    work_queues,
)
from offing.web.access import Place

EMPTY = Queue(0, 0, None, 0)


def metrics(place: Place, requests: CollectorRegistry) -> bytes:
    """Return the figures of the site and of the app's own requests in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(place))
    return generate_latest(registry) + generate_latest(requests)


@dataclass(frozen=True, eq=False)
class _Figures(Collector):
    """What a scrape finds in the database; nothing is kept from one to the next but the totals of ended runs."""

    place: Place

    def collect(self) -> Iterator[Metric]:
        database, now = self.place.database, self.place.clock()
        late = late_runs(database, self.place.pipelines, now)
        with database.read() as conn:
            yield _build(conn)
            yield from _of_runs(conn, now)
            yield _late(self.place, {each.pipeline: each.late for each in late})
            yield self._items(conn)
            yield from _of_work(conn, now)
            yield from _of_review(conn, now)
            yield from _of_feeds(conn, now)
            size = database_size(conn)
        yield _gauge("offing_database_size_bytes", "Size of the database, without a write-ahead log", size)
        usage = shutil.disk_usage(site_folder(database))
        yield _gauge("offing_disk_free_bytes", "Free bytes of the disk with the site's folder", usage.free)
        yield _gauge("offing_disk_size_bytes", "Size of the disk with the site's folder", usage.total)

    def _items(self, conn: sa.Connection) -> Metric:
        totals = self.place.totals.read(conn)
        family = CounterMetricFamily(
            "offing_items", "Items that ended in a step of a run, by verb and ending", labels=("verb", "ending")
        )
        for verb, ending in product(MACHINE_VERBS, Ending):
            family.add_metric((verb, ending), totals[verb, ending])
        return family


def _build(conn: sa.Connection) -> Metric:
    value = {"version": __version__, "python": platform.python_version(), "database": conn.dialect.name}
    return InfoMetricFamily("offing_build", "What runs here", value)


def _of_runs(conn: sa.Connection, now: datetime) -> Iterator[Metric]:
    took = SummaryMetricFamily(
        "offing_run_duration_seconds", "Runs that ended, and how long they took", labels=("pipeline", "exit_code")
    )
    for each in run_durations(conn):
        took.add_metric((each.pipeline, str(each.exit_code)), each.runs, each.seconds)
    yield took
    times, ends = last_times(conn, now), last_ends(conn)
    for name, what in (("started", "started"), ("ended", "ended"), ("succeeded", "ended with exit code 0")):
        known = {each.pipeline: getattr(each, f"{name}_at") for each in times}
        yield _moments(f"offing_run_last_{name}_timestamp_seconds", f"When a run last {what}", "pipeline", known)
    lasted, codes = {each.pipeline: each.seconds for each in ends}, {each.pipeline: each.exit_code for each in ends}
    yield _by("offing_run_last_duration_seconds", "How long the newest ended run took", "pipeline", lasted)
    yield _by("offing_run_last_exit_code", "Exit code of the newest ended run", "pipeline", codes)
    busy = current_run(conn, now)
    active = {each.pipeline: float(busy is not None and each.pipeline == busy.pipeline) for each in times}
    yield _by("offing_run_active", "Whether a run is at work", "pipeline", active)


def _late(place: Place, late: Mapping[str, timedelta]) -> Metric:
    seconds = {spec.name: late.get(spec.name, timedelta()).total_seconds() for spec in place.pipelines}
    return _by("offing_run_late_seconds", "How late a run is beyond schedule and limit, else 0", "pipeline", seconds)


def _of_work(conn: sa.Connection, now: datetime) -> Iterator[Metric]:
    queues, aside = work_queues(conn, now), counts_by(conn, Counted.SET_ASIDE, now)

    def of(read: Callable[[Queue], float]) -> dict[str, float]:
        return {verb.value: read(queues.get(verb, EMPTY)) for verb in MACHINE_VERBS}

    yield _by("offing_work_waiting", "Items that wait for a step, due or not", "verb", of(lambda each: each.waiting))
    yield _by("offing_work_due", "Items that are due", "verb", of(lambda each: each.due))
    yield _by("offing_work_leases", "Items that a run has claimed", "verb", of(lambda each: each.claimed))
    oldest = {verb: each.oldest_due for verb, each in queues.items()}
    yield _moments("offing_work_oldest_due_timestamp_seconds", "Since when the oldest item is due", "verb", oldest)
    held = {verb.value: aside.get(verb, 0) for verb in MACHINE_VERBS}
    yield _by("offing_quarantined_items", "Items in quarantine", "verb", held)


def _of_review(conn: sa.Connection, now: datetime) -> Iterator[Metric]:
    states, queue = counts_by(conn, Counted.CANDIDATES, now), review_queue(conn, now)
    counts = {state.value: states.get(state, 0) for state in CandidateState}
    yield _by("offing_candidates", "Candidates, those below the cut too", "state", counts)
    yield _gauge("offing_review_waiting", "Undecided candidates above the cut", queue.waiting)
    yield _gauge("offing_review_leases", "Candidates that somebody has open", queue.claimed)
    if queue.oldest_due:
        since = queue.oldest_due.timestamp()
        yield _gauge("offing_review_oldest_timestamp_seconds", "When the oldest of them was made", since)


def _of_feeds(conn: sa.Connection, now: datetime) -> Iterator[Metric]:
    states, alarms = counts_by(conn, Counted.FEEDS, now), feed_alarms(conn)
    yield _by("offing_feeds", "Feeds", "state", {each.value: states.get(each, 0) for each in FeedState})
    yield _by(
        "offing_feeds_alarmed", "Feeds with an alarm", "alarm", {each.value: alarms.get(each, 0) for each in FeedAlarm}
    )


def _by(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=(label,))
    for value, number in values.items():
        family.add_metric((value,), number)
    return family


def _moments(name: str, text: str, label: str, moments: Mapping[str, datetime | None]) -> Metric:
    return _by(name, text, label, {value: each.timestamp() for value, each in moments.items() if each})


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value)
