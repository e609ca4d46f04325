"""Pruning: what is old and led to nothing goes whole; what people rest on stays, and nothing comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.candidate import TITLE, everything, stored_article, stored_candidate, stored_row
from offing.errors import RunLocked
from offing.model.candidate import CandidateState
from offing.model.context import Context, ContextKind
from offing.model.decision import Decision, Judgement
from offing.model.entry import AnnouncedEntry
from offing.model.reading import Reading
from offing.model.run import Ending, Stamp
from offing.model.vocabulary import Verb
from offing.steps.prune import prune, would_prune
from offing.store.context import save_context
from offing.store.decision import append
from offing.store.engine import Database, open_database
from offing.store.entry import save_entries
from offing.store.migrate import upgrade
from offing.store.prune import prunable, prune_knots
from offing.store.reading import append as append_reading
from offing.store.run import start_run, take_lock
from offing.store.tables import (
    article,
    candidate,
    context,
    entry,
    event,
    evidence,
    feed,
    metadata,
    outcome,
    page,
    pair,
    pair_decision,
    poll,
    project,
    project_candidate,
    robots,
    story,
    story_article,
    tombstone,
    work,
)
from offing.store.work import enqueue
from suite import examples

NOW = datetime(2027, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
AGES = (timedelta(days=400), timedelta(days=10))


def aged(conn: sa.Connection, article_id: int, age: timedelta) -> int:
    """Set when the entry of an article was seen; the entry's id."""
    of = sa.select(page.c.entry_id).join(article, article.c.page_id == page.c.id).where(article.c.id == article_id)
    entry_id = conn.execute(of).scalar_one()
    conn.execute(sa.update(entry).where(entry.c.id == entry_id).values(seen_at=NOW - age))
    return entry_id


def below_cut(conn: sa.Connection, articles: int = 1) -> tuple[int, list[int]]:
    """An undecided candidate below the cut; its id and those of its articles, all old."""
    made = stored_candidate(conn, above_cut=False, articles=articles)
    told = sa.select(story_article.c.article_id).join(candidate, candidate.c.story_id == story_article.c.story_id)
    ids = list(conn.execute(told.where(candidate.c.id == made)).scalars())
    for article_id in ids:
        aged(conn, article_id, AGES[0])
    return made, ids


def left(database: Database) -> dict[str, int]:
    """What is there after pruning what is older than a year."""
    prune(database, YEAR, NOW)
    with database.read() as conn:
        return everything(conn)


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


def above(conn: sa.Connection, candidate_id: int) -> None:
    """It stood in the queue."""
    conn.execute(sa.update(candidate).where(candidate.c.id == candidate_id).values(above_cut=True))


def decided(conn: sa.Connection, candidate_id: int) -> None:
    """Somebody decided on it."""
    append(conn, Decision(0, candidate_id, Judgement.REJECT, "ada", NOW, "no", {}, {}))


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
    append_reading(conn, Reading(candidate_id, Judgement.REJECT, "bo", NOW))


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
        knots = prunable(conn, NOW - YEAR)
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
        knots = prunable(conn, NOW - YEAR)
        assert len(knots) == 3
        why(conn, numbers[1])
        prune_knots(conn, knots, NOW)
        left = set(conn.execute(sa.select(candidate.c.id)).scalars())
        assert left & set(numbers) == ({numbers[1]} if why is not set_aside else set())


def test_a_decision_made_meanwhile_keeps_its_candidate(database: Database) -> None:
    """What was judged between the look and the deletion stays."""
    with database.write() as conn:
        made, _ = below_cut(conn)
        knots = prunable(conn, NOW - YEAR)
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
        knots = prunable(conn, NOW - YEAR)
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


def test_pruned_stays_pruned(database: Database) -> None:
    """Poll, prune, poll again: nothing is new, be it by key or by address."""
    found = [AnnouncedEntry(f"k{n}", f"https://a.test/{n}", f"u{n}", f"News {n}") for n in range(700)]
    with database.write() as conn:
        stored_article(conn)
        feed_id = conn.execute(sa.select(sa.func.min(entry.c.feed_id))).scalar_one()
        assert save_entries(conn, feed_id, found, NOW - AGES[0]) == (700, 700)
        conn.execute(sa.update(work).values(done_at=NOW))
    assert would_prune(database, YEAR, NOW).counts["entries"] >= 700
    prune(database, YEAR, NOW)
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
    dry = would_prune(database, YEAR, NOW)
    assert {name: dry.counts[name] for name in ("polls", "outcomes", "robots.txt")} == {
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
    found = would_prune(database, YEAR, NOW)
    assert found.counts == {
        "entries": 1, "pages": 1, "articles": 1, "stories": 1, "polls": 0, "outcomes": 0,
        "second answers": 0, "robots.txt": 0
    }  # fmt: skip
    with database.read() as conn:
        assert everything(conn) == before


def test_nothing_is_pruned_while_a_run_is_at_work(database: Database) -> None:
    """A run on another machine holds the lock."""
    with database.write() as conn:
        other = start_run(conn, "hourly", "elsewhere", 1, datetime.now(UTC))
        take_lock(conn, other, "elsewhere", datetime.now(UTC), timedelta(hours=1))
    with pytest.raises(RunLocked, match="prune when it has ended"):
        prune(database, YEAR, datetime.now(UTC))


@dataclass(frozen=True)
class Plan:
    """Which articles are old, which stories tell which articles, which candidates stood above the cut."""

    old: list[bool]
    stories: list[tuple[frozenset[int], bool]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Small newsrooms."""
    count = draw(st.integers(1, 6))
    members = st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3)
    return Plan(
        draw(st.lists(st.booleans(), min_size=count, max_size=count)),
        draw(st.lists(st.tuples(members, st.booleans()), max_size=5)),
    )


def test_knots_go_or_stay_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever ties articles and stories together: after pruning no story lacks an article, and none kept is lost."""
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('knots') / 'o.db'}")
    upgrade(opened)

    @settings(max_examples=examples(60))
    @given(plans())
    def check(plan: Plan) -> None:
        with opened.write() as conn:
            for table in reversed(metadata.sorted_tables):
                conn.execute(sa.update(table).values(same_as=None)) if table is entry else None
                conn.execute(sa.delete(table))
            ids = [stored_article(conn) for _ in plan.old]
            for article_id, old in zip(ids, plan.old, strict=True):
                aged(conn, article_id, AGES[0] if old else AGES[1])
            ordinals = dict.fromkeys(ids, 0)
            for members, is_above in plan.stories:
                made = stored_candidate(conn, articles=0, above_cut=is_above)
                story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == made)).scalar_one()
                for member in members:
                    row = {"story_id": story_id, "article_id": ids[member], "ordinal": ordinals[ids[member]]}
                    conn.execute(sa.insert(story_article).values(**row, facts={}, score=0.1))
                    ordinals[ids[member]] += 1
        prune(opened, YEAR, NOW)
        assert stays(plan) == kept_articles(opened, ids)

    check()
    opened.close()


def kept_articles(database: Database, ids: list[int]) -> set[int]:
    """Which of some articles are still there, by place."""
    with database.read() as conn:
        there = set(conn.execute(sa.select(article.c.id)).scalars())
    return {place for place, article_id in enumerate(ids) if article_id in there}


def stays(plan: Plan) -> set[int]:
    """What has to stay: the slow way, until nothing changes."""
    kept = {place for place, old in enumerate(plan.old) if not old}
    kept |= {member for members, is_above in plan.stories if is_above for member in members}
    while True:
        more = {member for members, _ in plan.stories if members & kept for member in members}
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
        assert not prunable(conn, NOW - YEAR)
        point.rollback()
    rows = left(database)
    assert [rows[name] for name in ("story", "candidate", "pair", "article")] == [0, 0, 0, 0]
    assert len(ids) == 1


def test_what_a_person_joined_stays(database: Database) -> None:
    """A decision on two articles keeps what they tell."""
    with database.write() as conn:
        below_cut(conn)
        telling = conn.execute(sa.select(story_article.c.id)).scalar_one()
        things = {"one": f"telling:{telling}", "other": "telling:99", "bond": "same", "by": "ada", "at": NOW}
        conn.execute(sa.insert(pair_decision).values(**things))
    assert left(database)["story"] == 1
