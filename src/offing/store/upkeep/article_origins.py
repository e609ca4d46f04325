"""Where articles come from: their pages with the digest of the content, and the entries that announced them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.value_trace import ArticleOrigin, PageOrigin
from offing.store.articles.revision import revisions_of
from offing.store.database.batch import each_once
from offing.store.tables import article, page
from offing.store.upkeep.address_trace import announcements

_ARTICLE = (article.c.id, article.c.url, article.c.title, article.c.outlet, article.c.language, article.c.published)
_PAGE = (page.c.entry_id, page.c.final_url, page.c.status, page.c.content_type, page.c.fetched_at, page.c.sha256)


def origins_of(conn: sa.Connection, article_ids: Collection[int]) -> dict[int, ArticleOrigin]:
    """Return some articles with all that led to them, by id; those no longer stored are left out."""
    changed: dict[int, list[datetime]] = defaultdict(list)
    for each in revisions_of(conn, article_ids):
        changed[each.article_id].append(each.found_at)
    chosen = sa.select(*_ARTICLE, article.c.withheld_at, *_PAGE, page.c.url.label("asked"))
    joined = chosen.join(page, page.c.id == article.c.page_id)
    parts = (joined.where(article.c.id.in_(some)) for some in each_once(article_ids))
    return {row.id: _origin(conn, row, tuple(changed[row.id])) for each in parts for row in conn.execute(each)}


def _origin(conn: sa.Connection, row: Any, changed_at: tuple[datetime, ...]) -> ArticleOrigin:
    fetched = PageOrigin(
        *(row.asked, row.final_url, row.status, row.content_type, row.fetched_at, row.sha256),
        announcements=announcements(conn, (row.entry_id,)),
    )
    told = (row.id, row.url, row.title, row.outlet, row.language, row.published)
    return ArticleOrigin(*told, fetched, changed_at, withheld=row.withheld_at is not None)
