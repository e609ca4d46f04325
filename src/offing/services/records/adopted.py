"""What an adopted release says of this site's records: the parts that they had before any candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from offing.model.projects.adopted import Adopted
from offing.publish import adopted_project, unpacked
from offing.store.records.membership import leading_to, redirects_to
from offing.store.records.release import adopted_release, content

Inheritance = dict[str, tuple[Adopted, ...]]
"""What each of some records inherits, also through records merged into it; records that inherit nothing are missing."""


def inheritance(conn: sa.Connection, ids: Collection[str]) -> Inheritance:
    """Return what some records inherit."""
    release = adopted_release(conn)
    if release is None:
        return {}
    above = leading_to(ids, redirects_to(conn, ids))
    found: dict[str, list[Adopted]] = defaultdict(list)
    for key, stored in sorted(content(conn, release.number, above).items()):
        body = unpacked(stored)
        if body and not body.retired:
            for each in above[key]:
                found[each].append(adopted_project(body, release))
    return {key: tuple(own) for key, own in found.items()}


def inherited(conn: sa.Connection, project_id: str) -> tuple[Adopted, ...]:
    """Return what one record inherits."""
    return inheritance(conn, (project_id,)).get(project_id, ())
