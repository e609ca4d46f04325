"""Settles stories: applies a change of tellings, or of people's decisions on them, to stories and candidates.

Nothing is updated incrementally. Each change reads all that is connected with it and works the stories out again, so
that neither the order of arrival nor the number of workers plays a part, and repeating it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.pairs.pairing import Bond
from offing.model.reading.evidence import Evidence
from offing.model.reading.rules import ScoringRules
from offing.model.review.story import MergedStory, PlacedTelling, StoredStory, Telling, TellingBond
from offing.propose.story import assign_ids, keys_of, merge_tellings, stories_of
from offing.services.records.derived_again import candidates_changed
from offing.services.stories.affected_tellings import TellingRegion, read_region
from offing.store.stories.repeat import move_repeats
from offing.store.stories.story import keep_merged, lead_to, lock_stories, open_story, stored_stories
from offing.store.stories.telling import insert_telling, move_telling

_DECIDED, _TOUCHED = 2, 1


@dataclass(frozen=True, slots=True)
class StoryDesk:
    """What stories are settled with: the scoring rules, and the stamp of who writes when."""

    scoring: ScoringRules
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A telling that is not stored yet, with an id below 0, and its quotes."""

    telling: Telling
    proofs: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Settled:
    """What settling changed: ids of candidates, and how many new ones are above the cut."""

    changed: set[int] = field(default_factory=set)
    opened: int = 0


def settle(
    conn: sa.Connection, seeds: Iterable[PlacedTelling], desk: StoryDesk, newcomers: Sequence[Newcomer] = ()
) -> Settled:
    """Work out the stories around some tellings again, and write them and all that depends on them.

    Args:
        conn: a transaction that may write.
        seeds: stored tellings around which something may have changed.
        desk: rules and stamp.
        newcomers: tellings of one article, which are stored on the way.
    """
    lock_stories(conn)
    region = read_region(conn, (*seeds, *(PlacedTelling(each.telling) for each in newcomers)))
    known = stored_stories(conn, {number for placed in region.placed.values() for number in placed.stood_in})
    connected = (placed.telling for placed in region.placed.values())
    stories = stories_of(connected, region.likeness, (*_held(region, known), *region.bonds))
    placed = [tuple(region.placed[each.id] for each in story) for story in stories]
    ids = assign_ids(placed, {number: _weight(stored) for number, stored in known.items()})
    settled = _Writing(conn, desk, region, known, {each.telling.id: each for each in newcomers}).write(placed, ids)
    candidates_changed(conn, settled.changed, desk.stamp.at)
    return settled


def _weight(stored: StoredStory) -> int:
    return _DECIDED if stored.decided else _TOUCHED if stored.touched else 0


def _held(region: TellingRegion, known: Mapping[int, StoredStory]) -> Iterator[TellingBond]:
    """Yield the bonds of decided candidates: their own tellings stay together, those of two of them apart.

    A telling that has no claim on its story any more is not bound.
    """
    members: dict[int, list[int]] = {}
    for number, placed in sorted(region.placed.items()):
        held = placed.story_id if placed.story_id in placed.stood_in else None
        if held is not None and known[held].decided:
            members.setdefault(held, []).append(number)
    for own in members.values():
        yield from (TellingBond(one, other, Bond.SAME) for one, other in pairwise(own))
    for first, second in product(members.values(), members.values()):
        if first is not second:
            yield from (TellingBond(one, other, Bond.DIFFERENT) for one, other in product(first, second))


@dataclass(slots=True)
class _Writing:
    """Writes the stories of one region."""

    conn: sa.Connection
    desk: StoryDesk
    region: TellingRegion
    known: dict[int, StoredStory]
    newcomers: Mapping[int, Newcomer]
    settled: Settled = field(default_factory=Settled)

    def write(self, stories: Sequence[tuple[PlacedTelling, ...]], ids: Sequence[int | None]) -> Settled:
        """Write stories under their ids, and redirect ids without a story to where their tellings went."""
        leads: dict[int, StoredStory] = {}
        for story, number in zip(stories, ids, strict=True):
            stored = self._keep(story, number)
            for placed in story:
                self._place(placed, stored)
                for old in placed.stood_in:
                    leads.setdefault(old, stored)
        given = {number for number in ids if number is not None}
        for number, target in sorted(leads.items()):
            if lead_to(self.conn, self.known[number], None if number in given else target):
                self.settled.changed.add(self.known[number].candidate_id)
        return self.settled

    def _keep(self, story: Sequence[PlacedTelling], number: int | None) -> StoredStory:
        merged = merge_tellings(self.region.merged_tellings(story), self.desk.scoring)
        above = self._above(story, merged)
        if number is None:
            stored = open_story(self.conn, merged, self.desk.stamp, above_cut=above)
            self.settled.opened += above
            self.settled.changed.add(stored.candidate_id)
            return stored
        if keep_merged(self.conn, self.known[number], merged, above_cut=above):
            self.settled.changed.add(self.known[number].candidate_id)
        return self.known[number]

    def _above(self, story: Sequence[PlacedTelling], merged: MergedStory) -> bool:
        return max(merged.score, *(placed.telling.score for placed in story)) >= self.desk.scoring.cut

    def _place(self, placed: PlacedTelling, stored: StoredStory) -> None:
        """Put a telling into its story; a new one is stored."""
        if placed.story_id == stored.id:
            return
        stood_in = (*placed.stood_in, *(() if stored.id in placed.stood_in else (stored.id,)))
        now = replace(placed, story_id=stored.id, stood_in=stood_in)
        self.settled.changed.add(stored.candidate_id)
        if placed.story_id is None:
            new = self.newcomers[placed.telling.id]
            insert_telling(self.conn, now, stored.candidate_id, new.proofs, keys_of(placed.telling).all)
            return
        self.settled.changed.add(self.known[placed.story_id].candidate_id)
        move_telling(self.conn, now, stored.candidate_id)
        if placed.telling.id in self.region.repeats:
            move_repeats(self.conn, placed.telling.id, stored.id, stored.candidate_id)
