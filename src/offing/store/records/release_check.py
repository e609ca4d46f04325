"""What the last check before a release found, and what people signed off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.model.projects.finding import Finding, ReleaseCheck, ReleaseRule, Severity, SignOff
from offing.store.database.batch import each_once, parts
from offing.store.database.upsert import is_any
from offing.store.tables import project, release_check, release_finding, release_signoff

_FIELDS = ("rule", "severity", "project_id", "field", "value", "problem", "remedy")


def replace_findings(conn: sa.Connection, found: Iterable[Finding], made: ReleaseCheck) -> None:
    """Write a check, and what it found in the place of what the one before found."""
    row = {name: getattr(made, name) for name in ("at", "by", "records", "more", "changes")}
    conn.execute(sa.insert(release_check).values(**row))
    conn.execute(sa.delete(release_finding))
    unique = {each.key: each for each in found}
    for some in parts(enumerate(unique.values())):
        rows = [{name: getattr(each, name) for name in _FIELDS} | {"key": each.key, "ordinal": n} for n, each in some]
        conn.execute(sa.insert(release_finding), [{**row, "at": made.at} for row in rows])


def findings(conn: sa.Connection) -> tuple[Finding, ...]:
    """What the last check found."""
    return tuple(map(_finding, conn.execute(sa.select(release_finding).order_by(release_finding.c.ordinal))))


def last_check(conn: sa.Connection) -> ReleaseCheck | None:
    """The last check; None if there was none."""
    row = conn.execute(sa.select(release_check).order_by(release_check.c.id.desc()).limit(1)).first()
    return None if row is None else ReleaseCheck(row.at, row.by, row.records, row.more, row.changes)


def is_changed_since(conn: sa.Connection, at: datetime) -> bool:
    """Whether any record was written after a time."""
    return is_any(conn, sa.select(project.c.id).where(project.c.changed_at > at))


def append_sign_off(conn: sa.Connection, new: SignOff) -> None:
    """Write that somebody let a warning pass."""
    row = {"key": new.key, "about": new.about, "by": new.by, "at": new.at, "note": new.note}
    conn.execute(sa.insert(release_signoff).values(**row))


def sign_offs(conn: sa.Connection, keys: Iterable[str]) -> dict[str, SignOff]:
    """The last sign-off of each of some findings; those that nobody signed off are left out."""
    found: dict[str, SignOff] = {}
    chosen = sa.select(release_signoff).order_by(release_signoff.c.id)
    for some in each_once(keys):
        for row in conn.execute(chosen.where(release_signoff.c.key.in_(some))):
            found[row.key] = SignOff(row.key, row.about, row.by, row.at, row.note)
    return found


def _finding(row: sa.Row[tuple[object, ...]]) -> Finding:
    return Finding(
        ReleaseRule(row.rule), Severity(row.severity), row.project_id, row.field, row.value, row.problem, row.remedy
    )
