"""What a person asks of the queue: a view, narrowed by a filter. Pure.

A `QueueFilter` appears in addresses and in saved filters. `QueueFilter.parse` reads a query string strictly, since
a filter that is silently dropped shows what nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from offing.errors import UsageError
from offing.model.review.candidate import CandidateKind
from offing.model.review.filter_values import READERS
from offing.model.review.queue_view import DoubtKind, Facet, Order, QueuePosition, QueueView
from offing.model.text.text import clean_text
from offing.model.values.vocabulary import Sector, Status

__all__ = ["DoubtKind", "Facet", "Order", "QueueFilter", "QueuePosition", "QueueView"]

PAGE_SIZE = 50
_LONGEST_VALUE = 300  # characters; longer than any name of a firm
_MOST_VALUES = 50
ME, NOBODY = "me", "nobody"  # words of the filter `assigned` that are no names


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a person wants to see of the queue. Values of one field are alternatives (or); fields combine (and).

    `first_day` and `last_day` bound the day (UTC) of the newest article, `usd_least` and `usd_most` the largest sum in
    US dollars; both ends count. `doubt` are reasons to look twice. `mine`: only what the person added, judged or
    edited. `assigned`: only what is assigned to a person, to `ME` or to `NOBODY`. `deferred`: only deferred candidates
    that are due again. `text` is searched as
    `offing.store.candidates.search` reads it. `after` and `before` turn pages; at most one of them is set.
    """

    view: QueueView = QueueView.TODAY
    kind: tuple[CandidateKind, ...] = ()
    country: tuple[str, ...] = ()
    sector: tuple[Sector, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    lender: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    doubt: tuple[DoubtKind, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    usd_least: int | None = None
    usd_most: int | None = None
    mine: bool = False
    assigned: str = ""
    deferred: bool = False
    text: str = ""
    order: Order = Order.SCORE
    after: QueuePosition | None = None
    before: QueuePosition | None = None
    size: int = PAGE_SIZE

    @property
    def narrowed(self) -> bool:
        """Whether it restricts its view at all."""
        return any(getattr(self, name) not in ((), None, False, "") for name in (*_LISTS, *_BOUNDS, *_SINGLE))

    @property
    def measured(self) -> bool:
        """Whether it needs the figures of candidates: dates, sums in dollars, doubts."""
        return bool(self.doubt or self.order is not Order.SCORE or any(getattr(self, b) is not None for b in _BOUNDS))

    @property
    def facets(self) -> dict[Facet, tuple[str, ...]]:
        """The chosen values by facet; only facets that have any."""
        asked = {facet: tuple(map(str, getattr(self, facet))) for facet in Facet if facet is not Facet.PERSON}
        return {facet: values for facet, values in asked.items() if values}

    def without(self, facet: Facet) -> QueueFilter:
        """Return the same filter without a choice for this facet."""
        changes: dict[str, Any] = {str(facet): ()}
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """As plain values by their names in an address: text, or lists of text.

        Defaults are left out, but not the view of a filter that narrows: without one it is read as all that waits.
        """
        plain: dict[str, Any] = {}
        for name in (each.name for each in fields(self)):
            value = getattr(self, name)
            if value == _DEFAULTS[name] and not (name == "view" and self.narrowed):
                continue
            key = _NAMES.get(name, name)
            plain[key] = [str(v) for v in value] if name in _LISTS else "1" if value is True else str(value)
        return plain

    def to_query(self) -> str:
        """As the query string of an address, without `?`; equal filters give equal strings."""
        return urlencode(self.to_dict(), doseq=True)

    @classmethod
    def parse(cls, query: str) -> QueueFilter:
        """Return the filter of an address's query string; empty values count as absent.

        Raises:
            UsageError: a name is unknown or a value is invalid; the message says which and what is allowed.
        """
        try:
            pairs = parse_qsl(query.removeprefix("?"), max_num_fields=len(_LISTS) * _MOST_VALUES)
        except ValueError as error:
            raise UsageError("the filter has too many values: take some of them out") from error
        given: dict[str, list[str]] = {}
        for key, value in pairs:
            given.setdefault(key, []).append(value)
        return cls.from_dict(given)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> QueueFilter:
        """Return the filter of plain values, as `to_dict` makes them; single values may be in lists and the reverse.

        Without a view, a narrowing filter applies to all that waits, and any other to today's queue.

        Raises:
            UsageError: a name is unknown or a value is invalid.
        """
        values: dict[str, Any] = {}
        for key, given in plain.items():
            name = _field_of(str(key))
            written = _written(key, given)
            if written:
                read = tuple(sorted({READERS[name](key, each) for each in written}, key=str))
                values[name] = read if name in _LISTS else _only(key, read)
        if values.get("after") and values.get("before"):
            raise UsageError("a filter continues after a place or before one, not both: leave `after` or `before` out")
        _check_bounds(values)
        found = cls(**values)
        return cls(**{**values, "view": QueueView.WAITING}) if found.narrowed and "view" not in values else found


_LISTS = ("kind", "country", "sector", "language", "source", "firm", "lender", "status", "doubt")
_BOUNDS = ("first_day", "last_day", "usd_least", "usd_most")
_SINGLE = ("mine", "assigned", "deferred", "text")
_NAMES = {  # the name in an address, if it differs from the field's
    "text": "q",
    "order": "sort",
    "first_day": "from",
    "last_day": "to",
    "usd_least": "usd_from",
    "usd_most": "usd_to",
}
_FIELDS = {_NAMES.get(name, name): name for name in READERS}
_DEFAULTS = {each.name: each.default for each in fields(QueueFilter)}


def _field_of(key: str) -> str:
    if key not in _FIELDS:
        raise UsageError(f"the queue is not filtered by {key[:40]!r}: there are {', '.join(_FIELDS)}")
    return _FIELDS[key]


def _written(key: str, given: Any) -> list[str]:
    """Return the values of one name, cleaned, without the empty ones."""
    several: Iterable[Any] = given if isinstance(given, (list, tuple)) else (given,)
    values = [clean_text(str(each)) for each in several if each not in (None, False)]
    if len(values) > _MOST_VALUES or any(len(value) > _LONGEST_VALUE for value in values):
        raise UsageError(f"{key} is too long: give at most {_MOST_VALUES} values of {_LONGEST_VALUE} characters")
    return [value for value in values if value]


def _only(key: str, values: tuple[Any, ...]) -> Any:
    one, *more = values
    if more:
        raise UsageError(f"{key} can have one value only: leave out {more[0]!s:.60}")
    return one


def _check_bounds(values: Mapping[str, Any]) -> None:
    for least, most in (("first_day", "last_day"), ("usd_least", "usd_most")):
        low, high = values.get(least), values.get(most)
        if low is not None and high is not None and low > high:
            raise UsageError(f"{_NAMES[least]}={low} is beyond {_NAMES[most]}={high}: swap them")
