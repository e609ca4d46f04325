"""Turns rows of another base into known projects: which cell is which field, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offing.config.lexicons.world import is_country
from offing.errors import BadRecord
from offing.model.projects.known import KnownProject, KnownShape
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.rules import Lexicon
from offing.model.values import iso
from offing.model.values.vocabulary import AmountKind, Mode, Role, Sector, Status
from offing.recognize.text.name_endings import endings_of
from offing.services.known_projects.sums import Worded, amounts_of
from offing.services.rows.cells import Cells, Row

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SUM_OF = {
    Mode.LOAN: AmountKind.LOAN,
    Mode.GRANT: AmountKind.GRANT,
    Mode.DONATION: AmountKind.GRANT,
    Mode.CONTRACT: AmountKind.CONTRACT,
    Mode.INVESTMENT: AmountKind.INVESTMENT,
}


class Names:
    """The firms and lenders of a lexicon, by any of their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        entities = (*lexicon.firms, *lexicon.lenders)
        pairs = [(text, e.id) for e in entities for text in (e.name, e.name_zh) if text]
        pairs += [(alias.text, alias.entity) for alias in lexicon.aliases if not alias.near]
        self._key = endings_of(lexicon.endings).key
        self._ids = {self._key(text): entity for text, entity in pairs}

    def identify(self, name: str) -> str | None:
        """Return the id of the entity of a name, ignoring an abbreviation in brackets; None if no list has it."""
        return self._ids.get(self._key(name)) or self._ids.get(self._key(name.partition("(")[0]))


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of a base of some shape, with the lexicon's names of firms and lenders.

    `worded` reads a sum in words.
    """

    shape: KnownShape
    names: Names
    worded: Worded = lambda _: ()

    def read(self, row: Row, number: int) -> tuple[KnownProject, list[str]]:
        """Return the known project of a row, and sentences about what was left out.

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
        facts = _facts(cells, self.names, self.worded)
        known = KnownProject(self.shape.source, cells.text("key"), facts, cells.text("description"), _year(cells))
        return known, cells.left_out


def _facts(cells: Cells, names: Names, worded: Worded) -> ProjectFacts:
    firms = (Firm(name, name, Role.CONTRACTOR, names.identify(name)) for name in cells.names("firms"))
    lenders = (Lender(name, name, names.identify(name)) for name in cells.names("lenders"))
    agreement = cells.word("agreement", Mode)
    return ProjectFacts(
        title=cells.text("title"),
        countries=tuple(_countries(cells)),
        firms=tuple(firms),
        lenders=tuple(lenders),
        amounts=amounts_of(cells, _SUM_OF.get(agreement or Mode.UNSPECIFIED, AmountKind.UNSPECIFIED), worded),
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
            cells.leave_out("countries", f"{name!r} is not a country")


@lru_cache(maxsize=2_000)
def _country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a code or an English name."""
    if is_country(name.upper()):
        return name.upper()
    found = iso.country_called(name)
    return found.alpha3 if found else None


def _year(cells: Cells) -> int | None:
    written = cells.text("year")
    found = _YEAR.match(written)
    if written and not found:
        cells.leave_out("year", f"{written!r} is no year")
    return int(found[0]) if found else None
