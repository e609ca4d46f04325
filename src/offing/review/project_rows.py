"""Project records as rows of a table to take away: to be read, not to be filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from offing.model.projects.project import ProjectRecord
from offing.redaction import redact
from offing.review.form_values import form_values
from offing.review.headline import headline
from offing.review.spreadsheet import FIELDS

PROJECT_COLUMNS: Mapping[str, str] = {
    "id": "permanent id of the record",
    "record": "the record in one line",
    **dict.fromkeys(FIELDS, "as confirmed; several values between semicolons"),
    "first event": "day of the first dated event",
    "last event": "day of the last dated event",
    "events": "how many its timeline has",
    "quotes": "the words that prove the events",
    "sources": "addresses of the articles that report them",
    "candidates": "the candidates that it was made from",
    "created at": "when it was confirmed, UTC",
    "changed at": "when it was last changed, UTC",
    "version": "raised by each change",
}
"""The columns, in order, each with its meaning."""


def project_row(record: ProjectRecord) -> dict[str, str]:
    """Return the row of a record."""
    days = sorted(event.day for event in record.life_line if event.day)
    return {
        "id": record.id,
        "record": headline(record.facts),
        **form_values(record.facts),
        "first event": days[0].isoformat() if days else "",
        "last event": days[-1].isoformat() if days else "",
        "events": str(len(record.life_line)),
        "quotes": "\n".join(dict.fromkeys(event.quote for event in record.life_line if event.quote)),
        "sources": "; ".join(dict.fromkeys(redact(event.url) for event in record.life_line if event.url)),
        "candidates": "; ".join(map(str, record.candidate_ids)),
        "created at": record.created_at.isoformat(timespec="seconds"),
        "changed at": record.changed_at.isoformat(timespec="seconds"),
        "version": str(record.version),
    }
