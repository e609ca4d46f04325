"""Records that differ from what their candidates come to are found, named, kept from a release, and mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from factories.release import without_rules
from factories.telling import RULES, Piece, arrive_all
from offing.errors import Blocked, UnknownItem
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.monitoring.invariants import broken
from offing.services.records.amending import Statement
from offing.services.records.projects import choose, look, merge
from offing.services.records.promote import promote_accepted
from offing.services.records.recomposing import RecordDifference, differences, recompose_all
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide
from offing.store.database.engine import Database
from offing.store.tables import event, project, project_candidate
from propose.tellings import FACTS as TOLD
from services.stories.test_repeating import near_copies, repeats

FIRST, SECOND = "off-2026-000001", "off-2026-000002"


@pytest.fixture
def records(database: Database) -> Database:
    """Two records of one candidate each, signed and completed in different years."""
    for year, status in ((2020, Status.SIGNED), (2024, Status.COMPLETED)):
        with database.write() as conn:
            facts = replace(FACTS, status=status)
            number = stored_candidate(conn, facts=facts, published=datetime(year, 5, 1, tzinfo=UTC))
        edits = {"status": status.value} if status is Status.COMPLETED else {}  # the other one by the machine
        decide(database, Verdict(number, Judgement.ACCEPT, "ana", edits=edits), NOW)
    promote_accepted(database, NOW)
    return database


def _found(database: Database) -> list[RecordDifference]:
    with database.read() as conn:
        return list(differences(conn))


def _damage(database: Database, column: sa.Column[Any], damage: Callable[[Any], Any]) -> None:
    """Change a value of the first record or event behind everybody's back."""
    table = column.table
    with database.write() as conn:
        number, stored = conn.execute(sa.select(table.c.id, column).order_by(table.c.id).limit(1)).one()
        conn.execute(sa.update(table).where(table.c.id == number).values({column.name: damage(stored)}))


def _other_country(stored: dict[str, Any]) -> dict[str, Any]:
    return {**stored, "countries": ["UGA"]}


SIGNED = "signed 2020-05-01 of 1"
DAMAGES: list[tuple[sa.Column[Any], Callable[[Any], Any], RecordDifference]] = [
    (project.c.facts, _other_country, RecordDifference(FIRST, "countries", "UGA", "KEN")),
    (event.c.status, lambda _: "agreed", RecordDifference(FIRST, "life_line", "agreed 2020-05-01 of 1", SIGNED)),
    (event.c.day, lambda _: None, RecordDifference(FIRST, "life_line", "signed undated of 1", SIGNED)),
    (
        event.c.set_aside_by,
        lambda _: "eve",
        RecordDifference(FIRST, "life_line", f"{SIGNED}, set aside by eve", SIGNED),
    ),
]


@pytest.mark.parametrize(("column", "damage", "expected"), DAMAGES)
def test_a_record_that_differs_is_named_and_mended(
    records: Database, column: sa.Column[Any], damage: Callable[[Any], Any], expected: RecordDifference
) -> None:
    """The field, what is stored and what was composed, with the command that mends it; then nothing differs."""
    assert _found(records) == []
    before = look(records, FIRST).record
    _damage(records, column, damage)
    assert _found(records) == [expected]
    assert expected.said in broken(records, RULES)
    assert expected.said.endswith(f"; run `offing projects recompose {FIRST}`")
    assert recompose_all(records, NOW, (FIRST,)) == (expected,)
    assert (_found(records), recompose_all(records, NOW)) == ([], ())
    after = look(records, FIRST).record
    assert (after.facts, after.life_line) == (before.facts, before.life_line)


def test_what_no_short_words_tell_apart_is_reported_whole(records: Database) -> None:
    """Where two values are told by the same few words, all of both is told."""
    _damage(records, event.c.url, lambda _: "https://elsewhere.example/")
    (found,) = _found(records)
    assert "https://elsewhere.example/" in found.stored
    assert "https://elsewhere.example/" not in found.composed


def test_what_old_chains_left_behind_is_mended(records: Database) -> None:
    """Facts and events of a parted record that an older offing left in the one that was kept."""
    wrong = look(records, SECOND).record.facts.places
    with records.write() as conn:
        facts = conn.execute(sa.select(project.c.facts).where(project.c.id == FIRST)).scalar_one()
        conn.execute(sa.update(project).where(project.c.id == FIRST).values(facts={**facts, "places": ["Dori"]}))
        conn.execute(sa.update(event).where(event.c.candidate_id == 2).values(project_id=FIRST))
    assert {(each.project_id, each.field) for each in _found(records)} == {
        (FIRST, "places"),
        (FIRST, "life_line"),
        (SECOND, "life_line"),
    }
    recompose_all(records, NOW)
    assert _found(records) == []
    assert [look(records, each).record.facts.places for each in (FIRST, SECOND)] == [wrong, wrong]
    assert [{e.candidate_id for e in look(records, each).record.life_line} for each in (FIRST, SECOND)] == [{1}, {2}]


def test_nothing_is_published_while_a_record_differs(records: Database, tmp_path: Path) -> None:
    """The refusal is one line that names the record and the command; no file is written, no version given."""
    _damage(records, event.c.status, lambda _: "agreed")
    out = tmp_path / "release"
    with pytest.raises(Blocked) as refused:
        publish(records, "1.0", out, NOW)
    assert str(refused.value) == (
        f"nothing was published: not what their candidates come to: {FIRST}; "
        "`offing db check` says how, `offing projects recompose` composes them again"
    )
    assert list(tmp_path.glob("release*")) == []
    recompose_all(records, NOW)
    assert publish(without_rules(records, tmp_path), "1.0", out, NOW).records == 2


def test_unknown_records_are_refused(records: Database) -> None:
    """An id that is not there is named."""
    with pytest.raises(UnknownItem, match="there is no project off-1"):
        recompose_all(records, NOW, ("off-1",))


def test_a_record_without_candidates_differs(records: Database) -> None:
    """A live record for which no candidate stands is one, and is withdrawn."""
    with records.write() as conn:
        conn.execute(sa.delete(project_candidate).where(project_candidate.c.project_id == SECOND))
    assert [(each.project_id, each.field) for each in _found(records)] == [(SECOND, "life_line"), (SECOND, "withdrawn")]
    recompose_all(records, NOW)
    assert (_found(records), look(records, SECOND).record.withdrawn) == ([], "its last candidate was removed")


def test_a_choice_is_no_difference(records: Database) -> None:
    """What a person set aside belongs to what the record is composed from."""
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    with records.write() as conn:
        facts = replace(FACTS, status=Status.UNDER_CONSTRUCTION)
        third = stored_candidate(conn, facts=facts, published=datetime(2025, 5, 1, tzinfo=UTC))
    decide(records, Verdict(third, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(records, NOW)
    merge(records, "off-2026-000003", FIRST, Statement("ana", NOW))
    late = next(each for each in look(records, FIRST).record.life_line if each.status is Status.UNDER_CONSTRUCTION)
    choose(records, FIRST, late.id, Statement("ana", NOW))
    assert look(records, FIRST).record.facts.status is Status.UNDER_CONSTRUCTION
    assert _found(records) == []


def test_a_record_follows_articles_that_come_later(database: Database) -> None:
    """An earlier article that joins the story of a promoted candidate dates its record, at once."""
    arrive_all(database, Piece("Cameras for Ouagadougou signed", TOLD, 3))
    decide(database, Verdict(1, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    before = look(database, FIRST).record.life_line[0]
    arrive_all(database, Piece("Cameras for Ouagadougou agreed", TOLD, 1))
    after = look(database, FIRST).record.life_line[0]
    assert before.day
    assert after.day == before.day - timedelta(days=2)
    assert _found(database) == []


def test_a_record_is_not_composed_again_for_each_copy(database: Database) -> None:
    """Copies beyond those that are enough to tell a repeat change nothing of what a record is composed from."""
    copies = near_copies()
    arrive_all(database, *copies[10:])
    decide(database, Verdict(1, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    before = look(database, FIRST).record
    arrive_all(database, *copies[:10])
    assert repeats(database) > 0
    assert (look(database, FIRST).record, _found(database)) == (before, [])
