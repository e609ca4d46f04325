"""Machine translations in the database: by the text that was translated, and what each day took."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from offing.model.review.translation import Translation, TranslationBackend, TranslationDay, TranslationRules
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert
from offing.store.tables import article, page, translation, translation_day

_NOTHING = TranslationDay()


def digest_of(text: str) -> str:
    """Return the key of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def known_translations(
    conn: sa.Connection, texts: Iterable[str], source: str, rules: TranslationRules
) -> dict[str, Translation]:
    """Return the stored translations of some texts in a language by a site's rules; texts without one are left out."""
    by_digest = {digest_of(text): text for text in texts}
    asked = sa.select(translation).where(
        translation.c.source == source, translation.c.target == rules.target, translation.c.backend == rules.backend
    )
    return {
        by_digest[row.digest]: Translation(row.content, TranslationBackend(row.backend), row.at)
        for some in each_once(by_digest)
        for row in conn.execute(asked.where(translation.c.digest.in_(some)))
    }


def keep_translations(
    conn: sa.Connection, made: Mapping[str, str], source: str, rules: TranslationRules, at: datetime
) -> None:
    """Store translations by their texts; existing ones stay."""
    for text, content in made.items():
        row = {
            "digest": digest_of(text),
            "source": source,
            "target": rules.target,
            "backend": rules.backend,
            "content": content.replace("\0", "\N{REPLACEMENT CHARACTER}"),
            "at": at,
        }
        conn.execute(insert(conn, translation).values(**row).on_conflict_do_nothing())


def is_reserved(conn: sa.Connection, article_id: int) -> bool:
    """Return whether the publisher reserves an article's text, so that it may not be sent anywhere."""
    joined = sa.select(article.c.withheld_at, page.c.reservation).join(page, page.c.id == article.c.page_id)
    row = conn.execute(joined.where(article.c.id == article_id)).one_or_none()
    return row is None or row.withheld_at is not None or bool(row.reservation)


def forget_translations(conn: sa.Connection, article_ids: Collection[int]) -> None:
    """Delete the translations of some articles' titles and paragraphs, whose text is about to be deleted."""
    asked = sa.select(article.c.title, article.c.paragraphs)
    rows = [row for some in each_once(article_ids) for row in conn.execute(asked.where(article.c.id.in_(some)))]
    digests = {digest_of(text) for row in rows for text in (row.title, *row.paragraphs)}
    for part in each_once(digests):
        conn.execute(sa.delete(translation).where(translation.c.digest.in_(part)))


def took_on(conn: sa.Connection, day: str) -> TranslationDay:
    """Return what translations took on a day."""
    row = conn.execute(sa.select(translation_day).where(translation_day.c.day == day)).mappings().one_or_none()
    return TranslationDay(**{name: row[name] for name in asdict(_NOTHING)}) if row else _NOTHING


def count_on(conn: sa.Connection, day: str, more: TranslationDay) -> None:
    """Add to what a day took."""
    added = asdict(more)
    columns = {name: translation_day.c[name] + value for name, value in added.items()}
    new = insert(conn, translation_day).values(day=day, **added)
    conn.execute(new.on_conflict_do_update(index_elements=["day"], set_=columns))
