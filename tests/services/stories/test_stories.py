"""Stories in the store: the same whatever the order of arrival and the number of workers; ids that lead on."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from itertools import combinations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.telling import (
    DESK,
    PROVED,
    Piece,
    Story,
    arrive,
    arrive_all,
    number_of,
    put_state,
    snapshot,
    stories,
)
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import CandidateState
from offing.model.review.story import Telling
from offing.model.values.vocabulary import Status
from offing.propose.story import group, likeness, same_news
from offing.services.review.decisions import show
from offing.services.stories.affected_tellings import load
from offing.services.stories.settling import settle
from offing.store.articles.article import get_article
from offing.store.candidates.candidate import get_candidate, queued
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.tables import candidate, evidence, story_article
from propose.tellings import DAY, FACTS, TEXTS, ZTE, amount, several, size, sketch
from suite import examples

OTHER = replace(FACTS, countries=("KEN",), title="Cameras in Nairobi")
VAGUE = replace(FACTS, amounts=(), title="")
LARGE = replace(FACTS, amounts=(amount(300),), quantities=(size(2000),), title="More cameras")
SMALL = replace(FACTS, amounts=(amount(94, "USD"),), quantities=(size(900),))
ROAD = replace(OTHER, firms=(ZTE,), amounts=(amount(9),))
PIECES = (
    Piece("agency", FACTS, text=TEXTS[0]),
    Piece("copy", FACTS, 1, text=TEXTS[0]),
    Piece("cut", VAGUE, 2, text=TEXTS[0][:12], score=0.4),
    Piece("dollars", SMALL, 1, language="fr", text=TEXTS[1]),
    Piece("large", LARGE, 2, text=TEXTS[2]),
    Piece("vague", VAGUE, 3, language="fr"),
    Piece("roundup", OTHER, 4, more=(ROAD,), text=TEXTS[3]),
    Piece("reprint", ROAD, 5, more=(OTHER,), text=TEXTS[3]),
    Piece("later", FACTS, 60),
)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[Story, tuple[object, ...]]:
    """The stories that come of it when the articles arrive as they were published."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('order') / 'offing.db'}")
    upgrade(opened)
    arrive_all(opened, *PIECES)
    with opened.read() as conn:
        found = stories(conn)
    opened.close()
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(
    database: Database, in_order: dict[Story, tuple[object, ...]], seed: int
) -> None:
    """Copies, other currencies, vague accounts, roundups: the same stories, facts, scores and counts in any order."""
    order = list(PIECES)
    random.Random(seed).shuffle(order)
    arrive_all(database, *order)
    with database.read() as conn:
        found = stories(conn)
    assert set(found) == {
        frozenset({("agency", 0), ("copy", 0), ("cut", 0), ("dollars", 0), ("vague", 0)}),
        frozenset({("large", 0)}),
        frozenset({("roundup", 0), ("reprint", 1)}),
        frozenset({("roundup", 1), ("reprint", 0)}),
        frozenset({("later", 0)}),
    }
    first = found[frozenset({("agency", 0), ("copy", 0), ("cut", 0), ("dollars", 0), ("vague", 0)})]
    assert first[2:] == (0.9441, True, 5, 3)
    assert found == in_order


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(several(most=6), st.data())
def test_any_articles_in_any_order_make_the_same_stories(
    sqlite_database: Database, tellings: list[Telling], data: st.DataObject
) -> None:
    """What comes of arrivals one by one is what comes of all tellings looked at together."""
    pieces = _pieces(tellings)
    made = []
    for order in (pieces, data.draw(st.permutations(pieces))):
        with sqlite_database.write() as conn:
            for piece in order:
                arrive(conn, piece)
            made.append(stories(conn))
            every = [
                placed.telling for placed in load(conn, conn.execute(sa.select(story_article.c.id)).scalars()).values()
            ]
            conn.rollback()
    edges = {(a.id, b.id): sure for a, b in combinations(every, 2) if (sure := same_news(a, b))}
    whole = {frozenset((each.title, each.ordinal) for each in story) for story in group(every, edges)}
    assert made[0] == made[1]
    assert set(made[0]) == whole


def _pieces(tellings: list[Telling]) -> list[Piece]:
    """Articles that tell this; each has a headline of its own."""
    found = []
    for first in (telling for telling in tellings if telling.ordinal == 0):
        more = tuple(each.facts for each in tellings if each.article_id == first.article_id and each.ordinal)
        text = next((text for text in (*TEXTS, TEXTS[0][:15]) if sketch(text) == first.sketch), ())
        days = (first.at - DAY).total_seconds() / 86400
        name = f"{first.article_id} {first.title}"
        found.append(Piece(name, first.facts, days, first.outlet, first.language, text, first.score, more))
    return found


def test_a_late_arrival_makes_one_of_two(database: Database) -> None:
    """What ties two candidates joins them: the older number stays, the other leads to it and leaves the queue."""
    far = replace(VAGUE, lenders=(), counterparts=("City of Bobo",))
    arrive_all(
        database, Piece("one", replace(FACTS, amounts=(amount(85),), firms=())), Piece("two", far, 2, language="fr")
    )
    one, two = number_of(database, "one"), number_of(database, "two")
    assert one != two
    arrive_all(database, Piece("tie", replace(FACTS, counterparts=("City of Bobo",)), 1))
    assert number_of(database, "two") == one
    assert show(database, two).candidate.id == one
    with database.read() as conn:
        assert [each.id for each in queued(conn, DESK.stamp.at)] == [one]
        gone = get_candidate(conn, two)
        assert gone is not None
        assert (gone.merged_into, gone.articles, gone.evidence) == (one, (), ())
        kept = get_candidate(conn, one)
        assert kept is not None
        assert (kept.outlets, kept.independent, len(kept.evidence)) == (3, 3, 3)
        assert kept.also_in == "also in 2 outlets (2 independent)"


def test_doing_it_again_changes_nothing(database: Database) -> None:
    """Neither the same article again nor settling every story anew writes anything."""
    arrive_all(database, *PIECES)
    before = snapshot(database)
    with database.write() as conn:
        every = conn.execute(sa.select(story_article.c.id)).scalars().all()
        assert settle(conn, load(conn, every).values(), DESK).changed == set()
    assert snapshot(database) == before


def test_two_workers_at_once_make_no_double_story(database: Database) -> None:
    """Two workers with connections of their own, each with every second article of one news: one story."""
    pieces = [Piece(f"paper{number}", FACTS, number / 10, text=TEXTS[number % 2]) for number in range(8)]
    start = threading.Barrier(2)
    faults: list[BaseException] = []

    def work(mine: list[Piece]) -> None:
        own = open_database(database.engine.url.render_as_string(hide_password=False))
        try:
            start.wait()
            arrive_all(own, *mine)
        except BaseException as fault:  # noqa: BLE001 -- is raised in the test
            faults.append(fault)
        finally:
            own.close()

    threads = [threading.Thread(target=work, args=(pieces[side::2],)) for side in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with database.read() as conn:
        (found,) = stories(conn).values()
        assert found[3:] == (True, 8, 2)
        assert len(queued(conn, DESK.stamp.at)) == 1


def test_a_decided_candidate_keeps_its_facts(database: Database) -> None:
    """Further sources of a decided story are counted and quoted; what was decided on does not change."""
    arrive_all(database, Piece("one", FACTS))
    number = number_of(database, "one")
    put_state(database, number, CandidateState.ACCEPTED)
    arrive_all(database, Piece("two", SMALL, 1))
    assert number_of(database, "two") == number
    with database.read() as conn:
        kept = get_candidate(conn, number)
    assert kept is not None
    assert (kept.facts, kept.score, kept.outlets, len(kept.evidence)) == (FACTS, 0.9, 2, 2)


def test_two_decided_candidates_are_not_made_one(database: Database) -> None:
    """What would tie two decided stories joins the one that it is closest to."""
    near, far = replace(FACTS, firms=()), replace(VAGUE, lenders=(), counterparts=("City of Bobo",))
    arrive_all(database, Piece("one", near), Piece("two", far, 2, language="fr"))
    for name in ("one", "two"):
        put_state(database, number_of(database, name), CandidateState.ACCEPTED)
    arrive_all(database, Piece("tie", replace(FACTS, counterparts=("City of Bobo",)), 1))
    assert number_of(database, "tie") == number_of(database, "one") != number_of(database, "two")


def test_an_open_candidate_joins_a_decided_one(database: Database) -> None:
    """The decided number stays though the open one is older."""
    far = replace(VAGUE, lenders=(), counterparts=("City of Bobo",))
    arrive_all(database, Piece("two", far, 2, language="fr"), Piece("one", replace(FACTS, firms=())))
    old, decided = number_of(database, "two"), number_of(database, "one")
    put_state(database, decided, CandidateState.REJECTED)
    arrive_all(database, Piece("tie", replace(FACTS, counterparts=("City of Bobo",)), 1))
    assert old < decided == number_of(database, "two") == number_of(database, "tie")
    assert show(database, old).candidate.id == decided


def test_two_sources_below_the_cut_can_rise_above_it(database: Database) -> None:
    """Agreement of independent sources is a reason: two that were just below the cut are queued together."""
    with database.write() as conn:
        assert arrive(conn, Piece("one", FACTS, score=0.45)) == 0
        assert queued(conn, DESK.stamp.at) == ()
        arrive(conn, Piece("two", FACTS, 1, score=0.45))
        (risen,) = queued(conn, DESK.stamp.at)
    assert risen.reasons[0].text == "Told by 2 sources."
    assert risen.score > 0.5


def test_an_undated_article_stands_where_it_was_read(database: Database) -> None:
    """Without a date of its own an article is placed by when it was drawn from its page."""
    with database.write() as conn:
        arrive(conn, Piece("one", FACTS))
        article_id = conn.execute(sa.select(story_article.c.article_id)).scalar_one()
        assert get_article(conn, article_id).published is not None
        assert conn.execute(sa.select(story_article.c.at)).scalar_one() == DAY
        assert conn.execute(sa.select(sa.func.count()).select_from(evidence)).scalar_one() == 1


def test_the_status_of_most_is_followed_and_the_rest_kept(database: Database) -> None:
    """What one of three outlets says otherwise stands beside it as a contrast, with its address."""
    odd = replace(FACTS, status=Status.APPROVED)
    arrive_all(database, Piece("one", odd), Piece("two", FACTS, 1), Piece("three", FACTS, 2))
    found = show(database, number_of(database, "one")).candidate
    assert found.facts.status is Status.SIGNED
    assert [(each.value, len(each.urls)) for each in found.contrasts[0].values] == [("approved", 1), ("signed", 2)]


def test_nothing_told_opens_nothing(sqlite_database: Database) -> None:
    """What names no country or party stands alone; it is found by nothing."""
    arrive_all(sqlite_database, Piece("one", ProjectFacts()), Piece("two", ProjectFacts()))
    assert number_of(sqlite_database, "one") != number_of(sqlite_database, "two")
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(candidate)).scalar_one() == 2
    assert PROVED.text == "Kenya"


def test_a_crowd_of_like_articles_is_not_read_pair_by_pair(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One story told by five times as many: an arrival asks for no more keys, and compares itself, not the others."""
    asked: list[str] = []
    compared: list[tuple[Telling, ...]] = []
    for name, real in (("same_news", likeness.same_news), ("cannot_link", likeness.cannot_link)):
        monkeypatch.setattr(likeness, name, lambda *pair, real=real: compared.append(pair) or real(*pair))
    sa.event.listen(sqlite_database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    queries, comparisons = [], []
    for number in range(40):
        asked.clear()
        compared.clear()
        facts = replace(FACTS, title="Cameras for a crowd")  # which nothing else was compared with before
        arrive_all(sqlite_database, Piece(f"paper {number}", facts, number / 10, text=TEXTS[number % 2]))
        queries.append(sum("FROM story_key" in each for each in asked))
        comparisons.append(len(compared))
    assert max(queries[2:]) == queries[2]
    assert max(comparisons) <= 2 * len(comparisons)
