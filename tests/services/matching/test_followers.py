"""Many follow-ups of one project: no order of arrivals and decisions changes what they are, nor does their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factories.telling import Piece, arrive_all, number_of
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.matching.update_kinds import settle_kinds
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.services.review.pairs import say
from offing.services.review.possible_updates import beside
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.pairs.blocking import NEAREST
from offing.store.pairs.pair import paired_among
from offing.store.records.project import get_project, save_projects
from offing.store.stories.story import lock_stories
from offing.store.tables import candidate
from propose.tellings import FACTS, amount, size

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SIGNED = replace(FACTS, amounts=(amount(86.4),), quantities=(size(900),))
DONE = replace(SIGNED, status=Status.COMPLETED)
MANY = NEAREST + 4
FIRST = Piece("Cameras for Ouagadougou", SIGNED)
LATER = tuple(
    Piece(f"News {number} of the 900 cameras of Ouagadougou", DONE, 400 * number) for number in range(1, MANY + 1)
)


def updates(database: Database) -> list[str | None]:
    """What the later news are updates of, and that settling all once more changes nothing."""
    ids = [number_of(database, piece.name) for piece in (FIRST, *LATER)]
    with database.write() as conn:
        lock_stories(conn)
        assert settle_kinds(conn, ids) == {}
        found = [get_candidate(conn, number) for number in ids[1:]]
    names = {f"candidate:{number}": piece.name for number, piece in zip(ids, (FIRST, *LATER), strict=True)}
    return [each and each.update_of and names.get(each.update_of, each.update_of) for each in found]


def judge(database: Database, piece: Piece, judgement: Judgement) -> None:
    """Let a person decide on the candidate of an article."""
    decide(database, Verdict(number_of(database, piece.name), judgement, "ana", "seen"), NOW)


def test_accepting_keeps_the_pairs_of_all_that_follow(sqlite_database: Database) -> None:
    """More than are looked at closely follow: none is lost when the first is accepted, nor when others are rejected."""
    arrive_all(sqlite_database, FIRST, *LATER)
    first = number_of(sqlite_database, FIRST.name)
    with sqlite_database.read() as conn:
        before = paired_among(conn, first)[0]
    assert len(before) == MANY
    judge(sqlite_database, FIRST, Judgement.ACCEPT)
    with sqlite_database.read() as conn:
        assert paired_among(conn, first)[0] == before
    (promoted,) = promote_accepted(sqlite_database, NOW)
    assert updates(sqlite_database) == [f"project:{promoted.project_id}"] * MANY


def test_others_stay_updates_when_many_are_rejected(sqlite_database: Database) -> None:
    """What was rejected takes no place of what may be the project."""
    arrive_all(sqlite_database, *LATER, FIRST)
    for piece in LATER[:NEAREST]:
        judge(sqlite_database, piece, Judgement.REJECT)
    arrive_all(sqlite_database, last := Piece("The last news of the 900 cameras", DONE, 400 * MANY + 9))
    judge(sqlite_database, FIRST, Judgement.REJECT)
    assert updates(sqlite_database)[NEAREST:] == [None, *[LATER[NEAREST].name] * (MANY - NEAREST - 1)]
    with sqlite_database.read() as conn:
        found = get_candidate(conn, number_of(sqlite_database, last.name))
    assert found
    assert found.update_of == f"candidate:{number_of(sqlite_database, LATER[NEAREST].name)}"


REJECTED = frozenset(range(0, MANY, 2))


def played(order: Sequence[int], early: frozenset[int], accepted: int) -> list[str | None]:
    """What the news are after a newsroom: each decided at once where it is among the early ones, else at the end."""
    database = open_database("sqlite://")
    upgrade(database)
    pieces = (FIRST, *LATER)
    actions = {**dict.fromkeys((each + 1 for each in REJECTED), Judgement.REJECT), accepted: Judgement.ACCEPT}
    for place in order:
        arrive_all(database, pieces[place])
        if place in actions and place in early:
            judge(database, pieces[place], actions[place])
    for place in sorted(actions.keys() - early):
        judge(database, pieces[place], actions[place])
    undecided = [place for place in range(1, MANY + 1) if place not in actions]
    found = updates(database)
    database.close()
    return [found[place - 1] for place in undecided]


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(MANY + 1)), st.frozensets(st.integers(0, MANY)))
@example([*range(MANY, -1, -1)], frozenset())
@example([*range(MANY + 1)], frozenset(range(MANY + 1)))
def test_no_order_changes_what_follows(order: list[int], early: frozenset[int]) -> None:
    """Articles in any order, decided at once or later, half of them rejected: the rest follow what was accepted."""
    assert set(played(order, early, 0)) == {FIRST.name}


@contextmanager
def questions(conn: sa.Connection) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    sa.event.listen(conn.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(conn.engine, "before_cursor_execute", note)


def test_settling_asks_as_much_for_many_as_for_few(sqlite_database: Database) -> None:
    """The number of questions does not grow with the number of followers, whether they change or stay."""
    numbers = []
    for some in ((FIRST, *LATER[:4]), LATER[4:]):
        arrive_all(sqlite_database, *some)
        first = number_of(sqlite_database, FIRST.name)
        with sqlite_database.write() as conn:
            conn.execute(sa.update(candidate).where(candidate.c.update_of.is_not(None)).values(update_of="project:x"))
            with questions(conn) as sent:
                assert settle_kinds(conn, (first,))
                assert settle_kinds(conn, (first,)) == {}
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 25


def test_what_people_called_different_is_not_shown_again(sqlite_database: Database) -> None:
    """Beside a candidate stands what it may be, without what a person said it is not."""
    arrive_all(sqlite_database, FIRST, LATER[0])
    mine, other = (number_of(sqlite_database, piece.name) for piece in (LATER[0], FIRST))

    def shown() -> list[str]:
        with sqlite_database.read() as conn:
            found = get_candidate(conn, mine)
        assert found
        return [str(each.ref) for each in beside(sqlite_database, found) if each.relation is Relation.SAME]

    assert shown() == [f"candidate:{other}"]
    refs = (Ref.candidate(each) for each in (mine, other))
    say(sqlite_database, PairDecision(0, *refs, Bond.DIFFERENT, "ana", NOW))
    assert shown() == []


def test_nothing_is_an_update_of_a_withdrawn_record(sqlite_database: Database) -> None:
    """The record that the first made was withdrawn: what comes later begins anew."""
    arrive_all(sqlite_database, FIRST)
    judge(sqlite_database, FIRST, Judgement.ACCEPT)
    (promoted,) = promote_accepted(sqlite_database, NOW)
    with sqlite_database.write() as conn:
        record = get_project(conn, promoted.project_id)
        assert record
        save_projects(conn, [(record, replace(record, withdrawn="no project"))])
    arrive_all(sqlite_database, LATER[0])
    with sqlite_database.read() as conn:
        found = get_candidate(conn, number_of(sqlite_database, LATER[0].name))
    assert found
    assert found.update_of is None
