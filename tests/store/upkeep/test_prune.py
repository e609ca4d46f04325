"""Pruning: what is old and led to nothing goes whole; what people rest on stays, and nothing comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.candidate import TITLE, everything, stored_article, stored_candidate, stored_row
from factories.run import holding
from offing.errors import RunLocked
from offing.model.operation.retention import Retention
from offing.model.operation.run import Ending, Stamp
from offing.model.reading.context import Context, ContextKind
from offing.model.sources.entry import AnnouncedEntry
from offing.model.values.vocabulary import Verb
from offing.services.running.prune import plan, prune
from offing.store.articles.entry import save_entries
from offing.store.candidates.context import save_context
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.runs.run import start_run, take_lock
from offing.store.runs.work import enqueue
from offing.store.tables import (
    article,
    candidate,
    entry,
    evidence,
    metadata,
    outcome,
    pair,
    pair_decision,
    poll,
    robots,
    story,
    story_article,
    tombstone,
    work,
)
from offing.store.upkeep.knots import Ages, prunable
from store.aged import AGES, NOW, YEAR, aged, below_cut, decided, left
from suite import examples


def test_what_led_to_nothing_goes_whole(database: Database) -> None:
    """Entry, page, content, article, story, candidate below the cut and its quotes go; a tombstone stays."""
    with database.write() as conn:
        below_cut(conn)
        lonely = stored_article(conn)
        aged(conn, lonely, AGES[0])
    rows = left(database)
    gone = ("entry", "page", "body", "article", "mention", "story", "story_article", "candidate", "evidence")
    assert {name: rows[name] for name in gone} == dict.fromkeys(gone, 0)
    assert (rows["tombstone"], rows["feed"]) == (2, 2)


def test_what_is_young_stays(database: Database) -> None:
    """An entry, or a copy of it in another feed, that was seen lately keeps it."""
    with database.write() as conn:
        aged(conn, stored_article(conn), AGES[1])
        first = aged(conn, stored_article(conn), AGES[0])
        copy = {"entry_key": "c", "url": "https://c.test/", "url_key": "c", "same_as": first}
        conn.execute(sa.insert(entry).values(**copy, seen_at=NOW - AGES[1]))
    rows = left(database)
    assert (rows["entry"], rows["page"], rows["tombstone"]) == (3, 2, 0)


def test_copies_go_with_the_first(database: Database) -> None:
    """Each entry of a pruned page leaves its own tombstone."""
    with database.write() as conn:
        first = aged(conn, stored_article(conn), AGES[0])
        copy = {"entry_key": "c", "url": "https://c.test/", "url_key": "c", "same_as": first}
        conn.execute(sa.insert(entry).values(**copy, seen_at=NOW - AGES[0]))
    rows = left(database)
    assert (rows["entry"], rows["tombstone"]) == (0, 2)


def test_pruned_stays_pruned(database: Database) -> None:
    """Poll, prune, poll again: nothing is new, be it by key or by address."""
    found = [AnnouncedEntry(f"k{n}", f"https://a.test/{n}", f"u{n}", f"News {n}") for n in range(700)]
    with database.write() as conn:
        stored_article(conn)
        feed_id = conn.execute(sa.select(sa.func.min(entry.c.feed_id))).scalar_one()
        assert save_entries(conn, feed_id, found, NOW - AGES[0]) == (700, 700)
        conn.execute(sa.update(work).values(done_at=NOW))
    assert plan(database, Retention.alike(YEAR), NOW).sizes["entries"].rows >= 700
    prune(database, Retention.alike(YEAR), NOW)
    with database.write() as conn:
        assert save_entries(conn, feed_id, found, NOW) == (0, 0)
        assert conn.execute(sa.select(sa.func.count()).select_from(tombstone)).scalar() >= 700


def test_records_of_what_was_done_go_too(database: Database) -> None:
    """Polls, outcomes and robots.txt from before; what waits is untouched."""
    with database.write() as conn:
        run_id = start_run(conn, "t", "here", 1, NOW)
        stored_article(conn)
        feed_id = conn.execute(sa.select(sa.func.min(entry.c.feed_id))).scalar_one()
        for age in AGES:
            at = NOW - age
            stored_row(conn, poll, feed_id=feed_id, at=at, outcome="ok")
            row = {"run_id": run_id, "verb": Verb.POLL, "item_id": 1, "ending": Ending.DONE, "at": at}
            conn.execute(sa.insert(outcome).values(**row))
            conn.execute(sa.insert(robots).values(origin=f"https://{age.days}.test", until=at))
        enqueue(conn, Verb.FETCH, 77, NOW - AGES[0])
    dry = plan(database, Retention.alike(YEAR), NOW).sizes
    assert {name: dry[name].rows for name in ("polls", "outcomes", "robots.txt")} == {
        "polls": 1,
        "outcomes": 1,
        "robots.txt": 1,
    }
    rows = left(database)
    assert (rows["poll"], rows["outcome"], rows["robots"], rows["work"]) == (1, 1, 1, 1)


def test_a_dry_run_changes_nothing(database: Database) -> None:
    """It says what would go."""
    with database.write() as conn:
        below_cut(conn)
        before = everything(conn)
    found = plan(database, Retention.alike(YEAR), NOW)
    assert {noun: size.rows for noun, size in found.sizes.items()} == {
        "entries": 1, "pages": 1, "articles": 1, "mentions": 0, "stories": 1, "candidates below the cut": 1,
        "contents": 1, "polls": 0, "outcomes": 0, "finished steps": 0,
        "second answers": 0, "translations": 0, "robots.txt": 0
    }  # fmt: skip
    with database.read() as conn:
        assert everything(conn) == before


def test_nothing_is_pruned_while_a_run_is_at_work(database: Database) -> None:
    """A run on another machine holds the lock."""
    with database.write() as conn:
        other = start_run(conn, "hourly", "elsewhere", 1, datetime.now(UTC))
        take_lock(conn, other, holding("elsewhere"), datetime.now(UTC), timedelta(hours=1))
    with pytest.raises(RunLocked, match="prune when it has ended"):
        prune(database, Retention.alike(YEAR), datetime.now(UTC))


@dataclass(frozen=True)
class Newsroom:
    """Which articles are old, which stories tell which articles, which candidates stood above the cut."""

    old: list[bool]
    stories: list[tuple[frozenset[int], bool]]


@st.composite
def newsrooms(draw: st.DrawFn) -> Newsroom:
    """Small newsrooms."""
    count = draw(st.integers(1, 6))
    members = st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3)
    return Newsroom(
        draw(st.lists(st.booleans(), min_size=count, max_size=count)),
        draw(st.lists(st.tuples(members, st.booleans()), max_size=5)),
    )


def test_knots_go_or_stay_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever ties articles and stories together: after pruning no story lacks an article, and none kept is lost."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('knots') / 'o.db'}")
    upgrade(opened)

    @settings(max_examples=examples(60))
    @given(newsrooms())
    def check(room: Newsroom) -> None:
        with opened.write() as conn:
            for table in reversed(metadata.sorted_tables):
                conn.execute(sa.update(table).values(same_as=None)) if table is entry else None
                conn.execute(sa.delete(table))
            ids = [stored_article(conn) for _ in room.old]
            for article_id, old in zip(ids, room.old, strict=True):
                aged(conn, article_id, AGES[0] if old else AGES[1])
            ordinals = dict.fromkeys(ids, 0)
            for members, is_above in room.stories:
                made = stored_candidate(conn, articles=0, above_cut=is_above)
                story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == made)).scalar_one()
                for member in members:
                    row = {"story_id": story_id, "article_id": ids[member], "ordinal": ordinals[ids[member]]}
                    conn.execute(sa.insert(story_article).values(**row, facts={}, score=0.1))
                    ordinals[ids[member]] += 1
        prune(opened, Retention.alike(YEAR), NOW)
        assert stays(room) == kept_articles(opened, ids)

    check()
    opened.close()


def kept_articles(database: Database, ids: list[int]) -> set[int]:
    """Which of some articles are still there, by place."""
    with database.read() as conn:
        there = set(conn.execute(sa.select(article.c.id)).scalars())
    return {place for place, article_id in enumerate(ids) if article_id in there}


def stays(room: Newsroom) -> set[int]:
    """What has to stay: the slow way, until nothing changes."""
    kept = {place for place, old in enumerate(room.old) if not old}
    kept |= {member for members, is_above in room.stories if is_above for member in members}
    while True:
        more = {member for members, _ in room.stories if members & kept for member in members}
        if more <= kept:
            return kept
        kept |= more


def test_context_stays(database: Database) -> None:
    """An old article of context keeps entry, page and stories; what is not context goes."""
    with database.write() as conn:
        _, ids = below_cut(conn)
        save_context(conn, ids[0], Context(ContextKind.PLAN, ("asean",), (), 0, 5, TITLE[:5]), Stamp(NOW, "t"))
        below_cut(conn)
    rows = left(database)
    assert (rows["context"], rows["article"], rows["candidate"], rows["tombstone"]) == (1, 1, 1, 1)


def test_stories_that_became_one_go_together(database: Database) -> None:
    """A number that leads to a pruned candidate goes with it, with the pairs of both; one that is needed keeps both."""
    with database.write() as conn:
        (live, ids), (gone, _) = below_cut(conn), below_cut(conn)
        numbers = {row.id: row.story_id for row in conn.execute(sa.select(candidate.c.id, candidate.c.story_id))}
        for table, old, new in ((candidate, gone, live), (story, numbers[gone], numbers[live])):
            conn.execute(sa.update(table).where(table.c.id == old).values(merged_into=new))
        moved = sa.update(story_article).where(story_article.c.story_id == numbers[gone])
        conn.execute(moved.values(story_id=numbers[live]))
        conn.execute(sa.update(evidence).values(candidate_id=live))
        said = {"relation": "new", "score": 0.1, "reasons": [], "at": NOW, "produced_by": "t"}
        conn.execute(sa.insert(pair).values(candidate_id=gone, target=f"candidate:{live}", **said))
        point = conn.begin_nested()
        decided(conn, gone)
        assert not prunable(conn, Ages.alike(NOW - YEAR))
        point.rollback()
    rows = left(database)
    assert [rows[name] for name in ("story", "candidate", "pair", "article")] == [0, 0, 0, 0]
    assert len(ids) == 1


def test_what_a_person_joined_stays(database: Database) -> None:
    """A decision on two articles keeps what they tell."""
    with database.write() as conn:
        below_cut(conn)
        telling = conn.execute(sa.select(story_article.c.id)).scalar_one()
        refs = {"one": f"telling:{telling}", "other": "telling:99", "bond": "same", "by": "ada", "at": NOW}
        conn.execute(sa.insert(pair_decision).values(**refs))
    assert left(database)["story"] == 1
