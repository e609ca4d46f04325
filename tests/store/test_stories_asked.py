"""Stories, tellings and repeats, among others that nearly agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.crowd import NAMES, Ids, crowd
from offing.model.operation.run import Stamp
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import CandidateState, Reason
from offing.model.review.story import MergedStory, PlacedTelling, Telling
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.stories import repeat, story, telling

SECOND = timedelta(seconds=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND
MERGED = MergedStory(FACTS, (Reason("firm", 1.0, "named"),), 0.7, 2, 1, (), NOW, LATER)
MADE = Stamp(NOW, "propose/1")
PROOF = Evidence(FieldName.STATUS, "signed", 0, 0, 5, "Kenya")


def _told(article_id: int, ordinal: int = 0, **more: Any) -> Telling:
    values = {"facts": FACTS, "score": 0.5, "at": NOW, "sketch": b"12345678", **more}
    return Telling(0, article_id, ordinal, "u", "o", "en", "t", **values)


def test_a_story_begins_with_its_candidate(database: Database) -> None:
    """And is written anew only where it says something else; decided, it keeps what it says."""
    with database.write() as conn:
        stored = story.open_story(conn, MERGED, MADE, above_cut=True)
        row = conn.execute(sa.select(tables.candidate)).one()
        assert (row.version, row.kind, row.state, row.created_at, row.score) == (1, "new", "open", NOW, 0.7)
        assert (row.outlets, row.independent, row.contrasts, row.above_cut) == (2, 1, None, True)
        assert story.stored_stories(conn, [stored.id]) == {stored.id: stored}
        assert not story.keep_merged(conn, stored, MERGED, above_cut=True)
        for changed, version in (
            (replace(MERGED, outlets=3), 1),
            (replace(MERGED, outlets=3, score=0.8), 2),
            (replace(MERGED, outlets=3, score=0.8, first_at=EARLIER), 2),
        ):
            wrote = story.keep_merged(conn, stored, changed, above_cut=True)
            assert wrote is (changed.first_at == NOW)
            row = conn.execute(sa.select(tables.candidate)).one()
            assert (row.outlets, row.version, row.score) == (3, version, changed.score)
        times = conn.execute(sa.select(tables.story.c.first_at, tables.story.c.last_at)).one()
        assert tuple(times) == (EARLIER, LATER)
        conn.execute(sa.update(tables.candidate).values(state=CandidateState.ACCEPTED))
        decided = story.stored_stories(conn, [stored.id])[stored.id]
        assert story.keep_merged(conn, decided, replace(MERGED, score=0.1, outlets=9), above_cut=False)
        row = conn.execute(sa.select(tables.candidate)).one()
        assert (row.score, row.outlets, row.above_cut, row.version) == (0.8, 9, True, 2)


def test_a_story_reaches_to_when_it_is_reported(database: Database) -> None:
    """To both sides, and says when it began before."""
    with database.write() as conn:
        others = [stored_row(conn, tables.story, first_at=NOW, last_at=NOW) for _ in range(3)]
        for at, began, times in (
            (NOW, NOW, (NOW, NOW)),
            (LATER, NOW, (NOW, LATER)),
            (EARLIER, NOW, (EARLIER, LATER)),
            (NOW, EARLIER, (EARLIER, LATER)),
        ):
            assert story.extend_story(conn, others[1], at) == began
            row = conn.execute(sa.select(tables.story).where(tables.story.c.id == others[1])).one()
            assert (row.first_at, row.last_at) == times
        rest = conn.execute(sa.select(tables.story).where(tables.story.c.id != others[1])).all()
        assert {(row.first_at, row.last_at) for row in rest} == {(NOW, NOW)}


def test_a_number_leads_to_another_and_back(database: Database) -> None:
    """Both of the story and of its candidate, once; its version grows."""
    with database.write() as conn:
        one, other = (story.open_story(conn, MERGED, MADE, above_cut=True) for _ in range(2))
        for target, into, led in ((other, other.id, other.candidate_id), (None, None, None)):
            stored = story.stored_stories(conn, [one.id])[one.id]
            assert story.lead_to(conn, stored, target)
            again = story.stored_stories(conn, [one.id])[one.id]
            assert again.merged_into == into
            row = conn.execute(sa.select(tables.candidate).where(tables.candidate.c.id == one.candidate_id)).one()
            assert row.merged_into == led
            assert not story.lead_to(conn, again, target)
        assert row.version == 3
        assert story.live_candidate(conn, 10**30) == 10**30
        assert story.live_candidate(conn, 999) == 999


def test_the_newest_stories_are_those_told_often_enough(database: Database) -> None:
    """By how many articles, each counted once; of equal times the later one; no merged one."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, articles=how_many) for how_many in (1, 2, 3, 2)]
        stored_candidate(conn, articles=3, merged_into=numbers[0])
        assert story.recent_stories(conn, 9, 2) == (numbers[3], numbers[2], numbers[1])
        assert story.recent_stories(conn, 9, 3) == (numbers[2],)
        assert story.recent_stories(conn, 1, 1) == (numbers[3],)


def test_a_telling_comes_back_whole(database: Database) -> None:
    """With its reasons, sketch and gist, or without; alone, or not; where it stood."""
    with database.write() as conn:
        made = story.open_story(conn, MERGED, MADE, above_cut=True)
        first, second = stored_article(conn), stored_article(conn)
        full = _told(first, 0, reasons=(Reason("firm", 1.0, "named"),), gist=b"gist")
        bare, shared = _told(second, 0, sketch=b""), _told(second, 1)
        numbers = [
            telling.insert_telling(conn, placed, made.candidate_id, (PROOF,), ("a", "b"))
            for placed in (
                PlacedTelling(full, made.id, (made.id,)),
                PlacedTelling(bare, made.id, (9, made.id)),
                PlacedTelling(shared, made.id, (made.id,), 1),
            )
        ]
        found = telling.tellings(conn, [*numbers, 999])
        assert list(found) == numbers
        got = [found[number] for number in numbers]
        assert [each.telling.alone for each in got] == [True, False, False]
        assert [each.telling.gist for each in got] == [b"gist", b"", b""]
        assert [each.telling.sketch for each in got] == [b"12345678", b"", b"12345678"]
        assert [each.telling.reasons for each in got] == [full.reasons, (), ()]
        assert [each.stood_in for each in got] == [(made.id,), (9, made.id), (made.id,)]
        assert [each.repeats for each in got] == [None, None, 1]
        assert [each.telling.at for each in got] == [NOW] * 3
        assert telling.tellings_of(conn, [made.id]) == set(numbers[:2])
        assert telling.tellings_of(conn, [made.id], repeats=True) == set(numbers)
        assert set(telling.tellings_in(conn, [second])) == set(numbers[1:])
        assert [telling.has_tellings(conn, each) for each in (first, second, second + 1)] == [True, True, False]
        conn.execute(sa.update(tables.article).where(tables.article.c.id == first).values(outlet="", domain="d.ex"))
        conn.execute(sa.update(tables.story_article).values(at=None, stood_in=None, reasons=None))
        again = telling.tellings(conn, numbers)[numbers[0]]
        assert (again.telling.outlet, again.telling.at, again.stood_in) == ("d.ex", NOW, (made.id,))
        conn.execute(sa.update(tables.article).values(published=None, extracted_at=LATER))
        assert telling.tellings(conn, numbers)[numbers[0]].telling.at == LATER


def test_tellings_are_found_by_keys_in_a_time(database: Database) -> None:
    """Both ends of it counted; without a time at any; of these keys only."""
    with database.write() as conn:
        stored_candidate(conn, articles=7)
        ids = list(conn.execute(sa.select(tables.story_article.c.id).order_by(tables.story_article.c.id)).scalars())
        for number, offset in zip(ids, (-3, -2, 0, 3, 5, 6), strict=False):
            stored_row(conn, tables.story_key, key="b", telling_id=number, at=NOW + offset * SECOND)
        for key in ("a", "c"):
            stored_row(conn, tables.story_key, key=key, telling_id=ids[6], at=NOW)
        times = (NOW, NOW + 3 * SECOND)
        b, c = frozenset("b"), frozenset("c")
        assert telling.near_tellings(conn, times, [(b, 2 * SECOND)]) == set(ids[1:5])
        assert telling.near_tellings(conn, times, [(b, timedelta(0))]) == set(ids[2:4])
        assert telling.near_tellings(conn, times, [(b, None)]) == set(ids[:6])
        assert telling.near_tellings(conn, times, [(b, timedelta(0)), (c, None)]) == {*ids[2:4], ids[6]}
        assert telling.near_tellings(conn, times, []) == set()
        unsketched = sa.update(tables.story_article).where(tables.story_article.c.id.not_in([ids[1], ids[3]]))
        conn.execute(unsketched.values(sketch=b"x"))
        assert telling.unsketched(conn, 9) == (ids[1], ids[3])
        assert telling.unsketched(conn, 1) == (ids[1],)


def test_a_telling_is_rewritten_with_its_quotes(database: Database) -> None:
    """They prove the candidate that it stands with; what it was found by before goes; moving takes quotes along."""
    with database.write() as conn:
        ids = crowd(conn)
        it, other = ids["bravo"], ids["delta"]
        placed = telling.tellings(conn, [it["story_article"]])[it["story_article"]]
        telling.rewrite_telling(conn, replace(placed.telling, score=0.1), (PROOF, PROOF), ("new",))
        proofs = conn.execute(
            sa.select(tables.evidence).where(tables.evidence.c.telling_id == it["story_article"])
        ).all()
        assert [(row.candidate_id, row.quote) for row in proofs] == [(it["candidate"], "Kenya")]
        keys = conn.execute(sa.select(tables.story_key.c.key).order_by(tables.story_key.c.key)).scalars().all()
        assert keys == ["alpha", "delta", "new"]
        again = telling.tellings(conn, [it["story_article"]])[it["story_article"]]
        assert again.telling.score == 0.1
        telling.move_telling(conn, replace(again, story_id=other["story"], stood_in=(1, 2)), other["candidate"])
        moved = telling.tellings(conn, [it["story_article"]])[it["story_article"]]
        assert (moved.story_id, moved.stood_in) == (other["story"], (1, 2))
        whose = conn.execute(
            sa.select(tables.evidence.c.candidate_id).order_by(tables.evidence.c.candidate_id)
        ).scalars()
        assert list(whose) == [ids["alpha"]["candidate"], other["candidate"], other["candidate"]]


def _repeating(conn: sa.Connection, it: Ids, ordinal: int, at: Any, outlet: str) -> int:
    """A telling of an article of an outlet that repeats the one of a group."""
    number = stored_article(conn)
    named = sa.update(tables.article).where(tables.article.c.id == number)
    conn.execute(named.values(outlet=outlet, domain="domain.example"))
    row = {"story_id": it["story"], "article_id": number, "ordinal": ordinal, "facts": {}, "at": at}
    made: int = stored_row(conn, tables.story_article, **row, repeats=it["story_article"])
    return made


def test_repeats_of_each_telling_are_its_own(database: Database) -> None:
    """Counted anew by outlet, from the first to the last; the first of them is told; they move and are let go."""
    with database.write() as conn:
        ids = crowd(conn)
        made = {
            name: [
                _repeating(conn, ids[name], 0, NOW + offset * SECOND, outlet)
                for offset, outlet in ((2, "x"), (0, "x"), (1, ""))
            ]
            for name in NAMES
        }
        own = {name: ids[name]["story_article"] for name in NAMES}
        assert repeat.first_repeats(conn, own.values()) == {own[name]: made[name][0] for name in NAMES}
        assert repeat.repeating(conn, [*made["bravo"], own["bravo"]]) == dict.fromkeys(made["bravo"], own["bravo"])
        repeat.count_repeats(conn, [own["bravo"]])
        counted = repeat.repeats_of(conn, own.values())
        assert {(each.outlet, each.first_at, each.last_at) for each in counted[own["bravo"]]} == {
            ("x", NOW, NOW + 2 * SECOND),
            ("domain.example", LATER, LATER),
        }
        assert {each.outlet for each in counted[own["alpha"]]} == {"alpha"}
        articles = dict(conn.execute(sa.select(tables.story_article.c.id, tables.story_article.c.article_id)).all())
        stories = [ids[name]["story"] for name in ("alpha", "bravo")]
        assert repeat.repeats_in(conn, stories) == {
            ids[name]["story"]: frozenset(articles[each] for each in made[name]) for name in ("alpha", "bravo")
        }
        repeat.let_lead(conn, made["bravo"][:1])
        assert repeat.first_repeats(conn, [own["bravo"]]) == {own["bravo"]: made["bravo"][1]}
        assert set(repeat.owners_of(conn, ids["bravo"]["story"], "x", 9)) == {own["bravo"], made["bravo"][0]}
        assert repeat.owners_of(conn, ids["delta"]["story"], "x", 9) == ()


def test_a_repeat_moves_with_its_story(database: Database) -> None:
    """It keeps where it stood, each story once, the newest last."""
    with database.write() as conn:
        ids = crowd(conn)
        it = ids["bravo"]
        made = [_repeating(conn, it, 0, NOW, "x") for _ in range(3)]
        stood = tables.story_article.c.stood_in
        for number, before in zip(made, ([], [5, it["story"]], [ids["delta"]["story"], 5]), strict=True):
            chosen = sa.update(tables.story_article).where(tables.story_article.c.id == number)
            conn.execute(chosen.values(stood_in=before or None))
        repeat.move_repeats(conn, it["story_article"], ids["delta"]["story"], ids["delta"]["candidate"])
        rows = conn.execute(
            sa.select(tables.story_article.c.id, stood).where(tables.story_article.c.id.in_(made))
        ).all()
        delta = ids["delta"]["story"]
        assert {row.id: row.stood_in for row in rows} == dict(
            zip(made, ([delta], [5, it["story"], delta], [5, delta]), strict=True)
        )
        repeat.move_repeats(conn, made[0], delta, it["candidate"])
