"""The upgrade to stories by keys: what stood before it stands after it, in its new place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from offing.store.tables import event, evidence, story_article
from store.old_schema import OldTables, upgraded_from

BEFORE = "20261125_0003"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_quotes_and_life_lines_outlive_the_upgrade(database_url: str) -> None:
    """A quote belongs to what its article said; a status is an event; a telling has its article's date."""
    opened = upgraded_from(database_url, BEFORE, NOW, _fill)
    with opened.read() as conn:
        quote = conn.execute(sa.select(evidence.c.telling_id, evidence.c.quote, evidence.c.field)).one()
        telling = conn.execute(sa.select(story_article.c.id, story_article.c.at)).one()
        line = conn.execute(sa.select(event.c.kind, event.c.status, event.c.day, event.c.quote)).one()
    assert (quote.telling_id, quote.quote, quote.field) == (telling.id, "Kenya", "countries")
    assert telling.at == NOW
    assert tuple(line) == ("status", "signed", date(2026, 1, 2), "was signed")
    opened.close()


def _fill(old: OldTables) -> None:
    """One candidate with a quote and a project with a status, as the schema was."""
    feed_id = old.put("feed", publisher="media", kind="feed", state="new", groups=[])
    entry_id = old.put("entry", feed_id=feed_id)
    old.put("body", sha256="0" * 64)
    page_id = old.put("page", entry_id=entry_id, sha256="0" * 64)
    article_id = old.put("article", page_id=page_id, published=NOW, paragraphs=[])
    story_id = old.put("story")
    old.put("story_article", story_id=story_id, article_id=article_id, facts={})
    candidate_id = old.put("candidate", story_id=story_id, kind="new", state="accepted", facts={}, reasons=[])
    old.put("evidence", candidate_id=candidate_id, article_id=article_id, field="countries", quote="Kenya")
    old.put("project", id="off-2026-000001", facts={})
    old.put(
        "status_event",
        project_id="off-2026-000001",
        candidate_id=candidate_id,
        status="signed",
        day=date(2026, 1, 2),
        quote="was signed",
    )
