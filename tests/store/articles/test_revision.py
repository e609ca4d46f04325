"""Revisions: changed contents are read once, kept beside the first text, and shown oldest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import PARAGRAPHS, TITLE, stored_article
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.page import FetchedPage
from offing.model.sources.revision import ArticleText, Revision
from offing.store.articles.page import body_of, drop_body
from offing.store.articles.revision import drop_revision, revisions_of, save_change, save_revision, unread_revision
from offing.store.database.engine import Database
from offing.store.tables import article, body, page, revision

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FETCHED = FetchedPage("https://a.test/", "https://a.test/", 200, "text/html", {}, b"new", NOW, '"2"', "Monday")
FOUND = ExtractedArticle("https://a.test/", "New title", ("New text.",), "en", None, "none", None, "A", "test")


@pytest.fixture
def page_id(database: Database) -> int:
    """A page whose article was read."""
    with database.write() as conn:
        article_id = stored_article(conn)
        return conn.execute(sa.select(article.c.page_id).where(article.c.id == article_id)).scalar_one()


def test_a_changed_content_waits_to_be_read(database: Database, page_id: int) -> None:
    """It stands beside the first one, with the text that it is to be compared with, and brings new validators."""
    with database.write() as conn:
        assert unread_revision(conn, page_id) is None
        assert save_change(conn, page_id, FETCHED)
        assert not save_change(conn, page_id, FETCHED), "known by its digest"
        unread = unread_revision(conn, page_id)
        assert unread is not None
        assert unread.before == ArticleText(TITLE, PARAGRAPHS)
        assert body_of(conn, unread.sha256) == b"new"
        assert conn.execute(sa.select(page.c.etag, page.c.last_modified)).one() == ('"2"', "Monday")
        assert revisions_of(conn, [unread.article_id]) == (), "nobody has read it yet"


def test_revisions_are_counted_and_compared_with_the_one_before(database: Database, page_id: int) -> None:
    """The second change is compared with the first; the article itself stays as it was."""
    with database.write() as conn:
        for number, title in enumerate(("Second", "Third"), start=1):
            save_change(conn, page_id, replace(FETCHED, body=title.encode(), fetched_at=NOW + timedelta(hours=number)))
            unread = unread_revision(conn, page_id)
            assert unread is not None
            assert unread.before.title == (TITLE if number == 1 else "Second")
            save_revision(conn, unread, replace(FOUND, title=title), f"hash{number}", f"+{title}")
        assert unread_revision(conn, page_id) is None
        found = revisions_of(conn, [unread.article_id, 999])
        assert conn.execute(sa.select(article.c.title)).scalar() == TITLE
    assert found == (
        Revision(unread.article_id, 1, NOW + timedelta(hours=1), "Second", "+Second"),
        Revision(unread.article_id, 2, NOW + timedelta(hours=2), "Third", "+Third"),
    )


def test_a_change_of_nothing_is_let_go(database: Database, page_id: int) -> None:
    """Row and content go, the first content stays."""
    with database.write() as conn:
        save_change(conn, page_id, FETCHED)
        unread = unread_revision(conn, page_id)
        assert unread is not None
        drop_revision(conn, unread)
        assert conn.execute(sa.select(sa.func.count()).select_from(revision)).scalar() == 0
        assert conn.execute(sa.select(sa.func.count()).select_from(body)).scalar() == 1


def test_a_content_goes_with_the_last_that_has_it(database: Database, page_id: int) -> None:
    """A content that two pages share stays for the second, and goes with it."""
    with database.write() as conn:
        digest = conn.execute(sa.select(page.c.sha256).where(page.c.id == page_id)).scalar_one()
        stored_article(conn)
        other = conn.execute(sa.select(page.c.id).where(page.c.id != page_id)).scalar_one()
        conn.execute(sa.update(page).where(page.c.id == other).values(sha256=digest))
        has = sa.select(sa.func.count()).select_from(body).where(body.c.sha256 == digest)
        drop_body(conn, page_id)
        assert conn.execute(has).scalar() == 1
        drop_body(conn, other)
        assert conn.execute(has).scalar() == 0
        for dropped in (page_id, other):
            assert body_of(conn, conn.execute(sa.select(page.c.sha256).where(page.c.id == dropped)).scalar_one()) == b""
