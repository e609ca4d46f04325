"""The record of a project, composed from all of its accepted candidates. Pure.

It is recomposed from all of them at every change, so the order of acceptance does not matter. What an adopted release
said of it comes before them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.projects.adopted import Adopted
from offing.model.projects.project import EventDate, EventKey, HandValue, LifeEvent, ProjectFacts
from offing.model.projects.record_change import RecordChange, value_of
from offing.model.projects.update import Contradiction
from offing.promote.accepted_candidates import Accepted, in_order
from offing.promote.by_hand import kept_by_hand
from offing.promote.change import Altered, alterations
from offing.promote.contradictions import Clash, clashes, contradictions, still_aside
from offing.promote.correction import (
    corrected,
    corrected_dates,
    date_of,
    is_later,
    stated_events,
    stated_status,
    values_put_in,
    with_dates,
)
from offing.promote.inherited import inherited_curation, inherited_leads, inherited_parts, is_inherited
from offing.promote.lifeline import current_status, events_of, in_line, lead_of, repeated_statuses
from offing.promote.measures import Dollars
from offing.promote.merge import merged_facts

Parts = tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed project: its facts, its life line, and its contradictions.

    `clashes` are all pairs of accounts that exclude each other, including those that a person set aside; `by_hand` are
    the values that people set, in candidates or in the record itself.
    """

    facts: ProjectFacts
    life_line: tuple[LifeEvent, ...]
    contradictions: tuple[Contradiction, ...] = ()
    clashes: tuple[Clash, ...] = ()
    by_hand: tuple[HandValue, ...] = ()


def compose(
    candidates: Iterable[Accepted],
    stored: Iterable[LifeEvent],
    dollars: Dollars,
    changes: Sequence[RecordChange] = (),
    adopted: Sequence[Adopted] = (),
) -> Composed:
    """Compose a record from some candidates, independent of their order, and from corrections.

    Args:
        candidates: all that are part of it.
        stored: the current life line, for what people set aside in it.
        dollars: the rates.
        changes: the corrections of the record that are in force, in the order in which they were made.
        adopted: what an adopted release said of it, and of those merged into it; no later account excludes that.
    """
    news = in_order(candidates)
    parts, inherited = (*inherited_parts(adopted), *news), [event for each in adopted for event in each.life_line]
    by_hand = frozenset(part.candidate.id for part in parts if "status" in part.by_hand)
    events = [event for part in news for event in events_of(part)]
    altered = tuple(each for each in alterations(parts, dollars) if each.event.candidate_id > 0)
    leads = tuple(event for part in news if (event := lead_of(part)))
    known = _restored(stored, leads, altered, by_hand)
    altered = tuple(replace(each, event=_as_stored(each.event, known)) for each in altered)
    stated, leads = stated_events(changes), tuple(_as_stored(event, known) for event in leads)
    dates = corrected_dates(in_line((*leads, *stated, *(event for event in inherited if event.status))), changes)
    leads, first = with_dates(leads, dates), inherited_leads(adopted, dates)
    repeats = repeated_statuses(_in_force((*first, *leads)), parts)
    leads = tuple(event for event in leads if event.key not in repeats)
    own = (_as_stored(event, known) for event in events if event.key not in repeats)
    line = in_line((*with_dates((*own, *stated, *inherited), dates), *(each.event for each in altered)))
    found = clashes(leads, altered, by_hand)
    facts = corrected(_facts(parts, (*first, *leads), altered, dollars), changes)
    facts = _with_status(facts, (*first, *leads), parts, changes)
    statuses = {str(event.status) for event in line if event.status and event.is_reported}
    set_before = (*inherited_curation(adopted, changes), *kept_by_hand(parts, facts, statuses))
    set_by_people = (*set_before, *values_put_in(changes, facts))  # the record's own last
    hands = {(each.field, str(each.value)): each for each in set_by_people}
    return Composed(facts, line, _open(contradictions(found), leads, changes), found, tuple(hands.values()))


def _restored(
    stored: Iterable[LifeEvent], leads: Iterable[LifeEvent], altered: Sequence[Altered], by_hand: Collection[int]
) -> dict[EventKey, LifeEvent]:
    """Return the stored events by key; those set aside for an account that is gone are restored."""
    known = {event.key: event for event in stored}
    changes = [replace(each, event=_as_stored(each.event, known)) for each in altered]
    found = clashes([_as_stored(event, known) for event in leads], changes, by_hand)
    return {
        key: each if still_aside(each, found) else replace(each, set_aside_by=None, set_aside_at=None)
        for key, each in known.items()
    }


def _as_stored(event: LifeEvent, stored: Mapping[EventKey, LifeEvent]) -> LifeEvent:
    """Return the event with its stored number, and whether a person set it aside."""
    known = stored.get(event.key)
    if known is None:
        return event
    return replace(event, id=known.id, set_aside_by=known.set_aside_by, set_aside_at=known.set_aside_at)


def _facts(parts: Parts, leads: tuple[LifeEvent, ...], altered: tuple[Altered, ...], dollars: Dollars) -> ProjectFacts:
    aside = [measure for each in altered if each.event.set_aside_by for measure in each.measures]
    held = current_status(_in_force(leads), parts)
    alone = parts[0].facts if len(parts) == 1 and is_inherited(parts[0]) else None  # as it was published
    facts = replace(alone or merged_facts(parts, aside, dollars), status=held.status if held else None)
    facts = replace(facts, event_date=_date_of(held, parts))
    headline = next((part.first.title for part in parts if part.first), "")  # a record always has a title
    return facts if facts.title else replace(facts, title=headline)


def _with_status(
    facts: ProjectFacts, leads: Iterable[LifeEvent], parts: Parts, changes: Sequence[RecordChange]
) -> ProjectFacts:
    """Return the facts with the status that a person put into the record, unless later news went on from it."""
    stated = stated_status(changes)
    if stated is None:
        return facts
    start = next((each for each in stated_events(changes) if each.status == stated.after), None)
    held = current_status((each for each in _in_force(leads) if is_later(each, stated)), parts, start)
    if held is not None and held is not start:
        return corrected(replace(facts, status=held.status, event_date=_date_of(held, parts)), _dates(changes, stated))
    facts = replace(facts, status=value_of("status", stated.after), event_date=date_of(stated))
    return corrected(facts, _dates(changes, stated))


def _dates(changes: Iterable[RecordChange], stated: RecordChange) -> Iterable[RecordChange]:
    """Return the corrections of the date that came after that of the status."""
    return (each for each in changes if each.field == "event_date" and each.id > stated.id)


def _date_of(held: LifeEvent | None, parts: Parts) -> EventDate | None:
    dates = {part.candidate.id: part.facts.event_date for part in parts}
    return dates.get(held.candidate_id) if held else None


def _in_force(leads: Iterable[LifeEvent]) -> Iterable[LifeEvent]:
    return (event for event in leads if event.set_aside_by is None)


def _open(
    found: tuple[Contradiction, ...],
    leads: Iterable[LifeEvent],
    changes: Sequence[RecordChange],
) -> tuple[Contradiction, ...]:
    """Return the contradictions that stay open: who stated the status has settled all accounts up to that day."""
    stated = stated_status(changes)
    if stated is None:
        return found
    later = {each.key for each in leads if is_later(each, stated)}
    return tuple(each for each in found if each.field != "status" or later.intersection(each.events))
