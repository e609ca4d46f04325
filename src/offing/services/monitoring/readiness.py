"""Readiness: whether this process can do its work now, by checks that name no path, address or secret."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from offing.errors import DatabaseError, MachineTrouble, SchemaTooNew
from offing.logs import get_logger
from offing.model.reading.rules import ScoringRules
from offing.propose import encoder
from offing.store.database.engine import Database
from offing.store.database.migrate import check_schema

LEAST_FREE = 200 * 2**20  # bytes: SQLite's write-ahead log of a large transaction, and some pages

Pulse = Callable[[], bool]


class CheckStatus(StrEnum):
    """How a check ended. Only `FAILED` makes a process unready: without weights wordings decide alone."""

    OK = "ok"
    FAILED = "failed"
    MISSING = "missing"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check; `detail` is for a person, and may be read by strangers."""

    name: str
    status: CheckStatus
    detail: str = ""


def readiness(database: Database, scoring: ScoringRules, pulse: Pulse | None) -> tuple[Check, ...]:
    """Return the result of each check, in a fixed order.

    Args:
        database: the site's.
        scoring: the rules that this process has loaded, with the tuned encoder's weights if there are any.
        pulse: whether the scheduler is alive; None if this process runs none.
    """
    return (*_of_database(database), _of_scheduler(pulse), _of_weights(scoring), _of_disk(site_folder(database)))


def is_ready(checks: tuple[Check, ...]) -> bool:
    """Return whether no check failed."""
    return all(check.status is not CheckStatus.FAILED for check in checks)


def _of_database(database: Database) -> Iterator[Check]:
    try:
        with database.read() as conn:
            conn.execute(sa.select(1))
            schema = _of_schema(database)
    except (DatabaseError, MachineTrouble, SQLAlchemyError):
        get_logger().exception("database_unreachable")
        yield Check("database", CheckStatus.FAILED, "does not answer; the log has the cause")
        yield Check("schema", CheckStatus.FAILED, "unknown, since the database does not answer")
        return
    yield Check("database", CheckStatus.OK, "answers")
    yield schema


def _of_schema(database: Database) -> Check:
    """Compare the migrations of the database with those of this version.

    Raises:
        MachineTrouble: the database does not answer.
    """
    try:
        check_schema(database)
    except SchemaTooNew:
        return Check("schema", CheckStatus.FAILED, "newer than this version of offing: install a newer one")
    except DatabaseError:
        return Check("schema", CheckStatus.FAILED, "older than this version of offing: run `offing db upgrade`")
    return Check("schema", CheckStatus.OK, "fits this version")


def _of_scheduler(pulse: Pulse | None) -> Check:
    if pulse is None:
        return Check("scheduler", CheckStatus.OFF, "this process runs no schedule")
    if pulse():
        return Check("scheduler", CheckStatus.OK, "alive")
    return Check("scheduler", CheckStatus.FAILED, "not started yet, or dead")


def _of_weights(scoring: ScoringRules) -> Check:
    gone = {"sentence encoder": bool(encoder.why_not()), "tuned reader": scoring.tuned is None}
    missing = [name for name, lacks in gone.items() if lacks]
    if not missing:
        return Check("weights", CheckStatus.OK, "all there")
    return Check("weights", CheckStatus.MISSING, f"{', '.join(missing)}: wordings decide alone")


def _of_disk(folder: Path) -> Check:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Check("disk", CheckStatus.FAILED, "the site's folder cannot be read")
    status = CheckStatus.OK if free >= LEAST_FREE else CheckStatus.FAILED
    return Check("disk", status, f"{free // 2**20} MiB free, {LEAST_FREE // 2**20} needed")


def site_folder(database: Database) -> Path:
    """Return the folder of an SQLite file, else the current one, where the log lies."""
    file = database.engine.url.database if database.is_sqlite else None
    return Path(file).parent if file else Path()
