"""projects.gcdf.csv: one row for each project under the 126 headers of AidData's GCDF 3.0. Pure.

What offing does not know is empty. Several names of a cell stand beside each other with "|" between them, as in GCDF.
Sectors are the groups of the OECD's DAC under the names that GCDF 3.0 gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from offing.model.values.vocabulary import AmountKind, LoanTermKind, Mode, Sector, Status
from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import csv_line, plain
from offing.publish.formats.format import Head
from offing.publish.formats.said import Rows, codes, country_name, date_of, main_flow
from offing.publish.marked import OpenFile

FILE = "projects.gcdf.csv"
HEADERS = Path(__file__).with_name("gcdf_headers.txt")
_STATUS = {
    Status.PROPOSED: "Pipeline: Pledge",
    Status.AGREED: "Pipeline: Pledge",
    Status.APPROVED: "Pipeline: Commitment",
    Status.SIGNED: "Pipeline: Commitment",
    Status.UNDER_CONSTRUCTION: "Implementation",
    Status.COMPLETED: "Completion",
    Status.SUSPENDED: "Suspended",
    Status.CANCELLED: "Cancelled",
}
_GOVERNMENT, _COMMUNICATIONS = ("150", "GOVERNMENT AND CIVIL SOCIETY"), ("220", "COMMUNICATIONS")
_SECTOR = {
    Sector.E_GOVERNMENT: _GOVERNMENT,
    Sector.DATA_CENTRE_CLOUD: _COMMUNICATIONS,
    Sector.SMART_CITY: _COMMUNICATIONS,
    Sector.PUBLIC_SECURITY: _GOVERNMENT,
    Sector.DIGITAL_IDENTITY: _GOVERNMENT,
    Sector.TELECOM: _COMMUNICATIONS,
    Sector.DIGITAL_HEALTH: ("120", "HEALTH"),
    Sector.DIGITAL_EDUCATION: ("110", "EDUCATION"),
    Sector.REMOTE_SENSING: _COMMUNICATIONS,
    Sector.DIGITAL_FINANCE: ("240", "BANKING AND FINANCIAL SERVICES"),
    Sector.ENERGY: ("230", "ENERGY"),
    Sector.TRANSPORT: ("210", "TRANSPORT AND STORAGE"),
    Sector.WATER: ("140", "WATER SUPPLY AND SANITATION"),
    Sector.BUILDINGS: ("430", "OTHER MULTISECTOR"),
    Sector.INDUSTRY_MINING: ("320", "INDUSTRY, MINING, CONSTRUCTION"),
    Sector.AGRICULTURE: ("310", "AGRICULTURE, FORESTRY, FISHING"),
    Sector.OTHER: ("998", "UNALLOCATED/UNSPECIFIED"),
}
_FLOW = {AmountKind.LOAN: "Loan", AmountKind.CREDIT: "Loan", AmountKind.GRANT: "Grant"}
_FLOW_OF_MODE = {
    Mode.LOAN: "Loan",
    Mode.GRANT: "Grant",
    Mode.DONATION: "Grant",
    Mode.TRAINING: "Scholarships/training in the donor country",
}
_COMMITTED = (Status.SIGNED, Status.APPROVED)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FLAGS = {"true": "Yes", "false": "No"}


@cache
def headers() -> tuple[str, ...]:
    """Return the headers of GCDF 3.0, in the order in which they are written."""
    return tuple(HEADERS.read_text("utf-8").splitlines())


class GcdfTable:
    """Writes projects.gcdf.csv."""

    def __init__(self, open_file: OpenFile, _head: Head) -> None:
        self._file = open_file(FILE)
        self._columns = [(name, "string") for name in headers()]
        self._file.write(csv_line(self._columns, {name: name for name in headers()}))

    def add(self, body: ProjectBody) -> None:
        """Write a project, unless it was merged or withdrawn."""
        for project in body.rows.get("projects", ()):
            self._file.write(csv_line(self._columns, gcdf_row(project, body.rows)))

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


def gcdf_row(project: Cells, rows: Rows) -> Cells:
    """Return what GCDF's headers say of a project; a header without a cell is empty.

    Args:
        project: its row of projects.csv.
        rows: all of its rows.
    """
    parts = (_identity(project), _kind(project, rows), _parties(rows), _money(rows), _terms(rows), _sources(rows))
    return {name: cell for part in (*parts, _dates(rows)) for name, cell in part.items() if cell}


def _identity(project: Cells) -> Cells:
    found = codes(project)
    return {
        "AidData Record ID": project["id"],
        "Recommended For Aggregates": _FLAGS.get(project.get("recommended_for_aggregates", ""), ""),
        "AidData Parent ID": project.get("parent_id", ""),
        "Umbrella": _FLAGS.get(project.get("is_umbrella", ""), ""),
        "Financier Country": "China",
        "Recipient": _all(map(country_name, found)),
        "Recipient ISO-3": _all(found),
        "Title": project.get("name", project["title"]),
        "Description": project.get("description", ""),
        "Staff Comments": project.get("staff_comments", ""),
        "Location Narrative": project.get("places", ""),
    }


def _kind(project: Cells, rows: Rows) -> Cells:
    code, name = _SECTOR[Sector(project["sector"])] if project.get("sector") else ("", "")
    kind, mode = main_flow(rows).get("kind"), project.get("mode")
    flow = _FLOW.get(AmountKind(kind), "") if kind else ""
    flow = flow or (_FLOW_OF_MODE.get(Mode(mode), "") if mode else "")
    return {
        "Status": _STATUS[Status(project["status"])] if project.get("status") else "",
        "Flow Type": flow,
        "Flow Type Simplified": flow,
        "Sector Code": code,
        "Sector Name": name,
    }


def _parties(rows: Rows) -> Cells:
    parties = rows.get("parties", ())
    lenders = dict.fromkeys(row["name"] for row in parties if row["kind"] == "lender")
    return {
        "Funding Agencies": _all(lenders),
        "Number of Lenders": str(len(lenders)) if lenders else "",
        "Implementing Agencies": _all(row["name"] for row in parties if row["kind"] == "firm"),
        "Direct Receiving Agencies": _all(row["name"] for row in parties if row["kind"] == "counterpart"),
    }


def _money(rows: Rows) -> Cells:
    flow = main_flow(rows)
    estimated = "Yes" if flow.get("qualifier") else "No"
    return {
        "Amount (Original Currency)": flow.get("value", ""),
        "Original Currency": flow.get("currency", ""),
        "Amount Estimated": estimated if flow else "",
        "Amount (Nominal USD)": flow.get("usd_nominal", ""),
        "Amount (Constant USD 2021)": flow.get("usd_constant", "") if flow.get("constant_year") == "2021" else "",
    }


def _terms(rows: Rows) -> Cells:
    names = {
        LoanTermKind.INTEREST: "Interest Rate",
        LoanTermKind.MATURITY: "Maturity",
        LoanTermKind.GRACE: "Grace Period",
    }
    found = {LoanTermKind(row["kind"]): row for row in reversed(rows.get("terms", [])) if row["kind"] in set(names)}
    return {names[kind]: _years(row) for kind, row in found.items()}


def _years(row: Cells) -> str:
    """The figure of a term; GCDF counts in years."""
    return plain(round(Decimal(row["value"]) / 12, 4)) if row["unit"] == "months" else row["value"]


def _sources(rows: Rows) -> Cells:
    sources = rows.get("sources", ())
    said: Mapping[str, Callable[[Cells], str]] = {
        "Source URLs": lambda row: row.get("url", ""),
        "Source Titles": lambda row: row.get("title", ""),
        "Source Publishers": lambda row: row.get("outlet", ""),
    }
    return {name: _all(map(of, sources)) for name, of in said.items()} | {
        "Total Source Count": str(len(sources)) if sources else ""
    }


def _dates(rows: Rows) -> Cells:
    committed, stated = date_of(rows, *_COMMITTED)
    begun, begun_stated = date_of(rows, Status.UNDER_CONSTRUCTION)
    done, done_stated = date_of(rows, Status.COMPLETED)
    return {
        "Commitment Year": committed[:4],
        "Implementation Start Year": begun[:4],
        "Completion Year": done[:4],
        "Commitment Date (MM/DD/YYYY)": _american(committed),
        "Commitment Date Estimated": _estimated(committed, stated),
        "Actual Implementation Start Date (MM/DD/YYYY)": _american(begun),
        "Actual Implementation Start Date Estimated": _estimated(begun, begun_stated),
        "Actual Completion Date (MM/DD/YYYY)": _american(done),
        "Actual Completion Date Estimated": _estimated(done, done_stated),
    }


def _american(day: str) -> str:
    """A day as GCDF writes it; "" where it is not known to the day."""
    found = _DAY.fullmatch(day)
    return f"{found[2]}/{found[3]}/{found[1]}" if found else ""


def _estimated(day: str, stated: bool) -> str:
    return "" if not _american(day) else "No" if stated else "Yes"


def _all(values: Iterable[str]) -> str:
    """Several values of a cell."""
    return "|".join(dict.fromkeys(value.replace("|", "/") for value in values if value))
