"""Rows of known projects, facets, runs, sessions and records that agree in one key and differ in another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.candidate import FACTS, NOW
from factories.run import holding
from offing.model.operation.user import Key
from offing.model.projects.known import KnownProject
from offing.store import tables
from offing.store.accounts import user
from offing.store.database.engine import Database
from offing.store.feeds import pace
from offing.store.records import known_project, known_project_removal, project
from offing.store.runs import run
from store.grids import (
    THREE,
    Grid,
    facets,
    having,
    keep_but_one,
    known_rows,
    locks,
    nothing,
    one_record,
    only_what_is_meant_changes,
    own,
    records,
    sessions,
)

EARLIER, LATER, LONG = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1), timedelta(days=40)
GRIDS: dict[str, Grid] = {
    "a project of a base is forgotten": Grid(
        tables.known_project,
        known_rows,
        lambda conn, _: known_project_removal.forget_known(conn, "bo", ["bo"]),
        having(source="bo", key="bo"),
    ),
    "a project of a base says something else": Grid(
        tables.known_project,
        known_rows,
        lambda conn, _: known_project.keep_known(conn, [KnownProject("bo", "bo", FACTS)], LATER),
        having(source="bo", key="bo"),
    ),
    "facets that are right stay": Grid(tables.candidate_facet, facets, keep_but_one, own(facet="firm", value="bo")),
    "a run keeps its lock": Grid(
        tables.run_lock, locks, lambda conn, ids: run.renew_lock(conn, ids.runs[1], LATER), having(name=run.LOCK)
    ),
    "a run before has no lock to keep": Grid(
        tables.run_lock, locks, lambda conn, ids: run.renew_lock(conn, ids.runs[0], LATER), nothing
    ),
    "a run after has no lock to keep": Grid(
        tables.run_lock, locks, lambda conn, ids: run.renew_lock(conn, ids.runs[2], LATER), nothing
    ),
    "a run takes the lock": Grid(
        tables.run_lock,
        locks,
        lambda conn, ids: run.take_lock(conn, ids.runs[2], holding("here"), NOW, LONG),
        having(name=run.LOCK),
    ),
    "a run that ends gives back its lock": Grid(
        tables.run_lock, locks, lambda conn, ids: run.end_run(conn, ids.runs[1], LATER, 0, {}), having(name=run.LOCK)
    ),
    "a run before that ends has none": Grid(
        tables.run_lock, locks, lambda conn, ids: run.end_run(conn, ids.runs[0], LATER, 0, {}), nothing
    ),
    "a run after that ends has none": Grid(
        tables.run_lock, locks, lambda conn, ids: run.end_run(conn, ids.runs[2], LATER, 0, {}), nothing
    ),
    "one run ends": Grid(
        tables.run,
        lambda _: [],
        lambda conn, ids: run.end_run(conn, ids.runs[1], LATER, 0, {}),
        lambda row, ids: row["id"] == ids.runs[1],
    ),
    "a host rests longer": Grid(
        tables.pace,
        lambda _: [{"key": name, "next_at": NOW} for name in THREE],
        lambda conn, _: pace.rest(conn, "bo", LATER),
        having(key="bo"),
    ),
    "one kind of session ends": Grid(
        tables.session,
        sessions,
        lambda conn, ids: user.delete_sessions_of(conn, ids.users[1], Key.LINK),
        lambda row, ids: row["user_id"] == ids.users[1] and row["key"] == Key.LINK,
    ),
    "all sessions of a person end": Grid(
        tables.session,
        sessions,
        lambda conn, ids: user.delete_sessions_of(conn, ids.users[1]),
        lambda row, ids: row["user_id"] == ids.users[1],
    ),
    "no session is a link": Grid(
        tables.session,
        sessions,
        lambda conn, ids: [user.use_link(conn, f"{ids.users[1]}{key}", (EARLIER, NOW)) for key in Key],
        lambda row, ids: row["user_id"] == ids.users[1] and row["key"] == Key.LINK,
    ),
    "all sessions but a program's end by age": Grid(
        tables.session,
        sessions,
        lambda conn, _: user.delete_stale_sessions(conn, begun_before=NOW, seen_before=NOW, begun_after=NOW),
        lambda row, _: row["key"] != Key.TOKEN,
    ),
    "a record changes": Grid(
        tables.project,
        records,
        lambda conn, _: project.redirect(conn, one_record(2), "off-2026-000001", LATER),
        having(id="off-2026-000002"),
    ),
}


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_of_a_grid_only_what_is_meant_changes(database: Database, grid: Grid) -> None:
    """Whether a row agrees in the other key, or its key stands before or after the one that is meant."""
    only_what_is_meant_changes(database, grid)
