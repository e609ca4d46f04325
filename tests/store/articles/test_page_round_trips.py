"""Pages and entries come back as they were, with all that may be empty both given and not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from offing.model.projects.known import KnownProject
from offing.model.reading.mention import KnownName, NameReliability
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.page import Answer, AnswerKind, FetchedPage
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import article, page
from offing.store.articles.entry import added_by, announcement_of, keep_pasted, save_entries
from offing.store.database.engine import Database
from offing.store.pairs import match_inputs
from offing.store.records import known_project
from offing.store.upkeep import reserved_texts

SECOND = timedelta(seconds=1)
LATER = NOW + SECOND
FETCHED = FetchedPage("https://a.example/1", "https://a.example/2", 200, "text/html", {"x": "y"}, b"body", NOW, '"e"')
FAILED = Answer(AnswerKind.HTTP_ERROR, "https://a.example/1", "https://a.example/2", NOW, 404, {"content-type": "t"})


def test_a_page_comes_back_with_what_was_said_of_it(database: Database) -> None:
    """Its entry's language or else its feed's; an outlet only where a feed brought it."""
    with database.write() as conn:
        stored_row(conn, tables.feed, url="a", url_key="a", title="A", language="fr")
        feed_id = stored_row(conn, tables.feed, url="f", url_key="f", title="News", language="sw")
        stored_row(conn, tables.feed, url="z", url_key="z", title="Z", language="de")
        entries = [
            stored_row(conn, tables.entry, feed_id=of, entry_key=key, url_key=key, language=language, title=key)
            for of, key, language in ((feed_id, "own", "en"), (feed_id, "feeds", None), (None, "none", None))
        ]
        kept = [
            page.save_page(
                conn, each, replace(FETCHED, final_url=f"https://a.example/{each}", body=f"b{each}".encode())
            )
            for each in entries
        ]
        found = [page.stored_page(conn, number) for number, _ in kept if number]
        assert [again for _, again in kept] == [False] * 3
        assert [(each.language, each.outlet) for each in found] == [("en", "News"), ("sw", "News"), (None, "")]
        assert [each.title for each in found] == ["own", "feeds", "none"]
        assert [each.body for each in found] == [f"b{each}".encode() for each in entries]
        said = [announcement_of(conn, each) for each in entries]
        assert [(each.language, each.outlet) for each in said] == [("en", "News"), ("sw", "News"), (None, "")]
        assert page.save_page(conn, entries[0], replace(FETCHED, final_url="https://a.example/9")) == (None, False)
        number = stored_row(conn, tables.entry, feed_id=None, entry_key="m", url_key="m")
        assert page.save_page(conn, number, replace(FETCHED, final_url=f"https://a.example/{entries[1]}"))[1]
        assert [page.reserved(conn, each.id) for each in found] == [False] * 3
        conn.execute(sa.update(tables.page).where(tables.page.c.id == found[1].id).values(reservation="tdm"))
        assert [page.reserved(conn, each.id) for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("answer", "status", "kind"),
    [
        (FAILED, 404, "t"),
        (replace(FAILED, status=None), 0, "t"),
        (replace(FAILED, kind=AnswerKind.ROBOTS, status=200, headers={}), 0, ""),
        (replace(FAILED, kind=AnswerKind.DNS, status=503), 503, "t"),
    ],
)
def test_of_a_page_that_failed_the_answer_is_kept(database: Database, answer: Answer, status: int, kind: str) -> None:
    """Where robots.txt forbids it, its status is not that of the page; a second one is not kept."""
    with database.write() as conn:
        entry_id = stored_row(conn, tables.entry, feed_id=None, entry_key="m", url_key="m")
        number = page.save_failed_page(conn, entry_id, answer)
        row = conn.execute(sa.select(tables.page)).one()
        assert (row.id, row.status, row.content_type, row.final_url_key) == (number, status, kind, "")
        assert page.save_failed_page(conn, entry_id, answer) is None


def test_a_content_goes_with_the_last_that_has_it(database: Database) -> None:
    """As long as a page or a revision has it, it stays; how many went is told."""
    with database.write() as conn:
        for content in (b"1", b"2", b"3", b"4"):
            page.keep_body(conn, content)
        digests = {content: page.keep_body(conn, content) for content in (b"1", b"2", b"3", b"4")}
        assert page.body_of(conn, digests[b"2"]) == b"2"
        number = stored_article(conn)
        conn.execute(sa.update(tables.page).values(sha256=digests[b"1"]))
        stored_row(conn, tables.revision, article_id=number, number=1, sha256=digests[b"2"])
        assert page.drop_unused(conn, [digests[each] for each in (b"1", b"2", b"3")]) == 1
        left = set(conn.execute(sa.select(tables.body.c.sha256)).scalars())
        assert {digests[b"1"], digests[b"2"], digests[b"4"]} <= left
        assert digests[b"3"] not in left


def _item(key: str, url: str, title: str = "") -> AnnouncedEntry:
    return AnnouncedEntry(key, f"https://{url}.example/", url, title=title)


def test_one_document_may_announce_a_page_twice(database: Database) -> None:
    """The first of them is fetched, from its own address; the other is kept as a copy; each key counts once."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in "ab"]
        found = [_item("1", "a"), _item("2", "b"), _item("3", "a"), _item("1", "c"), _item("4", "b"), _item("5", "d")]
        assert save_entries(conn, feeds[0], found, NOW) == (5, 3)
        rows = {row.entry_key: row for row in conn.execute(sa.select(tables.entry))}
        ids = {key: row.id for key, row in rows.items()}
        copies = {key: row.same_as for key, row in rows.items()}
        assert copies == {"1": None, "2": None, "3": ids["1"], "4": ids["2"], "5": None}
        assert [ids[key] for key in "125"] == sorted(ids[key] for key in "125")
        due = conn.execute(sa.select(tables.work).order_by(tables.work.c.item_id)).all()
        assert [(row.item_id, row.host, row.feed_id, row.verb) for row in due] == [
            (ids[key], f"{url}.example", feeds[0], Verb.FETCH) for key, url in (("1", "a"), ("2", "b"), ("5", "d"))
        ]
        assert save_entries(conn, feeds[1], [*found, _item("6", "e")], LATER) == (6, 1)
        again = conn.execute(sa.select(tables.entry).where(tables.entry.c.feed_id == feeds[1])).all()
        assert {row.entry_key: row.same_as for row in again} == {
            **dict.fromkeys("13", ids["1"]),
            **dict.fromkeys("24", ids["2"]),
            "5": ids["5"],
            "6": None,
        }


def test_what_a_person_added(database: Database) -> None:
    """Newest first, at most so many; not what a feed or another brought, nor a copy."""
    with database.write() as conn:
        feed_id = stored_row(conn, tables.feed, url="f", url_key="f")
        save_entries(conn, None, [_item("x", "x"), _item("y", "y")], NOW, "bo")
        for by in ("ana", "cy"):
            save_entries(conn, None, [_item(f"{by}1", by)], NOW, by)
        save_entries(conn, feed_id, [_item("f", "f")], NOW, "bo")
        save_entries(conn, None, [_item("copy", "x")], NOW, "bo")
        assert [row.url_key for row in added_by(conn, "bo", 9)] == ["y", "x"]
        assert [row.url_key for row in added_by(conn, "bo", 1)] == ["y"]
        keep_pasted(conn, _item("p", "p"), FETCHED, "bo")
        assert [row.url_key for row in added_by(conn, "bo", 1)] == ["p"]
        (verb, at) = conn.execute(
            sa.select(tables.work.c.verb, tables.work.c.due_at).order_by(tables.work.c.id.desc()).limit(1)
        ).one()
        assert (verb, at) == (Verb.EXTRACT, NOW)


def test_of_some_rows_each_is_new_changed_or_the_same(database: Database) -> None:
    """Counted one by one, in any number; both together are their sums."""
    rows = [KnownProject("aid", f"{number}", FACTS) for number in range(7)]
    with database.write() as conn:
        assert known_project.keep_known(conn, rows[:5], NOW) == known_project.RowCounts(5, 0, 0)
        mixed = [*rows[:3], *(replace(row, year=2026) for row in rows[3:5]), *rows[5:]]
        assert known_project.keep_known(conn, mixed, LATER) == known_project.RowCounts(2, 2, 3)
        assert [each.year for each in known_project.known_projects(conn)] == [None, None, None, 2026, 2026, None, None]
        imported = known_project.imported_at(conn, "aid", LATER).values()
        assert {str(each) for each in imported} == {f"known:aid:{number}" for number in range(3, 7)}
        assert (
            known_project.keep_known(conn, [], LATER) == known_project.RowCounts(0, 0, 0) == known_project.RowCounts()
        )
        assert known_project.RowCounts(1, 2, 3) + known_project.RowCounts(3, 3, 3) == known_project.RowCounts(4, 5, 6)


def test_known_projects_that_an_article_names(database: Database) -> None:
    """Each with what its surest name says, how many names stand, and where the first of the surest is."""
    names = (
        ("known:a:1", "Part", NameReliability.PART, 40),
        ("known:a:1", "Site of many", NameReliability.SITE, 30),
        ("known:a:1", "Own", NameReliability.OWN, 20),
        ("known:a:1", "Own", NameReliability.OWN, 10),
        ("known:a:2", "Two Words", NameReliability.APART, 7),
        ("known:a:2", "One", NameReliability.APART, 5),
        ("known:a:2", "Site", NameReliability.SITE, 1),
        ("known:a:3", "Part", NameReliability.PART, 3),
    )
    with database.write() as conn:
        number = stored_candidate(conn)
        own = conn.execute(sa.select(tables.story_article.c.article_id)).scalar_one()
        for target, name, standing, start in names:
            value = to_plain(KnownName((name,), "", standing))
            row = {"article_id": own, "kind": "project", "key": target, "name": name, "value": value, "start": start}
            stored_row(conn, tables.mention, **row, end=50)
        for kind, key, value in (("place", "known:a:4", {}), ("project", None, {}), ("project", "known:a:5", None)):
            stored_row(conn, tables.mention, article_id=own, kind=kind, key=key, value=value, start=0, end=1)
        other = stored_article(conn)
        stored_row(conn, tables.mention, article_id=other, kind="project", key="known:a:6", start=0, end=1)
        told = match_inputs.match_inputs(conn, [number], {})[number].named
    assert {(each.target, each.value.countries, each.names, each.start, each.in_words) for each in told} == {
        ("known:a:1", ("Own",), 2, 10, False),
        ("known:a:2", ("Two Words",), 3, 5, True),
        ("known:a:3", ("Part",), 0, 3, False),
    }


def test_a_summary_is_let_go_beyond_its_length(database: Database) -> None:
    """Of all entries of the page, and of no other; one of just that length stays whole."""
    most = 300
    with database.write() as conn:
        articles = [stored_article(conn) for _ in range(3)]
        pages = dict(conn.execute(sa.select(tables.article.c.id, tables.article.c.page_id)).all())
        entries = list(conn.execute(sa.select(tables.entry.c.id).order_by(tables.entry.c.id)).scalars())
        conn.execute(sa.update(tables.entry).values(summary="x" * (most + 1)))
        for length in (most, most + 5):
            key = f"copy{length}"
            row = {"entry_key": key, "url_key": key, "same_as": entries[1], "summary": "y" * length}
            stored_row(conn, tables.entry, **row)
        reserved_texts.save_withheld(conn, articles[1], pages[articles[1]], ("masked",), LATER)
        lengths = list(
            conn.execute(sa.select(sa.func.length(tables.entry.c.summary)).order_by(tables.entry.c.id)).scalars()
        )
        assert lengths == [most + 1, most, most + 1, most, most]
        found = article.get_article(conn, articles[1])
        assert (found.paragraphs, found.withheld) == (("masked",), True)
        assert not article.get_article(conn, articles[0]).withheld
