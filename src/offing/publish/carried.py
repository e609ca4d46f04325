"""Whether a release that was published has a value of a project. Pure."""

from __future__ import annotations

from typing import Any

from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import plain
from offing.publish.columns import SEPARATOR, joined
from offing.publish.published import PartyKind

_PARTIES = {"firms": PartyKind.FIRM, "lenders": PartyKind.LENDER, "counterparts": PartyKind.COUNTERPART}
_FIGURES = {
    "amounts": ("flows", ("value", "currency", "kind")),
    "terms": ("terms", ("kind", "value", "unit")),
    "quantities": ("quantities", ("value", "unit")),
    "event_date": ("events", ("value",)),
    "events": ("events", ("kind",)),
}
_NAMED = {"event_date": {"value": "event_date"}}  # columns with another name than the part of the value


def carries(body: ProjectBody, field: str, value: Any) -> bool:
    """Return whether the rows of a project, as a release has them, show one value of a field.

    Only the columns that name the value are compared, so that releases with other columns are read, too.
    """
    table, cells = _cells(field, value)
    rows = body.rows.get(table, [])
    if table != "projects" or field == "title":
        return any(cells.items() <= row.items() for row in rows)
    return any(cells[field] in row.get(field, "").split(SEPARATOR) for row in rows)


def _cells(field: str, value: Any) -> tuple[str, Cells]:
    """Return the table that shows a value, and the cells that name it there."""
    if kind := _PARTIES.get(field):
        return "parties", {"kind": kind, "name": value if isinstance(value, str) else value.name}
    if field in _FIGURES:
        table, parts = _FIGURES[field]
        names = _NAMED.get(field, {})
        texts = {names.get(part, part): plain(getattr(value, part)) for part in parts}
        return table, {name: text for name, text in texts.items() if text}
    text = str(value.kind if field == "concerns" else value)
    return "projects", {field: text if field == "title" else joined((text,))}
