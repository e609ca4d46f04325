"""From an accepted candidate to a new project record, or to more of one that is there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from offing.model.candidate import Candidate
from offing.model.project import ProjectFacts, ProjectRecord, StatusEvent
from offing.model.vocabulary import Status
from offing.promote.lifeline import events_of, newest
from offing.promote.merge import merged


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted candidate, or one judged a duplicate. `facts` carry people's corrections, `by_hand` names them."""

    candidate: Candidate
    facts: ProjectFacts
    by_hand: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record of the same project. `by_hand` names the fields that people set on its candidates."""

    record: ProjectRecord
    by_hand: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be made; the store gives its number."""

    facts: ProjectFacts
    life_line: tuple[StatusEvent, ...]
    candidate_id: int


@dataclass(frozen=True, slots=True)
class Fold:
    """A record as it becomes. `record.version` is still the one that was read."""

    record: ProjectRecord
    candidate_id: int


def promote(accepted: Accepted, known: KnownRecord | None, now: datetime) -> NewRecord | Fold:
    """What becomes of an accepted candidate.

    Args:
        accepted: the candidate with its effective facts.
        known: the record of the same project, where there is one; never a merged or withdrawn one.
        now: aware UTC.
    """
    candidate = accepted.candidate
    events = events_of(candidate, accepted.facts, by_hand="status" in accepted.by_hand)
    if known is None:
        return NewRecord(_titled(accepted.facts, candidate), events, candidate.id)
    facts = merged(
        known.record.facts, accepted.facts, known_by_hand=known.by_hand, new_by_hand=accepted.by_hand - {"status"}
    )
    record = replace(
        known.record,
        facts=replace(facts, status=_status(accepted, known, events)),
        life_line=(*known.record.life_line, *events),
        candidate_ids=tuple(sorted({*known.record.candidate_ids, candidate.id})),
        changed_at=now,
    )
    return Fold(record, candidate.id)


def _titled(facts: ProjectFacts, candidate: Candidate) -> ProjectFacts:
    """A record is never without a title: the story's first headline stands in."""
    return facts if facts.title or not candidate.articles else replace(facts, title=candidate.articles[0].title)


def _status(accepted: Accepted, known: KnownRecord, events: tuple[StatusEvent, ...]) -> Status | None:
    """The record's status, unless the candidate's is newer.

    By the days of the articles; where they do not tell, a person's value goes before a machine's, and what
    is further along before what is not.
    """
    ours = known.record.facts.status
    theirs = newest(event for event in events if event.status is accepted.facts.status)
    if theirs is None or ours is None:
        return theirs.status if theirs else ours
    held = newest(event for event in known.record.life_line if event.status is ours)
    held_day, ours_by_hand = held.day if held else None, "status" in known.by_hand
    if held_day and theirs.day and held_day != theirs.day:
        return theirs.status if theirs.day > held_day else ours
    order = list(Status)
    rank_ours = (ours_by_hand, order.index(ours))
    rank_theirs = ("status" in accepted.by_hand, order.index(theirs.status))
    return theirs.status if rank_theirs > rank_ours else ours
