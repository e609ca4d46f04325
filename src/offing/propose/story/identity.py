"""Identity: which story keeps which id when stories are joined or parted; decisions hang on them.

A story keeps the lowest id that any of its tellings ever stood under, unless another story needs it more: the one
whose tellings began under it, then the one whose tellings stand there now, then the one with the earlier telling.
Ids on which people decided are given first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offing.model.story import PlacedTelling


def assign_ids(
    stories: Sequence[Sequence[PlacedTelling]], weights: Mapping[int, int] | None = None
) -> tuple[int | None, ...]:
    """The id of each story.

    Args:
        stories: their tellings, with where they stand and stood before.
        weights: for ids that people did something with, how much that binds; the higher, the earlier it is given.

    Returns:
        An id for each, in their order; None where a story needs a new one.
    """
    bound = weights or {}
    found: list[int | None] = [None] * len(stories)
    claims = [{number for placed in story for number in placed.stood_in} for story in stories]
    for number in sorted(set().union(*claims), key=lambda each: (-bound.get(each, 0), each)):
        claimants = [place for place in range(len(stories)) if found[place] is None and number in claims[place]]
        if claimants:
            found[max(claimants, key=lambda place: (*_need(stories[place], number), -place))] = number
    return tuple(found)


def _need(story: Sequence[PlacedTelling], number: int) -> tuple[int, int]:
    """How many tellings of a story began under an id, and how many stand under it now."""
    began = sum(1 for placed in story if placed.stood_in[:1] == (number,))
    return began, sum(1 for placed in story if placed.story_id == number)
