"""Columns that several tables of a release share, and how the rows of each get their ids. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from offing.publish.numbering import RowIds
from offing.publish.table import Column, Item

PROJECT_ID = "project_id"
PARTY_IDS = RowIds("party_id", "p", (("kind", "name", "role"), ("kind", "name"), ("kind", "role", "as_written")))
FLOW_IDS = RowIds("flow_id", "f", (("currency", "kind", "value"), ("currency", "kind"), ("currency", "value")))
TERM_IDS = RowIds("term_id", "t", (("kind", "value", "unit"), ("kind",)))
SIZE_IDS = RowIds("quantity_id", "s", (("value", "unit"), ("unit",)))
EVENT_IDS = RowIds("event_id", "e", (("kind", "status", "url", "event_date"), ("kind", "status", "url")))
LOCATION_IDS = RowIds("location_id", "l", (("name", "country"), ("name",)))
LINK_IDS = RowIds("link_id", "k", (("dataset", "their_id"),))
HAND_IDS = RowIds("hand_id", "h", (("field", "value"),))
EVIDENCE_IDS = RowIds(
    "evidence_id", "q", (("field", "value", "url", "start", "end"), ("field", "value", "url"), ("url", "start", "end"))
)


def project_id(of: Callable[[Item], str]) -> Column[Item]:
    """The column of the project to which a row belongs."""
    return Column(PROJECT_ID, "id of the project, see projects.csv", of, required=True)


def row_id(ids: RowIds) -> Column[Item]:
    """The column of a row's own id."""
    meaning = "permanent id of this row: it stays while the row stands for the same thing, and is never given twice"
    return Column(ids.column, meaning, lambda _: None, required=True)  # given by `numbering`, once all rows are known


SEPARATOR = "; "  # of several values in one cell


def joined(values: Iterable[str]) -> str:
    """Several values in one cell."""
    return SEPARATOR.join(value.replace(";", ",") for value in values)


def by_hand(of: Callable[[Item], bool]) -> Column[Item]:
    """The column that marks what a person set."""
    meaning = "true where a person set the value; who, when, why and on which source: by_hand.csv"
    return Column("set_by_hand", meaning, lambda each: "true" if of(each) else None, "boolean")


def true_or_false(of: Callable[[Item], bool | None]) -> Callable[[Item], str | None]:
    """The cell of a value that may be open."""
    return lambda each: None if (value := of(each)) is None else "true" if value else "false"
