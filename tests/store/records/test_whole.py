"""What should not be of records is told of those alone; what is deleted is wiped; what stays beside is untouched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate, stored_row
from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.review.candidate import CandidateState
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import EventKind, Status
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.records.record_change import append_change, changes_of
from offing.store.records.record_check import record_faults
from offing.store.upkeep.credentials import wipe

NAMES = tuple(f"off-2026-00000{number}" for number in range(1, 5))


def _records(conn: sa.Connection) -> list[int]:
    """Four records, each of one accepted candidate with the event of its status."""
    numbers = []
    for number, name in enumerate(NAMES, 1):
        facts = to_plain(replace(FACTS, status=Status.SIGNED))
        stored_row(conn, tables.project, id=name, year=2026, number=number, facts=facts, version=1)
        numbers.append(stored_candidate(conn, state=CandidateState.ACCEPTED))
        stored_row(conn, tables.project_candidate, candidate_id=numbers[-1], project_id=name)
        event = {"kind": EventKind.STATUS, "status": Status.SIGNED, "url": "u", "quote": "q"}
        stored_row(conn, tables.event, project_id=name, candidate_id=numbers[-1], **event)
    return numbers


def _lead(conn: sa.Connection, name: str, into: str | None) -> None:
    conn.execute(sa.update(tables.project).where(tables.project.c.id == name).values(redirects_to=into))
    if into:
        append_change(conn, RecordChange(0, name, RecordAction.MERGE, "ana", NOW, other=into))
        return
    last = changes_of(conn, (name,))[-1]
    append_change(conn, RecordChange(0, name, RecordAction.UNDO, "ana", NOW, undoes=last.id))


def test_a_circle_is_reported_of_its_own_alone(database: Database) -> None:
    """Not of what leads into it; nor of a way that ends."""
    one, two, three, four = NAMES
    with database.write() as conn:
        _records(conn)
        assert list(record_faults(conn)) == []
        for name, into in ((one, two), (two, three), (four, one), (three, one)):
            _lead(conn, name, into)
        told = [f"project {name} is merged into itself, through others" for name in (one, two, three)]
        assert list(record_faults(conn)) == told
        _lead(conn, three, None)
        moved = [each for each in record_faults(conn) if "itself" in each]
        assert moved == []


def test_events_stand_where_their_candidates_lead(database: Database) -> None:
    """With the record at the end of all merges."""
    one, two, three, _ = NAMES
    with database.write() as conn:
        numbers = _records(conn)
        _lead(conn, one, two)
        _lead(conn, two, three)
        assert list(record_faults(conn)) == [
            f"event {number} stands in project {name}, but candidate {each} does not"
            for number, name, each in ((1, one, numbers[0]), (2, two, numbers[1]))
        ]
        conn.execute(sa.update(tables.event).where(tables.event.c.id <= 2).values(project_id=three))
        assert list(record_faults(conn)) == []


@pytest.mark.parametrize("values", [{"withdrawn": "no"}, {"redirects_to": NAMES[0]}, {"withdrawn": None}])
def test_a_live_record_has_a_candidate(database: Database, values: dict[str, Any]) -> None:
    """One that was withdrawn or merged needs none, and its status no event."""
    with database.write() as conn:
        numbers = _records(conn)
        conn.execute(sa.delete(tables.event).where(tables.event.c.project_id == NAMES[1]))
        conn.execute(sa.delete(tables.project_candidate).where(tables.project_candidate.c.candidate_id == numbers[1]))
        conn.execute(sa.update(tables.project).where(tables.project.c.id == NAMES[1]).values(**values))
        if into := values.get("redirects_to"):
            _lead(conn, NAMES[1], into)
        told = [
            f"project {NAMES[1]} is made from no candidate",
            f"project {NAMES[1]} is signed, which no event of its life line says",
        ]
        assert list(record_faults(conn)) == ([] if any(values.values()) else told)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"set_aside_by": "ana", "set_aside_at": NOW}, ["is signed, which no event"]),
        ({"set_aside_by": "ana"}, ["set aside by nobody", "is signed, which no event"]),
        ({"set_aside_at": NOW}, ["set aside by nobody"]),
        ({"status": Status.COMPLETED}, ["is signed, which no event"]),
        ({}, []),
    ],
)
def test_a_status_is_said_by_an_event_that_stands(database: Database, values: dict[str, Any], wrong: list[str]) -> None:
    """Of its own record; an account that was set aside says nothing, and is set aside by somebody at some time."""
    with database.write() as conn:
        _records(conn)
        if values:
            conn.execute(sa.update(tables.event).where(tables.event.c.project_id == NAMES[1]).values(**values))
        found = list(record_faults(conn))
        assert len(found) == len(wrong)
        assert all(part in each for part, each in zip(wrong, found, strict=True))


@pytest.mark.parametrize("state", CandidateState)
def test_what_is_part_of_a_record_is_accepted(database: Database, state: CandidateState) -> None:
    """Or a duplicate of what is."""
    with database.write() as conn:
        numbers = _records(conn)
        chosen = sa.update(tables.candidate).where(tables.candidate.c.id == numbers[2])
        conn.execute(chosen.values(state=state))
        told = [f"candidate {numbers[2]} is part of project {NAMES[2]}, but {state}"]
        fine = state in {CandidateState.ACCEPTED, CandidateState.DUPLICATE}
        assert list(record_faults(conn)) == ([] if fine else told)


def test_a_record_without_a_status_needs_no_event(database: Database) -> None:
    """Nor one whose event comes twice from different candidates."""
    with database.write() as conn:
        _records(conn)
        conn.execute(sa.delete(tables.event).where(tables.event.c.project_id == NAMES[0]))
        facts = to_plain(replace(FACTS, status=None))
        conn.execute(sa.update(tables.project).where(tables.project.c.id == NAMES[0]).values(facts=facts))
        second = stored_candidate(conn, state=CandidateState.ACCEPTED)
        stored_row(conn, tables.project_candidate, candidate_id=second, project_id=NAMES[1])
        more = {"kind": EventKind.STATUS, "status": Status.SIGNED, "url": "u", "quote": "q"}
        stored_row(conn, tables.event, project_id=NAMES[1], candidate_id=second, **more)
        assert list(record_faults(conn)) == []


def test_what_was_deleted_is_wiped_from_the_file(sqlite_database: Database) -> None:
    """No byte of it stands in a free page, nor in the log beside the file."""
    secret = "hunter2" * 400
    with sqlite_database.write() as conn:
        stored_row(conn, tables.feed, url="a", url_key="a", cause=secret)
    with sqlite_database.write() as conn:
        conn.execute(sa.update(tables.feed).values(cause=""))
    wipe(sqlite_database)
    file = Path(str(sqlite_database.engine.url.database))
    for each in file.parent.glob(f"{file.name}*"):
        assert b"hunter2" not in each.read_bytes()
