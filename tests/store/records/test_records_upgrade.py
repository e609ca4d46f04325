"""The upgrade to records as decisions stand: choices stand apart from events, ids know for whom they were given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.projects.update import Aside
from offing.model.values.vocabulary import EventKind, Status
from offing.store.records.event import asides
from offing.store.records.project import begun_by
from offing.store.records.record_change import append_change, changes_of, splits_in_force
from offing.store.records.record_check import record_faults
from offing.store.tables import record_change, split_candidate
from store.old_schema import OldTables, upgraded_from

BEFORE = "20261201_0013"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
FIRST, SECOND = "off-2026-000001", "off-2026-000002"


def test_choices_and_beginnings_outlive_the_upgrade(database_url: str) -> None:
    """An account that was set aside is so still; an id was given for the candidate with which its record began."""
    opened = upgraded_from(database_url, BEFORE, NOW, _fill)
    with opened.read() as conn:
        assert asides(conn, (1, 2)) == (Aside((2, EventKind.STATUS, Status.SIGNED), None, "ana", NOW),)
        assert (begun_by(conn, 1), begun_by(conn, 2)) == ((FIRST,), ())
    opened.close()


def _fill(old: OldTables) -> None:
    """A record that began with candidate 1 and into which candidate 2 came later, whose account was set aside."""
    old.put("project", id=FIRST, year=2026, number=1, facts={}, created_at=NOW, version=1)
    for number in (1, 2):
        promoted = NOW + timedelta(days=number - 1)
        old.put("story", id=number)
        old.put("candidate", id=number, story_id=number, kind="new", state="accepted", facts={}, reasons=[])
        old.put("project_candidate", candidate_id=number, project_id=FIRST, promoted_at=promoted)
    aside = {"set_aside_by": "ana", "set_aside_at": NOW}
    for number, chosen in ((1, {}), (2, aside)):
        day = date(2026, 1, number)
        old.put("event", project_id=FIRST, kind="status", status="signed", day=day, candidate_id=number, **chosen)


def test_promotions_and_merges_become_changes_by_the_upgrade(database_url: str) -> None:
    """Who promoted was not kept; who merged stood in the decision on the pair. Nothing is broken after it."""
    opened = upgraded_from(database_url, "20261202_0017", NOW, _fill_merged)
    with opened.read() as conn:
        changes = changes_of(conn, (FIRST, SECOND))
        assert [
            (each.project_id, each.action, each.by, each.at, each.candidate_ids, each.other) for each in changes
        ] == [
            (FIRST, RecordAction.PROMOTION, "", NOW, (1,), None),
            (SECOND, RecordAction.PROMOTION, "", NOW + timedelta(days=1), (2,), None),
            (SECOND, RecordAction.MERGE, "ana", NOW + timedelta(days=2), (), FIRST),
        ]
        assert list(record_faults(conn)) == []
    opened.close()


def _fill_merged(old: OldTables) -> None:
    """Two records of one candidate each, the second of which was merged into the first."""
    for number, name in enumerate((FIRST, SECOND), 1):
        into = {"redirects_to": FIRST} if name == SECOND else {}
        old.put("project", id=name, year=2026, number=number, facts={}, created_at=NOW, version=1, **into)
        old.put("story", id=number)
        old.put("candidate", id=number, story_id=number, kind="new", state="accepted", facts={}, reasons=[])
        promoted = NOW + timedelta(days=number - 1)
        old.put("project_candidate", candidate_id=number, project_id=name, promoted_at=promoted)
    said = {"one": f"project:{SECOND}", "other": f"project:{FIRST}", "bond": "same", "by": "ana"}
    old.put("pair_decision", **said, at=NOW + timedelta(days=2))


def test_changes_and_splits_outlive_the_upgrade_to_choices(database_url: str) -> None:
    """Each keeps its number, what it takes back and what it moved; choices are taken beside them, nothing is edited."""
    opened = upgraded_from(database_url, "20261202_0025", NOW, _fill_split)
    with opened.write() as conn:
        split, undo = changes_of(conn, (FIRST,))
        assert (split.action, split.candidate_ids, split.other, undo.undoes) == (
            RecordAction.SPLIT,
            (2,),
            SECOND,
            split.id,
        )
        assert splits_in_force(conn) == {2: SECOND}
        made = append_change(conn, RecordChange(0, FIRST, RecordAction.CHOICE, "ana", NOW))
        assert made.id > undo.id
    for table in (record_change, split_candidate):
        with opened.write() as conn, pytest.raises(sa.exc.IntegrityError):
            conn.execute(sa.insert(table).values(**_unheard_of(table)))
    with opened.write() as conn, pytest.raises(sa.exc.DatabaseError, match="appended only"):
        conn.execute(sa.update(record_change).values(reason="other"))
    opened.close()


def _unheard_of(table: sa.Table) -> dict[str, object]:
    """A row that points to what there is not."""
    if table is split_candidate:
        return {"change_id": 99, "candidate_id": 1, "project_id": FIRST}
    return {"project_id": FIRST, "action": RecordAction.UNDO, "by": "", "at": NOW, "undoes": 99}


def _fill_split(old: OldTables) -> None:
    """A record with a split that was taken back, and one in force."""
    for number, name in enumerate((FIRST, SECOND), 1):
        old.put("project", id=name, year=2026, number=number, facts={}, created_at=NOW, version=1)
        old.put("story", id=number)
        old.put("candidate", id=number, story_id=number, kind="new", state="accepted", facts={}, reasons=[])
    made = {"project_id": FIRST, "by": "ana", "at": NOW}
    split = old.put("record_change", **made, action="split", candidate_ids=[2], other=SECOND)
    old.put("record_change", **made, action="undo", undoes=split)
    old.put("split_candidate", change_id=split, candidate_id=2, project_id=SECOND)
