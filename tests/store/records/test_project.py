"""Project records in the store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from offing.errors import Conflict
from offing.model.projects.project import LifeEvent, ProjectRecord
from offing.model.values.vocabulary import EventKind, Status
from offing.store.database.engine import Database
from offing.store.records.membership import link, project_of, redirects_to, unpromoted
from offing.store.records.project import (
    get_project,
    ids_in_order,
    insert_project,
    lock_numbers,
    next_number,
    projects,
    record_count,
    save_projects,
)
from offing.store.tables import project


def _record(candidate_id: int, number: int = 1) -> ProjectRecord:
    event = LifeEvent(
        EventKind.STATUS, Status.SIGNED, date(2026, 3, 5), candidate_id, "https://news.example/1", "signed"
    )
    return ProjectRecord(f"off-2026-{number:06d}", FACTS, (event,), (candidate_id,), NOW, NOW)


def test_a_record_comes_back_whole(database: Database) -> None:
    """A record is read with its facts, life line and candidates; numbers go on from the highest."""
    with database.write() as conn:
        lock_numbers(conn)
        record = _record(stored_candidate(conn))
        assert next_number(conn, 2026) == 1
        insert_project(conn, record, 2026, 1)
        assert next_number(conn, 2026) == 2
        assert next_number(conn, 2027) == 1
    with database.read() as conn:
        assert get_project(conn, record.id) == record
        assert get_project(conn, "off-2026-999999") is None
        assert project_of(conn, record.candidate_ids[0]) == record.id
        assert project_of(conn, 999) is None


def test_folding_appends(database: Database) -> None:
    """Folding adds events and candidates, raises the version, and needs the version that was read."""
    with database.write() as conn:
        first, second = stored_candidate(conn), stored_candidate(conn)
        record = _record(first)
        insert_project(conn, record, 2026, 1)
        early = LifeEvent(EventKind.STATUS, Status.AGREED, date(2026, 1, 1), second, "https://news.example/2", "agreed")
        undated = LifeEvent(EventKind.STATUS, Status.PROPOSED, None, second, "https://news.example/2", "")
        later = NOW + timedelta(days=1)
        more = replace(
            record, life_line=(*record.life_line, early, undated), candidate_ids=(first, second), changed_at=later
        )
        link(conn, record.id, (second,), later)
        save_projects(conn, [(record, more)])
        found = get_project(conn, record.id)
        assert found is not None
        assert found.life_line == (undated, early, *record.life_line)
        assert (found.candidate_ids, found.version, found.changed_at) == ((first, second), 2, later)
        with pytest.raises(Conflict, match="changed meanwhile"):
            save_projects(conn, [(record, more)])


def test_what_is_gone_is_listed_only_when_asked(database: Database) -> None:
    """Merged and withdrawn records are left out unless they are asked for."""
    with database.write() as conn:
        records = [_record(stored_candidate(conn), number) for number in (1, 2, 3)]
        for number, record in enumerate(records, 1):
            insert_project(conn, record, 2026, number)
        conn.execute(sa.update(project).where(project.c.number == 2).values(redirects_to=records[0].id))
        conn.execute(sa.update(project).where(project.c.number == 3).values(withdrawn="no project"))
        assert [record.id for record in projects(conn)] == [records[0].id]
        assert [record.id for record in projects(conn, gone=True)] == [record.id for record in records]


def test_accepted_ones_come_before_duplicates(database: Database) -> None:
    """Accepted candidates and duplicates that are part of no record wait for promotion, duplicates last."""
    with database.write() as conn:
        double = stored_candidate(conn, state="duplicate")
        accepted, promoted = stored_candidate(conn, state="accepted"), stored_candidate(conn, state="accepted")
        stored_candidate(conn)
        insert_project(conn, _record(promoted), 2026, 1)
        assert unpromoted(conn) == (accepted, double)


def test_ids_come_in_the_order_of_their_characters(database: Database) -> None:
    """On either database, whatever it sorts by: capitals before small letters, the seventh digit after the sixth."""
    ids = ["Off-2026-000002", "off-2026-000003", "off-2026-1000000", "off-2026-999999", "off_2026-000001"]
    with database.write() as conn:
        for number, each in enumerate(reversed(ids), 1):
            insert_project(conn, ProjectRecord(each, FACTS, (), (), NOW, NOW), 2026, number)
        assert list(ids_in_order(conn)) == ids
        assert record_count(conn) == len(ids)


def test_redirects_that_lead_to_a_record_are_read_alone(database: Database) -> None:
    """Those of others are left out, and those further up a chain are not; a cycle ends."""
    one, two, three, four, five = (f"off-2026-00000{number}" for number in range(1, 6))
    with database.write() as conn:
        for number, each in enumerate((one, two, three, four, five), 1):
            insert_project(conn, ProjectRecord(each, FACTS, (), (), NOW, NOW), 2026, number)
        merged = {three: two, two: one, five: four}
        for each, into in merged.items():
            conn.execute(sa.update(project).where(project.c.id == each).values(redirects_to=into))
        assert redirects_to(conn, (one,)) == {three: two, two: one}
        assert redirects_to(conn, (two, four)) == {three: two, five: four}
        conn.execute(sa.update(project).where(project.c.id == one).values(redirects_to=three))
        assert redirects_to(conn, (one,)) == {three: two, two: one, one: three}
