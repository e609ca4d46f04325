"""Repeats: tellings with exactly the same facts as enough others, which therefore cannot change a story.

A press release can appear in thousands of articles. Once some of them are known, a further one with the same facts,
close to another in time and from a known source, adds only its outlet and time to the story. It is attached to the
telling that it repeats, and compared with nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from offing.model.review.story import PlacedTelling, Repeated, Telling
from offing.propose.story.likeness import Likeness
from offing.propose.story.merge import independent_sources

FULLY = 16  # tellings with the same facts to process in full; with so many, one more has not changed a story
CLOSE = timedelta(days=2)  # a fifth of the time within which facts identify the same news


def repeated(new: Telling, known: Sequence[PlacedTelling]) -> PlacedTelling | None:
    """The telling that a new one repeats; None where it must be processed in full.

    Args:
        new: the telling of an article with a single proposal.
        known: stored tellings with the same facts in the same language, no repeats themselves, nearest in time. A new
            one with a higher score than all of them is no repeat, as a story takes its best telling's score.
    """
    if len(known) < FULLY or new.score > max(placed.telling.score for placed in known):
        return None
    source = _source_of(new, [placed.telling for placed in known])
    likeness = Likeness()
    near = [each for each in known if each.telling.id in source and abs(each.telling.at - new.at) <= CLOSE]
    sure = {each.telling.id: likeness.sure(new, each.telling) for each in near}
    surest = max(near, key=lambda each: (sure[each.telling.id], -each.telling.id), default=None)
    if surest is None or not sure[surest.telling.id]:
        return None
    alike = (each for each in near if sure[each.telling.id] and each.story_id == surest.story_id)
    return min(alike, key=lambda each: each.telling.id)


def _source_of(new: Telling, known: Sequence[Telling]) -> frozenset[int]:
    """The ids of the tellings from a new one's source; none where it is independent, or merges two sources."""
    ordered = (sorted(some, key=lambda telling: telling.place) for some in (known, [*known, new]))
    before, after = map(independent_sources, ordered)
    if len(before) != len(after):
        return frozenset()
    own = next(source for source in after if new in source)
    return frozenset(each.id for each in own if each is not new)


def witnesses(telling: Telling, made: Iterable[Repeated]) -> Iterator[Telling]:
    """Tellings that represent all repeats of one: one per outlet, two where it repeated it more than once."""
    for each in made:
        for at in dict.fromkeys((each.first_at, each.last_at)):
            yield replace(telling, outlet=each.outlet, at=at)
