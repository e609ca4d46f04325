"""The parts of a record that an adopted release gives it: they come before all candidates of this site. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from offing.model.projects.adopted import Adopted
from offing.model.projects.curation import CURATED
from offing.model.projects.project import EventKey, HandValue, LifeEvent
from offing.model.projects.record_change import RecordChange
from offing.model.review.candidate import Candidate, CandidateKind, CandidateState
from offing.model.values.vocabulary import EventKind
from offing.promote.accepted_candidates import Accepted
from offing.promote.correction import with_dates


def inherited_parts(adopted: Sequence[Adopted]) -> tuple[Accepted, ...]:
    """Return a part for each adopted project, numbered -1, -2 and so on: none is a candidate of this site."""
    return tuple(_part(-number, each) for number, each in enumerate(adopted, 1))


def is_inherited(part: Accepted) -> bool:
    """Return whether a part comes from an adopted release."""
    return part.candidate.id < 0


def inherited_leads(adopted: Sequence[Adopted], dates: Mapping[EventKey, str]) -> tuple[LifeEvent, ...]:
    """Return the events that gave adopted projects their status, each as the lead of its part; with corrected dates."""
    return tuple(
        _lead(-number, each, with_dates(each.life_line, dates))
        for number, each in enumerate(adopted, 1)
        if each.facts.status
    )


def inherited_curation(adopted: Sequence[Adopted], changes: Iterable[RecordChange]) -> tuple[HandValue, ...]:
    """Return what people of the other site said of a record's place among others, unless a correction set it again."""
    mine = CURATED - {each.field for each in changes}
    return tuple(hand for each in adopted for hand in each.by_hand if hand.field in mine)


def _part(number: int, adopted: Adopted) -> Accepted:
    candidate = Candidate(
        id=number,
        kind=CandidateKind.NEW,
        state=CandidateState.ACCEPTED,
        facts=adopted.facts,
        evidence=(),
        reasons=(),
        score=0.0,
        story_id=0,
        articles=(),
        created_at=adopted.published_at,
    )
    hands = tuple(hand for hand in adopted.by_hand if hand.field not in CURATED)
    return Accepted(candidate, adopted.facts, frozenset(hand.field for hand in hands), hands)


def _lead(number: int, adopted: Adopted, line: Sequence[LifeEvent]) -> LifeEvent:
    """Return the latest event of an adopted project's status."""
    own = [event for event in line if event.status is adopted.facts.status]
    stated = LifeEvent(EventKind.STATUS, adopted.facts.status, None, number, "")  # where the release has no event of it
    return replace(max(own, key=lambda event: event.place, default=stated), candidate_id=number)
