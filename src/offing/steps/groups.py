"""Groups of feeds that pipelines name, and of which none is asked: nothing else would say that they bring nothing."""

from __future__ import annotations

import sqlalchemy as sa

from offing.model.policy import PipelineSpec
from offing.store.feed import groups_in_use, groups_not_asked


def groups_without_feeds(conn: sa.Connection, spec: PipelineSpec) -> list[str]:
    """What a run of a pipeline says of its groups of which no feed is asked, a sentence for each."""
    used = groups_in_use(conn)
    return [
        f"pipeline {spec.name}: {why_not_asked(each, on_list=each in used)}"
        for each in groups_not_asked(conn, spec.groups)
    ]


def why_not_asked(group: str, *, on_list: bool) -> str:
    """Why no feed of a group is asked, and what to do.

    Args:
        group: its name.
        on_list: whether feeds of it are on the list, each of them paused or in quarantine.
    """
    if on_list:
        return f"each feed of group {group!r} is paused or in quarantine, so it brings nothing: see `offing feeds list`"
    return f"no feed of group {group!r} is on the list, so it brings nothing: `offing feeds add --catalogue {group}`"
