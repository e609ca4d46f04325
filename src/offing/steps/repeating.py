"""Repeats: a telling that says what enough others say joins their story without the story being settled again.

What that costs does not depend on how many articles tell the story: it is compared with some of those that say the
same, never with all, and of the story only who tells it and when is written. All of it is in the transaction that
stores the telling, so that there is nothing that could be lost, or left to be done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.model.story import PlacedTelling, StoredStory, Telling
from offing.propose.story import COPIED, copied, keys_of, repeated
from offing.steps.changed import candidates_changed
from offing.steps.stories import Newcomer, StoryDesk, settle
from offing.steps.story_region import load
from offing.store.index import add_source
from offing.store.pair import paired_among
from offing.store.repeat import (
    count_repeats,
    first_repeats,
    hand_over,
    let_lead,
    note_repeat,
    owners_of,
    repeating,
    said_alike,
)
from offing.store.story import add_outlet, began_between, stored_stories, told_at
from offing.store.telling import insert_telling, keep_keys

_OWNERS = 8  # tellings of one outlet in a story: all are of one source, so a few tell which


def join_as_repeat(conn: sa.Connection, new: Newcomer, desk: StoryDesk) -> bool:
    """Store a telling that says what enough others say beside the one that it repeats.

    Args:
        conn: a transaction that holds the lock on stories.
        new: what the only proposal of an article says.
        desk: rules and stamp.

    Returns:
        False where it has to be settled as others are; nothing was written then.
    """
    told, keys = new.telling, keys_of(new.telling).said
    known = load(conn, said_alike(conn, keys, told.at, COPIED)) if keys else {}
    leader = repeated(told, tuple(known.values()))
    if leader is None or leader.story_id is None:
        return False
    stored = stored_stories(conn, (leader.story_id,))[leader.story_id]
    owners = owners_of(conn, stored.id, told.outlet, _OWNERS)
    placed = PlacedTelling(told, stored.id, (stored.id,), leader.telling.id)
    insert_telling(conn, placed, stored.candidate_id, new.proofs, ())
    if note_repeat(conn, leader.telling.id, told.outlet, told.at) and not _of_source(conn, leader, owners):
        if owners:  # what an outlet tells makes one source of two
            settle(conn, (leader,), desk)
            return True
        add_outlet(conn, stored.candidate_id)
    add_source(conn, stored.candidate_id, told.article_id)
    _note_time(conn, stored, told.at, desk.stamp.at)
    return True


def _of_source(conn: sa.Connection, leader: PlacedTelling, owners: Iterable[int]) -> bool:
    """Whether what an outlet told is of the source of a telling; all that it told is of one."""
    every: list[Telling] = [placed.telling for placed in load(conn, owners).values()]
    return any(each.id == leader.telling.id or copied(each, leader.telling) for each in every)


def _note_time(conn: sa.Connection, stored: StoredStory, at: datetime, now: datetime) -> None:
    """Let a story reach to a time; where it begins decides what may be an update of it, and of what it may be one."""
    before = told_at(conn, stored.id, at)
    if at >= before:
        return
    others = paired_among(conn, stored.candidate_id)[0]
    if at.date() < before.date() or began_between(conn, others, at, before):
        candidates_changed(conn, {stored.candidate_id}, now)


def let_stand_alone(conn: sa.Connection, ids: Iterable[int]) -> None:
    """Let tellings, of which something is to be said or which are to say something else, stand for themselves.

    They repeat no other any more, and what repeats them repeats the first of those instead.
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
