"""Pruning: old entries that led to nothing are deleted, leaving a tombstone. What people or releases rely on stays.

An entry is deleted together with its page, article, mentions and stories, and with the other entries of the same page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from offing.model.pairs.pairing import RefKind
from offing.model.values.vocabulary import Verb
from offing.store.articles.page import drop_unused
from offing.store.articles.tombstone import bury
from offing.store.candidates.search import forget
from offing.store.candidates.second_reader import forget_articles, forget_opinions
from offing.store.candidates.translation import forget_translations
from offing.store.database.batch import parts
from offing.store.tables import (
    article,
    candidate,
    context,
    entry,
    evidence,
    mention,
    page,
    pair,
    repeat_outlet,
    revision,
    story,
    story_article,
    story_key,
    work,
)
from offing.store.upkeep.knots import Knot, still_free

Counts = dict[str, int]
_T = TypeVar("_T", int, str)


def prune_knots(conn: sa.Connection, knots: Sequence[Knot], now: datetime) -> Counts:
    """Delete some knots in this transaction; those that were decided on, or that others joined meanwhile, stay.

    Returns:
        How many rows were deleted, by noun.
    """
    gone = still_free(conn, knots)
    counts = _delete_stories(conn, [story_id for knot in gone for story_id in knot.stories])
    return counts | _delete_entries(conn, [entry_id for knot in gone for entry_id in knot.entries], now)


def _of(conn: sa.Connection, column: sa.Column[_T], where: sa.Column[int], keys: Sequence[int]) -> list[_T]:
    return [found for some in parts(keys) for found in conn.execute(sa.select(column).where(where.in_(some))).scalars()]


def _delete(conn: sa.Connection, where: sa.Column[_T], keys: Sequence[_T]) -> int:
    return sum(conn.execute(sa.delete(where.table).where(where.in_(some))).rowcount for some in parts(keys))


def _delete_stories(conn: sa.Connection, story_ids: Sequence[int]) -> Counts:
    candidates = _of(conn, candidate.c.id, candidate.c.story_id, story_ids)
    _delete(conn, evidence.c.candidate_id, candidates)
    tellings = _of(conn, story_article.c.id, story_article.c.story_id, story_ids)
    _delete(conn, story_key.c.telling_id, tellings)
    _delete(conn, repeat_outlet.c.telling_id, tellings)
    forget_opinions(conn, tellings)
    _delete(conn, story_article.c.story_id, story_ids)
    _delete(conn, pair.c.candidate_id, candidates)
    _delete(conn, pair.c.target, [f"{RefKind.CANDIDATE}:{number}" for number in candidates])
    for table, some in ((candidate, candidates), (story, story_ids)):
        for each in parts(some):  # they are deleted together with their targets
            conn.execute(sa.update(table).where(table.c.id.in_(each)).values(merged_into=None))
    forget(conn, candidates)
    below_cut = _delete(conn, candidate.c.id, candidates)
    return {"stories": _delete(conn, story.c.id, story_ids), "candidates below the cut": below_cut}


def _delete_entries(conn: sa.Connection, entry_ids: Sequence[int], now: datetime) -> Counts:
    pages = _of(conn, page.c.id, page.c.entry_id, entry_ids)
    articles = _of(conn, article.c.id, article.c.page_id, pages)
    digests = {*_of(conn, page.c.sha256, page.c.id, pages)}
    digests |= {*_of(conn, revision.c.sha256, revision.c.article_id, articles)}
    _delete_work(conn, Verb.FETCH, entry_ids)
    _delete_work(conn, Verb.EXTRACT, pages)
    for verb in (Verb.RECOGNIZE, Verb.PROPOSE):
        _delete_work(conn, verb, articles)
    counts = {"mentions": _delete(conn, mention.c.article_id, articles)}
    _delete(conn, context.c.article_id, articles)  # found since the knots were chosen
    forget_articles(conn, articles)
    forget_translations(conn, articles)
    counts["revisions"] = _delete(conn, revision.c.article_id, articles)
    counts["articles"] = _delete(conn, article.c.id, articles)
    counts["pages"] = _delete(conn, page.c.id, pages)
    counts["contents"] = sum(drop_unused(conn, some) for some in parts(sorted(digests)))
    copies = _of(conn, entry.c.id, entry.c.same_as, entry_ids)
    bury(conn, [*entry_ids, *copies], now)
    counts["entries"] = _delete(conn, entry.c.id, copies) + _delete(conn, entry.c.id, entry_ids)
    return counts


def _delete_work(conn: sa.Connection, verb: Verb, item_ids: Sequence[int]) -> None:
    for some in parts(item_ids):
        conn.execute(sa.delete(work).where(work.c.verb == verb, work.c.item_id.in_(some)))
