"""Reports groups that pipelines name and of which no feed is asked: their silence would go unnoticed."""

from __future__ import annotations

import sqlalchemy as sa

from offing.model.sources.policy import PipelineSpec
from offing.store.database.upsert import is_any
from offing.store.feeds.feed import groups_in_use, groups_not_polled
from offing.store.tables import feed


def groups_without_feeds(conn: sa.Connection, spec: PipelineSpec) -> list[str]:
    """Return a sentence for each group of a pipeline of which no feed is asked."""
    used = groups_in_use(conn)
    return [
        f"pipeline {spec.name}: {why_not_polled(each, on_list=each in used)}"
        for each in groups_not_polled(conn, spec.groups)
    ]


def no_feeds(conn: sa.Connection) -> list[str]:
    """Return a sentence if the site watches no feed at all: its runs would end well and bring nothing."""
    if is_any(conn, sa.select(feed.c.id)):
        return []
    return ["no feed is watched: offing feeds add --catalogue GROUP (`offing feeds groups` lists the groups)"]


def why_not_polled(group: str, *, on_list: bool) -> str:
    """Explain why no feed of a group is asked, and what to do.

    Args:
        group: its name.
        on_list: whether feeds of it are on the list, each of them paused or in quarantine.
    """
    if on_list:
        return f"each feed of group {group!r} is paused or in quarantine, so it brings nothing: see `offing feeds list`"
    return f"no feed of group {group!r} is on the list, so it brings nothing: `offing feeds add --catalogue {group}`"
