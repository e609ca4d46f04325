"""Values that people set in candidates: distinguished from the machine's, and without its words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from offing.model.projects.project import HandValue, ProjectFacts
from offing.model.projects.record_change import LIST_FIELDS, plain_value
from offing.promote.accepted_candidates import Accepted

_WORDS = "as_written"


def as_set(facts: ProjectFacts, machine: ProjectFacts, edited: Collection[str]) -> ProjectFacts:
    """Return the facts of a candidate, where a value that a person set carries none of the machine's words.

    Args:
        facts: with people's values.
        machine: as the machine read them.
        edited: the fields that people set; a value that the machine read too keeps its words.
    """
    values: dict[str, Any] = {}
    for name in edited:
        value, read = getattr(facts, name), getattr(machine, name)
        if name in LIST_FIELDS:
            by_value = {unquoted(each): each for each in reversed(read)}
            values[name] = tuple(by_value.get(unquoted(each), unquoted(each)) for each in value)
        else:
            values[name] = read if unquoted(value) == unquoted(read) else unquoted(value)
    return replace(facts, **values)


def set_values(name: str, facts: ProjectFacts, machine: ProjectFacts) -> tuple[Any, ...]:
    """Return the values of a field that the machine did not read: those that a person set."""
    known = [unquoted(each) for each in _values(name, machine)]
    return tuple(each for each in _values(name, facts) if unquoted(each) not in known)


def unquoted(value: Any) -> Any:
    """Return a value without the words of an article."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(value, as_written="") if _WORDS in {each.name for each in fields(value)} else value


def kept_by_hand(parts: Iterable[Accepted], facts: ProjectFacts, statuses: Collection[str]) -> tuple[HandValue, ...]:
    """Return the values that people set in candidates and that a record still has, the newest of each value.

    Args:
        parts: the candidates, in the order of their news.
        facts: those of the record.
        statuses: those of its life line.
    """
    found: dict[tuple[str, str], HandValue] = {}
    for each in (hand for part in parts for hand in part.hands):
        if each.field == "status":
            is_current = str(each.value) in statuses
        else:
            is_current = each.value in plain_values(each.field, facts)
        if is_current:
            found[each.field, str(each.value)] = each
    return tuple(found.values())


def plain_values(name: str, facts: ProjectFacts) -> list[Any]:
    """Return the values of a field in plain form."""
    return [plain_value(name, each) for each in _values(name, facts)]


def _values(name: str, facts: ProjectFacts) -> tuple[Any, ...]:
    value = getattr(facts, name)
    if name in LIST_FIELDS:
        return tuple(value)
    return () if value is None or value == "" else (value,)
