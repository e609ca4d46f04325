"""What several formats say of a project in their own words: its country's name, its dates, its main sum. Pure."""

from __future__ import annotations

from offing.model.values import iso
from offing.publish.body import Cells

Rows = dict[str, list[Cells]]
_MAIN = ("loan", "grant", "credit", "contract", "investment", "total-cost", "unspecified")  # what says most comes first


def codes(project: Cells) -> list[str]:
    """The host countries of a project, ISO 3166-1 alpha-3."""
    return [each for each in project.get("countries", "").split("; ") if each]


def country_name(code: str) -> str:
    """The English name of a country; the code itself where it is none of ISO 3166."""
    found = iso.country_by_alpha3(code)
    return found.short_name if found else code


def alpha2(code: str) -> str:
    """The two-letter code of a country in lower case; "" where it has none."""
    found = iso.country_by_alpha3(code)
    return found.alpha2.lower() if found else ""


def main_flow(rows: Rows) -> Cells:
    """The sum by which a project is known: the first of the kind that says most; {} without any."""
    flows = [row for row in rows.get("flows", ()) if row.get("qualifier") not in {"in part", "converted"}]
    return min(flows, key=lambda row: _MAIN.index(row["kind"]) if row["kind"] in _MAIN else len(_MAIN), default={})


def date_of(rows: Rows, *statuses: str) -> tuple[str, bool]:
    """When a project first had one of some statuses, and whether a source says so itself.

    Returns:
        ISO 8601 as precise as known, "" if it never had one; False if it is the day of the report.
    """
    events = [row for row in rows.get("events", ()) if row.get("status") in statuses]
    stated = sorted(row["event_date"] for row in events if row.get("event_date"))
    days = sorted(row["day"] for row in events if row.get("day"))
    return (stated[0], True) if stated else (days[0], False) if days else ("", False)
