"""What must hold of records is checked."""

from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Statement
from offing.services.records.projects import look, merge, part
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide, undo
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.record_check import record_faults
from offing.store.tables import candidate, decision, event, project

FIRST, SECOND = "off-2026-000001", "off-2026-000002"


@pytest.fixture
def records(database: Database) -> Database:
    """Two records."""
    with database.write() as conn:
        ids = [stored_candidate(conn) for _ in range(3)]
    for number in ids[:2]:
        decide(database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    return database


def _faults(database: Database) -> list[str]:
    with database.read() as conn:
        return list(record_faults(conn))


def test_all_that_people_do_leaves_records_whole(records: Database) -> None:
    """Merging, parting, accepting into one, taking back: nothing is broken at any point."""
    assert _faults(records) == []
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    decide(records, Verdict(3, Judgement.ACCEPT, "ana", into=Ref.parse(f"project:{SECOND}")), NOW)
    promote_accepted(records, NOW)
    assert (_faults(records), look(records, FIRST).record.candidate_ids) == ([], (1, 2, 3))
    undo(records, "ana", NOW)
    part(records, SECOND, Statement("ana", NOW))
    undo(records, "ana", NOW, candidate_id=2)
    assert _faults(records) == []


BROKEN: list[tuple[sa.Table, dict[str, Any], str]] = [
    (project, {"redirects_to": FIRST}, f"project {FIRST} is merged into itself, through others"),
    (candidate, {"state": "open"}, f"candidate 1 is part of project {FIRST}, but open"),
    (event, {"project_id": SECOND}, f"event 1 stands in project {SECOND}, but candidate 1 does not"),
    (event, {"kind": "incident"}, "event 1 is a incident with status signed"),
    (event, {"changes": {"firms": [[], ["ZTE"]]}}, "event 1 is a status with changes"),
    (event, {"set_aside_by": "ana"}, "event 1 is set aside by nobody, or at no time"),
    (event, {"status": "agreed"}, f"project {FIRST} is signed, which no event of its life line says"),
    (decision, {"into": "known:a:1", "judgement": "reject"}, "decision 1 puts into a record what it does not accept"),
]


@pytest.mark.parametrize(("table", "values", "said"), BROKEN)
def test_what_should_not_be_is_reported(records: Database, table: sa.Table, values: dict[str, Any], said: str) -> None:
    """Each item that is broken has its sentence."""
    with records.write() as conn:
        first = sa.select(sa.func.min(table.c.id)).scalar_subquery()
        conn.execute(sa.update(table).where(table.c.id == first).values(**values))
    assert any(fault.startswith(said) for fault in _faults(records))


def test_records_of_nothing_and_events_twice_are_reported(records: Database) -> None:
    """A live record has a candidate, a candidate brings each event once, and an undo fits what it takes back."""
    with records.write() as conn:
        row = {"project_id": FIRST, "kind": "incident", "candidate_id": 1, "event_date": "", "url": "", "quote": ""}
        conn.execute(sa.insert(event), [row, row])
        conn.execute(sa.text("DELETE FROM project_candidate WHERE candidate_id = 2"))
        one, other = Ref.parse("candidate:1"), Ref.parse("candidate:2")
        made = append_pair_decision(conn, PairDecision(0, one, other, Bond.SAME, "ana", NOW))
        append_pair_decision(conn, PairDecision(0, one, other, Bond.DIFFERENT, "ana", NOW, undoes=made.id))
    faults = _faults(records)
    assert f"project {SECOND} is made from no candidate" in faults
    assert f"candidate 1 brings 2 events of incident  to project {FIRST}" in faults
    assert "pair decision 2 undoes a different decision from the one it names" in faults
