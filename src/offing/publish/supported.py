"""Which evidence proves a value of a record, and which row of a release shows that value. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from offing.model.projects.project import ProjectRecord
from offing.model.projects.record_change import plain_value
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.codec import to_plain
from offing.publish.body import Cells
from offing.publish.cells import plain

_FIGURES = {FieldName.TERMS: ("terms", "term_id"), FieldName.QUANTITIES: ("quantities", "quantity_id")}
_NAMES = {FieldName.FIRMS: "firm", FieldName.LENDERS: "lender", FieldName.COUNTERPARTS: "counterpart"}


def supported(evidence: Iterable[Evidence], record: ProjectRecord) -> tuple[Evidence, ...]:
    """The evidence that proves a value of the record.

    A value that a person replaced, or that a later article brought and nobody confirmed, is not proved by any. A
    status, or the date of an event, counts where it is in the record's life line.
    """
    plain_facts = to_plain(record.facts)
    values = {field: spellings(plain_facts[field]) for field in FieldName}
    in_force = [event for event in record.life_line if event.set_aside_by is None]
    values[FieldName.STATUS] |= {event.status for event in in_force if event.status}
    values[FieldName.EVENT_DATE] |= {event.event_date for event in in_force if event.event_date}
    return tuple(each for each in evidence if spelled(each.value) in values[each.field])


def proves(proof: Evidence, field: str, value: Any) -> bool:
    """Return whether a quote proves one value of a field."""
    shown = plain_value(field, value)
    names = spellings(shown)
    if isinstance(shown, dict) and "value" in shown and field != FieldName.EVENT_DATE:
        names -= {str(shown.get(part)).casefold() for part in ("kind", "unit", "currency")}
    return proof.field == field and spelled(proof.value) in names


def proved_rows(proof: Cells, tables: dict[str, list[Cells]]) -> tuple[str, ...]:
    """The ids of the rows whose value a row of evidence proves; none for a project's own columns.

    Args:
        proof: a row of evidence.csv.
        tables: the project's other rows, with their ids.
    """
    field, value = FieldName(proof["field"]), spelled(proof.get("value", ""))
    if field in _NAMES:
        return tuple(_parties(_NAMES[field], value, tables.get("parties", ())))
    if field is FieldName.AMOUNTS:
        flows = tables.get("flows", ())
        return tuple(row["flow_id"] for row in flows if value in _sums(row))
    if field in _FIGURES:
        table, column = _FIGURES[field]
        return tuple(row[column] for row in tables.get(table, ()) if value in _figure(row))
    if field is FieldName.PLACES:
        named = (row for row in tables.get("locations", ()) if row.get("name", "").casefold() == value)
        return tuple(row["location_id"] for row in named)
    if field in {FieldName.STATUS, FieldName.EVENT_DATE, FieldName.EVENTS}:
        return tuple(_events(field, value, proof.get("url", ""), tables.get("events", ())))
    return ()


def _parties(kind: str, value: str, rows: Iterable[Cells]) -> Iterator[str]:
    for row in rows:
        names = (row.get(name, "").casefold() for name in ("name", "as_written", "entity_id"))
        if row.get("kind") == kind and value in names:
            yield row["party_id"]


def _sums(row: Cells) -> set[str]:
    value, currency, kind = (row.get(name, "") for name in ("value", "currency", "kind"))
    own = {"value": value, "currency": currency, "kind": kind, "as_written": row.get("as_written")}
    return spellings(own) - {currency.casefold(), kind.casefold()}


def _figure(row: Cells) -> set[str]:
    """How evidence may name a term or a size, never by its unit or kind alone."""
    own = {name: row.get(name) for name in ("value", "unit", "kind", "as_written")}
    return spellings(own) - {str(own["unit"]).casefold(), str(own["kind"]).casefold()}


def _events(field: FieldName, value: str, url: str, rows: Iterable[Cells]) -> list[str]:
    """Those of the same article where there are any: several articles may tell one status."""
    column = {FieldName.STATUS: "status", FieldName.EVENT_DATE: "event_date", FieldName.EVENTS: "kind"}[field]
    found = [row for row in rows if row.get(column, "").casefold() == value]
    return [row["event_id"] for row in found if row.get("url") == url] or [row["event_id"] for row in found]


def spellings(value: object) -> set[str]:
    """All forms in which evidence may name the values of a field, folded."""
    if isinstance(value, list):
        return {spelling for each in value for spelling in spellings(each)}
    if not isinstance(value, dict):
        return set() if value is None else {spelled(str(value))}
    sized = f"{value.get('value')} {value.get('currency') or value.get('unit')}"
    names = {spelled(sized), f"{value.get('kind')} {spelled(sized)}".casefold()}  # of a term: interest 2 percent
    return names | {spelling for each in value.values() if each for spelling in spellings(each)}


def spelled(text: str) -> str:
    """The text folded, with a number before the first space in plain form: 8.8E+7 EUR is 88000000 EUR."""
    number, space, rest = text.casefold().partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return text.casefold()
    return f"{plain(value) if value.is_finite() else number}{space}{rest}"
