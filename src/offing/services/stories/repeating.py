"""Repeats: a telling that states the same as enough others joins their story, which is not settled again.

The cost does not depend on how many articles are in the story: the telling is compared with some of those that state
the same, never with all, and of the story only sources and times are written. All of it is in the transaction that
stores the telling, so that nothing can be lost or left undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.model.review.story import PlacedTelling, StoredStory, Telling
from offing.propose.story import COPIED, is_copy, keys_of, repeated
from offing.services.records.derived_again import candidates_changed
from offing.services.stories.affected_tellings import load
from offing.services.stories.settling import Newcomer, StoryDesk, settle
from offing.store.candidates.index import add_source
from offing.store.pairs.pair import paired_among
from offing.store.stories.repeat import (
    count_repeats,
    first_repeats,
    hand_over,
    let_lead,
    note_repeat,
    owners_of,
    repeating,
    same_content,
)
from offing.store.stories.story import add_outlet, began_between, extend_story, stored_stories
from offing.store.stories.telling import insert_telling, keep_keys

_OWNERS = 8  # tellings of one outlet in a story: all are of one source, so a few are enough


def join_as_repeat(conn: sa.Connection, new: Newcomer, desk: StoryDesk) -> bool:
    """Store a telling that states the same as enough others as a repeat of one of them.

    Args:
        conn: a transaction that holds the lock on stories.
        new: the only proposal of an article.
        desk: rules and stamp.

    Returns:
        False if it has to be settled as usual; nothing was written then.
    """
    telling, keys = new.telling, keys_of(new.telling).content
    known = load(conn, same_content(conn, keys, telling.at, COPIED)) if keys else {}
    leader = repeated(telling, tuple(known.values()))
    if leader is None or leader.story_id is None:
        return False
    stored = stored_stories(conn, (leader.story_id,))[leader.story_id]
    owners = owners_of(conn, stored.id, telling.outlet, _OWNERS)
    placed = PlacedTelling(telling, stored.id, (stored.id,), leader.telling.id)
    insert_telling(conn, placed, stored.candidate_id, new.proofs, ())
    if note_repeat(conn, leader.telling.id, telling.outlet, telling.at) and not _of_source(conn, leader, owners):
        if owners:  # this outlet joins two sources into one
            settle(conn, (leader,), desk)
            return True
        add_outlet(conn, stored.candidate_id)
    add_source(conn, stored.candidate_id, telling.article_id)
    _note_time(conn, stored, telling.at, desk.stamp.at)
    return True


def _of_source(conn: sa.Connection, leader: PlacedTelling, owners: Iterable[int]) -> bool:
    """Return whether an outlet's tellings are of the same source as a telling; all of them are of one source."""
    every: list[Telling] = [placed.telling for placed in load(conn, owners).values()]
    return any(each.id == leader.telling.id or is_copy(each, leader.telling) for each in every)


def _note_time(conn: sa.Connection, stored: StoredStory, at: datetime, now: datetime) -> None:
    """Extend a story to a time; its beginning decides what may be an update of it, and of what it may be one."""
    before = extend_story(conn, stored.id, at)
    if at >= before:
        return
    others = paired_among(conn, stored.candidate_id)[0]
    if at.date() < before.date() or began_between(conn, others, at, before):
        candidates_changed(conn, {stored.candidate_id}, now)


def let_stand_alone(conn: sa.Connection, ids: Iterable[int]) -> None:
    """Make tellings independent before people decide on them or their facts change.

    They no longer repeat another, and their own repeats now repeat the first of themselves instead.
    """
    wanted = set(ids)
    leaders = repeating(conn, wanted)
    _lead(conn, leaders)
    heirs = first_repeats(conn, wanted)
    _lead(conn, heirs.values())
    for number, heir in heirs.items():
        hand_over(conn, number, heir)
    count_repeats(conn, {*leaders.values(), *heirs, *heirs.values()})


def _lead(conn: sa.Connection, ids: Iterable[int]) -> None:
    some = load(conn, ids)
    let_lead(conn, some)
    for placed in some.values():
        keep_keys(conn, placed.telling, keys_of(placed.telling).all)
