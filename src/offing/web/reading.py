"""The few reads that only the web app needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from offing.store.engine import Database
from offing.store.run import last_end
from offing.store.tables import candidate, feed, run, work


def metrics(database: Database, now: datetime) -> bytes:
    """The figures of the database in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(database, now))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        due = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None) & (work.c.due_at <= self.now)
        with self.database.read() as conn:
            yield _counts(conn, "offing_feeds", "Feeds by state", feed.c.state)
            yield _counts(conn, "offing_candidates", "Candidates by state", candidate.c.state)
            yield _counts(conn, "offing_work_due", "Items that are due, by verb", work.c.verb, due)
            held = work.c.quarantined_at.is_not(None)
            yield _counts(conn, "offing_quarantined", "Items set aside, by verb", work.c.verb, held)
            ended = last_end(conn)
            started = conn.execute(sa.select(sa.func.count()).select_from(run)).scalar_one()
        yield GaugeMetricFamily("offing_runs", "Runs that were started", started)
        if ended:
            yield GaugeMetricFamily("offing_last_run_ended_seconds", "When the last run ended", ended.timestamp())


def _counts(
    conn: sa.Connection, name: str, text: str, column: sa.Column[str], where: sa.ColumnElement[bool] | None = None
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[column.name])
    query = sa.select(column, sa.func.count()).group_by(column).order_by(column)
    for value, count in conn.execute(query if where is None else query.where(where)):
        family.add_metric([value], count)
    return family
