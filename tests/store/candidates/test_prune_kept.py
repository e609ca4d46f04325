"""What keeps an old candidate from being pruned: each reason alone, before and while it is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from factories.candidate import everything, stored_article, stored_candidate, stored_row
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement
from offing.model.review.second_reading import SecondReading
from offing.model.values.vocabulary import Verb
from offing.store.candidates.decision import append
from offing.store.candidates.second_reading import append as append_reading
from offing.store.database.engine import Database
from offing.store.runs.work import enqueue
from offing.store.tables import (
    article,
    candidate,
    context,
    event,
    evidence,
    feed,
    page,
    pair_decision,
    project,
    project_candidate,
    story_article,
    work,
)
from offing.store.upkeep.knots import Ages, prunable
from offing.store.upkeep.prune import prune_knots
from store.aged import AGES, NOW, YEAR, above, aged, below_cut, decided, left


def deferred(conn: sa.Connection, candidate_id: int) -> None:
    """It waits for a day."""
    conn.execute(sa.update(candidate).where(candidate.c.id == candidate_id).values(state=CandidateState.DEFERRED))


def promoted(conn: sa.Connection, candidate_id: int) -> None:
    """It is part of a record."""
    row = {"id": "off-2026-000001", "year": 2026, "number": 1, "facts": {}, "created_at": NOW, "changed_at": NOW}
    conn.execute(sa.insert(project).values(**row, version=1))
    conn.execute(sa.insert(project_candidate).values(candidate_id=candidate_id, project_id=row["id"], promoted_at=NOW))


def named(conn: sa.Connection, candidate_id: int) -> None:
    """Another candidate was marked as its double."""
    other = stored_candidate(conn)
    conn.execute(sa.update(candidate).where(candidate.c.id == other).values(duplicate_of=candidate_id))


def quoted_elsewhere(conn: sa.Connection, candidate_id: int) -> None:
    """A candidate in the queue quotes its article."""
    other = stored_candidate(conn)
    article_id = conn.execute(sa.select(evidence.c.article_id).where(evidence.c.candidate_id == candidate_id)).scalar()
    moved = sa.update(evidence).where(evidence.c.candidate_id == other, evidence.c.field == "countries")
    conn.execute(moved.values(article_id=article_id))


def set_aside(conn: sa.Connection, candidate_id: int) -> None:
    """Work on its article was set aside."""
    article_id = conn.execute(sa.select(evidence.c.article_id).where(evidence.c.candidate_id == candidate_id)).scalar()
    enqueue(conn, Verb.RECOGNIZE, article_id, NOW)
    conn.execute(sa.update(work).values(quarantined_at=NOW))


def read_again(conn: sa.Connection, candidate_id: int) -> None:
    """Somebody read it a second time."""
    append_reading(conn, SecondReading(candidate_id, Judgement.REJECT, "bo", NOW))


def told_with_a_young_one(conn: sa.Connection, candidate_id: int) -> None:
    """Its story goes on."""
    article_id = stored_article(conn)
    aged(conn, article_id, AGES[1])
    story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == candidate_id)).scalar()
    row = {"story_id": story_id, "article_id": article_id, "ordinal": 0, "facts": {}, "score": 0.1}
    conn.execute(sa.insert(story_article).values(**row))


def told_with_a_kept_one(conn: sa.Connection, candidate_id: int) -> None:
    """One of its articles tells a second story, whose candidate was above the cut."""
    other = stored_candidate(conn)
    article_id = conn.execute(sa.select(evidence.c.article_id).where(evidence.c.candidate_id == candidate_id)).scalar()
    story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == other)).scalar()
    row = {"story_id": story_id, "article_id": article_id, "ordinal": 1, "facts": {}, "score": 0.1}
    conn.execute(sa.insert(story_article).values(**row))


@pytest.mark.parametrize(
    "why",
    [
        above,
        decided,
        deferred,
        promoted,
        named,
        quoted_elsewhere,
        set_aside,
        read_again,
        told_with_a_young_one,
        told_with_a_kept_one,
    ],
)
def test_what_anything_rests_on_stays_whole(database: Database, why: Callable[[sa.Connection, int], None]) -> None:
    """Whatever keeps a candidate keeps both of its articles with their pages and quotes."""
    with database.write() as conn:
        made, ids = below_cut(conn, articles=2)
        why(conn, made)
        for (article_id,) in conn.execute(sa.select(article.c.id)).all():
            if article_id not in ids and why is not told_with_a_young_one:
                aged(conn, article_id, AGES[0])
        before = everything(conn)
    after = left(database)
    assert {**after, "run": 0, "run_lock": 0} == {**before, "run": 0, "run_lock": 0}


def doubled(conn: sa.Connection, candidate_id: int) -> None:
    """A decision says that another one doubles it."""
    other = stored_candidate(conn)
    append(conn, Decision(0, other, Judgement.DUPLICATE, "ada", NOW, "", {}, {}, duplicate_of=candidate_id))


def updated(conn: sa.Connection, candidate_id: int) -> None:
    """Another one is an update of it."""
    other = stored_candidate(conn)
    mark = sa.update(candidate).where(candidate.c.id == other)
    conn.execute(mark.values(update_of=f"candidate:{candidate_id}"))


def reported(conn: sa.Connection, candidate_id: int) -> None:
    """An event of a record came of it."""
    row = {"id": "off-2026-000001", "year": 2026, "number": 1, "facts": {}, "created_at": NOW, "changed_at": NOW}
    conn.execute(sa.insert(project).values(**row, version=1))
    stored_row(conn, event, project_id=row["id"], candidate_id=candidate_id, kind="audit", url="", quote="")


def joined(conn: sa.Connection, candidate_id: int) -> None:
    """A person joined it with another thing."""
    stored_row(conn, pair_decision, one=f"candidate:{candidate_id}", other="known:aid:1", bond="same")


def parted(conn: sa.Connection, candidate_id: int) -> None:
    """A person parted one of its tellings from another."""
    told = sa.select(story_article.c.id).join(candidate, candidate.c.story_id == story_article.c.story_id)
    number = conn.execute(told.where(candidate.c.id == candidate_id)).scalar()
    stored_row(conn, pair_decision, one="telling:99999", other=f"telling:{number}", bond="different")


def fetched(conn: sa.Connection, candidate_id: int) -> None:
    """Its page is to be fetched again."""
    enqueue(conn, Verb.FETCH, _of(conn, candidate_id, page.c.entry_id), NOW)


def extracted(conn: sa.Connection, candidate_id: int) -> None:
    """Its page is to be read again."""
    enqueue(conn, Verb.EXTRACT, _of(conn, candidate_id, page.c.id), NOW)


def proposed(conn: sa.Connection, candidate_id: int) -> None:
    """Its article is to be proposed from again."""
    enqueue(conn, Verb.PROPOSE, _of(conn, candidate_id, article.c.id), NOW)


def in_context(conn: sa.Connection, candidate_id: int) -> None:
    """Its article is context."""
    row = {"kind": "summit", "regions": [], "countries": [], "start": 0, "end": 1, "quote": "q"}
    stored_row(conn, context, article_id=_of(conn, candidate_id, article.c.id), **row)


def _of(conn: sa.Connection, candidate_id: int, column: sa.Column[int]) -> int:
    joined = sa.select(column).select_from(article.join(page, page.c.id == article.c.page_id))
    told = joined.join(story_article, story_article.c.article_id == article.c.id)
    own = told.join(candidate, candidate.c.story_id == story_article.c.story_id)
    return int(conn.execute(own.where(candidate.c.id == candidate_id)).scalar_one())


def _in(state: CandidateState) -> Callable[[sa.Connection, int], None]:
    def stands(conn: sa.Connection, candidate_id: int) -> None:
        conn.execute(sa.update(candidate).where(candidate.c.id == candidate_id).values(state=state))

    return stands


REASONS = {
    each.__name__: each
    for each in (above, decided, promoted, named, set_aside, read_again, doubled, updated, reported, joined, parted)
}
WAITING = {each.__name__: each for each in (fetched, extracted, proposed, in_context)}
STATES = {str(each): _in(each) for each in CandidateState if each is not CandidateState.OPEN}
ALL = REASONS | WAITING | STATES


@pytest.mark.parametrize("why", ALL.values(), ids=ALL)
def test_what_others_rest_on_keeps_nothing_else(database: Database, why: Callable[[sa.Connection, int], None]) -> None:
    """Neither the one before it nor the one after it, whose numbers are those of other nouns, too."""
    with database.write() as conn:
        stored_row(conn, feed, url="f", url_key="f")
        numbers = [below_cut(conn)[0] for _ in range(5)]
        stories = [
            conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == each)).scalar() for each in numbers
        ]
        why(conn, numbers[2])
        knots = prunable(conn, Ages.alike(NOW - YEAR))
        gone = {story_id for knot in knots for story_id in knot.stories}
        assert gone == set(stories) - {stories[2]}
        prune_knots(conn, knots, NOW)
        left = set(conn.execute(sa.select(candidate.c.id)).scalars())
        assert left & set(numbers) == {numbers[2]}


@pytest.mark.parametrize("why", REASONS.values(), ids=REASONS)
def test_what_happens_meanwhile_keeps_its_own_alone(
    database: Database, why: Callable[[sa.Connection, int], None]
) -> None:
    """Between the look and the deletion."""
    with database.write() as conn:
        numbers = [below_cut(conn)[0] for _ in range(3)]
        knots = prunable(conn, Ages.alike(NOW - YEAR))
        assert len(knots) == 3
        why(conn, numbers[1])
        prune_knots(conn, knots, NOW)
        left = set(conn.execute(sa.select(candidate.c.id)).scalars())
        assert left & set(numbers) == ({numbers[1]} if why is not set_aside else set())


def test_a_decision_made_meanwhile_keeps_its_candidate(database: Database) -> None:
    """What was judged between the look and the deletion stays."""
    with database.write() as conn:
        made, _ = below_cut(conn)
        knots = prunable(conn, Ages.alike(NOW - YEAR))
    assert len(knots) == 1
    with database.write() as conn:
        decided(conn, made)
        before = everything(conn)
        counts = prune_knots(conn, knots, NOW)
        assert everything(conn) == before
    assert not any(counts.values())


def test_an_article_that_joined_meanwhile_keeps_its_story(database: Database) -> None:
    """What began to tell a story between the look and the deletion loses neither its telling nor its story."""
    with database.write() as conn:
        made, _ = below_cut(conn)
        knots = prunable(conn, Ages.alike(NOW - YEAR))
    assert len(knots) == 1
    with database.write() as conn:
        joined = stored_article(conn)
        story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == made)).scalar_one()
        row = {"story_id": story_id, "article_id": joined, "ordinal": 0, "facts": {}, "score": 0.1}
        conn.execute(sa.insert(story_article).values(**row))
        before = everything(conn)
        counts = prune_knots(conn, knots, NOW)
        assert everything(conn) == before
    assert not any(counts.values())
