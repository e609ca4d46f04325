"""Knots: old entries that led to nothing, with all that hangs together with them; and why other old entries stay.

Context stays too: a plan of years ago explains what is signed today. Stories tie articles together, so a knot goes as a
whole or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.model.operation.retention import KeptFor
from offing.model.pairs.pairing import RefKind
from offing.model.review.candidate import CandidateState
from offing.model.values.vocabulary import Verb
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
    page,
    pair_decision,
    project_candidate,
    second_reading,
    story,
    story_article,
    work,
)


@dataclass(frozen=True, slots=True)
class Knot:
    """Entries, each the first of its page, with the stories of their articles."""

    entries: tuple[int, ...]
    stories: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """The times before which entries may go: those that brought an article, and those that did not; None for never."""

    read: datetime | None
    unread: datetime | None

    @classmethod
    def alike(cls, before: datetime) -> Ages:
        """Return one time for both."""
        return cls(before, before)


def prunable(conn: sa.Connection, ages: Ages) -> tuple[Knot, ...]:
    """Return the knots that are older than a time and led to nothing."""
    if ages.read is None and ages.unread is None:
        return ()
    reported = _story_entries(conn)
    stories: dict[int, set[int]] = defaultdict(set)
    entries: dict[int, set[int]] = defaultdict(set)
    for story_id, entry_id in reported:
        stories[entry_id].add(story_id)
        entries[story_id].add(entry_id)
    old = _old(conn, ages) - _waiting(conn) - _context_entries(conn)
    stay = _protected(conn)
    todo = [*stay, *(story_id for story_id, members in entries.items() if not members <= old and story_id not in stay)]
    stay.update(todo)
    while todo:  # articles of a kept story are kept, and so is every other story they are part of
        for entry_id in entries[todo.pop()] & old:
            old.discard(entry_id)
            further = stories[entry_id] - stay
            stay |= further
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


def _old(conn: sa.Connection, ages: Ages) -> set[int]:
    """Return entries, each the first of its page, last announced before a time."""
    was_read = sa.exists().where(page.c.entry_id == entry.c.id, article.c.page_id == page.c.id)
    asked: list[tuple[datetime | None, sa.ColumnElement[bool]]] = [(ages.read, was_read), (ages.unread, ~was_read)]
    if ages.read == ages.unread:  # no need to find out which were read
        asked = [(ages.read, sa.true())]
    return {
        number
        for before, kind in asked
        if before is not None
        for number in conn.execute(_announced_before(before).where(kind)).scalars()
    }


def _announced_before(before: datetime) -> sa.Select[int]:
    again = entry.alias("again")
    fresh_copy = sa.exists().where(again.c.same_as == entry.c.id, again.c.seen_at >= before)
    return sa.select(entry.c.id).where(entry.c.same_as.is_(None), entry.c.seen_at < before, ~fresh_copy)


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
    """Return stories, of all or of some, whose candidate stays for a reason of its own."""
    asked = sa.select(candidate.c.story_id).where(sa.or_(*_reasons().values()))
    if story_ids is None:
        return set(conn.execute(asked).scalars())
    return {
        found
        for some in parts(story_ids)
        for found in conn.execute(asked.where(candidate.c.story_id.in_(some))).scalars()
    }


def _reasons() -> dict[KeptFor, sa.ColumnElement[bool]]:
    """Return when a candidate stays, and its story with it."""
    other = candidate.alias("other")
    own = str(RefKind.CANDIDATE) + ":" + sa.cast(candidate.c.id, sa.Text())
    telling = str(RefKind.TELLING) + ":" + sa.cast(story_article.c.id, sa.Text())
    joined = pair_decision.c.one.in_((own, telling)) | pair_decision.c.other.in_((own, telling))
    record = (
        sa.exists().where(project_candidate.c.candidate_id == candidate.c.id),
        sa.exists().where(event.c.candidate_id == candidate.c.id),
    )
    decided = (
        candidate.c.state != CandidateState.OPEN,
        sa.exists().where(decision.c.candidate_id == candidate.c.id),
        sa.exists().where(decision.c.duplicate_of == candidate.c.id),
        sa.exists().where(other.c.duplicate_of == candidate.c.id),
    )
    queue = (candidate.c.above_cut, sa.exists().where(other.c.update_of == own))
    people = (
        sa.exists().where(second_reading.c.candidate_id == candidate.c.id),
        sa.exists().where(comment.c.item == own),
        sa.exists().where(story_article.c.story_id == candidate.c.story_id, joined),
    )
    found = {KeptFor.RECORD: record, KeptFor.DECISION: decided, KeptFor.QUEUE: queue, KeptFor.PEOPLE: people}
    return {why: sa.or_(*conditions) for why, conditions in found.items()}


def kept(conn: sa.Connection, ages: Ages, knots: Iterable[Knot]) -> dict[KeptFor, int]:
    """Return how many entries are old enough to go but stay, by the first reason that holds.

    Args:
        conn: a transaction.
        ages: the times before which entries may go.
        knots: what goes, as `prunable` returns it.
    """
    left = _old(conn, ages) - {entry_id for knot in knots for entry_id in knot.entries}
    members: dict[int, set[int]] = defaultdict(set)
    for story_id, entry_id in _story_entries(conn) if left else ():
        members[story_id].add(entry_id)
    counts = {}
    for why, entries in _by_reason(conn, members):
        counts[why] = len(left & entries)
        left -= entries
    return {why: count for why, count in {**counts, KeptFor.STORY: len(left)}.items() if count}


def _by_reason(conn: sa.Connection, members: Mapping[int, set[int]]) -> Iterator[tuple[KeptFor, set[int]]]:
    """Yield the entries that each reason keeps, given those of each story."""
    for why, condition in _reasons().items():
        stories = conn.execute(sa.select(candidate.c.story_id).where(condition)).scalars()
        yield why, {entry_id for story_id in stories for entry_id in members.get(story_id, ())}
    yield KeptFor.CONTEXT, _context_entries(conn)
    yield KeptFor.WAITING, _waiting(conn)


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


def still_free(conn: sa.Connection, knots: Sequence[Knot]) -> list[Knot]:
    """Return those of some knots that still lead to nothing; until the end of this transaction they cannot change."""
    lock_stories(conn)
    stories = [story_id for knot in knots for story_id in knot.stories]
    for some in parts(stories):  # no decision can be made on them until the end of this transaction
        conn.execute(sa.select(candidate.c.id).where(candidate.c.story_id.in_(some)).with_for_update())
    stay = _protected(conn, stories)
    entries = _story_entries(conn, stories)
    return [knot for knot in knots if stay.isdisjoint(knot.stories) and _is_whole(knot, entries)]


def _is_whole(knot: Knot, reported: set[tuple[int, int]]) -> bool:
    """Return whether its stories contain only its own entries."""
    stories, entries = set(knot.stories), set(knot.entries)
    return all(entry_id in entries for story_id, entry_id in reported if story_id in stories)
