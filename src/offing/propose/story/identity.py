"""Identity: which story keeps which id when stories are joined or parted; decisions hang on them.

A story keeps the lowest id that any of its tellings ever stood under, unless another story needs it more: one of which
more tellings began under that id, beyond those that began under some other id that it may have. Then counts how many
stand there now, then which story is the earlier. Ids on which people decided are given first.
"""

from __future__ import annotations

from collections import Counter
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
    began = [Counter(placed.stood_in[0] for placed in story if placed.stood_in) for story in stories]
    stand = [Counter(placed.story_id for placed in story) for story in stories]
    claims = [{number for placed in story for number in placed.stood_in} for story in stories]
    left = sorted(set().union(*claims), key=lambda each: (-bound.get(each, 0), each))
    while left:
        number = left.pop(0)

        def need(place: int, number: int = number) -> tuple[int, int, int]:
            elsewhere = max((began[place][other] for other in left if other in claims[place]), default=0)
            return began[place][number] - elsewhere, stand[place][number], -place

        claimants = [place for place in range(len(stories)) if found[place] is None and number in claims[place]]
        if claimants:
            found[max(claimants, key=need)] = number
    return tuple(found)
