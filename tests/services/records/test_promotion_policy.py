"""What a site asks for before a candidate becomes a record by itself: a second pair of eyes, and both sides."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.errors import Blocked
from offing.model.pairs.pairing import Ref
from offing.model.projects.promotion import BothSides, Promoter, PromotionRules
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Speaker
from offing.services.records.promote import Promoted, promote_accepted, promote_only, waiting
from offing.services.review.agreement import read_again
from offing.services.review.decisions import decide
from offing.store.database.engine import Database
from offing.store.tables import evidence

FIRST = "off-2026-000001"
TWO_EYES = Promoter("ana", rules=PromotionRules(second_pair=True))
ALL = 1.0  # share of decided candidates that are drawn for a second reading


@pytest.fixture
def accepted(database: Database) -> Database:
    """Two candidates that ana accepted; each quotes an official of the host side alone."""
    for _ in range(2):
        with database.write() as conn:
            number = stored_candidate(conn)
        decide(database, Verdict(number, Judgement.ACCEPT, "ana", alone=True), NOW)
    return database


def _speak(database: Database, number: int, speaker: Speaker) -> None:
    with database.write() as conn:
        conn.execute(sa.update(evidence).where(evidence.c.candidate_id == number).values(speaker=speaker))


def test_by_default_a_decision_is_enough(accepted: Database) -> None:
    """As it ever was: nobody else has to look, and no side is missed."""
    assert [(each.candidate_id, each.warning) for each in promote_accepted(accepted, NOW)] == [(1, ""), (2, "")]


def test_a_second_reading_that_agrees_lets_a_candidate_through(accepted: Database) -> None:
    """One that judges otherwise does not, nor does nobody's."""
    read_again(accepted, Verdict(1, Judgement.ACCEPT, "ben"), NOW, ALL)
    read_again(accepted, Verdict(2, Judgement.REJECT, "ben"), NOW, ALL)
    assert promote_accepted(accepted, NOW, TWO_EYES) == (Promoted(1, FIRST, new=True),)
    (reason,) = waiting(accepted, TWO_EYES)
    assert reason == "candidate 2 waits: ana alone decided on it: somebody else reads it, or promotes it by number"


def test_somebody_else_who_names_a_candidate_is_the_second_pair(accepted: Database) -> None:
    """Its decider is not, and neither is the pipeline."""
    with pytest.raises(Blocked, match=r"candidate 1 waits: ana alone decided on it: .*second_pair in records\.toml"):
        promote_only(accepted, (1,), NOW, TWO_EYES)
    assert promote_accepted(accepted, NOW, Promoter("pipeline daily", rules=TWO_EYES.rules)) == ()
    ben = Promoter("ben", rules=TWO_EYES.rules)
    assert promote_only(accepted, (1,), NOW, ben) == (Promoted(1, FIRST, new=True),)


@pytest.mark.parametrize(
    ("rule", "warning", "blocked"),
    [
        (BothSides.NOTHING, "", False),
        (BothSides.WARN, "no official of the Chinese side is quoted", False),
        (BothSides.BLOCK, "", True),
    ],
)
def test_one_side_alone_is_let_through_named_or_kept(
    accepted: Database, rule: BothSides, warning: str, blocked: bool
) -> None:
    """As the site says; what has both sides always passes."""
    with accepted.write() as conn:
        conn.execute(
            sa.update(evidence)
            .where(evidence.c.candidate_id == 2, evidence.c.field == "status")
            .values(speaker=Speaker.STATE_MEDIA)
        )
    promoter = Promoter("pipeline daily", rules=PromotionRules(both_sides=rule))
    done = promote_accepted(accepted, NOW, promoter)
    assert [(each.candidate_id, each.warning) for each in done] == [*([] if blocked else [(1, warning)]), (2, "")]
    reasons = waiting(accepted, promoter)
    assert reasons == (("candidate 1 waits: no official of the Chinese side is quoted",) if blocked else ())
    if blocked:
        (named,) = promote_only(accepted, (1,), NOW, promoter)
        assert (named.candidate_id, named.warning) == (1, "no official of the Chinese side is quoted")


def test_an_update_that_waits_brings_the_other_side(accepted: Database) -> None:
    """What would become one record is looked at together, so that neither waits for the other for ever."""
    with accepted.write() as conn:
        update = stored_candidate(conn)
    _speak(accepted, update, Speaker.CHINESE_OFFICIAL)
    decide(accepted, Verdict(update, Judgement.ACCEPT, "ana", into=Ref.candidate(1)), NOW)
    promoter = Promoter("pipeline daily", rules=PromotionRules(both_sides=BothSides.BLOCK))
    done = promote_accepted(accepted, NOW, promoter)
    assert [(each.candidate_id, each.project_id) for each in done] == [(1, FIRST), (update, FIRST)]


def test_what_has_to_make_the_record_first_is_named_where_it_waits(accepted: Database) -> None:
    """A candidate that was named is not passed over in silence because the one before it needs another reader."""
    with accepted.write() as conn:
        update = stored_candidate(conn)
    decide(accepted, Verdict(update, Judgement.ACCEPT, "ben", into=Ref.candidate(1)), NOW)
    with pytest.raises(Blocked, match="candidate 1 waits: ana alone decided on it"):
        promote_only(accepted, (update,), NOW, TWO_EYES)
    cy = Promoter("cy", rules=TWO_EYES.rules)
    assert [each.candidate_id for each in promote_only(accepted, (update,), NOW, cy)] == [1, update]
