"""Work, runs, stories and records, asked for among others: only what agrees in all that is asked, in its order."""

from __future__ import annotations

from itertools import product

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.combinations import DAY, EARLIER, LATER, NUMBERS, SECOND, THREE
from offing.model.operation.run import Claim, Quarantined
from offing.model.projects.release import Release, StoredProject
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.records import project, release
from offing.store.runs import quarantine, run, work
from offing.store.stories import repeat, story
from offing.store.upkeep import figures


def test_how_an_item_ended_before(database: Database) -> None:
    """Of this verb and item, newest first, ten or as many as are asked for."""
    with database.write() as conn:
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        verbs = (Verb.EXTRACT, Verb.FETCH, Verb.POLL)
        for cause, verb, item in product(range(11), verbs, NUMBERS):
            row = {
                "run_id": run_id,
                "verb": verb,
                "item_id": item,
                "ending": "later",
                "cause": f"{cause} {verb} {item}",
            }
            stored_row(conn, tables.outcome, **row)
        item = Quarantined(1, Verb.FETCH, 2, "", "", "", NOW, 0, "")
        expected = [f"{number} fetch 2" for number in range(10, 0, -1)]
        assert [each.cause for each in quarantine.past_of(conn, item)] == expected
        assert [each.cause for each in quarantine.past_of(conn, item, 2)] == expected[:2]


def test_what_is_set_aside_is_counted_and_listed(database: Database) -> None:
    """The newest first, of equal ones the first; feeds by their own count; only so many where that is asked."""
    with database.write() as conn:
        at = {Verb.FETCH: NOW, Verb.POLL: LATER, Verb.PROPOSE: NOW}
        ids = {
            (verb, item): stored_row(conn, tables.work, verb=verb, item_id=item, quarantined_at=when)
            for (verb, when), item in product(at.items(), (1, 2))
        }
        stored_row(conn, tables.work, verb=Verb.POLL, item_id=3)
        order = [ids[each] for each in product((Verb.POLL, Verb.FETCH, Verb.PROPOSE), (1, 2))]
        assert [each.id for each in quarantine.quarantined(conn)] == order
        assert [each.id for each in quarantine.quarantined(conn, limit=3)] == order[:3]
        assert (quarantine.count_quarantined(conn), quarantine.count_quarantined_feeds(conn)) == (6, 2)
        some = quarantine.Which(ids=(order[1], order[4]))
        assert [each.id for each in quarantine.quarantined(conn, some)] == [order[1], order[4]]


def test_what_a_claim_has_taken(database: Database) -> None:
    """Of that run and that mark, not of others beside it."""
    with database.write() as conn:
        runs = [run.start_run(conn, name, "here", 1, NOW) for name in THREE]
        held = {
            (run_id, mark): stored_row(
                conn, tables.work, verb=Verb.FETCH, item_id=100 * run_id + place, lease_run=run_id, lease=mark
            )
            for run_id, (place, mark) in product(runs, enumerate(THREE))
            for mark in [mark]
        }
        found = work.claimed(conn, Verb.FETCH, Claim(runs[1], NOW, LATER, token="bo"))
        assert [each.id for each in found] == [held[runs[1], "bo"]]


def test_the_turns_of_one_verb(database: Database) -> None:
    """When the next is due, what is left, and how much waits are of that verb; what is done or held is none."""
    with database.write() as conn:
        for place, verb in enumerate((Verb.EXTRACT, Verb.FETCH, Verb.POLL)):
            for item, more in enumerate(({}, {"done_at": NOW}, {"quarantined_at": NOW})):
                at = NOW + place * SECOND - (SECOND * 9 if more else SECOND * 0)
                stored_row(conn, tables.work, verb=verb, item_id=item, due_at=at, **more)
        assert [work.next_due(conn, verb) for verb in (Verb.EXTRACT, Verb.FETCH, Verb.POLL)] == [
            NOW,
            LATER,
            NOW + 2 * SECOND,
        ]
        assert work.next_due(conn, Verb.PROPOSE) is None
        assert work.waiting(conn) == {Verb.EXTRACT: 1, Verb.FETCH: 1, Verb.POLL: 1}
        assert [each.items for each in work.left_due(conn, Verb.FETCH, None, LATER)] == [1]
        assert work.left_due(conn, Verb.FETCH, None, NOW) == ()
        assert work.left_due(conn, Verb.FETCH, frozenset({1}), LATER) == ()


def test_runs_by_their_pipeline(database: Database) -> None:
    """The newest of each, by name; when one last started or ended by a time, that time with it."""
    with database.write() as conn:
        for at, name in product((EARLIER, NOW, LATER), reversed(THREE)):
            run_id = run.start_run(conn, name, "here", 1, at + THREE.index(name) * DAY)
            run.end_run(conn, run_id, at + THREE.index(name) * DAY, 0, {})
        assert [(each.pipeline, each.started_at) for each in run.last_runs(conn)] == [
            (name, LATER + place * DAY) for place, name in enumerate(THREE)
        ]
        for until, found in ((NOW + DAY, NOW + DAY), (EARLIER + DAY, EARLIER + DAY), (NOW, None)):
            assert run.last_end(conn, "bo", until) == found
            assert run.last_start(conn, "bo", until) == found
        assert run.last_end(conn, "bo") == LATER + DAY
        assert run.last_end(conn) == LATER + 2 * DAY
        assert run.last_end(conn, until=NOW) == NOW
        assert [at for at, _ in figures.tallies(conn, NOW + 2 * DAY)] == [NOW + 2 * DAY, LATER + 2 * DAY]


def test_releases_by_their_version(database: Database) -> None:
    """In the order of publication, whatever they are called; and those in which a project is."""
    with database.write() as conn:
        for number, version in enumerate(("2026.2", "2026.1", "2026.0"), 1):
            release.insert_release(conn, Release(version, NOW))
            release.put_content(conn, number, [StoredProject(f"off-{version}", "x" * 64, b"")])
        found = release.get_release(conn, "2026.2")
        assert found
        assert (found.version, found.number) == ("2026.2", 1)
        assert release.get_release(conn, "2026.25") is None
        assert [each.version for each in release.releases(conn)] == ["2026.2", "2026.1", "2026.0"]
        last = release.last_release(conn)
        assert last
        assert last.version == "2026.0"
        assert [each.version for each in release.releases_with(conn, "off-2026.1")] == ["2026.1", "2026.0"]
        assert [release.is_published(conn, f"off-{name}") for name in ("2026.0", "2026.3", "2026.25")] == [
            True,
            False,
            False,
        ]


def test_numbers_of_records_are_those_of_a_year(database: Database) -> None:
    """The next after the highest; which were given for a candidate, the newest first, withdrawn ones too."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in THREE]
        for year, number in ((2025, 9), (2026, 1), (2026, 4), (2027, 7)):
            for place, each in enumerate(numbers):
                name = f"off-{year}-{100 * number + place:06}"
                row = {"year": year, "number": 100 * number + place, "facts": to_plain(FACTS), "begun_by": each}
                stored_row(conn, tables.project, id=name, **row)
        gone = tables.project.c.id == "off-2026-000401"
        assert project.next_number(conn, 2026) == 403
        assert project.next_number(conn, 2024) == 1
        assert project.begun_by(conn, numbers[1]) == (
            "off-2027-000701",
            "off-2026-000401",
            "off-2026-000101",
            "off-2025-000901",
        )
        conn.execute(sa.update(tables.project).where(gone).values(withdrawn="wrong"))
        assert "off-2026-000401" in project.begun_by(conn, numbers[1])
        assert project.next_number(conn, 2026) == 403
        page = project.project_page(conn, "off-2026-000100", 3)
        assert [each.id for each in page] == ["off-2026-000101", "off-2026-000102", "off-2026-000400"]
        found = project.get_project(conn, "off-2026-000401")
        assert found
        assert found.withdrawn == "wrong"
        assert project.withdrawn_among(conn, ["off-2026-000400", "off-2026-000401"]) == {"off-2026-000401"}
        assert "off-2026-000401" in project.record_ids(conn)
        assert "off-2026-000401" not in [each.id for each in project.projects(conn)]
        assert "off-2026-000401" in [each.id for each in project.projects(conn, gone=True)]


def test_repeats_of_tellings(database: Database) -> None:
    """Who repeats which, who told a story, and what says the same around a time, the nearest first."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in THREE]
        columns = (tables.story_article.c.id, tables.story_article.c.story_id, tables.story_article.c.article_id)
        tellings = conn.execute(sa.select(*columns).order_by(tables.story_article.c.id)).all()
        for each, name in product(tellings, THREE):
            stored_row(conn, tables.repeat_outlet, telling_id=each.id, outlet=name)
            conn.execute(
                sa.update(tables.article).where(tables.article.c.id == each.article_id).values(outlet=f"O{each.id}")
            )
        middle = tellings[1]
        for outlet_name in ("bo", f"O{middle.id}"):
            assert repeat.owners_of(conn, middle.story_id, outlet_name, 9) == (middle.id,)
        for outlet_name in ("be", f"O{tellings[0].id}", f"O{tellings[2].id}"):
            assert repeat.owners_of(conn, middle.story_id, outlet_name, 9) == ()
        found = repeat.repeats_of(conn, [middle.id])
        assert {each.outlet for each in found[middle.id]} == set(THREE)
        assert set(found) == {middle.id}
        assert len(numbers) == 3


def test_what_says_the_same_around_a_time(database: Database) -> None:
    """The nearest first, before and after alike; at most as far away as is asked, of these keys only."""
    with database.write() as conn:
        stored_candidate(conn, articles=7)
        ids = list(conn.execute(sa.select(tables.story_article.c.id).order_by(tables.story_article.c.id)).scalars())
        offsets = (-3, -2, 0, 1, 2, 3)
        for number, offset in zip(ids, offsets, strict=False):
            stored_row(conn, tables.story_key, key="same", telling_id=number, at=NOW + offset * SECOND)
        for key in ("sama", "samo"):
            stored_row(conn, tables.story_key, key=key, telling_id=ids[6], at=NOW)
        place = dict(zip(offsets, ids, strict=False))
        found = repeat.same_content(conn, ["same"], NOW, 2 * SECOND)
        assert found == tuple(place[each] for each in (0, 1, -2, 2))


def test_what_a_story_and_candidate_lead_to(database: Database) -> None:
    """Which numbers lead to one; the reasons of a candidate by its score; whether a story began in a time."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, score=0.5 + place / 10) for place in range(5)]
        c = tables.candidate.c
        stories = list(conn.execute(sa.select(c.story_id).order_by(c.id)).scalars())
        conn.execute(sa.update(tables.candidate).where(c.id == numbers[0]).values(merged_into=numbers[2]))
        conn.execute(sa.update(tables.candidate).where(c.id == numbers[4]).values(merged_into=numbers[2]))
        conn.execute(sa.update(tables.candidate).where(c.id == numbers[1]).values(merged_into=numbers[3]))
        assert story.merged_candidates(conn, numbers[2]) == (numbers[0], numbers[4])
        assert story.merged_candidates(conn, numbers[3]) == (numbers[1],)
        assert story.merged_candidates(conn, numbers[1]) == ()
        assert [story.live_candidate(conn, each) for each in numbers] == [
            numbers[2],
            numbers[3],
            numbers[2],
            numbers[3],
            numbers[2],
        ]
        assert len(story.reasons_at(conn, stories[1], 0.6)) == 3
        assert story.reasons_at(conn, stories[1], 0.5) == story.reasons_at(conn, stories[1], 0.7) == ()
        for begin, end, began in (
            (EARLIER, EARLIER, False),
            (EARLIER, NOW, True),
            (NOW, LATER, True),
            (LATER, LATER, False),
        ):
            assert story.began_between(conn, numbers[:2], begin, end) is began
        assert not story.began_between(conn, [], EARLIER, LATER)
        moved = sa.update(tables.story).where(tables.story.c.id == stories[1])
        conn.execute(moved.values(first_at=NOW + 9 * SECOND))
        began = [story.began_between(conn, [each], EARLIER, LATER) for each in numbers]
        assert began == [True, False, True, True, True]


def test_how_many_were_drawn_for_a_day(database: Database) -> None:
    """For that day, not those beside it."""
    with database.write() as conn:
        days = ("2026-03-04", "2026-03-05", "2026-03-05", "2026-03-06", "2026-03-06", "2026-03-06")
        for day in days:
            chosen = tables.article.c.id == stored_article(conn)
            conn.execute(sa.update(tables.article).where(chosen).values(audit_day=day))
        assert [story.drawn_for(conn, day) for day in dict.fromkeys(days)] == [1, 2, 3]
