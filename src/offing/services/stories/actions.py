"""What people do with stories: view them, join several, take articles out of one, undo that.

All of it is stored as decisions on pairs of tellings, after which the stories are settled again; undoing a decision
restores what was there before. A preview does the same and then rolls its transaction back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, product

import sqlalchemy as sa

from offing import __version__
from offing.errors import UnknownItem, UsageError
from offing.model.operation.run import Stamp
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Candidate
from offing.model.review.story import PlacedTelling, StoredStory, Telling
from offing.propose.story import independent_sources
from offing.services.matching.match_rules import changing
from offing.services.stories.affected_tellings import load
from offing.services.stories.repeating import let_stand_alone
from offing.services.stories.settling import StoryDesk, settle
from offing.services.stories.undone_merges import let_go, without
from offing.store.candidates.candidate import candidates, get_candidate
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision, decisions_on, pair_decisions
from offing.store.stories.story import live_candidate, merged_candidates, recent_stories, stored_stories
from offing.store.stories.telling import tellings_of
from offing.store.stories.telling_bond import last_split_or_merge, made_together


@dataclass(frozen=True, slots=True)
class StoryOverview:
    """A story: its candidate, its tellings by source, and people's decisions on them.

    Each of `sources` is an independent source: none copied from another. `was` are candidates whose numbers lead here.
    """

    candidate: Candidate
    sources: tuple[tuple[Telling, ...], ...]
    decisions: tuple[PairDecision, ...] = ()
    was: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Who changes stories, when, why, and the rules for scoring them; a preview changes nothing."""

    by: str
    at: datetime
    scoring: ScoringRules
    reason: str = ""
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action does to the stories that it touches. `decision` is the number by which it can be undone."""

    before: tuple[StoryOverview, ...]
    after: tuple[StoryOverview, ...]
    decision: int


def list_stories(database: Database, limit: int, *, every: bool = False) -> tuple[Candidate, ...]:
    """Return the candidates of stories with more than one article, newest first; with `every`, of all stories."""
    with database.read() as conn:
        return candidates(conn, recent_stories(conn, limit, least=1 if every else 2))


def show_story(database: Database, candidate_id: int) -> StoryOverview:
    """Return the story of a candidate, or the story that it was merged into.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        return _story_overview(conn, live_candidate(conn, candidate_id))


def merge_stories(database: Database, ids: Sequence[int], change: StoryChange) -> Effect:
    """Join the stories of some candidates.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: fewer than two stories are named, or more than one of them is decided.
    """
    with changing(database) as conn:
        stories = _stories(conn, ids)
        decided = [stored.candidate_id for stored in stories if stored.decided]
        if len(stories) < 2:  # noqa: PLR2004 -- it takes two
            raise UsageError("these numbers lead to one story already: name at least two")
        if len(decided) > 1:
            shown = " and ".join(map(str, sorted(decided)))
            raise UsageError(f"candidates {shown} are both decided: take one decision back, or merge their records")
        members = [sorted(tellings_of(conn, (stored.id,))) for stored in stories]
        every = load(conn, (number for each in members for number in each))
        ordered = sorted(every, key=lambda number: every[number].telling.place)
        parted = _across(conn, members, Bond.DIFFERENT)
        pairs = dict.fromkeys((*pairwise(ordered), *parted))
        return _done(conn, every, [(*pair, Bond.SAME) for pair in pairs], change)


def split_story(database: Database, candidate_id: int, out: Collection[int], change: StoryChange) -> Effect:
    """Take tellings out of the story of a candidate; they make a story of their own.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: a telling is not in the story, or none would be left.
    """
    with changing(database) as conn:
        (stored,) = _stories(conn, (candidate_id,))
        inside = tellings_of(conn, (stored.id,), repeats=True)
        strange = sorted(set(out) - inside)
        if strange or not out:
            raise UsageError(
                f"{strange[0] if strange else 'no number'} is none of the tellings of this story: {_few(inside)}"
            )
        let_stand_alone(conn, out)
        inside = tellings_of(conn, (stored.id,))
        rest = inside - set(out)
        if not rest:
            raise UsageError("all tellings would go out: leave at least one in the story")
        bonds = [(*pair, Bond.DIFFERENT) for pair in product(sorted(out), sorted(rest))]
        kept = [(*pair, Bond.SAME) for part in (sorted(out), sorted(rest)) for pair in pairwise(part)]
        every = load(conn, inside)
        every.update({number: without(every[number], stored.id) for number in out})
        return _done(conn, every, [*bonds, *kept], change)


def undo_story(database: Database, decision_id: int | None, change: StoryChange) -> Effect:
    """Undo a set of decisions on tellings; without a number, the person's own last.

    Raises:
        UsageError: there is nothing to undo, or a later decision on a candidate prevents it.
    """
    with changing(database) as conn:
        number = decision_id or last_split_or_merge(conn, change.by)
        made = made_together(conn, number) if number else ()
        if not made:
            what = f"decision {decision_id} is none that joins or parts stories and still stands"
            raise UsageError(what if decision_id else f"{change.by} has no merge or split of stories to undo")
        undone = pair_decisions(conn, made)
        every = load(conn, {int(side.key) for each in undone for side in (each.one, each.other)})
        before, every = _around(conn, every), let_go(conn, every, undone)
        taken = [append_pair_decision(conn, _taken_back(each, change)).id for each in undone]
        return _settled(conn, every, before, taken[0], change)


def _taken_back(made: PairDecision, change: StoryChange) -> PairDecision:
    return PairDecision(0, made.one, made.other, made.bond, change.by, change.at, change.reason, undoes=made.id)


def _done(
    conn: sa.Connection,
    every: dict[int, PlacedTelling],
    bonds: Sequence[tuple[int, int, Bond]],
    change: StoryChange,
) -> Effect:
    before = _around(conn, every)
    made = []
    for one, other, bond in bonds:
        pair = Ref.telling(one), Ref.telling(other)
        made.append(append_pair_decision(conn, PairDecision(0, *pair, bond, change.by, change.at, change.reason)).id)
    return _settled(conn, every, before, made[0], change)


def _settled(
    conn: sa.Connection,
    every: dict[int, PlacedTelling],
    before: tuple[StoryOverview, ...],
    decision: int,
    change: StoryChange,
) -> Effect:
    """Settle the stories of some tellings, and return the effect; a preview is rolled back."""
    stamp = Stamp(change.at, f"stories {__version__} {change.scoring.version}".strip())
    settle(conn, every.values(), StoryDesk(change.scoring, stamp))
    effect = Effect(before, _around(conn, every), decision)
    if change.preview:
        conn.rollback()
    return effect


def _around(conn: sa.Connection, every: Iterable[int]) -> tuple[StoryOverview, ...]:
    """Return the current stories of some tellings."""
    stories = {placed.story_id for placed in load(conn, every).values() if placed.story_id is not None}
    found = sorted(stored.candidate_id for stored in stored_stories(conn, stories).values())
    return tuple(_story_overview(conn, candidate_id) for candidate_id in found)


def _stories(conn: sa.Connection, ids: Sequence[int]) -> tuple[StoredStory, ...]:
    """Return the distinct live stories of some candidates."""
    wanted: dict[int, None] = {}
    for candidate_id in ids:
        found = get_candidate(conn, live_candidate(conn, candidate_id))
        if found is None:
            raise UnknownItem(f"there is no candidate {candidate_id}: `offing stories list` shows all")
        wanted[found.story_id] = None
    stored = stored_stories(conn, wanted)
    return tuple(stored[number] for number in wanted)


def _story_overview(conn: sa.Connection, candidate_id: int) -> StoryOverview:
    found = get_candidate(conn, candidate_id)
    if found is None:
        raise UnknownItem(f"there is no candidate {candidate_id}: `offing stories list` shows all")
    every = load(conn, tellings_of(conn, (found.story_id,), repeats=True))
    story = sorted((placed.telling for placed in every.values()), key=lambda telling: telling.place)
    decisions = decisions_on(conn, map(Ref.telling, sorted(every)))
    return StoryOverview(found, independent_sources(story), decisions, merged_candidates(conn, candidate_id))


def _across(conn: sa.Connection, members: Sequence[Sequence[int]], bond: Bond) -> list[tuple[int, int]]:
    """Return the pairs across some stories on which people made this decision."""
    of = {number: place for place, each in enumerate(members) for number in each}
    decisions = decisions_on(conn, map(Ref.telling, of))
    pairs = ((int(each.one.key), int(each.other.key)) for each in decisions if each.bond is bond)
    return [(one, other) for one, other in pairs if one in of and other in of and of[one] != of[other]]


def _few(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
