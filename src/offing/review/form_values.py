"""The fields of a record as a person would write them: what a form shows, and the inverse of `review.edits`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from offing.model.projects.project import ProjectFacts, plain_number

LISTS = frozenset(
    {
        *("countries", "firms", "lenders", "amounts", "terms"),
        *("counterparts", "places", "quantities", "concerns", "events"),
    }
)  # fields with several values, separated by semicolons
FREE = frozenset(
    {"countries", "firms", "lenders", "amounts", "terms", "counterparts", "places", "quantities", "event_date"}
)
"""Fields whose values come from the world, not from a closed list: whoever changes them gives a quote or a reason."""


def form_values(facts: ProjectFacts) -> dict[str, str]:
    """Return each correctable field by name, in the syntax that `parse_edit` reads; "" where it is empty."""
    return {name: write(facts) for name, write in _WRITERS.items()}


def parts_of(text: str) -> tuple[str, ...]:
    """Return the values of a list field as written, without duplicates."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def plain(value: Decimal) -> str:
    """Return a number without thousands separators and trailing zeros."""
    return plain_number(value)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


_WRITERS: dict[str, Callable[[ProjectFacts], str]] = {
    "title": lambda facts: facts.title,
    "countries": lambda facts: _joined(facts.countries),
    "firms": lambda facts: _joined(f"{firm.name}:{firm.role}" for firm in facts.firms),
    "lenders": lambda facts: _joined(lender.name for lender in facts.lenders),
    "amounts": lambda facts: _joined(amount.written for amount in facts.amounts),
    "terms": lambda facts: _joined(term.written for term in facts.terms),
    "sector": lambda facts: facts.sector or "",
    "status": lambda facts: facts.status or "",
    "record_type": lambda facts: facts.record_type or "",
    "mode": lambda facts: facts.mode or "",
    "counterparts": lambda facts: _joined(facts.counterparts),
    "concerns": lambda facts: _joined(concern.kind for concern in facts.concerns),  # the wording is found by kind
    "quantities": lambda facts: _joined(size.written for size in facts.quantities),
    "places": lambda facts: _joined(facts.places),
    "events": lambda facts: _joined(event.kind for event in facts.events),
    "event_date": lambda facts: facts.event_date.value if facts.event_date else "",
}
