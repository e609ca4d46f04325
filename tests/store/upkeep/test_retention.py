"""Retention: each kind goes by its own age; whatever the ages, nothing goes that a decision or a record rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from random import randbytes
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.candidate import PARAGRAPHS, TITLE, everything, stored_article, stored_candidate, stored_row
from factories.run import holding
from offing.errors import RunLocked
from offing.model.operation.retention import KeptFor, Prunable, Retention
from offing.model.operation.run import Stamp
from offing.model.reading.context import Context, ContextKind
from offing.model.values.vocabulary import Verb
from offing.services.running.prune import Pruning, apply_retention, plan, prune
from offing.store.articles.page import body_of, keep_body
from offing.store.candidates.context import save_context
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.runs.run import start_run, take_lock
from offing.store.runs.work import make_due
from offing.store.tables import (
    article,
    body,
    candidate,
    decision,
    entry,
    event,
    evidence,
    metadata,
    page,
    project,
    project_candidate,
    release,
    release_content,
    story_article,
    work,
)
from store.aged import AGES, NOW, above, aged, below_cut, decided
from suite import examples

DAYS = (0, 1, 30, 400)


class Rest(StrEnum):
    """What rests on a candidate."""

    NOTHING = "nothing"
    QUEUE = "queue"
    DECISION = "decision"
    PROJECT = "project"


@dataclass(frozen=True)
class Site:
    """Ages of articles in days, which are context, candidates with articles, days of each kind, a budget in bytes."""

    ages: list[int]
    contexts: frozenset[int]
    candidates: list[tuple[frozenset[int], Rest]]
    days: dict[Prunable, int]
    budget: int | None


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Small sites, with any retention."""
    count = draw(st.integers(1, 6))
    members = st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3)
    return Site(
        draw(st.lists(st.sampled_from((0, 20, 100, 500)), min_size=count, max_size=count)),
        draw(st.frozensets(st.integers(0, count - 1), max_size=1)),
        draw(st.lists(st.tuples(members, st.sampled_from(Rest)), max_size=5)),
        {kind: draw(st.sampled_from(DAYS)) for kind in Prunable},
        draw(st.sampled_from((None, 1, 40))),
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database that the examples share."""
    found = open_database(f"sqlite:///{tmp_path_factory.mktemp('retention') / 'o.db'}")
    upgrade(found)
    yield found
    found.close()


def test_nothing_goes_that_anything_rests_on(opened: Database) -> None:
    """Random sites, random ages: decisions, records, releases, quotes, context and all they cite are as before."""

    @settings(max_examples=examples(40))
    @given(sites())
    def check(site: Site) -> None:
        ids, made = built(opened, site)
        kept = cited(opened, site, ids, made)
        prune(opened, replace(retention(site.days), budget=site.budget), NOW)
        assert cited(opened, site, ids, made) == kept

    check()


def retention(days: dict[Prunable, int]) -> Retention:
    """Return the ages of some days, 0 meaning for good."""
    return Retention({kind: timedelta(days=each) for kind, each in days.items() if each})


def built(database: Database, site: Site) -> tuple[list[int], list[int]]:
    """Fill an empty database; the articles and the candidates."""
    with database.write() as conn:
        for table in reversed(metadata.sorted_tables):
            conn.execute(sa.update(table).values(same_as=None)) if table is entry else None
            conn.execute(sa.delete(table))
        ids = [with_content(conn, age) for age in site.ages]
        for place in site.contexts:
            save_context(conn, ids[place], Context(ContextKind.PLAN, ("asean",), (), 0, 5, TITLE[:5]), Stamp(NOW, "t"))
        return ids, [
            _candidate(conn, [ids[each] for each in sorted(members)], rest) for members, rest in site.candidates
        ]


def with_content(conn: sa.Connection, age: int, size: int = 0) -> int:
    """An article of an age whose page has a content of its own, and so many bytes more; its id."""
    article_id = stored_article(conn)
    aged(conn, article_id, timedelta(days=age))
    page_id = sa.select(article.c.page_id).where(article.c.id == article_id).scalar_subquery()
    digest = keep_body(conn, f"page of {article_id}".encode() + randbytes(size))
    conn.execute(
        sa.update(page).where(page.c.id == page_id).values(sha256=digest, fetched_at=NOW - timedelta(days=age))
    )
    return article_id


def _candidate(conn: sa.Connection, article_ids: list[int], rest: Rest) -> int:
    made = int(stored_candidate(conn, articles=0, above_cut=False))
    story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == made)).scalar_one()
    for article_id in article_ids:
        told = sa.select(sa.func.count()).where(story_article.c.article_id == article_id)
        row = {"article_id": article_id, "ordinal": conn.execute(told).scalar_one(), "facts": {}, "score": 0.1}
        stored_row(conn, story_article, story_id=story_id, **row)
        quote = {"field": "firms", "value": "Huawei", "start": 0, "end": 6, "quote": PARAGRAPHS[0][:6]}
        stored_row(conn, evidence, candidate_id=made, article_id=article_id, **quote)
    if rest is Rest.QUEUE:
        above(conn, made)
    if rest in (Rest.DECISION, Rest.PROJECT):
        decided(conn, made)
    if rest is Rest.PROJECT:
        name = f"off-2026-{made:06}"
        stored_row(conn, project, id=name, number=made, facts={})
        conn.execute(sa.insert(project_candidate).values(candidate_id=made, project_id=name, promoted_at=NOW))
        stored_row(conn, event, project_id=name, kind="status", status="signed", candidate_id=made, url="u")
        stored_row(conn, release, version=name, number=made, layout={}, statistics={})
        conn.execute(sa.insert(release_content).values(project_id=name, first=made, digest="d", packed=b"rows"))
    return made


def cited(database: Database, site: Site, ids: list[int], made: list[int]) -> dict[str, Any]:
    """All that decisions, records, releases, the queue and context consist of, down to the bytes of the pages."""
    held = {made[place] for place, (_, rest) in enumerate(site.candidates) if rest is not Rest.NOTHING}
    quoted = {ids[each] for members, rest in site.candidates if rest is not Rest.NOTHING for each in members}
    quoted |= {ids[place] for place in site.contexts}
    with database.read() as conn:
        found: dict[str, Any] = {
            table.name: conn.execute(sa.select(table)).all()
            for table in (decision, project, project_candidate, event, release, release_content)
        }
        found["candidates"] = conn.execute(sa.select(candidate).where(candidate.c.id.in_(held))).all()
        found["evidence"] = conn.execute(sa.select(evidence).where(evidence.c.candidate_id.in_(held))).all()
        found["tellings"] = conn.execute(sa.select(story_article).where(story_article.c.article_id.in_(quoted))).all()
        joined = sa.select(article, page, entry).join_from(article, page).join(entry, entry.c.id == page.c.entry_id)
        found["articles"] = conn.execute(joined.where(article.c.id.in_(quoted)).order_by(article.c.id)).all()
        digests = sa.select(page.c.sha256).join(article).where(article.c.id.in_(quoted)).order_by(article.c.id)
        found["contents"] = [body_of(conn, digest) for digest in conn.execute(digests).scalars()]
    return found


def test_the_content_of_a_page_goes_before_its_article(database: Database) -> None:
    """The article, its text and its score stay; one content for two pages stays as long as one of them needs it."""
    with database.write() as conn:
        old, young = with_content(conn, 100), with_content(conn, 2)
        shared = [with_content(conn, age) for age in (100, 2)]
        of_shared = sa.select(article.c.page_id).where(article.c.id.in_(shared))
        conn.execute(sa.update(page).where(page.c.id.in_(of_shared)).values(sha256=keep_body(conn, b"both")))
    ages = retention({Prunable.PAGES: 30})
    found = plan(database, ages, NOW)
    assert {noun: size.rows for noun, size in found.sizes.items() if size.rows} == {"contents": 1}
    assert prune(database, ages, NOW).counts == {"contents": 1}
    with database.read() as conn:
        contents = [_content(conn, each) for each in (old, young, *shared)]
        assert contents == [b"", f"page of {young}".encode(), b"", b"both"]
        assert conn.execute(sa.select(article.c.paragraphs)).scalars().all() == [list(PARAGRAPHS)] * 4
    assert prune(database, ages, NOW).counts.total() == 0


def _content(conn: sa.Connection, article_id: int) -> bytes:
    return body_of(
        conn, conn.execute(sa.select(page.c.sha256).join(article).where(article.c.id == article_id)).scalar_one()
    )


def test_entries_without_an_article_have_an_age_of_their_own(database: Database) -> None:
    """Refused pages may go after a month, read ones after a year, or the other way round."""
    with database.write() as conn:
        read = stored_article(conn)
        aged(conn, read, AGES[0])
        stored_row(conn, entry, entry_key="bare", url="b", url_key="b", seen_at=NOW - AGES[0])
    with database.read() as conn:
        before = everything(conn)
    prune(database, retention({Prunable.ENTRIES: 30}), NOW)
    with database.read() as conn:
        assert conn.execute(sa.select(article.c.id)).scalars().all() == [read]
        assert everything(conn)["entry"] == before["entry"] - 1
    prune(database, retention({Prunable.ARTICLES: 30}), NOW)
    with database.read() as conn:
        assert not conn.execute(sa.select(article.c.id)).all()


def test_contents_stay_within_their_budget(database: Database) -> None:
    """The oldest go, whatever their age, until the rest fits; what a decision rests on stays, and the plan says so."""
    with database.write() as conn:
        young, old, cited_one = (with_content(conn, age, 4000) for age in (1, 3, 9))
        decided(conn, _candidate(conn, [cited_one], Rest.NOTHING))
        each = len(
            conn.execute(sa.select(body.c.packed).order_by(sa.func.length(body.c.packed).desc())).scalars().first()
            or b""
        )
    budget = Retention({}, 2 * each + 200)
    found = plan(database, budget, NOW)
    assert (found.sizes["contents"].rows, found.over) == (1, 0)
    assert found.sizes["contents"].bytes == pytest.approx(each, rel=0.05)
    assert prune(database, budget, NOW).counts == {"contents": 1}
    with database.read() as conn:
        assert [len(_content(conn, number)) > 0 for number in (young, old, cited_one)] == [True, False, True]
    assert not prune(database, budget, NOW).counts.total()
    tight = Retention({}, each // 2)
    assert plan(database, tight, NOW).over > 0
    assert prune(database, tight, NOW).over > 0
    with database.read() as conn:
        assert [len(_content(conn, number)) > 0 for number in (young, old, cited_one)] == [False, False, True]


def test_the_plan_says_why_what_is_old_stays(database: Database) -> None:
    """Each old entry once, by the first reason that holds."""
    with database.write() as conn:
        ids = [with_content(conn, 500) for _ in range(6)]
        with_content(conn, 1)
        for number, rest in enumerate((Rest.PROJECT, Rest.DECISION, Rest.QUEUE)):
            _candidate(conn, [ids[number]], rest)
        _candidate(conn, [ids[2], ids[3]], Rest.NOTHING)
        save_context(conn, ids[4], Context(ContextKind.PLAN, ("asean",), (), 0, 5, TITLE[:5]), Stamp(NOW, "t"))
        stored_row(conn, work, verb=Verb.PROPOSE, item_id=ids[5])
    found = plan(database, retention({Prunable.ARTICLES: 90, Prunable.PAGES: 30}), NOW)
    whys = (KeptFor.RECORD, KeptFor.DECISION, KeptFor.QUEUE, KeptFor.CONTEXT, KeptFor.WAITING, KeptFor.STORY)
    assert found.kept == dict.fromkeys(whys, 1)
    assert found.sizes["entries"].rows == 0
    assert not prune(database, retention({Prunable.ARTICLES: 90, Prunable.PAGES: 30}), NOW).counts["contents"]


def test_who_lost_the_lock_deletes_nothing_more(database: Database) -> None:
    """Another run took it after a machine slept, say: the batch is rolled back."""
    with database.write() as conn:
        below_cut(conn)
        mine = start_run(conn, "daily", "here", 1, NOW)
        other = start_run(conn, "hourly", "elsewhere", 1, NOW)
        take_lock(conn, other, holding("elsewhere"), NOW, timedelta(hours=1))
        before = everything(conn)
    with pytest.raises(RunLocked, match="another run has taken its work over"):
        apply_retention(database, Retention.alike(timedelta(days=90)), Pruning(mine, NOW))
    with database.read() as conn:
        assert everything(conn) == before


def test_a_stop_leaves_the_rest_to_the_next_time(database: Database) -> None:
    """No batch is begun once the run is asked to stop, and the next pruning deletes what was left."""
    with database.write() as conn:
        below_cut(conn)
        mine = start_run(conn, "daily", "here", 1, NOW)
        take_lock(conn, mine, holding("here"), NOW, timedelta(hours=1))
    stopped = Pruning(mine, NOW, go_on=lambda: False)
    apply_retention(database, Retention.alike(timedelta(days=90)), stopped)
    assert stopped.counts.total() == 0
    goes_on = Pruning(mine, NOW)
    apply_retention(database, Retention.alike(timedelta(days=90)), goes_on)
    assert goes_on.counts["entries"] == 1


def test_a_step_whose_work_was_pruned_is_due_again_when_asked_for(database: Database) -> None:
    """Its row comes back: an update alone would find none."""
    with database.write() as conn:
        article_id = stored_article(conn)
        stored_row(conn, work, verb=Verb.RECOGNIZE, item_id=article_id, done_at=NOW - AGES[0])
    prune(database, retention({Prunable.WORK: 30}), NOW)
    with database.write() as conn:
        assert not conn.execute(sa.select(work.c.id)).all()
        make_due(conn, Verb.RECOGNIZE, article_id, NOW)
        assert conn.execute(sa.select(work.c.item_id, work.c.done_at)).all() == [(article_id, None)]
