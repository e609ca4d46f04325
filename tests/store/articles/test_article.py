"""Articles as recognition and proposal read them, on both databases."""

from __future__ import annotations

import sqlalchemy as sa

from factories.candidate import stored_article
from offing.model.values.vocabulary import SourceKind
from offing.store.articles.article import get_article, get_articles
from offing.store.database.engine import Database
from offing.store.tables import feed


def test_an_article_knows_what_publisher_stands_behind_its_feed(database: Database) -> None:
    """Quotes of a state agency are told as its own, those of a newspaper as the press's."""
    with database.write() as conn:
        first, second = stored_article(conn), stored_article(conn)
        state = sa.update(feed).where(feed.c.id == sa.select(sa.func.min(feed.c.id)).scalar_subquery())
        conn.execute(state.values(publisher=SourceKind.STATE_MEDIA))
        assert get_article(conn, first).publisher is SourceKind.STATE_MEDIA
        kinds = {number: each.publisher for number, each in get_articles(conn, [first, second]).items()}
        assert kinds == {first: SourceKind.STATE_MEDIA, second: SourceKind.MEDIA}
