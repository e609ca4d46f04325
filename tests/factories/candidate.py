"""Candidates for tests: whole chains of rows from feed to evidence, and frozen ones without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Candidate, CandidateKind, CandidateState, Reason, StoryArticle
from offing.model.sources.article import article_text
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import AmountKind, RecordType, Role, Sector, Speaker, Status
from offing.store.tables import (
    article,
    body,
    candidate,
    entry,
    evidence,
    feed,
    metadata,
    page,
    story,
    story_article,
)

NOW = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
TITLE = "Kenya signs data centre deal"
PARAGRAPHS = ("Huawei signed a contract for EUR 85 million in Nairobi on Monday.", "China Exim Bank lends the money.")
TEXT = article_text(TITLE, PARAGRAPHS)
_serial = count(100_001)  # of one length, since addresses of one day are told in their order

FACTS = ProjectFacts(
    title="Data centre in Nairobi",
    countries=("KEN",),
    firms=(Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),),
    lenders=(Lender("China Exim Bank", "China Exim Bank", "china-exim-bank"),),
    amounts=(Amount(Decimal(85_000_000), "EUR", AmountKind.CONTRACT, "EUR 85 million"),),
    sector=Sector.DATA_CENTRE_CLOUD,
    status=Status.SIGNED,
    record_type=RecordType.PROJECT,
)
REASONS = (
    Reason("firm", 2.0, "A Chinese firm is named"),
    Reason("money", 1.5, "A sum is named"),
    Reason("sport", -0.5, "Words of sport"),
)


def quote(field: FieldName, value: str, words: str, article_id: int = 1) -> Evidence:
    """Evidence whose words stand in the text of the factory's article."""
    start = TEXT.index(words)
    return Evidence(field, value, article_id, start, start + len(words), words, Speaker.HOST_OFFICIAL)


def quotes(article_id: int = 1) -> tuple[Evidence, ...]:
    """Evidence of the fields of `FACTS`."""
    return (
        quote(FieldName.COUNTRIES, "KEN", "Kenya", article_id),
        quote(FieldName.FIRMS, "Huawei", "Huawei signed a contract", article_id),
        quote(FieldName.AMOUNTS, "85000000 EUR", "EUR 85 million", article_id),
        quote(FieldName.STATUS, "signed", "signed a contract", article_id),
    )


def story_article_of(number: int = 1, published: datetime | None = NOW) -> StoryArticle:
    """One article of a story, not stored."""
    return StoryArticle(number, f"https://news.example/{number}", TITLE, f"Outlet {number}", "en", published)


def frozen_candidate(**changes: Any) -> Candidate:
    """A candidate that no database knows."""
    plain = Candidate(
        id=1,
        kind=CandidateKind.NEW,
        state=CandidateState.OPEN,
        facts=FACTS,
        evidence=quotes(),
        reasons=REASONS,
        score=0.9,
        story_id=1,
        articles=(story_article_of(),),
        created_at=NOW,
    )
    return replace(plain, **changes)


def stored_candidate(conn: sa.Connection, **changes: Any) -> int:
    """A candidate with all the rows behind it; `articles` says how many articles tell its story. Its id."""
    how_many = changes.pop("articles", 1)
    published = changes.pop("published", NOW)
    story_id = stored_row(conn, story, first_at=NOW, last_at=NOW)
    facts = changes.pop("facts", FACTS)
    values = {
        "kind": CandidateKind.NEW,
        "state": CandidateState.OPEN,
        "reasons": to_plain(REASONS, tuple[Reason, ...]),
        "score": 0.9,
        "above_cut": True,
        "created_at": NOW,
        "version": 1,
        "produced_by": "propose/1",
    }
    plain = to_plain(facts)
    candidate_id = stored_row(conn, candidate, **{**values, **changes}, story_id=story_id, facts=plain)
    for _ in range(how_many):
        article_id = stored_article(conn, published)
        stored_row(conn, story_article, story_id=story_id, article_id=article_id, ordinal=0, facts=plain, score=0.9)
        for proof in quotes(article_id):
            row = {name: getattr(proof, name) for name in ("field", "value", "start", "end", "speaker")}
            stored_row(conn, evidence, **row, quote=proof.text, candidate_id=candidate_id, article_id=article_id)
    return candidate_id


def stored_article(conn: sa.Connection, published: datetime | None = NOW) -> int:
    """An article with its feed, entry, body and page; its id."""
    number = next(_serial)
    url, sha256 = f"https://news.example/{number}", f"{number:064x}"
    feed_id = stored_row(conn, feed, url=f"{url}/feed", url_key=f"feed{number}", title="News")
    entry_id = stored_row(conn, entry, feed_id=feed_id, entry_key=f"e{number}", url=url, url_key=url, title=TITLE)
    conn.execute(sa.insert(body).values(sha256=sha256, packed=b""))
    page_id = stored_row(conn, page, entry_id=entry_id, url=url, final_url=url, final_url_key=url, sha256=sha256)
    words = {"title": TITLE, "paragraphs": list(PARAGRAPHS), "language": "en", "outlet": f"Outlet {number % 2}"}
    return stored_row(conn, article, page_id=page_id, url=url, url_key=url, published=published, **words)


def stored_row(conn: sa.Connection, table: sa.Table, **values: Any) -> Any:
    """Insert a row; required columns that are not given get a plain value of their type. Its key, or the first part."""
    row = {**{column.name: _filler(column) for column in table.columns if _needed(column)}, **values}
    return conn.execute(sa.insert(table).values(**row).returning(*table.primary_key)).scalar_one()


def _needed(column: sa.Column[Any]) -> bool:
    return not column.nullable and column.server_default is None and not column.primary_key


def _filler(column: sa.Column[Any]) -> Any:
    first_words = {"publisher": "media", "state": "healthy", "form": "rss"}
    if column.name in first_words and column.table.name == "feed":
        return first_words[column.name]
    kinds = {"Integer": 200, "Boolean": False, "Float": 0.0, "JSON": [], "Moment": NOW, "Text": ""}
    return kinds.get(type(column.type).__name__)


def everything(conn: sa.Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
    }
