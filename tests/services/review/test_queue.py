"""The queue by pages: what a filter finds, in what order, with what counts, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW, TITLE, stored_candidate
from offing.errors import UnknownItem, UsageError
from offing.model.projects.project import Firm, ProjectFacts
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Decision, Judgement
from offing.model.review.queue import Facet, FacetCount, QueueFilter, QueuePage
from offing.model.values.vocabulary import Role, Sector
from offing.services.review.queue import QueueReader, forget, ids_of, neighbours, page, save, saved
from offing.services.views.candidate_view import candidate_view
from offing.store import tables
from offing.store.candidates.decision import append
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, entry, pair, project, story_article
from suite import WHOLE

READER = QueueReader("Ann", NOW)
MOST_VALUES = 1_000  # of a statement: what every build of SQLite takes, and PostgreSQL plans quickly
DAY = NOW.date().isoformat()


def _stored(conn: sa.Connection, **changes: Any) -> int:
    candidate_id = stored_candidate(conn, **changes)
    reindex(conn, candidate_id)
    return candidate_id


def _page(database: Database, query: str, reader: QueueReader = READER) -> QueuePage:
    return page(database, QueueFilter.parse(query), reader)


def _ids(found: QueuePage) -> list[int]:
    return [line.id for line in found.lines]


def _judged(conn: sa.Connection, candidate_id: int, at: datetime = NOW, **changes: Any) -> int:
    new = Decision(0, candidate_id, Judgement.REJECT, "Ann", at, "", {}, {})
    made = append(conn, replace(new, **changes)).id
    reindex(conn, candidate_id)
    return made


def test_today_is_what_is_left_of_the_day_and_its_sample(database: Database) -> None:
    """The best that wait, fewer by each one judged since midnight, then the day's sample; all told apart."""
    with database.write() as conn:
        high, middle, _low = (_stored(conn, score=score) for score in (0.9, 0.8, 0.7))
        drawn = _stored(conn, score=0.2, above_cut=False, kind="audit", audit_day=DAY)
        _stored(conn, score=0.3, above_cut=False, kind="audit", audit_day="2026-03-04")
        update = _stored(conn, score=0.85, kind="update")
        done = _stored(conn, score=0.95, state="rejected")
        _judged(conn, done)
        _judged(conn, _stored(conn, score=0.6, state="rejected"), NOW - timedelta(days=1))
        undone = _judged(conn, middle)
        _judged(conn, middle, judgement=Judgement.UNDO, undoes=undone)
        _judged(conn, drawn, judgement=Judgement.UNDO)
    found = _page(database, "", QueueReader("Ann", NOW, 4))
    assert _ids(found) == [high, update, middle, drawn]
    assert (found.today.size, found.today.judged, found.today.left, found.today.audit_left) == (4, 1, 3, 1)
    assert found.kinds == {CandidateKind.NEW: 2, CandidateKind.UPDATE: 1, CandidateKind.AUDIT: 1}
    assert (found.next, found.previous, found.total) == (None, None, 4)
    assert _ids(_page(database, "view=today&kind=audit", QueueReader("Ann", NOW, 4))) == [drawn]
    assert _ids(_page(database, "", QueueReader("Ann", NOW, 1))) == [drawn]


def test_each_view_has_its_own(database: Database) -> None:
    """Waiting, put off, below the cut, decided, all; what another stands for is in none of them."""
    with database.write() as conn:
        waits = _stored(conn)
        back = _stored(conn, state="deferred", defer_until=NOW)
        rests = _stored(conn, state="deferred", defer_until=NOW + timedelta(days=1))
        below = _stored(conn, above_cut=False)
        done = [_stored(conn, state=state) for state in ("accepted", "rejected", "duplicate")]
        for state in ("open", "deferred", "rejected"):
            _stored(conn, state=state, merged_into=waits, defer_until=NOW)
    assert _ids(_page(database, "view=waiting")) == [waits, back]
    assert _ids(_page(database, "deferred=1")) == _ids(_page(database, "deferred=1&view=all")) == [back]
    assert _ids(_page(database, "view=deferred")) == [rests]
    assert _ids(_page(database, "view=below-cut")) == [below]
    assert _ids(_page(database, "view=decided")) == done
    assert _ids(_page(database, "view=all")) == [waits, back, rests, below, *done]
    assert _page(database, "view=waiting").lines[1].why.startswith("Deferred until 2026-03-05. ")


def test_filters_add_up_and_values_are_alternatives(database: Database) -> None:
    """Each field narrows; of a chosen field its alternatives are still counted, with their names."""
    other = replace(
        FACTS, countries=("UGA", "KEN"), sector=Sector.ENERGY, firms=(Firm("Foo Ltd", "Foo", Role.PARTNER),)
    )
    with database.write() as conn:
        one, two = _stored(conn, score=0.9), _stored(conn, score=0.8, facts=other)
        conn.execute(sa.update(article).values(domain="news.example", outlet="The News"))
        reindex(conn, one, two)
    assert _ids(_page(database, "country=UGA&country=KEN")) == [one, two]
    assert _ids(_page(database, "country=KEN&sector=energy")) == [two]
    assert _ids(_page(database, "firm=FOO+Ltd")) == [two]
    assert _ids(_page(database, "lender=china-exim-bank&status=signed&language=en&source=news.example")) == [one, two]
    assert _ids(_page(database, "language=fr")) == _ids(_page(database, "country=UGA&firm=huawei")) == []
    counted = _page(database, "country=UGA&country=TZA").facets
    assert counted[Facet.COUNTRY] == (
        FacetCount("KEN", "Kenya", 2),
        FacetCount("UGA", "Uganda", 1),
        FacetCount("TZA", "Tanzania", 0),
    )
    assert counted[Facet.FIRM] == (FacetCount("foo ltd", "Foo Ltd", 1),)
    assert counted[Facet.SOURCE] == (FacetCount("news.example", "The News", 1),)
    assert counted[Facet.LENDER] == (FacetCount("china-exim-bank", "China Exim Bank", 1),)
    assert Facet.PERSON not in counted


def test_corrections_of_people_count_in_filters(database: Database) -> None:
    """Who corrected the country finds the candidate under the new one, and among what is theirs."""
    with database.write() as conn:
        one, _ = _stored(conn), _stored(conn)
        _judged(conn, one, judgement=Judgement.DEFER, after={"countries": ["UGA"]})
    assert _ids(_page(database, "country=UGA")) == _ids(_page(database, "mine=1")) == [one]
    assert (
        _ids(_page(database, "mine=1", QueueReader("Ben", NOW)))
        == _ids(_page(database, "mine=1", QueueReader("", NOW)))
        == []
    )
    line = _page(database, "country=UGA").lines[0]
    assert (line.facts.countries, line.edited) == (("UGA",), True)


def test_a_line_tells_its_story(database: Database) -> None:
    """Outlets, other candidates of its article, the newest date, the reasons in a line; a title where it has none."""
    with database.write() as conn:
        one = _stored(conn, articles=2, facts=ProjectFacts(), score=0.9)
        beside, decided = _stored(conn, score=0.8), _stored(conn, state="rejected")
        stories = {row.id: row.story_id for row in conn.execute(sa.select(candidate))}
        shared = conn.execute(
            sa.select(sa.func.min(story_article.c.article_id)).where(story_article.c.story_id == stories[one])
        ).scalar_one()
        for place, other in enumerate((beside, decided), 1):
            row = {"story_id": stories[other], "article_id": shared, "ordinal": place, "facts": {}, "score": 0.9}
            conn.execute(sa.insert(story_article).values(**row))
    first, second = _page(database, "view=waiting").lines
    assert (first.id, first.title, first.language, first.newest) == (one, TITLE, "en", NOW)
    assert (first.articles, len(first.outlets), first.beside) == (2, 2, (beside,))
    assert first.why == "A Chinese firm is named. A sum is named. But: words of sport."
    assert (second.beside, second.title) == ((one,), "Data centre in Nairobi")


def _many_tell(conn: sa.Connection, candidate_id: int, number: int) -> range:
    """Let so many articles more tell the story of a candidate, each on a page of its own; their ids."""
    story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == candidate_id)).scalar_one()
    ids = range(100_000, 100_000 + number)
    owns: tuple[tuple[sa.Table, Callable[[int], dict[str, Any]]], ...] = (
        (entry, lambda each: {"entry_key": f"many {each}", "url_key": f"many {each}"}),
        (tables.page, lambda each: {"entry_id": each, "final_url_key": f"many {each}"}),
        (article, lambda each: {"page_id": each, "url_key": f"many {each}"}),
        (story_article, lambda each: {"article_id": each, "story_id": story_id}),
    )
    for table, own in owns:
        like = dict(conn.execute(sa.select(table).order_by(table.c.id).limit(1)).mappings().one())
        conn.execute(sa.insert(table), [{**like, "id": each, **own(each)} for each in ids])
    return ids


@contextmanager
def _values(database: Database) -> Iterator[list[int]]:
    """How many values each statement carries that runs meanwhile."""
    carried: list[int] = []

    def look(*told: Any) -> None:
        carried.append(len(told[3]) if told[3] else 0)

    sa.event.listen(database.engine, "before_cursor_execute", look)
    try:
        yield carried
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", look)


def test_a_story_of_many_articles_asks_no_longer_questions(database: Database) -> None:
    """No statement carries a value for each: 4,000 articles tell one story, the last of them another's too."""
    with database.write() as conn:
        one, two = _stored(conn, score=0.9), _stored(conn, score=0.8)
        (*_, last) = _many_tell(conn, one, 4_000)
        other = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == two)).scalar_one()
        again = {"story_id": other, "article_id": last, "ordinal": 1, "facts": {}, "score": 0.9}
        conn.execute(sa.insert(story_article).values(**again))
    with _values(database) as carried:
        first, second = _page(database, "view=waiting").lines
        seen = candidate_view(database, one)
    assert (first.articles, first.beside, second.beside) == (4_001, (two,), (one,))
    assert len(seen.articles) == 4_001
    assert max(carried) <= MOST_VALUES


@pytest.mark.parametrize("target", ["project:off-2026-000007", "known:aid:4711", "candidate:1"])
def test_an_update_names_what_it_belongs_to(database: Database, target: str) -> None:
    """Its project, the row of an imported base or the other candidate is named, with what they have in common."""
    from offing.store.tables import known_project

    facts = {"title": "Smart Zambia"}
    with database.write() as conn:
        _stored(conn, facts=replace(FACTS, title="Smart Zambia"), state="accepted")
        times = {"created_at": NOW, "changed_at": NOW}
        conn.execute(
            sa.insert(project).values(id="off-2026-000007", year=2026, number=7, facts=facts, version=1, **times)
        )
        known = {"source": "aid", "key": "4711", "facts": facts, "digest": "", "imported_at": NOW}
        conn.execute(sa.insert(known_project).values(**known))
        update = _stored(conn, kind="update", update_of=target)
        conn.execute(
            sa.insert(pair).values(
                candidate_id=update, target=target, relation="same", score=0.9, reasons=["same firm"], at=NOW
            )
        )
    line = _page(database, "kind=update").lines[0]
    assert (line.project_id, line.project_title) == (target.removeprefix("project:"), "Smart Zambia")
    assert line.why.startswith(f"News of Smart Zambia ({line.project_id}): same firm. ")


def test_words_that_are_none_are_reported(database: Database) -> None:
    """What of a search holds no word is left out, and said."""
    with database.write() as conn:
        one = _stored(conn)
    found = _page(database, "q=%22%22+-+nairobi+***")
    assert (_ids(found), found.ignored) == ([one], '"" - ***')
    assert _ids(_page(database, "q=-nairobi")) == []


_SCORES = st.lists(st.sampled_from([0.5, 0.7, 0.9]), min_size=1, max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8 if WHOLE else 4)
@given(scores=_SCORES, size=st.integers(1, 4), view=st.sampled_from(["waiting", "all"]))
def test_pages_hold_each_candidate_once_in_both_directions(
    sqlite_database: Database, scores: list[float], size: int, view: str
) -> None:
    """Turning pages forth and back shows all, best first, also where many have one score."""
    with sqlite_database.write() as conn:
        for score in scores:
            _stored(conn, score=score)
        columns = sa.select(candidate.c.id).order_by(candidate.c.score.desc(), candidate.c.id)
        wanted = list(conn.execute(columns).scalars())
    found = _page(sqlite_database, f"view={view}&size={size}")
    forth, back = [found], []
    while forth[-1].next:
        forth.append(page(sqlite_database, forth[-1].next, READER))
    turned = forth[-1]
    while turned.previous:
        turned = page(sqlite_database, turned.previous, READER)
        back.append(_ids(turned))
    assert [each for one in forth for each in _ids(one)] == wanted
    assert [*(each for ids in reversed(back) for each in ids), *_ids(forth[-1])] == wanted
    assert {one.total for one in forth} == {len(wanted)}


def test_pages_are_turned_on_both_databases(database: Database) -> None:
    """The next page begins after the last line and the previous one ends before the first; ends have no way on."""
    with database.write() as conn:
        ids = [_stored(conn, score=score) for score in (0.9, 0.8123456789012345, 0.8123456789012345, 0.7)]
    first = _page(database, "view=waiting&size=2")
    assert first.next
    second = page(database, first.next, READER)
    assert second.previous
    assert (_ids(first), _ids(second), second.next, first.previous) == (ids[:2], ids[2:], None, None)
    again = page(database, second.previous, READER)
    assert (_ids(again), again.previous) == (ids[:2], None)
    assert again.next


def test_from_one_to_the_next(database: Database) -> None:
    """The neighbours of a place in a filtered queue stand also when it was decided meanwhile."""
    with database.write() as conn:
        high, middle, low = (_stored(conn, score=score) for score in (0.9, 0.8, 0.7))
        drawn = _stored(conn, score=0.2, above_cut=False, kind="audit", audit_day=DAY)
    waiting, today = QueueFilter.parse("view=waiting&size=1"), QueueFilter()
    for wanted in (waiting, today):
        assert neighbours(database, wanted, READER, middle).previous == high
        assert neighbours(database, wanted, READER, middle).next == low
    with database.write() as conn:
        conn.execute(sa.update(candidate).where(candidate.c.id == middle).values(state="rejected"))
    found = neighbours(database, waiting, READER, middle)
    assert (found.previous, found.next) == (high, low)
    assert neighbours(database, today, READER, low).next == drawn
    assert neighbours(database, waiting, READER, high).previous is None
    assert neighbours(database, waiting, READER, low).next is None
    unknown = neighbours(database, waiting, READER, 404)
    assert (unknown.previous, unknown.next) == (None, None)


def test_all_that_a_filter_finds_can_be_had_at_once(database: Database) -> None:
    """For what is done to a whole filter: its candidates, best first, whatever page is looked at, up to a number."""
    with database.write() as conn:
        ids = [_stored(conn, score=score) for score in (0.9, 0.8, 0.7)]
    assert ids_of(database, QueueFilter.parse(f"view=waiting&size=1&after=0.9_{ids[0]}"), READER, 9) == tuple(ids)
    assert ids_of(database, QueueFilter(), READER, 2) == tuple(ids[:2])


def test_a_page_asks_a_fixed_number_of_questions(database: Database) -> None:
    """Ten candidates cost as many statements as one; nothing is read line by line."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(str(arguments[2]))

    counts = []
    for _ in range(2):
        with database.write() as conn:
            for _ in range(5):
                _stored(conn)
        sa.event.listen(database.engine, "before_cursor_execute", note)
        _page(database, "view=waiting")
        sa.event.remove(database.engine, "before_cursor_execute", note)
        counts.append(len(seen))
        seen.clear()
    assert counts[0] == counts[1]


def test_a_person_keeps_filters_under_names(database: Database) -> None:
    """A filter is kept for its owner, replaced under the same name, and let go of; places are not kept."""
    wanted = QueueFilter.parse("country=KEN&after=0.5_3")
    save(database, "Ann", "  Kenya ", QueueFilter(), NOW)
    kept = save(database, "Ann", "Kenya", wanted, NOW.astimezone(UTC))
    save(database, "Ben", "Kenya", QueueFilter(), NOW)
    assert saved(database, "Ann") == (kept,)
    assert (kept.name, kept.query, kept.owner) == ("Kenya", "view=waiting&country=KEN", "Ann")
    forget(database, "Ann", "Kenya")
    assert saved(database, "Ann") == ()
    with pytest.raises(UnknownItem, match="keeps no filter 'Kenya'"):
        forget(database, "Ann", "Kenya")
    for name in ("", " \x00", "x" * 81):
        with pytest.raises(UsageError, match="1 to 80 characters"):
            save(database, "Ann", name, wanted, NOW)
