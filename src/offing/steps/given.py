"""What a row of `offing match` gives of a project: its fields, checked and in one form."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from offing.errors import BadRecord
from offing.model.vocabulary import Sector, Status

Row = dict[str, Any]
Id = str | int | float

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a row. `id` is as it stands there; `key` is its JSON, by which rows are put in order."""

    id: Id
    key: str
    title: str = ""
    description: str = ""
    countries: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    amounts: tuple[tuple[Decimal, str], ...] = ()
    amounts_told: tuple[str, ...] = ()  # in words: "US$ 5 million"
    sector: str = ""
    status: str = ""
    year: int | None = None


def given_of(row: Row, number: int) -> Given:
    """What a row gives.

    Raises:
        BadRecord: it has no id, or a field of the wrong type.
    """
    found = id_of(row)
    if found is None:
        raise BadRecord('has no "id" that is a string or a number', number)
    return Given(
        id=found,
        key=json.dumps(found),
        title=_text(row, "title", number),
        description=_text(row, "description", number),
        countries=tuple(_names(row, "countries", number)),
        firms=tuple(_names(row, "firms", number)),
        lenders=tuple(_names(row, "lenders", number)),
        amounts=tuple(_amounts(row, number)),
        amounts_told=tuple(item for item in _amount_items(row, number) if isinstance(item, str)),
        sector=_one_of(Sector, _text(row, "sector", number)),
        status=_one_of(Status, _text(row, "status", number)),
        year=_year(row, number),
    )


def id_of(row: object) -> Id | None:
    """The id of a row as it stands there, None where it has none that can be used."""
    found = row.get("id") if isinstance(row, dict) else None
    usable = isinstance(found, str) or (_is_number(found) and math.isfinite(found))
    return found if usable else None


def _text(row: Row, name: str, number: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f'"{name}" is no string but {type(value).__name__}', number)
    return _SURROGATE.sub("\ufffd", value)


def _list(row: Row, name: str, number: int) -> list[Any]:
    """A field that may hold one value or a list of them."""
    value = row.get(name)
    if value is None:
        return []
    if isinstance(value, (str, dict)):
        return [value]
    if not isinstance(value, list):
        raise BadRecord(f'"{name}" is no list but {type(value).__name__}', number)
    return value


def _names(row: Row, name: str, number: int) -> Iterator[str]:
    """The names of a list whose items are names, or objects with one, as `offing analyse` writes them."""
    for item in _list(row, name, number):
        value = item.get("name") if isinstance(item, dict) else item
        if not isinstance(value, str):
            raise BadRecord(f'"{name}" holds something else than names', number)
        if value.strip():
            yield _SURROGATE.sub("\ufffd", value.strip())


def _amount_items(row: Row, number: int) -> list[Any]:
    return [row["amounts"]] if _is_number(row.get("amounts")) else _list(row, "amounts", number)


def _amounts(row: Row, number: int) -> Iterator[tuple[Decimal, str]]:
    """Value and currency of each amount that is told in figures; a number alone has no currency."""
    for item in _amount_items(row, number):
        if isinstance(item, str):
            continue
        value, currency = (item.get("value"), item.get("currency") or "") if isinstance(item, dict) else (item, "")
        if not _is_number(value) or not isinstance(currency, str):
            raise BadRecord('"amounts" holds something else than {"value": number, "currency": code}', number)
        yield Decimal(str(value)), currency.strip().upper()


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _one_of(kinds: type[Sector | Status], value: str) -> str:
    """A value of one of our lists; another list's value is left to the text."""
    return value if value in list(kinds) else ""


def _year(row: Row, number: int) -> int | None:
    value = row.get("year")
    if (isinstance(value, str) and value.strip().isdecimal()) or (isinstance(value, float) and value.is_integer()):
        value = int(value)
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value not in _YEARS:
        raise BadRecord(f'"year" is no year: {value!r}', number)
    return value
