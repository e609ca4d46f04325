"""The few reads that only the web app needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from offing.store.database.engine import Database
from offing.store.runs.run import last_end
from offing.store.upkeep.figures import Counted, counts_by, runs_started

COUNTS = (
    ("offing_feeds", "Feeds by state", "state", Counted.FEEDS),
    ("offing_candidates", "Candidates by state", "state", Counted.CANDIDATES),
    ("offing_work_due", "Items that are due, by verb", "verb", Counted.DUE),
    ("offing_quarantined", "Items set aside, by verb", "verb", Counted.SET_ASIDE),
)


def metrics(database: Database, now: datetime) -> bytes:
    """The figures of the database in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(database, now))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self.database.read() as conn:
            for name, text, label, what in COUNTS:
                family = GaugeMetricFamily(name, text, labels=[label])
                for value, count in counts_by(conn, what, self.now).items():
                    family.add_metric([value], count)
                yield family
            ended, started = last_end(conn), runs_started(conn)
        yield GaugeMetricFamily("offing_runs", "Runs that were started", started)
        if ended:
            yield GaugeMetricFamily("offing_last_run_ended_seconds", "When the last run ended", ended.timestamp())
