"""The feed's own summary in the place of a page that cannot be had."""

from __future__ import annotations

import sqlalchemy as sa

from offing import __version__
from offing.extract import text_hash
from offing.extract.language import language_of
from offing.fetch import summary_article
from offing.model.article import ExtractedArticle
from offing.model.page import BLOCKED_KINDS, Answer
from offing.model.run import Outcome, Stamp
from offing.model.vocabulary import Verb
from offing.steps.context import RunContext
from offing.store.article import save_article
from offing.store.entry import announcement_of
from offing.store.page import save_failed_page
from offing.store.work import enqueue

KEPT = "the feed's own summary is kept in its place"


def with_summary_of_entry(
    conn: sa.Connection, context: RunContext, entry_id: int, answer: Answer, outcome: Outcome
) -> Outcome:
    """The outcome of a fetch that brought no page, with what came of the feed's summary.

    Where our own guard refused the address, nobody is to be led there by an article either.
    """
    if outcome.due_again is not None or answer.kind in BLOCKED_KINDS:
        return outcome
    found = _summary(conn, context, entry_id, outcome.cause)
    page_id = save_failed_page(conn, entry_id, answer) if found else None
    return _with(conn, context, page_id, found, outcome)


def with_summary_of_page(
    conn: sa.Connection, context: RunContext, entry_id: int, page_id: int, outcome: Outcome
) -> Outcome:
    """The outcome of an extraction to which something stood in the way, with what came of the feed's summary."""
    return _with(conn, context, page_id, _summary(conn, context, entry_id, outcome.cause), outcome)


def _summary(conn: sa.Connection, context: RunContext, entry_id: int, cause: str) -> ExtractedArticle | None:
    said = announcement_of(conn, entry_id)
    language = language_of(f"{said.title}\n{said.summary}", context.signs, said.language)
    return summary_article(said, cause, language)


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
