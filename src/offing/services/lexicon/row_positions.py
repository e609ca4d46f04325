"""Finds the file and line where the lexicon's tables give a name, so that it can be corrected."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_name_endings, read_lexicon_table
from offing.recognize.text.name_endings import NameEndings, endings_of

_OWNERS = {
    "firm_aliases": "firm",
    "lender_aliases": "lender",
    "firms": "id",
    "lenders": "id",
    "places": "country",
    "country_forms": "country",
}
_NAMES = ("alias", "name", "name_zh", "place", "form")
_LIBRARIES = "CLDR or GeoNames"


class LexiconRows:
    """The rows of a site's lexicons by the names that they give to firms, lenders and countries.

    They are read on first use: where nothing is wrong they are never needed.

    Args:
        layers: the config folders.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def where(self, owner: str, name: str) -> str:
        """Return file and line of the row that gives an entity a name, or the library that has it.

        Rows of aliases are preferred to those of full names.
        """
        return next(iter(self._places.get((owner, self._endings.key(name)), ())), _LIBRARIES)

    @cached_property
    def _endings(self) -> NameEndings:
        return endings_of(load_name_endings(self._layers))

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[str]]:
        places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for table, owner in _OWNERS.items():
            for row in read_lexicon_table(self._layers, table):
                for text in {row.cells.get(column, "") for column in _NAMES} - {""}:
                    places[row[owner], self._endings.key(text)].append(f"{row.path}:{row.line}")
        return places
