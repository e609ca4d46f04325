"""Detects outlets that change: compares what extraction draws from each with its own past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.extract.outlets.drift import BEFORE, LATELY, judge_drift, outlets_watched
from offing.model.sources.drift import Drift
from offing.store.articles.outlet import drawn_since

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DriftReport:
    """The outlets that drift, and how many were checked."""

    drifts: tuple[Drift, ...]
    outlets: int


def find_drift(conn: sa.Connection, now: datetime) -> DriftReport:
    """Return the outlets that drift now."""
    pages = tuple(drawn_since(conn, now - LATELY - BEFORE))
    return DriftReport(judge_drift(pages, now), outlets_watched(pages, now))


def new_drift(conn: sa.Connection, now: datetime) -> tuple[str, ...]:
    """Return sentences on outlets that drift today and did not a day ago, for the end of the first run of a day."""
    pages = tuple(drawn_since(conn, now - _A_DAY - LATELY - BEFORE))
    known = {(drift.domain, drift.measure) for drift in judge_drift(pages, now - _A_DAY)}
    return tuple(
        f"{drift.domain} drifts: {drift.sentence}; look at {drift.url} (`offing drift`)"
        for drift in judge_drift(pages, now)
        if (drift.domain, drift.measure) not in known
    )
