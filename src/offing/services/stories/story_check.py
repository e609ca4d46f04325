"""Checks candidates against their articles: each story is worked out again and compared with what is stored."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.model.projects.project import ProjectFacts
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import CandidateState
from offing.model.review.story import PlacedTelling
from offing.model.values.codec import from_plain
from offing.propose.story import merge_tellings
from offing.services.stories.affected_tellings import TellingRegion, load
from offing.store.stories.repeat import repeats_of
from offing.store.stories.story_check import stored_candidates, stories_to_check, story_faults
from offing.store.stories.telling import tellings_of

BATCH = 200
_UNDECIDED = (CandidateState.OPEN, CandidateState.DEFERRED)


def check_stories(conn: sa.Connection, scoring: ScoringRules) -> Iterator[str]:
    """Yield a sentence for each fault of a story; none if all is well.

    The facts of a decided candidate are what was decided on, so only its sources are compared.
    """
    yield from story_faults(conn)
    after = 0
    while some := stories_to_check(conn, after, BATCH):
        yield from _compared(conn, some, scoring)
        after = some[-1]


def _compared(conn: sa.Connection, story_ids: tuple[int, ...], scoring: ScoringRules) -> Iterator[str]:
    members: dict[int, list[PlacedTelling]] = {}
    for placed in load(conn, tellings_of(conn, story_ids)).values():
        members.setdefault(placed.story_id or 0, []).append(placed)
    repeats = repeats_of(conn, (placed.telling.id for each in members.values() for placed in each))
    region = TellingRegion(repeats=repeats)
    for story_id, row in stored_candidates(conn, story_ids).items():
        if story_id not in members:
            yield f"story {story_id} has no telling of its own, only repeats of others"
            continue
        merged = merge_tellings(region.merged_tellings(members[story_id]), scoring)
        if row["state"] in _UNDECIDED and from_plain(row["facts"], ProjectFacts) != merged.facts:
            yield f"candidate {row['id']} does not say what its articles say together"
        if (row["outlets"], row["independent"]) != (merged.outlets, merged.independent):
            yield f"candidate {row['id']} counts other sources than tell its story"
