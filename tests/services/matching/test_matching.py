"""Candidates matched in the store: updates in any order of arrival, people's word, both databases."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories.telling import Piece, arrive_all, number_of
from offing.errors import UnknownItem, UsageError
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Sector, Status
from offing.services.matching.contradictory_decisions import contradicted
from offing.services.matching.match_rules import changing
from offing.services.records.derived_again import candidates_changed
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide, undo
from offing.services.review.pairs import matchings, parse_ref, say, take_back
from offing.store import tables
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.pairs.pair import pairs_of
from offing.store.pairs.pairing import append_pair_decision
from propose.tellings import FACTS, amount, size
from suite import some

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SIGNED = replace(FACTS, amounts=(amount(86.4),), quantities=(size(900),))
DONE = replace(SIGNED, status=Status.COMPLETED)
ELSEWHERE = replace(SIGNED, countries=("KEN",))
ROAD = replace(FACTS, sector=Sector.TRANSPORT, amounts=(amount(512.7),), quantities=(size(41, "km"),), places=("Dori",))
LATER = replace(SIGNED, amounts=(amount(23.5),), quantities=(size(210),))
PIECES = (
    Piece("Cameras for Ouagadougou", SIGNED),
    Piece("Ouagadougou's 900 cameras are on", DONE, 400),
    Piece("Half of the 900 cameras of Ouagadougou are blind", DONE, 900),
    Piece("Cameras for Nairobi", ELSEWHERE, 500),
    Piece("A road to Dori", ROAD, 600),
    Piece("Phase 2: 210 more cameras", LATER, 700),
)


def update_of(database: Database, name: str) -> str | None:
    """What the candidate of an article is an update of."""
    with database.read() as conn:
        found = get_candidate(conn, number_of(database, name))
    assert found
    assert (found.kind is CandidateKind.UPDATE) == (found.update_of is not None)
    return found.update_of


def ref(database: Database, name: str) -> Ref:
    """The candidate of an article."""
    return Ref.candidate(number_of(database, name))


@pytest.mark.parametrize("seed", some(range(2)))
def test_later_news_of_a_project_is_an_update_in_any_order(database: Database, seed: int) -> None:
    """Whatever comes first, the news of later years follow the first news; other countries and works stand alone."""
    pieces = list(PIECES)
    random.Random(seed).shuffle(pieces)
    arrive_all(database, *pieces)
    first = str(ref(database, PIECES[0].name))
    assert [update_of(database, piece.name) for piece in PIECES] == [None, first, first, None, None, None]
    with database.read() as conn:
        later = pairs_of(conn, number_of(database, PIECES[5].name))
    assert Relation.LINKED in {pair.relation for pair in later}
    assert Relation.SAME not in {pair.relation for pair in later}
    assert any("other phase" in reason for pair in later for reason in pair.reasons)


def test_updates_follow_decisions(database: Database) -> None:
    """An update of what was promoted is one of its record; of what was rejected, of nothing; undo brings it back."""
    arrive_all(database, *PIECES[:2])
    first, second = (number_of(database, piece.name) for piece in PIECES[:2])
    decide(database, Verdict(first, Judgement.REJECT, "ana", "spam"), NOW)
    assert update_of(database, PIECES[1].name) is None
    undo(database, "ana", NOW, candidate_id=first)
    assert update_of(database, PIECES[1].name) == f"candidate:{first}"
    decide(database, Verdict(first, Judgement.ACCEPT, "ana"), NOW)
    (promoted,) = promote_accepted(database, NOW)
    assert update_of(database, PIECES[1].name) == f"project:{promoted.project_id}"
    decide(database, Verdict(second, Judgement.ACCEPT, "ana"), NOW)
    assert [each.project_id for each in promote_accepted(database, NOW)] == [promoted.project_id]


def standing(database: Database) -> object:
    """All pairs, and what each candidate is an update of."""
    with database.read() as conn:
        columns = (tables.pair.c.candidate_id, tables.pair.c.target, tables.pair.c.relation, tables.pair.c.score)
        pairs = conn.execute(sa.select(*columns).order_by(*columns[:2])).all()
        kinds = sa.select(tables.candidate.c.id, tables.candidate.c.kind, tables.candidate.c.update_of)
        return pairs, conn.execute(kinds.order_by(tables.candidate.c.id)).all()


@pytest.mark.parametrize("seed", some(range(3)))
def test_a_decision_leaves_what_comparing_all_anew_would(sqlite_database: Database, seed: int) -> None:
    """Whether a decision compares its candidate anew or not: nothing is left to be found by whoever compares all."""
    chance = random.Random(seed)
    arrive_all(sqlite_database, *PIECES)
    numbers = [number_of(sqlite_database, piece.name) for piece in PIECES]
    for minute in range(16):
        number, now = chance.choice(numbers), NOW + timedelta(minutes=minute)
        judgement = chance.choice((Judgement.REJECT, Judgement.ACCEPT, Judgement.DEFER, Judgement.UNDO))
        until = now + timedelta(days=1) if judgement is Judgement.DEFER else None
        with suppress(UsageError):  # nothing to undo, decided already
            decide(sqlite_database, Verdict(number, judgement, "ana", "vague", until=until), now)
        if minute % 5 == 4:
            promote_accepted(sqlite_database, now)
        left = standing(sqlite_database)
        with changing(sqlite_database) as conn:
            candidates_changed(conn, numbers, now)
        assert standing(sqlite_database) == left, (minute, number, judgement)


def test_news_of_earlier_years_follows_the_record_that_is_there(database: Database) -> None:
    """An article of 2026 was accepted first: that of an earlier year, read late, is an update of the record."""
    arrive_all(database, PIECES[1])
    decide(database, Verdict(number_of(database, PIECES[1].name), Judgement.ACCEPT, "ana"), NOW)
    (promoted,) = promote_accepted(database, NOW)
    arrive_all(database, PIECES[0])
    assert update_of(database, PIECES[0].name) == f"project:{promoted.project_id}"


def test_people_go_before_the_machine(database: Database) -> None:
    """What a person calls different is no update; what they call the same is one; taking back undoes either."""
    arrive_all(database, *PIECES[:5])
    first, second, road = (ref(database, PIECES[place].name) for place in (0, 1, 4))
    say(database, PairDecision(0, second, first, Bond.DIFFERENT, "ana", NOW, "another city"))
    assert update_of(database, PIECES[1].name) is None
    assert take_back(database, int(second.key), "ana", NOW).bond is Bond.DIFFERENT
    assert update_of(database, PIECES[1].name) == str(first)
    told = say(database, PairDecision(0, road, second, Bond.SAME, "ana", NOW))
    assert told.update_of == first
    take_back(database, int(road.key), "ana", NOW)
    assert update_of(database, PIECES[4].name) is None


def test_what_contradicts_itself_is_refused(sqlite_database: Database) -> None:
    """Different and one through a third, in either order, is refused with what stands against it, and nothing kept."""
    arrive_all(sqlite_database, *PIECES[:1], *PIECES[3:5])
    one, two, three = (ref(sqlite_database, PIECES[place].name) for place in (0, 3, 4))

    def told(mine: Ref, other: Ref, bond: Bond) -> None:
        say(sqlite_database, PairDecision(0, mine, other, bond, "ana", NOW))

    told(one, two, Bond.SAME)
    told(three, two, Bond.SAME)
    with pytest.raises(UsageError, match=f"^{one.key} and {three.key} are one through {two.key}: undo"):
        told(one, three, Bond.DIFFERENT)
    take_back(sqlite_database, int(three.key), "ana", NOW)
    told(one, three, Bond.DIFFERENT)
    with pytest.raises(
        UsageError, match=f"^{one.key} and {three.key} were decided to be different, but would become one"
    ):
        told(two, three, Bond.SAME)
    with sqlite_database.write() as conn:
        assert list(contradicted(conn)) == []
        append_pair_decision(conn, PairDecision(0, two, three, Bond.SAME, "ana", NOW))
        (fault,) = contradicted(conn)
    assert fault.startswith(
        f"{one.key} and {three.key} were decided to be different, but are one through {two.key}: undo"
    )


def test_what_cannot_be_said_is_reported(sqlite_database: Database) -> None:
    """No candidate, no such item, itself, nothing to take back, no name of anything: each is told in words."""
    arrive_all(sqlite_database, PIECES[0])
    mine = ref(sqlite_database, PIECES[0].name)
    none = Ref.candidate(99)
    with pytest.raises(UnknownItem, match="no candidate 99"):
        matchings(sqlite_database, (99,), NOW)
    with pytest.raises(UnknownItem, match="no candidate 99"):
        say(sqlite_database, PairDecision(0, none, mine, Bond.SAME, "ana", NOW))
    with pytest.raises(UnknownItem, match="no project:off-2026-000009"):
        say(sqlite_database, PairDecision(0, mine, parse_ref("off-2026-000009"), Bond.SAME, "ana", NOW))
    with pytest.raises(UsageError, match="cannot be compared with itself"):
        say(sqlite_database, PairDecision(0, mine, mine, Bond.SAME, "ana", NOW))
    with pytest.raises(UsageError, match="has no decision of this kind to undo"):
        take_back(sqlite_database, int(mine.key), "ana", NOW)
    with pytest.raises(UsageError, match="names nothing"):
        parse_ref("moon:1")
