"""Contradictions: events of a life line that cannot all hold. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from offing.model.project import STATUS_RANK, EventKey, LifeEvent
from offing.model.update import Contradiction
from offing.model.vocabulary import Status
from offing.promote.change import Altered
from offing.promote.lifeline import goes_back, in_line

Pair = tuple[LifeEvent, LifeEvent]
_BUILT = STATUS_RANK[Status.UNDER_CONSTRUCTION]


def contradictions(
    leads: Iterable[LifeEvent], altered: Iterable[Altered], by_hand: Collection[int]
) -> tuple[Contradiction, ...]:
    """What stands side by side, in the order of the line.

    Args:
        leads: the event of each candidate's own status; what is set aside plays no part.
        altered: the changes of candidates; likewise.
        by_hand: candidates whose status a person set: that word stands against earlier ones.
    """
    told = [each for each in in_line(leads) if each.set_aside_by is None]
    pairs = [pair for pair in combinations(told, 2) if _clash(*pair, by_hand)]
    found = [Contradiction("status", tuple(e.key for e in group), _said(group)) for group in _groups(pairs)]
    return (*found, *_measured([each for each in altered if each.event.set_aside_by is None]))


def _clash(one: LifeEvent, other: LifeEvent, by_hand: Collection[int]) -> bool:
    """Whether two statuses of different candidates cannot follow each other on the days that they may mean."""
    if one.candidate_id == other.candidate_id or one.status is other.status or not (one.span and other.span):
        return False
    assert one.status
    assert other.status
    if one.span[1] < other.span[0]:
        return other.candidate_id not in by_hand and goes_back(one.status, other.status)
    low, high = sorted((one, other), key=lambda event: STATUS_RANK[event.status] if event.status else 0)
    assert low.span
    assert high.span
    room = low.span[0] < high.span[1]
    return not room and not _one_step(STATUS_RANK[one.status], STATUS_RANK[other.status])


def _one_step(one: int, other: int) -> bool:
    """Agreed, signed and begun on one day is no contradiction."""
    return max(one, other) <= _BUILT


def _groups(pairs: Sequence[Pair]) -> list[tuple[LifeEvent, ...]]:
    """Events that contradict each other, directly or through others."""
    groups: list[dict[EventKey, LifeEvent]] = []
    for pair in pairs:
        joined = {event.key: event for event in pair}
        for group in [each for each in groups if each.keys() & joined.keys()]:
            groups.remove(group)
            joined = {**group, **joined}
        groups.append(joined)
    return [in_line(group.values()) for group in groups]


def _said(group: tuple[LifeEvent, ...]) -> str:
    return "status: " + " or ".join(f"{event.status} ({event.told or event.day})" for event in group)


def _measured(altered: Sequence[Altered]) -> Iterable[Contradiction]:
    labels = dict.fromkeys(each.label for one in altered for each in one.measures)
    for label in labels:
        telling = [one for one in altered if any(each.label == label for each in one.measures)]
        if len(telling) > 1:
            values = [each.of.written for one in telling for each in one.measures if each.label == label]
            events = in_line(one.event for one in telling)
            yield Contradiction(label, tuple(event.key for event in events), f"{label}: {' or '.join(values)}")


def rivals(event: LifeEvent, found: Iterable[Contradiction], line: Iterable[LifeEvent]) -> tuple[LifeEvent, ...]:
    """The events that a person sets aside by choosing one: all others that stand side by side with it."""
    against = {key for each in found if event.key in each.events for key in each.events} - {event.key}
    return tuple(each for each in line if each.key in against)
