"""Names and identity of the values of the five fields in which mistakes are planted."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, plain_number
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import Status

KINDS = (FieldName.COUNTRIES, FieldName.FIRMS, FieldName.LENDERS, FieldName.AMOUNTS, FieldName.STATUS)
Value = str | Firm | Lender | Amount | Status


def values(facts: ProjectFacts, kind: FieldName) -> tuple[Value, ...]:
    """Return the values of a field."""
    held = getattr(facts, kind)
    return held if isinstance(held, tuple) else (held,) if held else ()


def name_of(value: Value) -> str:
    """Return the name of a value, as used in its evidence."""
    match value:
        case Firm() | Lender():
            return value.name
        case Amount():
            return f"{plain_number(value.value)} {value.currency}"
    return str(value)


def marks(value: Value) -> list[str]:
    """Return the identifiers of a value: values that share one are the same, whatever their role or spelling."""
    own = {name_of(value).casefold()}
    return sorted(own | {value.id}) if isinstance(value, Firm | Lender) and value.id else sorted(own)


def is_held(known_by: Iterable[str], facts: ProjectFacts, kind: FieldName) -> bool:
    """Return whether a field still has a value with one of these identifiers."""
    return any(set(known_by) & set(marks(value)) for value in values(facts, kind))
