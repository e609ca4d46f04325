"""The project fields that a row of `offing match` gives, checked and in one form."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from offing.errors import BadRecord
from offing.model.values.vocabulary import Sector, Status

Row = dict[str, Any]
Id = str | int | float

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_YEARS = range(1900, 2101)
_SHOWN = 60  # characters shown of an unusable value


@dataclass(frozen=True, slots=True)
class RowFields:
    """The fields of a row. `id` is unchanged; `key` is its JSON, by which rows are ordered."""

    id: Id
    key: str
    title: str = ""
    description: str = ""
    countries: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    amounts: tuple[tuple[Decimal, str], ...] = ()
    amounts_in_words: tuple[str, ...] = ()  # in words: "US$ 5 million"
    sector: str = ""
    status: str = ""
    year: int | None = None


def row_fields(row: Row, number: int, on_left_out: Callable[[BadRecord], None] = lambda _: None) -> RowFields:
    """Return the usable fields of a row; an unusable one is left out, and drawn from the text as if it were missing.

    Args:
        row: the row.
        number: its number.
        on_left_out: called with each field, or value of a list, that was left out.

    Raises:
        BadRecord: it has no id, or its title or description is no text.
    """
    found = id_of(row)
    if found is None:
        raise BadRecord('has no "id" that is a string or a number', number)
    title, description = _text(row, "title", number), _text(row, "description", number)
    fields = _Fields(row, lambda what: on_left_out(BadRecord(f"{what}; left out", number)))
    sums = fields.amount_items()
    return RowFields(
        id=found,
        key=json.dumps(found),
        title=title,
        description=description,
        countries=tuple(fields.names("countries")),
        firms=tuple(fields.names("firms")),
        lenders=tuple(fields.names("lenders")),
        amounts=tuple(fields.amounts(sums)),
        amounts_in_words=tuple(item for item in sums if isinstance(item, str)),
        sector=fields.one_of("sector", Sector),
        status=fields.one_of("status", Status),
        year=fields.year(),
    )


def id_of(row: object) -> Id | None:
    """Return the id of a row unchanged, None if it has no usable one."""
    found = row.get("id") if isinstance(row, dict) else None
    usable = isinstance(found, str) or (_is_number(found) and math.isfinite(found))
    return found if usable else None


def _text(row: Row, name: str, number: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f'"{name}" is not a string but {type(value).__name__}', number)
    return _SURROGATE.sub("\ufffd", value)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The optional fields of a row; `leave_out` is called with a sentence for each unusable one."""

    row: Row
    leave_out: Callable[[str], None]

    def names(self, name: str) -> Iterator[str]:
        """Yield the names of a list of names, or of objects with a name, as `offing analyse` writes them."""
        for item in self._list(name):
            value = item.get("name") if isinstance(item, dict) else item
            if not isinstance(value, str):
                self.leave_out(f'"{name}" holds {_shown(item)}, which is no name')
            elif value.strip():
                yield _SURROGATE.sub("\ufffd", value.strip())

    def amount_items(self) -> list[Any]:
        """Return objects, numbers and words, unchanged."""
        return [self.row["amounts"]] if _is_number(self.row.get("amounts")) else self._list("amounts")

    def amounts(self, items: Iterable[Any]) -> Iterator[tuple[Decimal, str]]:
        """Yield value and currency of each amount given in figures; a bare number has no currency."""
        for item in items:
            value, currency = (item.get("value"), item.get("currency") or "") if isinstance(item, dict) else (item, "")
            if isinstance(item, str):
                continue
            if _is_number(value) and isinstance(currency, str):
                yield Decimal(str(value)), currency.strip().upper()
            else:
                self.leave_out(f'"amounts" holds {_shown(item)}, not {{"value": number, "currency": code}}')

    def one_of(self, name: str, kinds: type[Sector | Status]) -> str:
        """Return a value of one of our lists; a value of another list is ignored, and the text decides."""
        value = self.row.get(name)
        if value is not None and not isinstance(value, str):
            self.leave_out(f'"{name}" is not a string but {type(value).__name__}')
        return str(value) if value in list(kinds) else ""

    def year(self) -> int | None:
        """Return a year given as a number or as text."""
        value = self.row.get("year")
        if (isinstance(value, str) and value.strip().isdecimal()) or (isinstance(value, float) and value.is_integer()):
            value = int(value)
        if value is None or value == "":
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value not in _YEARS:
            self.leave_out(f'"year" is no year: {_shown(value)}')
            return None
        return value

    def _list(self, name: str) -> list[Any]:
        """Return a field that may hold one value or a list of them, as a list."""
        value = self.row.get(name)
        if isinstance(value, (str, dict)):
            return [value]
        if isinstance(value, list) or value is None:
            return value or []
        self.leave_out(f'"{name}" is no list but {type(value).__name__}')
        return []


def _shown(value: object) -> str:
    """Return a value as it is in the row, shortened."""
    written = json.dumps(value)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
