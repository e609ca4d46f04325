"""Politeness and schedules as data: how publishers are asked, and which pipelines run when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from offing.model.sources.credentials import Credential


class RetryScope(StrEnum):
    """What a 429 or 503 pauses."""

    HOST = "host"
    DOMAIN = "domain"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """Limits and politeness of fetching (docs/limits.md; `config/fetch.toml`)."""

    user_agent: str
    deadline: timedelta = timedelta(seconds=30)
    connect_timeout: timedelta = timedelta(seconds=5)
    feed_limit: int = 10 * 1024 * 1024
    page_limit: int = 5 * 1024 * 1024
    max_hops: int = 5
    host_delay: timedelta = timedelta(seconds=2)
    min_interval: timedelta = timedelta(minutes=15)
    max_interval: timedelta = timedelta(hours=24)
    interval: timedelta = timedelta(minutes=60)
    max_tries: int = 5
    retry_scope: RetryScope = RetryScope.HOST
    allowed: frozenset[tuple[str, int]] = frozenset()  # host and port allowed to be private; tests, internal mirrors
    obey_robots: bool = True
    credentials: tuple[Credential, ...] = ()  # sent to single hosts to get access
    honour_reservations: bool = True  # keep only facts and quotes of pages that are not to be copied or mined


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """A pipeline as `pipelines/*.toml` declares it.

    `schedule` is a cron expression of five fields in `timezone`. `groups` empty means all active feeds. Once
    `pages_per_feed` were requested for one feed, or `pages_per_outlet` for one registered domain, no more are claimed;
    0 means no limit. `prune`: the run ends with what `retention.toml` lets go.
    """

    name: str
    description: str
    steps: tuple[str, ...]
    schedule: str
    timezone: str = "UTC"
    groups: tuple[str, ...] = ()
    max_minutes: int = 0
    concurrency: int = 200
    pages_per_feed: int = 0
    pages_per_outlet: int = 0
    prune: bool = False
