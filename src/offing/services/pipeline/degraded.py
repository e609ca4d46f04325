"""Uses the feed's own summary in place of a page that cannot be had."""

from __future__ import annotations

import sqlalchemy as sa

from offing import __version__
from offing.extract import text_hash
from offing.extract.parts.language import language_of
from offing.fetch import summary_article
from offing.model.operation.run import Outcome, Stamp
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.page import BLOCKED_KINDS, Answer
from offing.model.values.vocabulary import Verb
from offing.services.running.run_context import RunContext
from offing.store.articles.article import save_article
from offing.store.articles.entry import announcement_of
from offing.store.articles.page import save_failed_page
from offing.store.runs.work import enqueue

KEPT = "the feed's own summary is kept in its place"


def with_summary_of_entry(
    conn: sa.Connection, context: RunContext, entry_id: int, answer: Answer, outcome: Outcome
) -> Outcome:
    """Return the outcome of a failed fetch, after storing the feed's summary as an article if possible.

    If our own guard refused the address, no article is made either, so that nobody is led there.
    """
    if outcome.due_again is not None or answer.kind in BLOCKED_KINDS:
        return outcome
    found = _summary(conn, context, entry_id, outcome.cause)
    page_id = save_failed_page(conn, entry_id, answer) if found else None
    return _with(conn, context, page_id, found, outcome)


def with_summary_of_page(
    conn: sa.Connection, context: RunContext, entry_id: int, page_id: int, outcome: Outcome
) -> Outcome:
    """Return the outcome of an obstructed extraction, after storing the feed's summary as an article if possible."""
    return _with(conn, context, page_id, _summary(conn, context, entry_id, outcome.cause), outcome)


def _summary(conn: sa.Connection, context: RunContext, entry_id: int, cause: str) -> ExtractedArticle | None:
    announcement = announcement_of(conn, entry_id)
    language = language_of(
        f"{announcement.title}\n{announcement.summary}", context.language_words, announcement.language
    )
    return summary_article(announcement, cause, language)


def _with(
    conn: sa.Connection, context: RunContext, page_id: int | None, found: ExtractedArticle | None, outcome: Outcome
) -> Outcome:
    if found is None or page_id is None:
        return outcome
    stamp = Stamp(context.clock(), f"summary {__version__}")
    article_id = save_article(conn, page_id, found, text_hash(found.paragraphs), stamp)
    if article_id is None:
        return outcome
    enqueue(conn, Verb.RECOGNIZE, article_id, stamp.at)
    made = {**outcome.made, "articles": 1, "feed summaries": 1}
    return Outcome(outcome.ending, f"{outcome.cause}; {KEPT}", outcome.url, made)
