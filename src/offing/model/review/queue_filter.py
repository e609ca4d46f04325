"""What a person asks of the queue: a view, narrowed by a filter. Pure.

A `QueueFilter` appears in addresses and in saved filters. `QueueFilter.parse` reads a query string strictly, since
a filter that is silently dropped shows what nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from offing.errors import UsageError
from offing.model.review.candidate import CandidateKind
from offing.model.text.text import clean_text
from offing.model.values.numbers import HIGHEST_ID
from offing.model.values.vocabulary import Sector, Status

PAGE_SIZE = 50
LARGEST_PAGE = 200
_LONGEST_VALUE = 300  # characters; longer than any name of a firm
_MOST_VALUES = 50
_COUNTRY, _LANGUAGE, _KEY = re.compile(r"[A-Z]{3}"), re.compile(r"[a-z]{2,3}"), re.compile(r"[a-z]{1,20}")
_PLACE = re.compile(r"([01](?:\.[0-9]{1,20})?|[1-9](?:\.[0-9]{1,20})?e-[0-9]{1,3})_([1-9][0-9]{0,18})")
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


ME, NOBODY = "me", "nobody"  # words of the filter `assigned` that are no names


class QueueView(StrEnum):
    """Which candidates are shown, before any filter.

    today      what is left of the day's budget, best first, followed by the day's audit sample
    my-day     the best of what waits and is assigned to the person, as many as are left of their own goal
    waiting    all that is undecided and above the cut, and deferred candidates that are due again
    deferred   deferred candidates that are not yet due
    below-cut  what was kept below the cut, undecided
    decided    what was accepted, rejected or found a duplicate
    all        everything
    """

    TODAY = "today"
    MY_DAY = "my-day"
    WAITING = "waiting"
    DEFERRED = "deferred"
    BELOW_CUT = "below-cut"
    DECIDED = "decided"
    ALL = "all"


class Facet(StrEnum):
    """What the queue is narrowed and counted by.

    `source` is an outlet's registered domain. `firm` and `lender` are lexicon ids, or lower-case names if not
    listed. `person` is who added or judged a candidate; its filter is "mine".
    """

    COUNTRY = "country"
    SECTOR = "sector"
    LANGUAGE = "language"
    SOURCE = "source"
    FIRM = "firm"
    LENDER = "lender"
    STATUS = "status"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, which is ordered by falling score, then by rising id; written `0.93_12`."""

    score: float
    id: int

    def __str__(self) -> str:
        """Return the form used in an address."""
        return f"{self.score!r}_{self.id}"

    @classmethod
    def parse(cls, written: str) -> Place:
        """Parse a place from an address.

        Raises:
            UsageError: it is not a place.
        """
        found = _PLACE.fullmatch(written)
        if not found or not int(found[2]) <= HIGHEST_ID:
            raise UsageError(f"{written[:60]!r} is no place in the queue: open the first page again")
        return cls(float(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a person wants to see of the queue. Values of one field are alternatives (or); fields combine (and).

    `mine`: only what the person added, judged or edited. `assigned`: only what is assigned to a person, to `ME` or to
    `NOBODY`. `deferred`: only deferred candidates that are due again. `text` is searched as
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
    mine: bool = False
    assigned: str = ""
    deferred: bool = False
    text: str = ""
    after: Place | None = None
    before: Place | None = None
    size: int = PAGE_SIZE

    @property
    def narrowed(self) -> bool:
        """Whether it restricts its view at all."""
        return any(getattr(self, name) for name in (*_LISTS, "mine", "assigned", "deferred", "text"))

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
        """As plain values by their names in an address: text, or lists of text; defaults are left out."""
        plain: dict[str, Any] = {}
        for name in (each.name for each in fields(self)):
            value = getattr(self, name)
            if value == _DEFAULTS[name]:
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
                read = tuple(sorted({_READERS[name](key, each) for each in written}, key=str))
                values[name] = read if name in _LISTS else _only(key, read)
        if values.get("after") and values.get("before"):
            raise UsageError("a filter goes on after a place or before one, not both: leave `after` or `before` out")
        found = cls(**values)
        return cls(**{**values, "view": QueueView.WAITING}) if found.narrowed and "view" not in values else found


def _country(key: str, written: str) -> str:
    return _shaped(key, written.upper(), _COUNTRY, "a country's three letters, such as KEN")


def _language(key: str, written: str) -> str:
    return _shaped(key, written.lower(), _LANGUAGE, "a language's two letters, such as fr")


def _shaped(key: str, written: str, shape: re.Pattern[str], wanted: str) -> str:
    if not shape.fullmatch(written):
        raise UsageError(f"{key}={written!r} cannot be used: give {wanted}")
    return written


def _name(_key: str, written: str) -> str:
    return written.casefold()


def _text(_key: str, written: str) -> str:
    return written


def _word(key: str, written: str, allowed: type[StrEnum]) -> Any:
    try:
        return allowed(written.lower())
    except ValueError as error:
        raise UsageError(f"{key}={written!r} cannot be used: give one of {', '.join(allowed)}") from error


def _flag(key: str, written: str) -> bool:
    if written.lower() not in (*_YES, *_NO):
        raise UsageError(f"{key}={written!r} cannot be used: give 1 or leave it out")
    return written.lower() in _YES


def _size(key: str, written: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", written) or not 1 <= int(written) <= LARGEST_PAGE:
        raise UsageError(f"{key}={written!r} cannot be used: give a number from 1 to {LARGEST_PAGE}")
    return int(written)


_READERS: Mapping[str, Any] = {
    "view": lambda key, written: _word(key, written, QueueView),
    "kind": lambda key, written: _word(key, written, CandidateKind),
    "country": _country,
    "sector": lambda key, written: _word(key, written, Sector),
    "language": _language,
    "source": _name,
    "firm": _name,
    "lender": _name,
    "status": lambda key, written: _word(key, written, Status),
    "mine": _flag,
    "assigned": _name,
    "deferred": _flag,
    "text": _text,
    "after": lambda _key, written: Place.parse(written),
    "before": lambda _key, written: Place.parse(written),
    "size": _size,
}
_LISTS = ("kind", "country", "sector", "language", "source", "firm", "lender", "status")
_NAMES = {"text": "q"}  # the name in an address, if it differs from the field's
_FIELDS = {_NAMES.get(name, name): name for name in _READERS}
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
