"""Where the tables of the lexicon write a name, for whoever has to mend it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from offing.config.layers import Layers
from offing.config.lexicon import read_lexicon_table
from offing.recognize.tables import name_key

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

    They are read when the first is asked for: where nothing is wrong nobody asks.

    Args:
        layers: the config folders.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def where(self, owner: str, name: str) -> str:
        """File and line of the row by which a firm, a lender or a country has a name, or the library that has it.

        The rows of aliases go before those of full names.
        """
        return next(iter(self._places.get((owner, name_key(name)), ())), _LIBRARIES)

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[str]]:
        places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for table, owner in _OWNERS.items():
            for row in read_lexicon_table(self._layers, table):
                for text in {row.cells.get(column, "") for column in _NAMES} - {""}:
                    places[row[owner], name_key(text)].append(f"{row.path}:{row.line}")
        return places
