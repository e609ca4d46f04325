"""Contradictions: events of a life line that are mutually exclusive. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from offing.model.projects.project import STATUS_RANK, EventKey, LifeEvent, grouped
from offing.model.projects.update import Contradiction
from offing.model.values.vocabulary import Status
from offing.promote.change import Altered
from offing.promote.lifeline import goes_back, in_line

_STATUS = "status"
_BUILT = STATUS_RANK[Status.UNDER_CONSTRUCTION]


@dataclass(frozen=True, slots=True)
class EventStatement:
    """An event's statement about a field, in words."""

    event: LifeEvent
    said: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two accounts of one field that exclude each other; `late` where the other cannot follow the one."""

    field: str
    one: EventStatement
    other: EventStatement
    late: bool = False

    @property
    def keys(self) -> frozenset[EventKey]:
        """The keys of both events."""
        return frozenset({self.one.event.key, self.other.event.key})


def clashes(leads: Iterable[LifeEvent], altered: Sequence[Altered], by_hand: Collection[int]) -> tuple[Clash, ...]:
    """Return all pairs of accounts that exclude each other, in the order of the line, including those set aside.

    Args:
        leads: the event of each candidate's own status.
        altered: the changes by candidates.
        by_hand: candidates whose status a person set: it overrides earlier ones.
    """
    pairs = combinations(in_line(leads), 2)
    found = [clash for one, other in pairs if (clash := _clash(one, other, by_hand))]
    for label in dict.fromkeys(each.label for one in altered for each in one.measures):
        written = [(one, [grouped(each.of.written) for each in one.measures if each.label == label]) for one in altered]
        accounts = [EventStatement(one.event, " and ".join(values)) for one, values in written if values]
        found += [Clash(label, *pair) for pair in combinations(accounts, 2)]
    return tuple(found)


def contradictions(found: Iterable[Clash]) -> tuple[Contradiction, ...]:
    """Return the contradictions among accounts that are not set aside.

    A status that comes too late is reported as such, against the most advanced one that it follows; other accounts are
    grouped where they contradict each other, directly or through others.
    """
    valid = [each for each in found if each.one.event.set_aside_by is None and each.other.event.set_aside_by is None]
    late, apart = ([each for each in valid if each.late is wanted] for wanted in (True, False))
    return (*_late(late), *_apart(apart))


def _late(found: Iterable[Clash]) -> Iterable[Contradiction]:
    """Yield the contradictions of statuses that come too late, one for all that follow the same status."""
    against: dict[EventKey, Clash] = {}
    for clash in found:
        key = clash.other.event.key
        against[key] = max(against.get(key, clash), clash, key=_furthest)
    groups: dict[EventStatement, list[EventStatement]] = defaultdict(list)
    for clash in against.values():
        groups[clash.one].append(clash.other)
    for one, late in groups.items():
        stand = "stands" if len(late) == 1 else "stand"
        sentence = f"{_STATUS}: {' and '.join(each.said for each in late)} {stand} after {one.said}"
        yield Contradiction(_STATUS, tuple(each.event.key for each in (one, *late)), sentence)


def _furthest(clash: Clash) -> tuple[int, tuple[date, int, int, str, int]]:
    event = clash.one.event
    assert event.status
    return STATUS_RANK[event.status], event.place


def _apart(found: Iterable[Clash]) -> Iterable[Contradiction]:
    groups: list[tuple[str, dict[EventKey, EventStatement]]] = []
    for clash in found:
        joined = {account.event.key: account for account in (clash.one, clash.other)}
        for group in [each for each in groups if each[0] == clash.field and each[1].keys() & joined.keys()]:
            groups.remove(group)
            joined = {**group[1], **joined}
        groups.append((clash.field, joined))
    for field, joined in groups:
        ordered = sorted(joined.values(), key=lambda account: account.event.place)
        keys = tuple(account.event.key for account in ordered)
        yield Contradiction(field, keys, f"{field}: {' or '.join(account.said for account in ordered)}")


def still_aside(event: LifeEvent, found: Iterable[Clash]) -> bool:
    """Return whether an event contradicts one that is not set aside."""
    others = (
        account.event
        for clash in found
        if event.key in clash.keys
        for account in (clash.one, clash.other)
        if account.event.key != event.key
    )
    return any(other.set_aside_by is None for other in others)


def rivals(event: LifeEvent, found: Iterable[Clash], line: Iterable[LifeEvent]) -> tuple[LifeEvent, ...]:
    """Return the events that a person sets aside by choosing one: those that contradict it."""
    against = {key for clash in found if event.key in clash.keys for key in clash.keys} - {event.key}
    return tuple(each for each in line if each.key in against)


def _clash(one: LifeEvent, other: LifeEvent, by_hand: Collection[int]) -> Clash | None:
    """Return the clash of two statuses that cannot follow each other on their possible days; None where they can."""
    first, second = one.span, other.span
    if one.status is other.status or first is None or second is None:
        return None
    assert one.status
    assert other.status
    clash = Clash(_STATUS, _state(one), _state(other))
    if first[1] < second[0]:
        built = STATUS_RANK[one.status] >= _BUILT  # before construction, an approval may follow a signature
        late = built and other.candidate_id not in by_hand and goes_back(one.status, other.status)
        return replace(clash, late=True) if late else None
    (_, low), (rank, high) = sorted(((STATUS_RANK[one.status], first), (STATUS_RANK[other.status], second)))
    return None if low[0] < high[1] or rank <= _BUILT else clash  # agreed, signed and begun on one day is possible


def _state(event: LifeEvent) -> EventStatement:
    return EventStatement(event, f"{event.status} ({event.event_date or event.day})")
