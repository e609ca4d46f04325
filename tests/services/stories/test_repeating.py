"""Thousands of like articles: each joins its story at the same cost, and the story says what it would have said."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.telling import DESK, RULES, Piece, arrive, arrive_all, number_of, stories, telling_of
from offing.model.projects.project import ProjectFacts
from offing.model.review.queue import QueueFilter
from offing.propose.story import repeat
from offing.services.matching.reindex import index_faults
from offing.services.monitoring.invariants import broken
from offing.services.review.queue import QueueReader, page
from offing.services.stories.actions import StoryChange, merge_stories, show_story, split_story, undo_story
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, evidence, repeat_outlet, story, story_article
from propose.tellings import FACTS, TEXTS, amount
from suite import WHOLE

OTHER = replace(FACTS, countries=("KEN",), title="Cameras in Nairobi")
ALIKE = 40  # of which the last two thirds repeat others
MANY, BESIDE = (150, 120) if WHOLE else (100, 80)  # far more than the few that are read


def near_copies(
    number: int = ALIKE, outlets: int = 11, facts: ProjectFacts = FACTS, text: tuple[str, ...] = TEXTS[0]
) -> list[Piece]:
    """Articles that print one release within two days, each with a sentence and a headline of its own."""
    own = ("Desk {0} prints it.", "On page {0} of the paper.", "This reached us at {0}.")
    return [
        Piece(
            f"copy {place} of {facts.countries[0]}",
            facts,
            place * 2 / number,
            outlet=f"Paper {place % outlets}",
            text=(own[place % 3].format(place), *text),
            score=0.9 - place % 5 / 100,
        )
        for place in range(number)
    ]


def repeats(database: Database) -> int:
    """How many tellings repeat another."""
    with database.read() as conn:
        return conn.execute(sa.select(sa.func.count(story_article.c.repeats))).scalar_one()


def told(database: Database) -> list[object]:
    """What stories say and who tells them, with their times, without the numbers of rows."""
    with database.read() as conn:
        times = conn.execute(sa.select(story.c.first_at, story.c.last_at).where(story.c.merged_into.is_(None)))
        return [stories(conn), sorted(map(tuple, times))]


def empty(database: Database) -> None:
    """Let all tellings and stories go."""
    with database.write() as conn:
        for table in (evidence, repeat_outlet):
            conn.execute(sa.delete(table))
        for name in ("story_key", "candidate_facet", "pair", "story_article", "candidate", "story"):
            conn.execute(sa.text(f"DELETE FROM {name}"))


@pytest.mark.parametrize("seed", range(3 if WHOLE else 1))
def test_a_flood_comes_to_what_it_came_to_when_each_was_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Facts, score, outlets, sources and times are those of looking at each article in full, in any order."""
    pieces = [
        *near_copies(),
        Piece("own words", replace(FACTS, amounts=(amount(85.3),)), 1, text=TEXTS[2]),
        Piece("same house", replace(FACTS, firms=()), 1.5, outlet="Paper 3", text=TEXTS[2]),
        Piece("elsewhere", OTHER, 1, text=TEXTS[3]),
    ]
    random.Random(seed).shuffle(pieces)
    arrive_all(database, *pieces)
    assert repeats(database) >= ALIKE // 2
    found = told(database)
    assert broken(database, RULES) == ()
    empty(database)
    monkeypatch.setattr(repeat, "FULLY", 1000)
    arrive_all(database, *pieces)
    assert repeats(database) == 0
    assert told(database) == found


def test_what_an_outlet_repeats_can_make_one_source_of_two(database: Database) -> None:
    """An outlet that wrote words of its own before prints the release too: it is one source with all that print it."""
    pieces = near_copies()
    own = Piece("own words", FACTS, 0.5, outlet="Own", text=TEXTS[2])
    last = replace(pieces[-1], outlet="Own")
    arrive_all(database, *pieces[:-1], own)
    assert _sources(database, "own words") == (12, 2)
    arrive_all(database, last)
    assert repeats(database) > 0
    assert _sources(database, "own words") == (12, 1)
    assert broken(database, RULES) == ()


def _sources(database: Database, name: str) -> tuple[int, int]:
    number = number_of(database, name)
    with database.read() as conn:
        chosen = sa.select(candidate.c.outlets, candidate.c.independent).where(candidate.c.id == number)
        return tuple(conn.execute(chosen).one())


@pytest.mark.slow
def test_each_further_copy_costs_the_same(database: Database) -> None:
    """Of two hundred near copies the last ones take no more statements, and name no more rows, than the first."""
    statements: list[int] = []
    sa.event.listen(database.engine, "before_cursor_execute", _counted_by(statements))
    costs = []
    for piece in near_copies(200, outlets=200):
        statements.clear()
        arrive_all(database, piece)
        costs.append((len(statements), sum(statements)))
    early, late = costs[40:80], costs[160:]
    assert max(late) <= max(early)
    assert sum(asked for asked, _ in late) <= sum(asked for asked, _ in early)
    assert sum(named for _, named in late) <= sum(named for _, named in early)


def _counted_by(statements: list[int]) -> Callable[..., None]:
    def count(*given: object) -> None:
        parameters = given[3]
        rows: Sequence[object] = parameters if given[5] else [parameters]  # type: ignore[assignment]
        statements.append(sum(len(row) for row in rows))  # type: ignore[arg-type]

    return count


def test_the_rows_that_a_copy_reads_do_not_grow(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tell a story, the tellings that are read for one more are the few that it may repeat."""
    from offing.store.stories import telling

    read: list[object] = []
    real = telling._placed  # the one place where rows of tellings are read
    monkeypatch.setattr(telling, "_placed", lambda row: read.append(row) or real(row))
    counts = []
    for piece in near_copies(MANY, outlets=MANY):
        read.clear()
        arrive_all(database, piece)
        counts.append(len(read))
    assert max(counts[50:]) <= max(counts[:50])
    assert max(counts[50:]) <= 32


def test_news_beside_a_flood_reads_none_of_it_but_what_stands_for_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article of another project in the same country and sector is compared with the few, not with the flood."""
    from offing.store.stories import telling

    arrive_all(database, *near_copies(BESIDE))
    read: list[object] = []
    real = telling._placed  # the one place where rows of tellings are read
    monkeypatch.setattr(telling, "_placed", lambda row: read.append(row) or real(row))
    other = replace(FACTS, firms=(), lenders=(), amounts=(amount(3),), title="Lamps")
    arrive_all(database, Piece("beside", other, 1, text=TEXTS[3]))
    assert number_of(database, "beside") != number_of(database, "copy 0 of BFA")
    assert len(read) <= 40


def test_what_only_repeats_can_be_taken_out_and_put_back(database: Database) -> None:
    """A person takes one of many copies out: it alone goes, and comes back when that is undone."""
    arrive_all(database, *near_copies())
    number = number_of(database, "copy 0 of BFA")
    late = telling_of(database, f"copy {ALIKE - 1} of BFA")
    change = StoryChange("ana", DESK.stamp.at, RULES)
    split_story(database, number, (late,), change)
    assert number_of(database, f"copy {ALIKE - 1} of BFA") != number
    assert sum(len(source) for source in show_story(database, number).sources) == ALIKE - 1
    assert broken(database, RULES) == ()
    undo_story(database, None, replace(change, at=change.at + timedelta(minutes=1)))
    assert sum(len(source) for source in show_story(database, number).sources) == ALIKE
    assert broken(database, RULES) == ()


def test_what_is_repeated_goes_alone_too(database: Database) -> None:
    """A person takes the telling out that all others repeat: they stay, and repeat another."""
    arrive_all(database, *near_copies())
    with database.read() as conn:
        leader = conn.execute(sa.select(sa.func.min(story_article.c.repeats))).scalar_one()
    before = repeats(database)
    split_story(database, number_of(database, "copy 1 of BFA"), (leader,), StoryChange("ana", DESK.stamp.at, RULES))
    assert repeats(database) == before - 1
    with database.read() as conn:
        (alone,) = (story for story in stories(conn) if len(story) == 1)
        assert conn.execute(sa.select(story_article.c.repeats).where(story_article.c.repeats == leader)).all() == []
    assert alone
    assert broken(database, RULES) == ()


def test_repeats_go_where_what_they_repeat_goes(database: Database) -> None:
    """When two stories become one, all copies stand in it, with their quotes."""
    arrive_all(database, *near_copies(), *near_copies(facts=OTHER, text=TEXTS[1]))
    one, other = number_of(database, "copy 0 of BFA"), number_of(database, "copy 0 of KEN")
    merge_stories(database, (one, other), StoryChange("ana", DESK.stamp.at, RULES))
    with database.read() as conn:
        (found,) = stories(conn).values()
        proved = sa.select(sa.func.count()).where(evidence.c.candidate_id == min(one, other))
        assert conn.execute(proved).scalar_one() == 2 * ALIKE
    assert found[3:] == (True, 11, 1)
    assert broken(database, RULES) == ()


def test_a_candidate_is_found_by_the_outlets_that_only_repeat(database: Database) -> None:
    """Who filters the queue by an outlet finds what it printed, though hundreds printed it before."""
    arrive_all(database, *near_copies())
    with database.write() as conn:
        late = article.c.title == f"copy {ALIKE} of BFA"
        arrive(conn, replace(near_copies()[-1], name=f"copy {ALIKE} of BFA"))
        domain = conn.execute(sa.select(article.c.domain).where(late)).scalar_one()
        assert index_faults(conn) == ()
    assert page(database, QueueFilter.parse(f"source={domain}"), QueueReader("", DESK.stamp.at)).total == 1
