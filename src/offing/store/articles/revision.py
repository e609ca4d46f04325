"""Revisions: when a page is fetched again because its feed announced a change, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.sources.article import Completeness, ExtractedArticle
from offing.model.sources.clock import believed
from offing.model.sources.entry import KnownPage
from offing.model.sources.page import FetchedPage
from offing.model.sources.revision import ArticleText, Revision
from offing.model.values.vocabulary import Verb
from offing.store.articles.page import drop_unused, keep_body
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert_new
from offing.store.tables import article, outcome, page, revision, work

YOUNG = timedelta(days=30)  # later changes of an article are repairs of the site, not of the news
FIRST_GAP = timedelta(hours=1)  # doubled at each fetch: some feeds announce a change at every poll
MOST_LOOKS = 5


@dataclass(frozen=True, slots=True)
class UnreadRevision:
    """A changed content of a page that has not been read yet.

    `before` is the newest text that was read, `sha256_before` the content that it was read from.
    """

    id: int
    article_id: int
    sha256: str
    sha256_before: str
    before: ArticleText
    completeness: Completeness


def known_page(conn: sa.Connection, entry_id: int) -> KnownPage | None:
    """Return the page of an entry if it may be fetched again: its article was read from it and is stored in full."""
    row = conn.execute(
        sa.select(page.c.id, page.c.etag, page.c.last_modified)
        .join(article, article.c.page_id == page.c.id)
        .where(page.c.entry_id == entry_id, _revisable())
    ).one_or_none()
    return KnownPage(row.id, row.etag, row.last_modified) if row else None


def _revisable() -> sa.ColumnElement[bool]:
    return article.c.withheld_at.is_(None) & (article.c.completeness != Completeness.SUMMARY_ONLY)


def look_again(conn: sa.Connection, entry_id: int, now: datetime) -> bool:
    """Make an entry's page due for another fetch, if its article is young and was not fetched too often."""
    read = conn.execute(
        sa.select(article.c.published, article.c.extracted_at)
        .join(page, page.c.id == article.c.page_id)
        .where(page.c.entry_id == entry_id, _revisable())
    ).one_or_none()
    if read is None or min(read.published or now, read.extracted_at) < now - YOUNG:
        return False
    read_at = believed(read.extracted_at, now)
    later = (outcome.c.verb == Verb.FETCH) & (outcome.c.item_id == entry_id)
    if read_at:  # if a fast clock dated it, every fetch counts
        later &= outcome.c.at > read_at
    looks, last = conn.execute(sa.select(sa.func.count(), sa.func.max(outcome.c.at)).where(later)).one()
    if looks >= MOST_LOOKS:
        return False
    due = max(now, (believed(last, now) or read_at or now) + FIRST_GAP * 2**looks)
    done = (work.c.verb == Verb.FETCH) & (work.c.item_id == entry_id) & work.c.done_at.is_not(None)
    return conn.execute(sa.update(work).where(done).values(due_at=due, done_at=None, tries=0)).rowcount == 1


def save_change(conn: sa.Connection, page_id: int, fetched: FetchedPage) -> bool:
    """Store the changed content of a page, to be read; False if this content is known already."""
    fresh = {"etag": fetched.etag, "last_modified": fetched.last_modified}
    conn.execute(sa.update(page).where(page.c.id == page_id).values(**fresh))
    article_id = conn.execute(sa.select(article.c.id).where(article.c.page_id == page_id)).scalar_one()
    known = set(conn.execute(sa.select(page.c.sha256).where(page.c.id == page_id)).scalars())
    known |= set(conn.execute(sa.select(revision.c.sha256).where(revision.c.article_id == article_id)).scalars())
    digest = keep_body(conn, fetched.body)
    if digest in known:
        return False
    last = sa.select(sa.func.coalesce(sa.func.max(revision.c.number), 0)).where(revision.c.article_id == article_id)
    number = conn.execute(last).scalar_one() + 1
    row = {"article_id": article_id, "number": number, "found_at": fetched.fetched_at, "sha256": digest}
    insert_new(conn, revision, {**row, "paragraphs": []})
    return True


def unread_revision(conn: sa.Connection, page_id: int) -> UnreadRevision | None:
    """Return the oldest changed content of a page that was not read yet."""
    row = conn.execute(
        sa.select(revision.c.id, revision.c.article_id, revision.c.sha256, article.c.completeness)
        .join(article, article.c.id == revision.c.article_id)
        .where(article.c.page_id == page_id, revision.c.text_hash == "")
        .order_by(revision.c.number)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    before = _newest(conn, row.article_id)
    return UnreadRevision(
        id=row.id,
        article_id=row.article_id,
        sha256=row.sha256,
        sha256_before=before.sha256,
        before=ArticleText(before.title, tuple(before.paragraphs)),
        completeness=Completeness(row.completeness),
    )


def _newest(conn: sa.Connection, article_id: int) -> Any:
    """Return title, paragraphs and content of the newest text that was read."""
    read = sa.select(revision.c.title, revision.c.paragraphs, revision.c.sha256).where(
        revision.c.article_id == article_id, revision.c.text_hash != ""
    )
    newest = conn.execute(read.order_by(revision.c.number.desc()).limit(1)).one_or_none()
    first = sa.select(article.c.title, article.c.paragraphs, page.c.sha256).join(page, page.c.id == article.c.page_id)
    return newest or conn.execute(first.where(article.c.id == article_id)).one()


def save_revision(
    conn: sa.Connection, unread: UnreadRevision, found: ExtractedArticle, text_hash: str, diff: str
) -> None:
    """Store the text that was read from a changed content."""
    values = {"title": found.title, "paragraphs": list(found.paragraphs), "text_hash": text_hash, "diff": diff}
    conn.execute(sa.update(revision).where(revision.c.id == unread.id).values(**values))


def drop_revision(conn: sa.Connection, unread: UnreadRevision) -> None:
    """Discard a changed content whose text is the same, or missing."""
    conn.execute(sa.delete(revision).where(revision.c.id == unread.id))
    drop_unused(conn, [unread.sha256])


def revisions_of(conn: sa.Connection, article_ids: Iterable[int]) -> tuple[Revision, ...]:
    """Return the revisions of some articles, oldest first."""
    found: list[Revision] = []
    columns = (revision.c.article_id, revision.c.number, revision.c.found_at, revision.c.title, revision.c.diff)
    for some in each_once(article_ids):
        chosen = revision.c.article_id.in_(some) & (revision.c.text_hash != "")
        rows = conn.execute(sa.select(*columns).where(chosen).order_by(revision.c.article_id, revision.c.number))
        found += [Revision(*row) for row in rows]
    return tuple(found)
