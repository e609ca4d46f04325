"""The record of a project, composed from all of its accepted candidates. Pure.

It is recomposed from all of them at every change, so the order of acceptance does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.projects.project import EventKey, LifeEvent, ProjectFacts
from offing.model.projects.update import Contradiction
from offing.promote.accepted_candidates import Accepted, in_order
from offing.promote.change import Altered, alterations
from offing.promote.contradictions import Clash, clashes, contradictions, still_aside
from offing.promote.lifeline import current_status, events_of, in_line, lead_of, repeated_statuses
from offing.promote.measures import Dollars
from offing.promote.merge import merged_facts

Parts = tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed project: its facts, its life line, and its contradictions.

    `clashes` are all pairs of accounts that exclude each other, including those that a person set aside.
    """

    facts: ProjectFacts
    life_line: tuple[LifeEvent, ...]
    contradictions: tuple[Contradiction, ...] = ()
    clashes: tuple[Clash, ...] = ()


def compose(candidates: Iterable[Accepted], stored: Iterable[LifeEvent], dollars: Dollars) -> Composed:
    """Compose a record from some candidates, independent of their order.

    Args:
        candidates: all that are part of it.
        stored: the current life line, for what people set aside in it.
        dollars: the rates.
    """
    parts = in_order(candidates)
    events = [event for part in parts for event in events_of(part)]
    altered, leads = alterations(parts, dollars), tuple(event for part in parts if (event := lead_of(part)))
    seen = _still(stored, leads, altered, by_hand := _by_hand(parts))
    kept = tuple(replace(each, event=_as_stored(each.event, seen)) for each in altered)
    stored_leads = tuple(_as_stored(event, seen) for event in leads)
    said_before = repeated_statuses((event for event in stored_leads if event.set_aside_by is None), parts)
    standing = tuple(event for event in stored_leads if event.key not in said_before)
    own = (_as_stored(event, seen) for event in events if event.key not in said_before)
    line = in_line((*own, *(each.event for each in kept)))
    found = clashes(standing, kept, by_hand)
    return Composed(_facts(parts, standing, kept, dollars), line, contradictions(found), found)


def _by_hand(parts: Parts) -> frozenset[int]:
    return frozenset(part.candidate.id for part in parts if "status" in part.by_hand)


def _still(
    stored: Iterable[LifeEvent], leads: Iterable[LifeEvent], altered: Sequence[Altered], by_hand: Collection[int]
) -> dict[EventKey, LifeEvent]:
    """Return the stored events by key; those set aside for an account that is gone are restored."""
    seen = {event.key: event for event in stored}
    kept = [replace(each, event=_as_stored(each.event, seen)) for each in altered]
    found = clashes([_as_stored(event, seen) for event in leads], kept, by_hand)
    return {
        key: each if still_aside(each, found) else replace(each, set_aside_by=None, set_aside_at=None)
        for key, each in seen.items()
    }


def _as_stored(event: LifeEvent, seen: Mapping[EventKey, LifeEvent]) -> LifeEvent:
    """Return the event with its stored number, and whether a person set it aside."""
    known = seen.get(event.key)
    if known is None:
        return event
    return replace(event, id=known.id, set_aside_by=known.set_aside_by, set_aside_at=known.set_aside_at)


def _facts(parts: Parts, leads: tuple[LifeEvent, ...], altered: tuple[Altered, ...], dollars: Dollars) -> ProjectFacts:
    aside = [measure for each in altered if each.event.set_aside_by for measure in each.measures]
    held = current_status((event for event in leads if event.set_aside_by is None), parts)
    dates = {part.candidate.id: part.facts.event_date for part in parts}
    facts = replace(
        merged_facts(parts, aside, dollars),
        status=held.status if held else None,
        event_date=dates[held.candidate_id] if held else None,
    )
    return facts if facts.title else replace(facts, title=_headline(parts))


def _headline(parts: Parts) -> str:
    """Return a record always has a title: the first headline is the fallback."""
    return next((part.first.title for part in parts if part.first), "")
