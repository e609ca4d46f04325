"""Repeats: tellings that say the very same as enough others do, and so tell nothing by which a story could change.

A release can stand in thousands of articles. Once some of them are known, a further one that names the same facts,
close to another in time, and is of a source that is known, adds to its story who tells it and when, and nothing else.
It stands with the telling that it repeats and need not be compared with anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from offing.model.story import PlacedTelling, Repeated, Telling
from offing.propose.story.likeness import Likeness
from offing.propose.story.merge import independent_sources

FULLY = 16  # tellings that say the same are each looked at in full; with so many, one more has not changed a story
CLOSE = timedelta(days=2)  # a fifth of the time within which facts tell the same news


def repeated(new: Telling, known: Sequence[PlacedTelling]) -> PlacedTelling | None:
    """The telling that a new one repeats; None where it has to be looked at in full.

    Args:
        new: what the only proposal of an article says.
        known: stored tellings that say the same facts in the same language, repeat nothing themselves, and lie nearest
            in time. What is surer than all of them is no repeat, as the score of a story is that of its surest telling.
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
    """The ids of the tellings of whose source a new one is; none where it is independent, or makes one of two."""
    before, after = (independent_sources(_in_order(some)) for some in (known, [*known, new]))
    if len(before) != len(after):
        return frozenset()
    own = next(source for source in after if new in source)
    return frozenset(each.id for each in own if each is not new)


def _in_order(tellings: Iterable[Telling]) -> list[Telling]:
    return sorted(tellings, key=lambda telling: telling.place)


def witnesses(telling: Telling, made: Iterable[Repeated]) -> Iterator[Telling]:
    """Tellings that stand for all repeats of one: one for each outlet, and two where it repeated it more than once."""
    for each in made:
        for at in dict.fromkeys((each.first_at, each.last_at)):
            yield replace(telling, outlet=each.outlet, at=at)
