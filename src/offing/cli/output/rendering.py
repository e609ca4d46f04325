"""Facts and text from outside, as the terminal's cards and tables write them."""

from __future__ import annotations

from datetime import date

from rich.table import Table
from rich.text import Text

from offing.model.projects.project import Amount, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.publish.cells import clean, plain
from offing.review import country_name
from offing.services.matching.conversions import worth
from offing.services.views.plain import TURNS


def text(value: str, style: str = "") -> Text:
    """Return text from outside without markup or control characters that could control the terminal."""
    return Text(clean(value).translate(TURNS), style=style)


def spoken(facts: ProjectFacts, day: date | None = None) -> dict[str, str]:
    """Return the filled fields in words, by name; sums with their value on the article's day, if given."""
    values = {
        "title": facts.title,
        FieldName.COUNTRIES: ", ".join(f"{country_name(code)} ({code})" for code in facts.countries),
        FieldName.FIRMS: "; ".join(f"{firm.name} ({firm.role})" for firm in facts.firms),
        FieldName.LENDERS: "; ".join(lender.name for lender in facts.lenders),
        FieldName.AMOUNTS: "; ".join(
            f"{each.qualifier} {each.value:,f} {each.currency} {each.kind}{_worth(each, day)}".strip()
            for each in facts.amounts
        ),
        FieldName.TERMS: "; ".join(f"{term.written} (“{term.as_written}”)" for term in facts.terms),
        FieldName.SECTOR: facts.sector or "",
        FieldName.STATUS: facts.status or "",
        FieldName.RECORD_TYPE: facts.record_type or "",
        FieldName.MODE: facts.mode or "",
        FieldName.COUNTERPARTS: "; ".join(facts.counterparts),
        FieldName.CONCERNS: "; ".join(concern.kind for concern in facts.concerns),
        FieldName.QUANTITIES: "; ".join(f"{plain(size.value)} {size.unit}" for size in facts.quantities),
        FieldName.PLACES: "; ".join(facts.places),
        FieldName.EVENT_DATE: facts.event_date.value if facts.event_date else "",
        FieldName.EVENTS: "; ".join(event.kind for event in facts.events),
    }
    return {str(name): value for name, value in values.items() if value}


def _worth(amount: Amount, day: date | None) -> str:
    return f", {worth(amount, day)}" if day else ""


def grid() -> Table:
    """Return a table without lines and headings."""
    return Table(box=None, show_header=False, pad_edge=False)
