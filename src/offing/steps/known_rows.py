"""Rows of another base as known projects: which cell is which field, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import pycountry

from offing.config.world import is_country
from offing.errors import BadRecord
from offing.model.known import KnownProject, KnownShape
from offing.model.project import Amount, Firm, Lender, ProjectFacts
from offing.model.rules import Lexicon
from offing.model.text import clean_text
from offing.model.vocabulary import AmountKind, Mode, Role, Sector, Status
from offing.recognize.tables import name_key

Row = Mapping[str, Any]
_Word = TypeVar("_Word", bound=StrEnum)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_CURRENCY = 3  # letters of ISO 4217
_SUM_OF = {
    Mode.LOAN: AmountKind.LOAN,
    Mode.GRANT: AmountKind.GRANT,
    Mode.DONATION: AmountKind.GRANT,
    Mode.CONTRACT: AmountKind.CONTRACT,
    Mode.INVESTMENT: AmountKind.INVESTMENT,
}


@dataclass(slots=True)
class Cells:
    """The cells of one row by field, and what of them could not be used, in sentences."""

    row: Row
    shape: KnownShape
    left_out: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The cell of a field as text, empty where the base has no such column."""
        value = self.row.get(self.shape.columns.get(name, ""))
        return "" if value is None else clean_text(str(value))

    def names(self, name: str) -> tuple[str, ...]:
        """The names of a cell: a list, objects with a name, or text parted as the shape says."""
        value = self.row.get(self.shape.columns.get(name, ""))
        parts = value if isinstance(value, list) else str(value or "").split(self.shape.parted_by)
        texts = (str(part.get("name") or "") if isinstance(part, dict) else str(part) for part in parts)
        return tuple(dict.fromkeys(name for name in map(clean_text, texts) if name))

    def word(self, name: str, allowed: type[_Word]) -> _Word | None:
        """The value that a cell stands for, by the shape's words or as it is; other words are none of ours."""
        cell = self.text(name)
        value = self.shape.words.get(name, {}).get(cell, cell.lower())
        return allowed(value) if value in allowed.__members__.values() else None

    def leave_out(self, name: str, why: str) -> None:
        """Note that a cell could not be used."""
        self.left_out.append(f"{self.shape.columns.get(name, name)}: {why}; left out")


class Names:
    """The firms and lenders of a lexicon by any of their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        entities = (*lexicon.firms, *lexicon.lenders)
        pairs = [(text, e.id) for e in entities for text in (e.name, e.name_zh) if text]
        pairs += [(alias.text, alias.entity) for alias in lexicon.aliases if not alias.near]
        self._ids = {name_key(text): entity for text, entity in pairs}

    def identify(self, name: str) -> str | None:
        """The id of the entity of a name, its abbreviation in brackets not counted; None where no list has it."""
        return self._ids.get(name_key(name)) or self._ids.get(name_key(name.partition("(")[0]))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of a base of some shape, with the lexicon's names of firms and lenders."""

    shape: KnownShape
    names: Names

    def read(self, row: Row, number: int) -> tuple[KnownProject, list[str]]:
        """The known project of a row, and what of it was left out.

        Raises:
            BadRecord: the row has no key or no title.
        """
        cells = Cells(row, self.shape)
        for needed in ("key", "title"):
            column = self.shape.columns[needed]
            if column not in row:
                raise BadRecord(f"has no {column!r}, where the mapping looks for the {needed}", number)
            if not cells.text(needed):
                raise BadRecord(f"{column}: is empty; the row cannot be used", number)
        facts = _facts(cells, self.names)
        known = KnownProject(self.shape.source, cells.text("key"), facts, cells.text("description"), _year(cells))
        return known, cells.left_out


def _facts(cells: Cells, names: Names) -> ProjectFacts:
    firms = (Firm(name, name, Role.CONTRACTOR, names.identify(name)) for name in cells.names("firms"))
    lenders = (Lender(name, name, names.identify(name)) for name in cells.names("lenders"))
    agreement = cells.word("agreement", Mode)
    return ProjectFacts(
        title=cells.text("title"),
        countries=tuple(_countries(cells)),
        firms=tuple(firms),
        lenders=tuple(lenders),
        amounts=tuple(_amounts(cells, _SUM_OF.get(agreement or Mode.UNSPECIFIED, AmountKind.UNSPECIFIED))),
        sector=cells.word("sector", Sector),
        status=cells.word("status", Status),
        mode=agreement,
        counterparts=cells.names("counterparts"),
    )


def _countries(cells: Cells) -> Iterator[str]:
    for name in cells.names("countries"):
        code = _country(name)
        if code:
            yield code
        else:
            cells.leave_out("countries", f"{name!r} is no country")


@lru_cache(maxsize=2_000)
def _country(name: str) -> str | None:
    """ISO 3166-1 alpha-3 of a code or an English name."""
    if is_country(name.upper()):
        return name.upper()
    try:
        found = pycountry.countries.lookup(name)
    except LookupError:
        return None
    return str(found.alpha_3)


def _amounts(cells: Cells, kind: AmountKind) -> Iterator[Amount]:
    written, currency = cells.text("amount"), cells.text("currency").upper()
    if not written:
        return
    if not _NUMBER.fullmatch(written):
        cells.leave_out("amount", f"{written!r} is no number with a point before its decimals")
        return
    value = Decimal(written.replace(",", "").replace(" ", ""))
    if len(currency) != _CURRENCY or not currency.isalpha():
        cells.leave_out("amount", f"{written!r} in {currency or 'no currency'!r} is no sum")
    elif value > 0:
        yield Amount(value, currency, kind, f"{written} {currency}")


def _year(cells: Cells) -> int | None:
    written = cells.text("year")
    found = _YEAR.match(written)
    if written and not found:
        cells.leave_out("year", f"{written!r} is no year")
    return int(found[0]) if found else None
