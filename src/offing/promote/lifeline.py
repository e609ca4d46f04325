"""The life line: dated events, each with its quote, and the current status that follows from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date
from math import inf

from offing.model.projects.project import STATUS_RANK, EventDate, EventKey, LifeEvent
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import EventKind, Status
from offing.promote.accepted_candidates import Accepted, day_of

Held = LifeEvent | None  # the event of a project's current status
_REPORTED = frozenset(EventKind) - {EventKind.STATUS, EventKind.CHANGE}
_NEWS = _REPORTED - {
    EventKind.EXPANSION,
    EventKind.HANDOVER,
}  # of an existing project; the two others may bring a status


def events_of(part: Accepted) -> tuple[LifeEvent, ...]:
    """Return the events that a candidate contributes, one for each status and each kind, except for its changes.

    The candidate's date belongs to its status, or to its event where it has no status. A status that a person set
    replaces all those that the machine read.

    Returns:
        Each event with the earliest article that reports it; where no quote proves it, with the story's first article
        and no quote.
    """
    status = part.facts.status
    statuses = {proof.value for proof in _proofs(part, FieldName.STATUS) if "status" not in part.by_hand}
    kinds = [each.kind for each in part.facts.events if each.kind in _REPORTED]
    return (
        *(_event(part, EventKind.STATUS, each) for each in Status if each in statuses or each is status),
        *(_event(part, kind, None) for kind in dict.fromkeys(kinds)),
    )


def lead_of(part: Accepted) -> LifeEvent | None:
    """Return the event of the candidate's own status; None where it has none."""
    return _event(part, EventKind.STATUS, part.facts.status) if part.facts.status else None


def in_line(events: Iterable[LifeEvent]) -> tuple[LifeEvent, ...]:
    """Return the events by day, undated ones first: nothing shows that they are later than another."""
    return tuple(sorted(events, key=lambda event: event.place))


def current_status(leads: Iterable[LifeEvent], parts: Iterable[Accepted], start: Held = None) -> LifeEvent | None:
    """Return the event of a project's current status: the latest by its own day that is no step back.

    On one day a person's status precedes a machine's, and a more advanced one a less advanced one. A step back that no
    person set waits until a person chooses it.

    Args:
        leads: the events of the candidates' own statuses.
        parts: the candidates.
        start: the status from which the course begins, where a person stated one.
    """
    held = start
    for event, part, before in _course(leads, parts, start):
        held = _next(event, part, before)
    return held


def repeated_statuses(leads: Iterable[LifeEvent], parts: Iterable[Accepted]) -> frozenset[EventKey]:
    """Return the statuses that only repeat how the project stood, mentioned beside another event.

    An outage of what was completed long ago is news of the outage: the status is no event of its own.
    """
    return frozenset(
        event.key
        for event, part, before in _course(leads, parts)
        if before
        and before.status is event.status
        and "status" not in part.by_hand
        and any(each.kind in _NEWS for each in part.facts.events)
    )


def _course(
    leads: Iterable[LifeEvent], parts: Iterable[Accepted], held: Held = None
) -> Iterator[tuple[LifeEvent, Accepted, Held]]:
    """Yield the statuses in chronological order, each with its candidate and the status held before it."""
    by_id = {part.candidate.id: part for part in parts}
    for event in sorted(leads, key=lambda each: _moment(each, by_id[each.candidate_id])):
        part = by_id[event.candidate_id]
        yield event, part, held
        held = _next(event, part, held)


def _next(event: LifeEvent, part: Accepted, held: Held) -> LifeEvent:
    """Return the status held after an event: its own, or the earlier one where that would be a step back."""
    by_hand = "status" in part.by_hand
    return event if held is None or by_hand or not goes_back(held.status, event.status) else held


def goes_back(earlier: Status | None, later: Status | None) -> bool:
    """Return whether a status cannot follow another: construction after completed, anything after cancelled."""
    if earlier is None or later is None or earlier is Status.SUSPENDED:
        return False
    return STATUS_RANK[later] < STATUS_RANK[earlier]


def _moment(event: LifeEvent, part: Accepted) -> tuple[date, bool, int, str]:
    """Return the sort key of a status; one that a person set without a day is dated by the candidate's creation."""
    by_hand = "status" in part.by_hand
    created = part.candidate.created_at.astimezone(UTC).date() if by_hand else date.min
    assert event.status
    return event.day or created, by_hand, STATUS_RANK[event.status], event.url


def _event(part: Accepted, kind: EventKind, status: Status | None) -> LifeEvent:
    """Return an event with the earliest article that has a quote for it, else with the story's first article."""
    field = FieldName.STATUS if kind is EventKind.STATUS else FieldName.EVENTS
    articles = {article.article_id: article for article in part.candidate.articles}
    proofs = (proof for proof in _proofs(part, field) if proof.value == (status or kind))
    reports = ((articles[proof.article_id], proof) for proof in proofs)
    earliest = min(reports, key=lambda each: (day_of(each[0]) or date.max, each[1].start), default=None)
    article, proof = earliest or (part.first, None)
    dated = _date_of(part, kind, status)
    day = dated.span[0] if dated else day_of(article) if article else None
    proved = proof is not None or kind is not EventKind.STATUS or "status" not in part.by_hand
    url = article.url if article and proved else ""  # no article says what a person set
    return LifeEvent(
        kind, status, day, part.candidate.id, url, proof.text if proof else "", event_date=dated.value if dated else ""
    )


def _date_of(part: Accepted, kind: EventKind, status: Status | None) -> EventDate | None:
    """Return the date of an event: its own, else the candidate's date where that refers to this event."""
    own = next((each.when for each in part.facts.events if each.kind is kind and each.when), None)
    if kind is not EventKind.STATUS:
        return own or (part.facts.event_date if _dated(part) is FieldName.EVENTS else None)
    its = status is part.facts.status and _dated(part) is FieldName.STATUS
    return part.facts.event_date if its else None


def _dated(part: Accepted) -> FieldName:
    """Return whether the candidate's date refers to its status or to its event: the nearer quote decides."""
    if part.facts.status is None or not part.facts.events:
        return FieldName.EVENTS if part.facts.status is None else FieldName.STATUS
    dates = _proofs(part, FieldName.EVENT_DATE)
    near = {field: _distance(dates, _proofs(part, field)) for field in (FieldName.STATUS, FieldName.EVENTS)}
    return FieldName.EVENTS if near[FieldName.EVENTS] < near[FieldName.STATUS] else FieldName.STATUS


def _distance(dates: Iterable[Evidence], proofs: Iterable[Evidence]) -> float:
    """Return the characters between the quotes of a date and those of what it may date, within one article."""
    pairs = [(one, other) for one in dates for other in proofs if one.article_id == other.article_id]
    return min((max(one.start - other.end, other.start - one.end, 0) for one, other in pairs), default=inf)


def _proofs(part: Accepted, field: FieldName) -> list[Evidence]:
    known = {article.article_id for article in part.candidate.articles}
    return [proof for proof in part.candidate.evidence if proof.field is field and proof.article_id in known]
