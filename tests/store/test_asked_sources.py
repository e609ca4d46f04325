"""What sources said, asked for among what others said: only what agrees in all that is asked, in its order."""

from __future__ import annotations

from itertools import product

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.combinations import EARLIER, LATER, THREE, decided, rows
from offing.model.operation.run import Ending
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.reading.mention import MentionKind
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement
from offing.model.review.mute import Mute
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import outlet
from offing.store.candidates import mute
from offing.store.database.engine import Database
from offing.store.records import known_project, known_project_removal
from offing.store.runs import run


def test_a_name_is_known_by_kind_and_key(database: Database) -> None:
    """A listed entity by its id, one that no list has by its name in small letters."""
    with database.write() as conn:
        one = stored_article(conn)
        for kind, key in ((MentionKind.COUNTRY, "bo"), (MentionKind.LENDER, "bo"), (MentionKind.FIRM, "ana")):
            stored_row(conn, tables.mention, article_id=one, kind=kind, key=key, name="Zeta")
        stored_row(conn, tables.mention, article_id=one, kind=MentionKind.FIRM, key=None, name="Ábaco")
        named = {
            (kind, key): mute.is_named(conn, kind, key)
            for kind, key in product((MentionKind.FIRM, MentionKind.LENDER), ("ana", "bo", "cy", "zeta", "ábaco"))
        }
        assert {each for each, yes in named.items() if yes} == {
            (MentionKind.FIRM, "ana"),
            (MentionKind.FIRM, "ábaco"),
            (MentionKind.LENDER, "bo"),
        }


def test_what_is_reported_with_a_name(database: Database) -> None:
    """Articles of open candidates that stand for themselves, newest first, each once, at most so many."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(6)]
        decided, merged, other, unlisted, one, two = numbers
        conn.execute(
            sa.update(tables.candidate).where(tables.candidate.c.id == decided).values(state=CandidateState.DEFERRED)
        )
        conn.execute(sa.update(tables.candidate).where(tables.candidate.c.id == merged).values(merged_into=one))
        own = (
            sa.select(tables.candidate.c.id, tables.story_article.c.article_id)
            .join(tables.story_article, tables.story_article.c.story_id == tables.candidate.c.story_id)
            .order_by(tables.candidate.c.id)
        )
        articles = {row.id: row.article_id for row in conn.execute(own)}
        for number in (decided, merged, one, two, two):
            stored_row(conn, tables.mention, article_id=articles[number], kind="firm", key="bo", name="Bo")
        for kind, key in (("firm", "ana"), ("firm", "cy"), ("country", "bo"), ("lender", "bo")):
            stored_row(conn, tables.mention, article_id=articles[other], kind=kind, key=key, name="bo")
        stored_row(conn, tables.mention, article_id=articles[unlisted], kind="firm", key=None, name="BO")
        loose = stored_article(conn)
        stored_row(conn, tables.mention, article_id=loose, kind="firm", key="bo", name="Bo")
        rule = Mute(MentionKind.FIRM, "bo")
        found = [articles[number] for number in (two, one, unlisted)]
        assert list(mute.told_with(conn, rule, 9)) == found
        assert list(mute.told_with(conn, rule, 2)) == found[:2]


def test_an_outlet_is_known_by_its_domain(database: Database) -> None:
    """As it is, not by one before or after; its texts the newest first, each once, without summaries."""
    with database.write() as conn:
        rows = (
            ("a.example", "one", "complete"),
            ("b.example", "first", "complete"),
            ("b.example", "second", "summary-only"),
            ("b.example", "third", "truncated"),
            ("b.example", "third", "complete"),
            ("c.example", "last", "complete"),
        )
        for domain, words, whole in rows:
            values = {"domain": domain, "paragraphs": [words], "text_hash": words, "completeness": whole}
            chosen = tables.article.c.id == stored_article(conn)
            conn.execute(sa.update(tables.article).where(chosen).values(**values))
        assert outlet.latest_texts(conn, "b.example", 9) == (("third",), ("first",))
        assert outlet.latest_texts(conn, "b.example", 2) == (("third",),)
        domains = ("a.example", "aa.example", "b.example", "bb.example", "c.example")
        assert [mute.is_outlet(conn, each) for each in domains] == [True, False, True, False, True]


def test_what_was_drawn_since_a_moment(database: Database) -> None:
    """That moment with it; of outcomes only pages that held no article."""
    with database.write() as conn:
        for at, whole in ((EARLIER, "complete"), (NOW, "complete"), (NOW, "summary-only"), (LATER, "truncated")):
            values = {"extracted_at": at, "completeness": whole, "domain": f"{whole}.example", "author": "Ana"}
            chosen = tables.article.c.id == stored_article(conn)
            conn.execute(sa.update(tables.article).where(chosen).values(**values))
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        verbs, endings = (Verb.EXTRACT, Verb.FETCH, Verb.PROPOSE), (Ending.EMPTY, Ending.DONE, Ending.FAILED)
        for verb, ending, at in product(verbs, endings, (EARLIER, NOW)):
            url = f"https://{verb}-{ending}.example/{at:%S}"
            stored_row(conn, tables.outcome, run_id=run_id, verb=verb, item_id=1, ending=ending, at=at, url=url)
        found = [(each.domain, each.at) for each in outlet.drawn_since(conn, NOW)]
        whole, *_ = (each for each in outlet.drawn_since(conn, NOW) if each.whole)
    assert sorted(found) == [("complete.example", NOW), ("extract-empty.example", NOW), ("truncated.example", LATER)]
    assert (whole.signed, whole.placed, whole.dated) == (True, False, True)


def test_known_projects_by_base_and_id(database: Database) -> None:
    """Neither the same id in another base nor another id of the same one."""
    with database.write() as conn:
        plain = to_plain(FACTS)
        made = rows(conn, tables.known_project, ("source", "key"), THREE, THREE, facts=plain, digest="")
        for base, key in made:
            found = known_project.get_known(conn, f"{base}:{key}")
            assert found
            assert (found.source, found.key) == (base, key)
        assert known_project.get_known(conn, "bo:be") is None
        assert [each.key for each in known_project.known_projects(conn, "bo")] == list(THREE)
        assert [each.source for each in known_project.known_projects(conn)] == [base for base, _ in made]
        assert known_project_removal.keys_of_base(conn, "bo") == THREE
        late = tables.known_project.c
        for at, key in ((EARLIER, "ana"), (LATER, "cy")):
            conn.execute(sa.update(tables.known_project).where(late.key == key).values(imported_at=at))
        assert known_project.imported_at(conn, "bo", NOW) == {made["bo", "bo"]: Ref.parse("known:bo:bo")}
        new = [KnownProject("bo", key, FACTS) for key in ("ana", "be")]
        assert known_project.differing(conn, new, NOW) == tuple(new)
        known_project.keep_known(conn, new, NOW)
        assert known_project.differing(conn, new, LATER) == ()
        assert known_project.keep_known(conn, new, LATER) == known_project.RowCounts(0, 0, 2)


def test_keys_of_known_projects_are_kept_and_drawn_anew(database: Database) -> None:
    """Of those that are new or changed, of one base; those without the mark are found, oldest first."""
    with database.write() as conn:
        rows = [KnownProject(base, key, FACTS) for base, key in product(("ana", "bo"), ("1", "2"))]
        for base in ("ana", "bo"):
            some = [row for row in rows if row.source == base]
            assert known_project.keep_known(conn, some, NOW, lambda row: {f"{row.source}-{row.key}", "all"}).new == 2
        known_project.rekey_known(conn, {rows[3]: ("mark",), rows[0]: ("mark",)})
        keys = conn.execute(sa.select(tables.known_key.c.key).order_by(tables.known_key.c.key)).scalars().all()
        assert keys == ["all", "all", "ana-2", "bo-1", "mark", "mark"]
        assert known_project.drawn_otherwise(conn, "mark", 9) == (rows[1], rows[2])
        assert known_project.drawn_otherwise(conn, "mark", 1) == (rows[1],)
        assert known_project.drawn_otherwise(conn, "marj", 9) == tuple(rows)
        assert known_project.drawn_otherwise(conn, "marl", 9) == tuple(rows)


def test_decisions_name_the_projects_of_a_base(database: Database) -> None:
    """Those on either side of a pair, and those that something was accepted into; no base whose name begins alike."""
    with database.write() as conn:
        for one, other in (("known:bo:1", "known:ana:2"), ("candidate:1", "known:bo:3"), ("known:bob:4", "known:b:5")):
            stored_row(conn, tables.pair_decision, one=one, other=other, bond="same")
        decided(conn, stored_candidate(conn), "ana", Judgement.ACCEPT, into="known:bo:6")
        assert known_project_removal.decided_on(conn, "bo") == {"1", "3", "6"}


def test_what_goes_with_a_project_of_a_base(database: Database) -> None:
    """Its keys, names and pairs; those of others stay."""
    with database.write() as conn:
        number = stored_candidate(conn)
        plain = to_plain(FACTS)
        made = rows(conn, tables.known_project, ("source", "key"), THREE, THREE, facts=plain, digest="")
        for (base, key), known_id in made.items():
            ref = f"known:{base}:{key}"
            stored_row(conn, tables.known_key, key="KEN", known_id=known_id)
            stored_row(conn, tables.project_name, target=ref, name="Bo", stamp="")
            stored_row(conn, tables.pair, candidate_id=number, target=ref, relation="same")
        known_project_removal.forget_known(conn, "bo", ["bo"])
        left = [each for each in made if each != ("bo", "bo")]
        refs = [f"known:{base}:{key}" for base, key in left]
        for column, expected in (
            (tables.known_key.c.known_id, [made[each] for each in left]),
            (tables.project_name.c.target, refs),
            (tables.pair.c.target, refs),
        ):
            assert sorted(conn.execute(sa.select(column)).scalars()) == sorted(expected)
