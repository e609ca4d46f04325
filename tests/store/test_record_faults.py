"""Each fault of records is told, and nothing else: of the middle of three, whose neighbours are whole."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate, stored_row
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement
from offing.store.candidates.decision import append
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.record_check import record_faults
from offing.store.tables import candidate, event, project, project_candidate

FIRST, MIDDLE, LAST = (f"off-2026-00000{number}" for number in (1, 2, 3))
_EVENT = sa.update(event).where(event.c.project_id == MIDDLE)
_PROJECT = sa.update(project).where(project.c.id == MIDDLE)
_CANDIDATE = sa.update(candidate).where(candidate.c.id == 2)
_PART = project_candidate.c.project_id == MIDDLE


@pytest.fixture
def whole(database: Database) -> Database:
    """Three records, each made from one candidate, with the event that says their status."""
    with database.write() as conn:
        for number, name in enumerate((FIRST, MIDDLE, LAST), 1):
            of = stored_candidate(conn, state=CandidateState.ACCEPTED)
            stored_row(conn, project, id=name, year=2026, number=number, facts={"status": "signed"})
            stored_row(conn, project_candidate, project_id=name, candidate_id=of)
            stored_row(conn, event, project_id=name, kind="status", status="signed", candidate_id=of)
    return database


def _event_of(kind: str, status: str | None, changes: Any = None) -> sa.Insert:
    row = {"project_id": MIDDLE, "candidate_id": 2, "event_date": "", "url": "", "quote": ""}
    return sa.insert(event).values(**row, kind=kind, status=status, changes=changes)


def _unrecorded(name: str, into: str) -> str:
    """What is wrong where a record leads elsewhere without a merge."""
    return f"project {name} leads to {into}, its changes say None"


def _elsewhere(name: str) -> list[str]:
    return [
        f"event 2 stands in project {name}, but candidate 2 does not",
        f"project {MIDDLE} is signed, which no event of its life line says",
    ]


ZTE = {"firms": [[], ["ZTE"]]}
UNTOLD = f"project {MIDDLE} is signed, which no event of its life line says"
CASES: list[tuple[list[Any], list[str]]] = [
    ([], []),
    ([_EVENT.values(project_id=FIRST)], _elsewhere(FIRST)),
    ([_EVENT.values(project_id=LAST)], _elsewhere(LAST)),
    ([_event_of("incident", "signed")], ["event 4 is a incident with status signed"]),
    ([_event_of("status", None)], ["event 4 is a status with status None"]),
    ([_event_of("change", None)], ["event 4 is a change with changes None"]),
    ([_event_of("audit", None, ZTE)], [f"event 4 is a audit with changes {ZTE}"]),
    ([_event_of("change", None, ZTE), _event_of("audit", None)], []),
    ([_EVENT.values(set_aside_by="ana")], ["event 2 is set aside by nobody, or at no time", UNTOLD]),
    ([_EVENT.values(set_aside_at=NOW)], ["event 2 is set aside by nobody, or at no time"]),
    ([_EVENT.values(set_aside_at=NOW, set_aside_by="ana")], [UNTOLD]),
    ([_EVENT.values(status="agreed")], [UNTOLD]),
    ([_EVENT.values(status="under-construction")], [UNTOLD]),
    ([_EVENT.values(status="agreed"), _PROJECT.values(withdrawn="empty")], []),
    ([_EVENT.values(status="agreed"), _PROJECT.values(withdrawn="")], []),
    ([_EVENT.values(status="agreed"), _PROJECT.values(facts={})], []),
    ([_event_of("audit", None)] * 2, [f"candidate 2 brings 2 events of audit  to project {MIDDLE}"]),
    ([_event_of("audit", None)] * 3, [f"candidate 2 brings 3 events of audit  to project {MIDDLE}"]),
    *(
        ([_CANDIDATE.values(state=state)], [f"candidate 2 is part of project {MIDDLE}, but {state}"])
        for state in ("open", "deferred", "rejected")
    ),
    ([_CANDIDATE.values(state="duplicate")], []),
    ([sa.delete(event).where(event.c.id == 2), sa.delete(project_candidate).where(_PART)], [
        f"project {MIDDLE} is made from no candidate", UNTOLD]),
    ([sa.delete(event).where(event.c.id == 2), sa.delete(project_candidate).where(_PART),
      _PROJECT.values(withdrawn="empty")], []),
    ([_EVENT.values(project_id=LAST), _PROJECT.values(redirects_to=LAST)], [_unrecorded(MIDDLE, LAST)]),
    ([_EVENT.values(project_id=FIRST), _PROJECT.values(redirects_to=FIRST)], [_unrecorded(MIDDLE, FIRST)]),
    ([_PROJECT.values(redirects_to=FIRST)], [
        f"event 2 stands in project {MIDDLE}, but candidate 2 does not", _unrecorded(MIDDLE, FIRST)]),
    ([_PROJECT.values(redirects_to=MIDDLE)], [
        f"project {MIDDLE} is merged into itself, through others", _unrecorded(MIDDLE, MIDDLE)]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), CASES)
def test_what_is_wrong_with_one_record_is_reported(whole: Database, changes: list[Any], told: list[str]) -> None:
    """In this order, each once."""
    with whole.write() as conn:
        for change in changes:
            conn.execute(change)
        assert list(record_faults(conn)) == told


@pytest.mark.parametrize("judgement", list(Judgement))
def test_only_what_is_accepted_is_put_into_a_record(database: Database, judgement: Judgement) -> None:
    """Any other decision that names one is told."""
    plain: dict[str, Any] = {"by": "ana", "before": {}, "after": {}, "at": NOW, "reason": ""}
    with database.write() as conn:
        number = stored_candidate(conn)
        append(conn, Decision(0, number, judgement, **plain))
        made = append(conn, Decision(0, number, judgement, into=Ref.parse("known:a:1"), **plain))
        told = f"decision {made.id} puts into a record what it does not accept"
        assert list(record_faults(conn)) == ([] if judgement is Judgement.ACCEPT else [told])


def test_records_that_lead_to_each_other_are_reported(whole: Database) -> None:
    """Both; one that leads to them is not among them, and of their events nothing is said."""
    with whole.write() as conn:
        led = ((FIRST, MIDDLE), (MIDDLE, FIRST), (LAST, FIRST))
        for name, into in led:
            conn.execute(sa.update(project).where(project.c.id == name).values(redirects_to=into))
        told = [f"project {name} is merged into itself, through others" for name in (FIRST, MIDDLE)]
        assert list(record_faults(conn)) == [*told, *(_unrecorded(*each) for each in led)]


def _pair(conn: sa.Connection, one: str, other: str, bond: Bond, undoes: int | None = None) -> int:
    refs = Ref.parse(f"candidate:{one}"), Ref.parse(f"candidate:{other}")
    return append_pair_decision(conn, PairDecision(0, *refs, bond, "ana", NOW, undoes=undoes)).id


@pytest.mark.parametrize(
    ("one", "other", "bond", "fits"),
    [
        ("3", "6", Bond.LINKED, True),
        ("2", "6", Bond.LINKED, False),
        ("4", "6", Bond.LINKED, False),
        ("3", "5", Bond.LINKED, False),
        ("3", "7", Bond.LINKED, False),
        ("3", "6", Bond.DIFFERENT, False),
        ("3", "6", Bond.SAME, False),
    ],
)
def test_who_takes_back_says_what(database: Database, one: str, other: str, bond: Bond, fits: bool) -> None:
    """The same items and the same bond as the decision that is taken back."""
    with database.write() as conn:
        made = _pair(conn, "3", "6", Bond.LINKED)
        undone = _pair(conn, one, other, bond, made)
        told = f"pair decision {undone} undoes a different decision from the one it names"
        assert list(record_faults(conn)) == ([] if fits else [told])


@pytest.mark.parametrize("pointed", [1, 2, 3])
def test_nobody_takes_back_what_took_back_or_came_later(database: Database, pointed: int) -> None:
    """Nor itself; of three decisions the middle one takes back one."""
    with database.write() as conn:
        first = _pair(conn, "3", "6", Bond.SAME)
        middle = _pair(conn, "3", "6", Bond.SAME, first)
        _pair(conn, "3", "6", Bond.SAME)
        change = sa.text("UPDATE pair_decision SET undoes = :pointed WHERE id = :id")
        conn.execute(change, {"pointed": first + pointed - 1, "id": middle})
        told = f"pair decision {middle} undoes a different decision from the one it names"
        assert list(record_faults(conn)) == ([] if pointed == 1 else [told])
