"""Sums in a row of another base: a number with its currency in another cell, or a list as `offing match` accepts it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale

from offing.model.projects.project import Amount
from offing.model.reading.mention import Money
from offing.model.text.text import clean_text
from offing.model.values.vocabulary import AmountKind
from offing.services.rows.cells import Cells

Worded = Callable[[str], Iterable[Money]]  # the sums of a text
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_NO_CURRENCY = "XXX"  # of ISO 4217
_LIST = "amounts"


def amounts_of(cells: Cells, kind: AmountKind, worded: Worded) -> tuple[Amount, ...]:
    """Return the distinct sums of a row; unusable ones are left out and reported.

    Args:
        cells: the row.
        kind: the kind of sums for which the row gives none.
        worded: reads a sum in words: "US$ 50 million".
    """
    listed = (each for item in cells.unmapped(_LIST) for each in _of_item(cells, item, kind, worded))
    found = {(each.value, each.currency): each for each in (*_of_cell(cells, kind), *listed)}
    return tuple(found.values())


def _of_cell(cells: Cells, kind: AmountKind) -> Iterator[Amount]:
    written = cells.text("amount")
    if written and not _NUMBER.fullmatch(written):
        cells.leave_out("amount", f"{written!r} is not a number with a point before its decimals")
    elif written:
        currency = cells.text("currency").upper()
        value = _value(cells, "amount", written, currency)
        yield from (Amount(value, currency, kind, f"{written} {currency}"),) if value else ()


def _of_item(cells: Cells, item: Any, kind: AmountKind, worded: Worded) -> Iterator[Amount]:
    parts = item if isinstance(item, dict) else {"value": item, "currency": cells.text("currency")}
    written, currency = _written(parts.get("value")), _written(parts.get("currency")).upper()
    if item is not parts and not written:
        return
    if item is not parts and not _NUMBER.fullmatch(written):
        yield from _in_words(cells, written, kind, worded)
        return
    its = AmountKind(parts["kind"]) if parts.get("kind") in list(AmountKind) else kind
    value = _value(cells, _LIST, written, currency)
    if value:
        yield Amount(value, currency, its, _written(parts.get("as_written")) or f"{written} {currency}")


def _in_words(cells: Cells, text: str, kind: AmountKind, worded: Worded) -> Iterator[Amount]:
    found = [each for each in worded(text) if each.currency]
    if not found:
        cells.leave_out(_LIST, f"{text!r} names no sum with its currency")
    for each in found:
        yield Amount(each.value, each.currency, kind, text, each.qualifier)


def _written(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else clean_text(str(value))


def _value(cells: Cells, name: str, written: str, currency: str) -> Decimal | None:
    """Return the value of a sum; None if it is empty, or unusable, which is reported."""
    if not _NUMBER.fullmatch(written) or currency not in _currencies():
        cells.leave_out(name, f"{written!r} in {currency or 'no currency'!r} is no sum")
        return None
    value = Decimal(written.replace(",", "").replace(" ", ""))
    return value if value > 0 else None


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    """Return the codes of ISO 4217, including historic ones."""
    return frozenset(Locale("en").currencies) - {_NO_CURRENCY}
