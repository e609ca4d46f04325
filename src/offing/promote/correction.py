"""Corrections that people made to a record itself, laid over what its candidates make. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

from offing.model.projects.curation import CURATED
from offing.model.projects.project import EventDate, EventKey, HandValue, LifeEvent, ProjectFacts, span_of
from offing.model.projects.record_change import LIST_FIELDS, Operation, RecordChange, value_of
from offing.model.values.vocabulary import EventKind, Status
from offing.promote.by_hand import plain_values
from offing.promote.list_edits import put, without

_STATUS, _DATE = "status", "event_date"
NO_CANDIDATE = 0


def corrected(facts: ProjectFacts, changes: Iterable[RecordChange]) -> ProjectFacts:
    """Return the facts with corrections, in the order in which they were made; statuses are left to `stated_status`.

    A value that a person took out stays out, whatever later news says; one that a person put in stays in, also where
    the value that it replaced is gone.
    """
    for each in changes:
        if each.field != _STATUS and each.field not in CURATED:
            facts = replace(facts, **{each.field: _after(getattr(facts, each.field), each)})
    return facts


def stated_status(changes: Iterable[RecordChange]) -> RecordChange | None:
    """Return the last correction of the status, also one that empties it."""
    return next((each for each in reversed(tuple(changes)) if each.field == _STATUS), None)


def stated_events(changes: Iterable[RecordChange]) -> tuple[LifeEvent, ...]:
    """Return the statuses that people put into a record, as events of its life line; the newest of each status."""
    found = {each.after: _event(each) for each in changes if each.field == _STATUS and each.after}
    return tuple(found.values())


def corrected_dates(line: Iterable[LifeEvent], changes: Iterable[RecordChange]) -> dict[EventKey, str]:
    """Return the dates that people corrected, by event: of the statuses with the date that was wrong, the latest one's.

    Args:
        line: the statuses of a record, by day, with those that people put into it.
        changes: its corrections, in the order in which they were made.
    """
    stated = {event.key: event.event_date for event in line if event.set_aside_by is None}
    found: dict[EventKey, str] = {}
    for each in (change for change in changes if change.field == _DATE and change.after):
        was = each.before["value"] if each.before else ""
        key = next((key for key in reversed(stated) if stated[key] == was), None)
        if key is not None:
            stated[key] = found[key] = each.after["value"]
    return found


def with_dates(events: Iterable[LifeEvent], dates: Mapping[EventKey, str]) -> tuple[LifeEvent, ...]:
    """Return the events, each with its corrected date where it has one."""
    return tuple(
        replace(each, event_date=dates[each.key], day=span_of(dates[each.key])[0]) if each.key in dates else each
        for each in events
    )


def is_later(event: LifeEvent, stated: RecordChange) -> bool:
    """Return whether an event came about after the day on which a person corrected the status."""
    return event.day is not None and event.day > stated.at.astimezone(UTC).date()


def date_of(stated: RecordChange) -> EventDate | None:
    """Return the date of a corrected status, where the person named one."""
    return EventDate(stated.on, "") if stated.on else None


def values_put_in(changes: Iterable[RecordChange], facts: ProjectFacts) -> tuple[HandValue, ...]:
    """Return the values of a record that come from corrections; the newest correction to each value."""
    found: dict[tuple[str, str], HandValue] = {}
    for each in changes:
        if each.field in CURATED:
            found.pop((each.field, ""), None)
        if each.after is not None and _stands(each, facts):
            key = "" if each.field in CURATED else str(each.after)
            found[each.field, key] = HandValue(each.field, each.after, each.by, each.at, each.reason, each.source)
    return tuple(found.values())


def _stands(change: RecordChange, facts: ProjectFacts) -> bool:
    """Return whether a value that a correction put in is one of the record's."""
    if change.field == _STATUS or change.field in CURATED:
        return True
    return change.after in plain_values(change.field, facts)


def _after(values: Any, change: RecordChange) -> Any:
    """Return the value, or the values of a list, after a correction; a replacement takes the place of the old value."""
    name = change.field
    old, new = (value_of(name, plain) for plain in (change.before, change.after))
    if name not in LIST_FIELDS:
        return new
    if change.operation is Operation.REMOVE:
        return without(name, values, (old,))
    if change.operation is not Operation.REPLACE:
        return put(name, values, new)
    place = next((at for at, each in enumerate(values) if not without(name, (each,), (old,))), len(values))
    rest = without(name, values, (old, new))
    at = len(without(name, values[:place], (old, new)))
    return (*rest[:at], new, *rest[at:])


def _event(change: RecordChange) -> LifeEvent:
    day = span_of(change.on)[0] if change.on else None
    url = change.source if change.source.startswith(("http://", "https://")) else ""
    return LifeEvent(EventKind.STATUS, Status(change.after), day, NO_CANDIDATE, url, event_date=change.on)
