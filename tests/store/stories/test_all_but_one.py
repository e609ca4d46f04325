"""All but one: what is left out is that one alone, whether the others stand before it or behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_candidate, stored_row
from factories.run import holding
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement
from offing.model.sources.article import Completeness
from offing.model.sources.feed import FeedState
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import outlet
from offing.store.candidates import decision, history
from offing.store.database.engine import Database
from offing.store.feeds import watch
from offing.store.runs import quarantine, run
from offing.store.stories import repeat, story
from offing.store.stories.story_check import story_faults
from offing.store.upkeep import figures, knots

DAY = timedelta(days=1)
WORKED = (Verb.POLL, Verb.FETCH, Verb.EXTRACT, Verb.RECOGNIZE, Verb.PROPOSE)


@pytest.mark.parametrize("verb", WORKED)
def test_only_feeds_are_never_dropped(database: Database, verb: Verb) -> None:
    """Items of all other verbs are, each with an outcome."""
    with database.write() as conn:
        run_id = run.start_run(conn, "x", "here", 1, NOW)
        stored_row(conn, tables.work, verb=verb, item_id=1, due_at=NOW, quarantined_at=NOW)
        dropped = quarantine.drop(conn, quarantine.Which(), run_id, "by ana", NOW)
        assert dropped == len(conn.execute(sa.select(tables.outcome)).all()) == (verb is not Verb.POLL)


@pytest.mark.parametrize(("version", "freed"), [("1.0", True), ("1.1", False), ("1.2", True), ("", True)])
def test_each_other_version_gives_a_chance(database: Database, version: str, freed: bool) -> None:
    """An older one, a newer one, and what did not say which it was; of what is set aside alone."""
    with database.write() as conn:
        for item, aside in ((1, NOW), (2, None)):
            row = {"verb": Verb.FETCH, "item_id": item, "due_at": NOW - DAY, "quarantined_at": aside}
            stored_row(conn, tables.work, **row, set_aside_by=version)
        assert quarantine.release_after_upgrade(conn, "1.1", NOW) == freed
        due = tables.work.c.due_at
        assert len(conn.execute(sa.select(due).where(due == NOW)).all()) == freed


@pytest.mark.parametrize("state", list(CandidateState))
def test_any_state_but_open_protects(database: Database, state: CandidateState) -> None:
    """From being pruned, and from being drawn for an audit, below the cut too."""
    with database.write() as conn:
        number = stored_candidate(conn, state=state, above_cut=False)
        conn.execute(sa.update(tables.article).values(proposed_at=NOW, score=0.1))
        conn.execute(sa.update(tables.entry).values(seen_at=NOW - DAY))
        pool = story.audit_pool(conn, NOW, 0.5)
        found = knots.prunable(conn, knots.Ages.alike(NOW))
        own = sa.select(tables.candidate.c.story_id).where(tables.candidate.c.id == number)
        of = (conn.execute(own).scalar_one(),) if state is CandidateState.OPEN else ()
        assert [each.stories for each in found if each.stories] == ([of] if of else [])
        assert len(pool) == len(of)


@pytest.mark.parametrize("state", [each for each in FeedState if each is not FeedState.QUARANTINED])
def test_a_feed_is_paused_from_any_state(database: Database, state: FeedState) -> None:
    """But from being paused."""
    with database.write() as conn:
        feed_id = stored_row(conn, tables.feed, url="https://a.example/", url_key="a", state=state)
        assert watch.pause_feed(conn, feed_id, NOW, "ana") is (state is not FeedState.PAUSED)
        assert watch.resume_feed(conn, feed_id, NOW)
        assert not watch.resume_feed(conn, feed_id, NOW)


@pytest.mark.parametrize("kept", list(Completeness))
def test_texts_of_summaries_are_no_texts(database: Database, kept: Completeness) -> None:
    """What breaks off or is paid for is one."""
    with database.write() as conn:
        article_id = stored_article(conn)
        own = sa.update(tables.article).where(tables.article.c.id == article_id)
        conn.execute(own.values(domain="a.example", completeness=kept, extracted_at=NOW))
        expected = int(kept is not Completeness.SUMMARY_ONLY)
        assert len(outlet.latest_texts(conn, "a.example", 9)) == expected
        assert len(list(outlet.drawn_since(conn, NOW))) == expected


@pytest.mark.parametrize("stood", [[1, 2, 3], [3, 2, 1], [2, 1, 3], [1, 3], [3, 1], None])
def test_a_repeat_stands_last_where_it_was_moved_to(database: Database, stood: list[int] | None) -> None:
    """Where it stood before is kept, in its order; that story itself stands once."""
    with database.write() as conn:
        candidates = [stored_candidate(conn) for _ in range(3)]
        rows = conn.execute(sa.select(tables.story_article.c.id, tables.story_article.c.story_id)).all()
        (telling, _), (repeated, _), (_, target) = rows
        change = sa.update(tables.story_article).where(tables.story_article.c.id == telling)
        conn.execute(change.values(repeats=repeated, stood_in=sa.null() if stood is None else stood))
        repeat.move_repeats(conn, repeated, 2, candidates[1])
        where = sa.select(tables.story_article.c.stood_in).where(tables.story_article.c.id == telling)
        assert conn.execute(where).scalar_one() == [*(each for each in stood or () if each != 2), 2]
        assert target == 3


@pytest.mark.parametrize(("host", "blocked"), [("a", True), ("here", False), ("z", True)])
def test_only_a_run_elsewhere_holds_the_lock(database: Database, host: str, blocked: bool) -> None:
    """One of this machine is dead, since the caller has its lock file."""
    with database.write() as conn:
        first, second = (run.start_run(conn, "x", each, 1, NOW) for each in (host, "here"))
        assert run.take_lock(conn, first, holding(host), NOW, DAY) is None
        found = run.take_lock(conn, second, holding("here"), NOW, DAY)
        assert found == (run.Holder(first, host, NOW + DAY) if blocked else None)


def _story(conn: sa.Connection, candidate_id: int) -> Any:
    return conn.execute(
        sa.select(tables.candidate.c.story_id).where(tables.candidate.c.id == candidate_id)
    ).scalar_one()


@pytest.mark.parametrize("place", range(3))
def test_a_quote_stands_with_its_telling(database: Database, place: int) -> None:
    """In the story of the candidate that it proves, or it is told of; whichever of three it is given to."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(3)]
        telling = sa.select(tables.story_article.c.id)
        own = conn.execute(telling.where(tables.story_article.c.story_id == _story(conn, numbers[1]))).scalar_one()
        first = sa.select(sa.func.min(tables.evidence.c.id)).where(tables.evidence.c.candidate_id == numbers[1])
        quote = conn.execute(first).scalar_one()
        change = sa.update(tables.evidence).where(tables.evidence.c.id == quote)
        conn.execute(change.values(telling_id=own, candidate_id=numbers[place]))
        told = f"quote {quote} proves candidate {numbers[place]}, though its telling {own} stands in another story"
        assert list(story_faults(conn)) == ([] if place == 1 else [told])


@pytest.mark.parametrize("place", range(3))
def test_an_article_of_context_stays_alone(database: Database, place: int) -> None:
    """Those before and after it go, as they are old and led to nothing."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in range(3)]
        joined = sa.select(tables.page.c.entry_id).join_from(tables.article, tables.page)
        entries = [conn.execute(joined.where(tables.article.c.id == each)).scalar_one() for each in articles]
        stored_row(conn, tables.context, article_id=articles[place], kind="plan")
        gone = {number for knot in knots.prunable(conn, knots.Ages.alike(NOW + DAY)) for number in knot.entries}
        assert gone == {*entries} - {entries[place]}


@pytest.mark.parametrize("place", range(3))
def test_a_decision_that_was_taken_back_is_one(database: Database, place: int) -> None:
    """Those before and after it stand, in whatever way they are asked for."""
    plain: dict[str, Any] = {"by": "ana", "before": {}, "after": {}, "at": NOW, "reason": ""}
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(3)]
        made = [decision.append(conn, Decision(0, each, Judgement.REJECT, **plain), "t") for each in numbers]
        decision.append(conn, Decision(0, numbers[place], Judgement.UNDO, undoes=made[place].id, **plain), "u")
        left = [each for each in made if each is not made[place]]
        assert list(decision.standing_with(conn, "t")) == left
        assert list(decision.decisions_between(conn, NOW, NOW + DAY)) == left
        assert decision.last_standing_by(conn, "ana") == left[-1]
        assert decision.undone_with(conn, "ana", "u") == (numbers[place],)
        assert [each.candidate_id for each in figures.judged(conn, NOW)] == [each.candidate_id for each in left]
        past = history.history(conn, history.HistoryFilter(judgement=Judgement.REJECT), 9)
        assert [each.id for each in past if each.undone] == [made[place].id]
        assert {each.id for each in past if each.last} == {each.id for each in left}


@pytest.mark.parametrize("place", range(3))
def test_one_more_outlet_is_of_one_story(database: Database, place: int) -> None:
    """The candidates of others keep their number."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, outlets=4) for _ in range(3)]
        story.add_outlet(conn, numbers[place])
        found = dict(conn.execute(sa.select(tables.candidate.c.id, tables.candidate.c.outlets)).all())
        assert found == {number: 4 + (number == numbers[place]) for number in numbers}
