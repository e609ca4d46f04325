"""What is asked of one thing is answered for it alone, though others like it stand before and behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_candidate, stored_row
from offing.model.operation.run import Stamp
from offing.model.projects.project import ProjectFacts
from offing.model.reading.context import Context, ContextKind
from offing.model.review.queue import Facet, QueueFilter, QueueView
from offing.model.text.search import parse_search
from offing.store import tables
from offing.store.articles import unresolved
from offing.store.candidates import context
from offing.store.candidates.facet import keep_facets
from offing.store.candidates.index import reindex
from offing.store.candidates.queue import QueueRequest, stretch
from offing.store.candidates.queue_count import count
from offing.store.candidates.queue_line import stored_lines
from offing.store.candidates.search import matches
from offing.store.database.engine import Database
from offing.store.feeds import watch
from offing.store.pairs import blocking
from offing.store.stories import story_check
from offing.store.upkeep import credentials
from offing.urls import feed_key

SECOND = timedelta(seconds=1)
SIDES = ("a", "k", "z")


@pytest.mark.parametrize("key", SIDES)
def test_one_of_several_feeds_comes_back(database: Database, key: str) -> None:
    """The others stay off the list; a key between theirs brings none back."""
    with database.write() as conn:
        feeds = {each: stored_row(conn, tables.feed, url=each, url_key=each, removed_at=NOW) for each in SIDES}
        for unknown in ("0", "f", "p", "zz"):
            assert not watch.bring_back(conn, unknown, NOW)
        assert watch.bring_back(conn, key, NOW)
        back = set(conn.execute(sa.select(tables.feed.c.id).where(tables.feed.c.removed_at.is_(None))).scalars())
        assert back == {feeds[key]}


@pytest.mark.parametrize("place", range(3))
def test_a_merged_candidate_leads_where_its_story_does(database: Database, place: int) -> None:
    """To the first, the middle or the last of those that stand; one that leads to another's is told of."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(3)]
        gone, target = stored_candidate(conn), numbers[place]
        own = dict(conn.execute(sa.select(tables.candidate.c.id, tables.candidate.c.story_id)).all())
        merged = sa.update(tables.story).where(tables.story.c.id == own[gone]).values(merged_into=own[target])
        conn.execute(merged)
        conn.execute(sa.delete(tables.story_article).where(tables.story_article.c.story_id == own[gone]))
        led = sa.update(tables.candidate).where(tables.candidate.c.id == gone)
        conn.execute(led.values(merged_into=target))
        assert list(story_check.story_faults(conn)) == []
        for other in {*numbers, None} - {target}:
            conn.execute(led.values(merged_into=other))
            told = f"candidate {gone} leads elsewhere than its story {own[gone]}"
            assert list(story_check.story_faults(conn)) == [told]


@pytest.mark.parametrize("login", ["ana:hunter2", "(x:hunter2", "~x:hunter2"])
def test_credentials_go_whatever_they_begin_with(database: Database, login: str) -> None:
    """With a sign that stands before the stars that come in their place, or behind them."""
    said = f"failed at https://{login}@a.example/x"
    with database.write() as conn:
        feed_id = stored_row(conn, tables.feed, url="https://a.example/", url_key="a", cause=said)
        run_id = stored_row(conn, tables.run, pipeline="x", tally={"a": said})
        credentials.clean_words(conn)
        cause = conn.execute(sa.select(tables.feed.c.cause).where(tables.feed.c.id == feed_id)).scalar_one()
        tally = conn.execute(sa.select(tables.run.c.tally).where(tables.run.c.id == run_id)).scalar_one()
        assert cause == tally["a"] == "failed at https://***@a.example/x"


def test_what_recognition_named_is_found_by_its_name(database: Database) -> None:
    """Whatever letter it begins with, though no word of its article has it; what has no name adds nothing."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, facts=ProjectFacts()) for _ in SIDES]
        told = sa.select(tables.candidate.c.id, tables.story_article.c.article_id).join(
            tables.story_article, tables.story_article.c.story_id == tables.candidate.c.story_id
        )
        articles = dict(conn.execute(told).all())
        names = dict(zip(numbers, ("Angola", "Kuwait", "Zambia"), strict=True))
        for number, name in names.items():
            for each in (name, ""):
                here = {"article_id": articles[number], "kind": "place", "start": 0, "end": 5, "weight": 1.0}
                conn.execute(sa.insert(tables.mention).values(**here, surface="x", name=each))
        reindex(conn, *numbers)
        for number, name in names.items():
            conditions = matches(conn, parse_search(name)).among(tables.candidate.c.id)
            assert set(conn.execute(sa.select(tables.candidate.c.id).where(*conditions)).scalars()) == {number}


@pytest.mark.parametrize(("since", "names"), [(-2, "bmz"), (-1, "bmz"), (0, "mz"), (1, "z"), (2, "")])
def test_unlisted_names_are_of_articles_since_a_time(database: Database, since: int, names: str) -> None:
    """One that was read at just that time counts in."""
    with database.write() as conn:
        for seconds, name in ((-1, "b"), (0, "m"), (1, "z")):
            article_id = stored_article(conn)
            own = sa.update(tables.article).where(tables.article.c.id == article_id)
            conn.execute(own.values(extracted_at=NOW + seconds * SECOND))
            stored_row(conn, tables.mention, article_id=article_id, kind="firm", name=name)
        begin = NOW + since * SECOND
        assert sorted(each.name for each in unresolved.unresolved(conn, begin)) == list(names)
        assert unresolved.anything_read(conn, begin) is bool(names)


@pytest.mark.parametrize("region", ["ab", "a_", "%b", "a/"])
def test_a_region_is_no_pattern(database: Database, region: str) -> None:
    """Signs that stand for any letter in a question stand for themselves in a name."""
    with database.write() as conn:
        for each in ("ab", "a_", "%b", "a/"):
            found = Context(ContextKind.PLAN, (each,), (), 0, 1, each)
            context.save_context(conn, stored_article(conn), found, Stamp(NOW, "test"))
        assert [each.context.regions for each in context.list_contexts(conn, region=region)] == [(region,)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_equal_ones_the_first_address_goes_first(database: Database, order: tuple[int, ...]) -> None:
    """Whichever came first to us."""
    told = tables.story_article
    with database.write() as conn:
        mine, *others = (stored_candidate(conn) for _ in range(4))
        tellings = sa.select(tables.candidate.c.id, told.c.id, told.c.article_id).join_from(
            tables.candidate, told, told.c.story_id == tables.candidate.c.story_id
        )
        conn.execute(sa.update(told).values(at=NOW))
        rows = {number: each for number, *each in conn.execute(tellings)}
        for place, number in zip(order, others, strict=True):
            telling, article_id = rows[number]
            conn.execute(sa.insert(tables.story_key).values(key="k", telling_id=telling, at=NOW))
            own = sa.update(tables.article).where(tables.article.c.id == article_id)
            conn.execute(own.values(url=f"https://{place}.example/"))
        assert blocking.near_candidates(conn, mine, {"k"}) == tuple(others[order.index(place)] for place in range(3))


PAIRS = [(one, other) for one in Facet for other in Facet if one < other and Facet.PERSON not in {one, other}]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_value_is_looked_for_in_its_own_facet(database: Database, one: Facet, other: Facet) -> None:
    """Not in one before or behind it; and of two choices what misses one is an alternative of that one alone."""
    with database.write() as conn:
        values = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
        numbers = [stored_candidate(conn) for _ in values]
        for number, (left, right) in zip(numbers, values, strict=True):
            keep_facets(conn, {number: frozenset({(one, left), (other, right)})})
        for narrowed, found, counts in (
            ({one: ("a",)}, [0, 1], {one: [("a", 2), ("b", 2)], other: [("a", 1), ("b", 1)]}),
            ({other: ("b",)}, [1, 3], {one: [("a", 1), ("b", 1)], other: [("a", 2), ("b", 2)]}),
            ({one: ("a",), other: ("b",)}, [1], {one: [("a", 1), ("b", 1)], other: [("a", 1), ("b", 1)]}),
            ({one: ("b",), other: ("b",)}, [3], {one: [("a", 1), ("b", 1)], other: [("a", 1), ("b", 1)]}),
        ):
            choices: dict[str, Any] = {**narrowed}
            asked = QueueRequest(QueueFilter(view=QueueView.ALL, **choices), parse_search(""), "ana", NOW, 9)
            assert stretch(conn, asked).ids == tuple(numbers[place] for place in found)
            assert count(conn, asked).facets == counts


@pytest.mark.parametrize("word", SIDES)
def test_a_bare_address_gets_no_mark_beside_others(database: Database, word: str) -> None:
    """Feeds whose addresses stand before and behind it have nothing to do with it."""
    with database.write() as conn:
        feeds = {}
        for each in SIDES:
            url = f"https://{each}.example/rss"
            feeds[each] = stored_row(conn, tables.feed, url=url, url_key=feed_key(url))
        own = sa.select(tables.feed.c.url, tables.feed.c.url_key).where(tables.feed.c.id == feeds[word])
        for url in (f"https://{word}.example/rss", "https://m.example/rss"):
            credentials.put_bare(conn, feeds[word], url)
            assert tuple(conn.execute(own).one()) == (url, feed_key(url))


@pytest.mark.parametrize("facet", [each for each in Facet if each is not Facet.PERSON])
def test_values_are_counted_of_what_one_choice_leaves(database: Database, facet: Facet) -> None:
    """Of the facet that is chosen by, the alternatives too; of those before and behind it only what is found."""
    shown = [each for each in Facet if each is not Facet.PERSON]
    with database.write() as conn:
        one, other = stored_candidate(conn), stored_candidate(conn)
        keep_facets(
            conn, {one: frozenset((each, "a") for each in Facet), other: frozenset((each, "b") for each in Facet)}
        )
        narrowed: dict[str, Any] = {facet: ("b",)}
        asked = QueueRequest(QueueFilter(view=QueueView.ALL, **narrowed), parse_search(""), "ana", NOW, 9)
        found = count(conn, asked).facets
        assert found == {each: [("a", 1), ("b", 1)] if each is facet else [("b", 1)] for each in shown}
        assert stretch(conn, asked).ids == (other,)


@pytest.mark.parametrize(("target", "title"), [(1, "one"), (2, "two"), (9, "")])
def test_an_update_is_called_after_what_it_belongs_to(database: Database, target: int, title: str) -> None:
    """After nothing, where no candidate has the number."""
    with database.write() as conn:
        for each in ("one", "two"):
            stored_candidate(conn, facts=ProjectFacts(title=each))
        number = stored_candidate(conn, update_of=f"candidate:{target}")
        assert [line.target for line in stored_lines(conn, [number])] == [title]
