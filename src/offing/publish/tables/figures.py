"""The tables of a release that hold figures: sums, terms of loans, sizes. Pure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from operator import attrgetter

from offing.model.values.vocabulary import AmountKind, LoanTermKind
from offing.publish.columns import FLOW_IDS, SIZE_IDS, TERM_IDS, by_hand, project_id, row_id
from offing.publish.published import PublishedFlow, PublishedSize, PublishedTerm
from offing.publish.table import Column, Table, as_composed

_CENTS, _DIGITS = Decimal("0.01"), 8


def _money(name: str) -> Callable[[PublishedFlow], Decimal | None]:
    """The cell of a sum, to the cent."""

    def cell(flow: PublishedFlow) -> Decimal | None:
        value: Decimal | None = getattr(flow.worth, name, None)
        return None if value is None else value.quantize(_CENTS)

    return cell


def _rate(flow: PublishedFlow) -> Decimal | None:
    return None if flow.worth is None else Context(prec=_DIGITS).create_decimal(flow.worth.rate)


WORTH: tuple[Column[PublishedFlow], ...] = (
    Column("usd_nominal", "the sum in US dollars of `rate_day`; empty without a rate", _money("usd"), "number"),
    Column("eur_nominal", "the sum in euros of `rate_day`", _money("eur"), "number"),
    Column(
        "usd_constant",
        "`usd_nominal` times US consumer prices of `constant_year` over those of its own year; empty until these are",
        _money("usd_constant"),
        "number",
    ),
    Column(
        "constant_year",
        "the year whose dollars `usd_constant` counts in",
        lambda each: each.worth.base_year if each.worth and each.worth.usd_constant is not None else None,
        "integer",
    ),
    Column("rate", "US dollars for one unit of the currency", _rate, "number"),
    Column(
        "rate_day",
        "day of the rate: of approval or signature, else of the earliest source; or the last before it with a rate",
        lambda each: getattr(each.worth, "day", None),
        "date",
    ),
    Column(
        "rate_source",
        "who publishes the rate: ECB; the currency to which this one is fixed; the yearly rates of AidData",
        lambda each: getattr(each.worth, "source", None),
    ),
)
FLOWS: Table[PublishedFlow] = Table(
    "flows",
    "Sums of money. Sums of one project may overlap (a loan is part of the total cost): do not add them up.",
    (
        row_id(FLOW_IDS),
        project_id(attrgetter("project_id")),
        Column("value", "sum in whole units of the currency", lambda each: each.amount.value, "number", required=True),
        Column("currency", "ISO 4217", lambda each: each.amount.currency, required=True),
        Column("kind", "what the sum is", lambda each: each.amount.kind, words=AmountKind, required=True),
        Column(
            "qualifier",
            "how exact it is: about, up-to, more-than and the like; in part: a tranche, the cost of one phase; "
            "converted: the sum in the row before, in another currency",
            lambda each: each.amount.qualifier,
        ),
        Column("as_written", "the source's own words", lambda each: each.amount.as_written),
        by_hand(attrgetter("set_by_hand")),
        *map(as_composed, WORTH),
    ),
    (FLOW_IDS.column,),
    FLOW_IDS,
)
TERMS: Table[PublishedTerm] = Table(
    "terms",
    "Terms of a project's loan: interest, years to repay it, years before the first repayment.",
    (
        row_id(TERM_IDS),
        project_id(attrgetter("project_id")),
        Column("kind", "which term it is", lambda each: each.term.kind, words=LoanTermKind, required=True),
        Column("value", "its figure", lambda each: each.term.value, "number", required=True),
        Column(
            "unit", "percent for interest, years or months for the others", lambda each: each.term.unit, required=True
        ),
        Column("as_written", "the source's own words", lambda each: each.term.as_written),
        by_hand(attrgetter("set_by_hand")),
    ),
    (TERM_IDS.column,),
    TERM_IDS,
)
QUANTITIES: Table[PublishedSize] = Table(
    "quantities",
    "Sizes of a project: 800 km, 900 cameras.",
    (
        row_id(SIZE_IDS),
        project_id(attrgetter("project_id")),
        Column("value", "the number", lambda each: each.size.value, "number", required=True),
        Column("unit", "what is counted or measured", lambda each: each.size.unit, required=True),
        Column("as_written", "the source's own words", lambda each: each.size.as_written),
        by_hand(attrgetter("set_by_hand")),
    ),
    (SIZE_IDS.column,),
    SIZE_IDS,
)
