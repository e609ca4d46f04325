"""Identity: which story keeps which id when stories are merged or split; decisions depend on the ids.

A story keeps the lowest id that any of its tellings ever stood under, unless another story needs it more: one of which
more tellings began under that id, net of those that began under another id available to it. Ties go to the story with
more tellings there now, then to the earlier one. Ids on which people decided are assigned first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from offing.model.review.story import PlacedTelling


def assign_ids(
    stories: Sequence[Sequence[PlacedTelling]], weights: Mapping[int, int] | None = None
) -> tuple[int | None, ...]:
    """Assign an id to each story.

    Args:
        stories: their tellings, with their current and former stories.
        weights: for ids that people acted on, how binding that is; the highest are assigned first.

    Returns:
        An id for each story, in order; None where a story needs a new one.
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
