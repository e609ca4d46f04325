"""When a merge is undone, finds the tellings that leave decided stories: those that joined after the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.pairs.pairing import Bond, PairDecision
from offing.model.review.decision import Judgement, decisions_in_force
from offing.model.review.story import PlacedTelling, StoredStory
from offing.store.candidates.decision import decisions_of
from offing.store.stories.story import stored_stories


def let_go(
    conn: sa.Connection, every: Mapping[int, PlacedTelling], undone: Iterable[PairDecision]
) -> dict[int, PlacedTelling]:
    """Return the tellings, with those that joined a decided story later released from it.

    Raises:
        UsageError: a decided story was decided with them in it, or two decided ones would become one.
    """
    stories = stored_stories(conn, {placed.story_id for placed in every.values() if placed.story_id is not None})
    decided = {number: stored for number, stored in stories.items() if stored.decided}
    freed, pairs = dict(every), tuple(undone)
    is_split = any(made.bond is Bond.DIFFERENT for made in pairs)
    for made in pairs:
        numbers = _numbers(made)
        one, other = (decided.get(every[number].story_id or 0) for number in numbers)
        if made.bond is Bond.DIFFERENT:
            _require_not_both(one, other)
        elif not is_split and one is not None and one == other:
            _require_decided_before(conn, one, made.at)
            freed |= {number: without(freed[number], one.id) for number in numbers if _came_later(every[number])}
    return freed


def without(placed: PlacedTelling, story_id: int) -> PlacedTelling:
    """Return a telling without a claim on the number of a story that it leaves."""
    return replace(placed, stood_in=tuple(number for number in placed.stood_in if number != story_id))


def _came_later(placed: PlacedTelling) -> bool:
    """Return whether a telling was in another story before its present one."""
    return bool(placed.stood_in) and placed.stood_in[0] != placed.story_id


def _require_not_both(one: StoredStory | None, other: StoredStory | None) -> None:
    if one and other and one.id != other.id:
        both = f"{one.candidate_id} and {other.candidate_id}"
        raise UsageError(f"candidates {both} are both decided: take one decision back first, by `offing undo`")


def _require_decided_before(conn: sa.Connection, stored: StoredStory, merged: datetime) -> None:
    """Check that a story was decided before a merge: what a person saw when deciding stays together.

    Raises:
        UsageError: it was decided after the merge.
    """
    made = decisions_in_force(decisions_of(conn, (stored.candidate_id,)).get(stored.candidate_id, ()))
    first = next((each for each in made if each.judgement is not Judgement.DEFER), None)
    if first is not None and first.at >= merged:
        number = stored.candidate_id
        raise UsageError(
            f"candidate {number} was decided after its stories were merged: undo that first, "
            f"by `offing undo {number}`, or take articles out, by `offing stories split {number} TELLING`"
        )


def _numbers(made: PairDecision) -> tuple[int, int]:
    return int(made.one.key), int(made.other.key)
