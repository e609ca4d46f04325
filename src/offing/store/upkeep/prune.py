"""Pruning: old entries that led to nothing are deleted, leaving a tombstone. What people or releases rely on stays.

Context stays too: a plan of years ago explains what is signed today.
An entry is deleted together with its page, article, mentions and stories, and with the other entries of the same page.
Stories tie articles together, so a knot is deleted as a whole or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from offing.model.pairs.pairing import RefKind
from offing.model.review.candidate import CandidateState
from offing.model.values.vocabulary import Verb
from offing.store.articles.page import drop_unused
from offing.store.articles.tombstone import bury
from offing.store.candidates.search import forget
from offing.store.candidates.second_reader import forget_articles, forget_opinions
from offing.store.candidates.translation import forget_translations
from offing.store.database.batch import BATCH, parts
from offing.store.stories.story import lock_stories
from offing.store.tables import (
    article,
    candidate,
    comment,
    context,
    decision,
    entry,
    event,
    evidence,
    mention,
    page,
    pair,
    pair_decision,
    project_candidate,
    repeat_outlet,
    revision,
    second_reading,
    story,
    story_article,
    story_key,
    work,
)

Counts = dict[str, int]
_T = TypeVar("_T", int, str)


@dataclass(frozen=True, slots=True)
class Knot:
    """Entries, each the first of its page, with the stories of their articles."""

    entries: tuple[int, ...]
    stories: tuple[int, ...]


def prunable(conn: sa.Connection, before: datetime) -> tuple[Knot, ...]:
    """Return the knots that are older than a time and led to nothing."""
    reported = _story_entries(conn)
    stories: dict[int, set[int]] = defaultdict(set)
    entries: dict[int, set[int]] = defaultdict(set)
    for story_id, entry_id in reported:
        stories[entry_id].add(story_id)
        entries[story_id].add(entry_id)
    old = _old(conn, before)
    kept = _protected(conn)
    todo = [*kept, *(story_id for story_id, members in entries.items() if not members <= old and story_id not in kept)]
    kept.update(todo)
    while todo:  # articles of a kept story are kept, and so is every other story they are part of
        for entry_id in entries[todo.pop()] & old:
            old.discard(entry_id)
            further = stories[entry_id] - kept
            kept |= further
            todo += further
    return tuple(_knots(old, stories, entries))


def _knots(old: Iterable[int], stories: Mapping[int, set[int]], entries: Mapping[int, set[int]]) -> Iterator[Knot]:
    left = set(old)
    for first in sorted(left):
        if first not in left:
            continue
        left.discard(first)
        members, reported, todo = {first}, set[int](), [first]
        while todo:
            for story_id in stories.get(todo.pop(), set()) - reported:
                reported.add(story_id)
                fresh = entries[story_id] - members
                members |= fresh
                todo += fresh
        left -= members
        yield Knot(tuple(sorted(members)), tuple(sorted(reported)))


def _story_entries(conn: sa.Connection, story_ids: Sequence[int] | None = None) -> set[tuple[int, int]]:
    """Return which story contains or quotes the article of which entry; of all stories, or of some."""
    of_story = (
        sa.select(story_article.c.story_id, page.c.entry_id)
        .join(article, article.c.id == story_article.c.article_id)
        .join(page, page.c.id == article.c.page_id)
    )
    of_evidence = (
        sa.select(candidate.c.story_id, page.c.entry_id)
        .join(evidence, evidence.c.candidate_id == candidate.c.id)
        .join(article, article.c.id == evidence.c.article_id)
        .join(page, page.c.id == article.c.page_id)
    )
    of_merged = (
        sa.select(story.c.id.label("story_id"), page.c.entry_id)
        .join(story_article, story_article.c.story_id == story.c.merged_into)
        .join(article, article.c.id == story_article.c.article_id)
        .join(page, page.c.id == article.c.page_id)
    )
    asked = ((of_story, story_article.c.story_id), (of_evidence, candidate.c.story_id), (of_merged, story.c.id))
    narrowed = (
        each if some is None else each.where(column.in_(some))
        for each, column in asked
        for some in ((None,) if story_ids is None else parts(story_ids))
    )
    return {(row.story_id, row.entry_id) for each in narrowed for row in conn.execute(each)}


def _old(conn: sa.Connection, before: datetime) -> set[int]:
    """Return entries, each the first of its page, last announced before a time and with no work pending."""
    again = entry.alias("again")
    fresh_copy = sa.exists().where(again.c.same_as == entry.c.id, again.c.seen_at >= before)
    first = sa.select(entry.c.id).where(entry.c.same_as.is_(None), entry.c.seen_at < before, ~fresh_copy)
    return set(conn.execute(first).scalars()) - _waiting(conn) - _context_entries(conn)


def _context_entries(conn: sa.Connection) -> set[int]:
    """Return entries whose article is context."""
    joined = sa.select(page.c.entry_id).join(article, article.c.page_id == page.c.id)
    return set(conn.execute(joined.join(context, context.c.article_id == article.c.id)).scalars())


def _waiting(conn: sa.Connection) -> set[int]:
    """Return entries with unfinished work, even if quarantined: failing deletes nothing."""
    waits = work.c.done_at.is_(None)
    asked = (
        sa.select(work.c.item_id).where(waits, work.c.verb == Verb.FETCH),
        sa.select(page.c.entry_id).join(work, work.c.item_id == page.c.id).where(waits, work.c.verb == Verb.EXTRACT),
        sa.select(page.c.entry_id)
        .join(article, article.c.page_id == page.c.id)
        .join(work, work.c.item_id == article.c.id)
        .where(waits, work.c.verb.in_((Verb.RECOGNIZE, Verb.PROPOSE))),
    )
    return {found for each in asked for found in conn.execute(each).scalars()}


def _protected(conn: sa.Connection, story_ids: Sequence[int] | None = None) -> set[int]:
    """Return stories whose candidate was above the cut, decided, talked about, made a project, or named by another one.

    Stories that a person joined or split stay too.
    """
    other = candidate.alias("other")
    own = str(RefKind.CANDIDATE) + ":" + sa.cast(candidate.c.id, sa.Text())
    telling = str(RefKind.TELLING) + ":" + sa.cast(story_article.c.id, sa.Text())
    joined = pair_decision.c.one.in_((own, telling)) | pair_decision.c.other.in_((own, telling))
    reasons = (
        candidate.c.above_cut,
        candidate.c.state != CandidateState.OPEN,
        sa.exists().where(decision.c.candidate_id == candidate.c.id),
        sa.exists().where(decision.c.duplicate_of == candidate.c.id),
        sa.exists().where(other.c.duplicate_of == candidate.c.id),
        sa.exists().where(project_candidate.c.candidate_id == candidate.c.id),
        sa.exists().where(event.c.candidate_id == candidate.c.id),
        sa.exists().where(second_reading.c.candidate_id == candidate.c.id),
        sa.exists().where(comment.c.item == own),
        sa.exists().where(other.c.update_of == own),
        sa.exists().where(story_article.c.story_id == candidate.c.story_id, joined),
    )
    asked = sa.select(candidate.c.story_id).where(sa.or_(*reasons))
    if story_ids is None:
        return set(conn.execute(asked).scalars())
    return {
        found
        for some in parts(story_ids)
        for found in conn.execute(asked.where(candidate.c.story_id.in_(some))).scalars()
    }


def batches(knots: Iterable[Knot]) -> Iterator[list[Knot]]:
    """Yield knots in batches of about 500 entries, each for one transaction."""
    batch: list[Knot] = []
    size = 0
    for knot in knots:
        if batch and size + len(knot.entries) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(knot)
        size += len(knot.entries)
    if batch:
        yield batch


def prune_knots(conn: sa.Connection, knots: Sequence[Knot], now: datetime) -> Counts:
    """Delete some knots in this transaction; those that were decided on, or that others joined meanwhile, stay.

    Returns:
        How many rows were deleted, by noun.
    """
    lock_stories(conn)
    stories = [story_id for knot in knots for story_id in knot.stories]
    for some in parts(stories):  # no decision can be made on them until the end of this transaction
        conn.execute(sa.select(candidate.c.id).where(candidate.c.story_id.in_(some)).with_for_update())
    kept = _protected(conn, stories)
    entries = _story_entries(conn, stories)
    gone = [knot for knot in knots if kept.isdisjoint(knot.stories) and _is_whole(knot, entries)]
    counts = _delete_stories(conn, [story_id for knot in gone for story_id in knot.stories])
    return counts | _delete_entries(conn, [entry_id for knot in gone for entry_id in knot.entries], now)


def _is_whole(knot: Knot, reported: set[tuple[int, int]]) -> bool:
    """Return whether its stories contain only its own entries."""
    stories, entries = set(knot.stories), set(knot.entries)
    return all(entry_id in entries for story_id, entry_id in reported if story_id in stories)


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


def size_of(conn: sa.Connection, knots: Sequence[Knot]) -> Counts:
    """Return what pruning some knots would delete: entries with their copies, pages, articles, stories."""
    entries = [entry_id for knot in knots for entry_id in knot.entries]
    pages = _of(conn, page.c.id, page.c.entry_id, entries)
    return {
        "entries": len(entries) + len(_of(conn, entry.c.id, entry.c.same_as, entries)),
        "pages": len(pages),
        "articles": len(_of(conn, article.c.id, article.c.page_id, pages)),
        "stories": sum(len(knot.stories) for knot in knots),
    }
