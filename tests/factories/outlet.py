"""Articles of an outlet over time, as rows."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from factories.candidate import stored_article
from offing.store.tables import article, outcome, run

_serial = count(1)


def drawn_pages(
    conn: sa.Connection, domain: str, at: datetime, how_many: int, *, dated: bool = True, **changes: Any
) -> None:
    """So many articles of a domain that were drawn at a moment."""
    for _ in range(how_many):
        number = next(_serial)
        values = {
            "domain": domain,
            "extracted_at": at,
            "url": f"https://{domain}/{number}",
            "title": f"Title {number}",
            "published": at if dated else None,
            "author": "Ana",
            "section": "World",
            "method": "trafilatura",
            "text_hash": f"{number}",
            **changes,
        }
        article_id = stored_article(conn)
        conn.execute(sa.update(article).where(article.c.id == article_id).values(**values))


def empty_pages(conn: sa.Connection, domain: str, at: datetime, how_many: int) -> None:
    """So many pages of a domain that held no article."""
    row = {"pipeline": "daily", "host": "here", "process": 1, "started_at": at}
    run_id = conn.execute(sa.insert(run).values(**row).returning(run.c.id)).scalar_one()
    for number in range(how_many):
        said = {"verb": "extract", "ending": "empty", "cause": "no text", "url": f"https://{domain}/e{number}"}
        conn.execute(sa.insert(outcome).values(run_id=run_id, item_id=number, at=at, **said))
